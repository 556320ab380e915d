"""One embedded PostgreSQL server for many processes of one home."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import TracebackType

from hub.core.errors import Reason, Refused
from hub.db.embedded.binaries import find_binaries, reachable_binaries
from hub.db.embedded.cluster import SUPERUSER, check_version, create_cluster, superuser_password
from hub.db.embedded.flags import server_options
from hub.db.embedded.identity import Identity, server_identities
from hub.db.embedded.place import (
    FALLBACK_ROOT,
    Place,
    choose_place,
    hand_over,
    possible_places,
    socket_directory,
    sweep,
)
from hub.db.embedded.port import port_to_use
from hub.db.embedded.postmaster import Postmaster, crashed, find_postmaster, start_postmaster, stop_postmaster
from hub.db.embedded.progress import CREATING, RECOVERING, REUSING, STARTING, OnProgress, silent
from hub.db.embedded.state import State, User, locked


@dataclass(frozen=True, slots=True)
class ServerAddress:
    """Where the server listens. ``port`` names the socket's file and, with ``tcp``, the port on 127.0.0.1."""

    socket_directory: Path
    port: int
    superuser: str
    password: str = field(repr=False)
    tcp: bool


class EmbeddedServer:
    """The server of one home: the first user creates and starts it, the last one stops it.

    Every process that uses the home's database acquires it. A user that was killed is forgotten by the next one that
    acquires or releases. All methods block; none may be called on an event loop that serves requests.

    ``home``: folder for data, password, log, state; made with mode 0700 when missing.
    ``tcp_port``: also listen on this port of 127.0.0.1 (0: any free one). None: the socket is enough.
    ``durable``: False never waits for the disk, for tests: a killed server loses its last commits, a crashed machine
    the database.
    ``identities``, ``fallback_root``: under whom the server runs and where its data and programs go when that one
    cannot reach them in the home and the installation; both matter to root only.
    """

    def __init__(
        self,
        home: Path,
        *,
        tcp_port: int | None = None,
        durable: bool = True,
        identities: Sequence[Identity] | None = None,
        fallback_root: Path = FALLBACK_ROOT,
    ) -> None:
        self._home = Path(home).resolve()
        self._tcp_port = tcp_port
        self._durable = durable
        self._identities = identities
        self._fallback_root = fallback_root
        self._places = possible_places(self._home, fallback_root)
        self._user: User | None = None

    def acquire(self, *, on_progress: OnProgress = silent) -> ServerAddress:
        """Make the server run and count this object as a user of it; again after a crash: start it again.

        Raises ``Refused`` with an EMBEDDED_* code; nothing is then left running that this call started.
        """
        with self._exclusively(on_progress) as state:
            found = self._fitting(state)
            user = self._mine() or User.here()
            joined = (state if found else self._combined(state)).joined_by(user)
            joined.write(self._state_file)
            try:
                if found is None:
                    found = self._start(joined, on_progress)
                else:
                    on_progress(str(REUSING))
                password = superuser_password(self._secret_file, cluster_exists=True)
            except BaseException:
                self._user = None
                self._leave(user)
                raise
            self._user = user
            return ServerAddress(found.socket_directory, found.port, SUPERUSER, password, found.tcp)

    def release(self) -> None:
        """Count this object no longer; stop the server when nobody is left. Without effect when not acquired."""
        user = self._mine()
        if user is None or not self._home.is_dir():
            return
        with self._exclusively(silent):
            self._leave(user)
            self._user = None

    def __enter__(self) -> ServerAddress:
        return self.acquire()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()

    def running(self) -> bool:
        """Whether the server takes sessions now, started by whomever."""
        return any(found.ready for place in self._places if (found := find_postmaster(place)))

    def revive(self, *, on_progress: OnProgress = silent) -> bool:
        """Start the server again when its process is gone, for a user of it; True when it was."""
        if self._mine() is None or self._find() is not None:
            return False
        self.acquire(on_progress=on_progress)
        return True

    @property
    def _state_file(self) -> Path:
        return self._home / "postgres.state.json"

    @property
    def _secret_file(self) -> Path:
        return self._home / "postgres.secret.json"

    @contextmanager
    def _exclusively(self, on_progress: OnProgress) -> Iterator[State]:
        try:
            self._home.mkdir(mode=0o700, parents=True, exist_ok=True)
            with locked(self._home / "postgres.lock", on_progress):
                yield State.read(self._state_file)
        except OSError as error:
            params = {"path": error.filename or self._home, "detail": error.strerror}
            raise Refused(Reason("EMBEDDED_HOME_UNUSABLE", params=params)) from error

    def _mine(self) -> User | None:
        """The user this object is. A forked child carries the object, but is not the user."""
        return self._user if self._user and self._user.pid == os.getpid() else None

    def _find(self) -> tuple[Place, Postmaster] | None:
        for place in self._places:
            if found := find_postmaster(place):
                return place, found
        return None

    def _fitting(self, state: State) -> Postmaster | None:
        """The running server when it is as asked for; None when one is to be started.

        One that is not as asked for is stopped when nobody uses it; else raises ``Refused`` EMBEDDED_IN_USE.
        """
        running = self._find()
        if running is None or not running[1].ready:
            return None
        place, found = running
        if self._suits(found, state):
            return found
        mine = self._mine()
        if state.users if mine is None else state.without(mine).users:
            raise Refused(Reason("EMBEDDED_IN_USE"))
        stop_postmaster(place)
        return None

    def _suits(self, found: Postmaster, state: State) -> bool:
        durable = state.durable or not self._durable
        return durable and (self._tcp_port is None or (found.tcp and self._tcp_port in {0, found.port}))

    def _combined(self, state: State) -> State:
        """The state with the wishes of this object added to those of the living users of a crashed server.

        Raises ``Refused`` EMBEDDED_IN_USE when the two want different ports.
        """
        if not state.users:
            return replace(state, tcp_port=self._tcp_port, durable=self._durable)
        if not self._tcp_port or state.tcp_port in {None, self._tcp_port}:
            wanted = self._tcp_port if state.tcp_port is None else state.tcp_port
            return replace(state, tcp_port=wanted, durable=self._durable or state.durable)
        raise Refused(Reason("EMBEDDED_IN_USE"))

    def _start(self, state: State, on_progress: OnProgress) -> Postmaster:
        binaries = find_binaries()
        for place in self._places:
            if place.version is not None:
                check_version(place, binaries)
        identities = server_identities() if self._identities is None else self._identities
        programs = reachable_binaries(self._fallback_root) if os.geteuid() == 0 else (binaries,)
        place, identity, binaries = choose_place(self._places, identities, programs)
        sweep(place)
        password = superuser_password(self._secret_file, cluster_exists=place.version is not None)
        if place.version is None:
            on_progress(str(CREATING))
            create_cluster(place, identity, binaries, password)
        hand_over(place, identity)
        recorded = Path(state.socket_directory) if state.socket_directory else None
        directory = socket_directory(place, identity, recorded)
        outside = None if directory.parent == place.base else str(directory)
        port, tcp = port_to_use(state.tcp_port), state.tcp_port is not None
        port_kept = port if tcp else None
        replace(state, socket_directory=outside, tcp_port=port_kept).write(self._state_file)
        on_progress(str(RECOVERING if crashed(place) else STARTING))
        options = server_options(socket_directory=directory, port=port, tcp=tcp, durable=state.durable)
        return start_postmaster(place, identity, binaries, options)

    def _leave(self, user: User) -> None:
        """Forget a user and, after the last one, stop the server and remove its socket's folder outside the home."""
        state = State.read(self._state_file).without(user)
        state.write(self._state_file)
        if state.users:
            return
        for place in self._places:
            stop_postmaster(place)
        if state.socket_directory:
            with suppress(OSError):
                Path(state.socket_directory).rmdir()
            replace(state, socket_directory=None).write(self._state_file)

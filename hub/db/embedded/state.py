"""What the processes that share one server tell each other: a lock and a small file beside the data."""

from __future__ import annotations

import fcntl
import json
import os
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Self

from hub.core.errors import Reason, Refused
from hub.db.embedded.process import look_at
from hub.db.embedded.progress import WAITING, OnProgress

LOCK_PATIENCE = 120.0
_POLL = 0.02


@dataclass(frozen=True, slots=True)
class User:
    """One user of the server. ``token`` tells two users inside one process apart."""

    pid: int
    started: str
    token: str

    @classmethod
    def here(cls) -> Self:
        """A new user in this process."""
        process = look_at(os.getpid())
        return cls(os.getpid(), process.started if process else "", secrets.token_hex(8))

    @property
    def alive(self) -> bool:
        process = look_at(self.pid)
        return process is not None and not process.dead and process.started == self.started


@dataclass(frozen=True, slots=True)
class State:
    """``socket_directory`` is set only when it lies outside the home; ``tcp_port`` and ``durable`` are those of the
    last start."""

    users: tuple[User, ...] = ()
    socket_directory: str | None = None
    tcp_port: int | None = None
    durable: bool = True

    @classmethod
    def read(cls, path: Path) -> Self:
        """The state of a home without its dead users. A missing or torn file is an empty state: the list of users is
        all it can lose, and the server then stops with the next release."""
        try:
            raw = json.loads(path.read_text(encoding="utf-8"))
            users = tuple(User(**user) for user in raw.pop("users"))
            return cls(users=tuple(user for user in users if user.alive), **raw)
        except (FileNotFoundError, ValueError, KeyError, TypeError, AttributeError):
            return cls()

    def write(self, path: Path) -> None:
        write_private(path, json.dumps(asdict(self), indent=1))

    def joined_by(self, user: User) -> Self:
        return replace(self, users=(*self.without(user).users, user))

    def without(self, user: User) -> Self:
        return replace(self, users=tuple(other for other in self.users if other != user))


def write_private(path: Path, text: str) -> None:
    """Replace a file whole, readable by its owner only, on disk before it takes the name."""
    staging = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    descriptor = os.open(staging, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        staging.replace(path)
    except BaseException:
        staging.unlink(missing_ok=True)
        raise


@contextmanager
def locked(path: Path, on_progress: OnProgress) -> Iterator[None]:
    """Hold the lock of a home. The kernel frees it when the holder dies.

    ``flock`` rather than ``lockf``: it also keeps two threads of one process apart.
    Raises ``Refused`` EMBEDDED_BUSY when others hold it for two minutes.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        _wait_for(descriptor, on_progress)
        try:
            yield
        finally:
            # Closing is not enough: a child forked meanwhile shares the descriptor and would keep the lock.
            fcntl.flock(descriptor, fcntl.LOCK_UN)
    finally:
        os.close(descriptor)


def _wait_for(descriptor: int, on_progress: OnProgress) -> None:
    deadline = time.monotonic() + LOCK_PATIENCE
    told = False
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > deadline:
                raise Refused(Reason("EMBEDDED_BUSY")) from None
        else:
            return
        if not told:
            on_progress(str(WAITING))
            told = True
        time.sleep(_POLL)

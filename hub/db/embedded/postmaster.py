"""The running server: found through its ``postmaster.pid``, started by ``pg_ctl``, stopped by signals.

``postmaster.pid`` belongs to PostgreSQL: it is read here and never deleted, whatever it says.
"""

from __future__ import annotations

import os
import signal
import socket
import struct
import time
from dataclasses import dataclass
from pathlib import Path

from hub.core.errors import Reason, Refused
from hub.db.embedded.binaries import Binaries
from hub.db.embedded.identity import Identity
from hub.db.embedded.place import Place
from hub.db.embedded.process import is_alive, look_at

CRASH_PATIENCE = 15.0
BUSY_PATIENCE = 60.0
_RETRY = 0.2
_POLL = 0.01
_SSL_REQUEST = struct.pack("!ii", 8, 80877103)  # the shortest question of the protocol; answered by one byte
_LOG_LIMIT = 16 * 1024 * 1024
_STOPS = ((signal.SIGINT, 30.0), (signal.SIGQUIT, 10.0))  # fast, then immediate: safe, the next start recovers


@dataclass(frozen=True, slots=True)
class Postmaster:
    """A living postmaster. ``listening`` turns true while it starts, ``ready`` when it takes sessions."""

    pid: int
    port: int
    socket_directory: Path
    tcp: bool
    listening: bool
    ready: bool


def find_postmaster(place: Place) -> Postmaster | None:
    """The server of a place, or None when none runs; what a crash or a reboot left behind is none."""
    try:
        lines = _pid_file(place).read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except (FileNotFoundError, NotADirectoryError):
        return None
    # pid, data directory, start time, port, socket directory, listen address, shared memory, status (miscadmin.h)
    lines += [""] * (8 - len(lines))
    pid = int(lines[0]) if lines[0].strip().isdigit() else 0
    if not pid or not is_alive(pid):
        return None
    port, directory = int(lines[3] or 0), Path(lines[4])
    ready = lines[7].strip() == "ready"
    listening = bool(lines[4]) and _listens(directory / f".s.PGSQL.{port}", answering=ready)
    if ready and not listening:
        return None  # dying this moment, or crashed while ready and another process has got its pid
    return Postmaster(pid, port, directory, bool(lines[5].strip()), listening, ready)


def start_postmaster(place: Place, identity: Identity, binaries: Binaries, options: str) -> Postmaster:
    """Start the server and wait until it takes sessions.

    After a crash the first tries fail until the dead postmaster is reaped and its children have left the shared
    memory, so a start beside a leftover ``postmaster.pid`` is repeated for 15 s. Raises ``Refused``
    EMBEDDED_START_FAILED; the server's own words are in the log.
    """
    _prepare_log(place, identity)
    began, leftover = time.monotonic(), _pid_file(place).exists()
    while True:
        if not _only_a_zombie(place):
            _pg_ctl_start(place, identity, binaries, options)
        found = find_postmaster(place)
        if found is not None and found.ready:
            return found
        patience = BUSY_PATIENCE if found else CRASH_PATIENCE if leftover else 0.0
        if time.monotonic() - began >= patience:
            raise Refused(Reason("EMBEDDED_START_FAILED", params={"path": place.log}))
        time.sleep(_RETRY)


def stop_postmaster(place: Place) -> None:
    """Stop the server, if it runs: sessions are ended, committed work is kept.

    Raises ``Refused`` EMBEDDED_STOP_FAILED when it resists.
    """
    for number, patience in _STOPS:
        deadline = time.monotonic() + patience
        while (found := find_postmaster(place)) is not None and time.monotonic() < deadline:
            if found.listening:
                os.kill(found.pid, number)
                _await_end(place, found.pid, deadline)
            time.sleep(_POLL)
        if found is None:
            return
    raise Refused(Reason("EMBEDDED_STOP_FAILED", params={"path": place.log}))


def crashed(place: Place) -> bool:
    """Whether the last server left without saying goodbye."""
    return _pid_file(place).exists() and find_postmaster(place) is None


def _pg_ctl_start(place: Place, identity: Identity, binaries: Binaries, options: str) -> None:
    # Names relative to the place: pg_ctl puts them into a shell command between double quotes only.
    # Its exit code is not asked: on a running server it is 1, and that is reuse.
    names = ("-D", place.data.name, "-l", place.log.name)
    with place.log.open("ab") as log:
        identity.run((binaries.pg_ctl, "start", "-s", "-w", *names, "-o", options), cwd=place.base, output=log)


def _prepare_log(place: Place, identity: Identity) -> None:
    """An own, private log, put aside when it has grown."""
    if place.log.exists() and place.log.stat().st_size > _LOG_LIMIT:
        place.log.replace(place.log.with_name(place.log.name + ".1"))
    place.log.touch(mode=0o600)
    place.log.chmod(0o600)
    identity.give(place.log)


def _only_a_zombie(place: Place) -> bool:
    """PostgreSQL takes an unreaped postmaster for a living one: a try before it is reaped only fills the log."""
    try:
        first = _pid_file(place).read_text(encoding="utf-8", errors="surrogateescape").partition("\n")[0]
    except FileNotFoundError:
        return False
    process = look_at(int(first)) if first.strip().isdigit() else None
    return process is not None and process.dead


def _await_end(place: Place, pid: int, deadline: float) -> None:
    while (_pid_file(place).exists() or is_alive(pid)) and time.monotonic() < deadline:
        time.sleep(_POLL)


def _listens(path: Path, *, answering: bool) -> bool:
    """Whether a postmaster holds the socket and, with ``answering``, still does something about a caller.

    A process killed a moment ago still accepts in the kernel; only an answer tells it from a living one.
    """
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
        probe.settimeout(1.0)
        try:
            probe.connect(str(path))
            if answering:
                probe.sendall(_SSL_REQUEST)
                return probe.recv(1) != b""
        except (BlockingIOError, TimeoutError):
            pass  # a full queue or a busy machine: somebody is there
        except OSError:
            return False
        return True


def _pid_file(place: Place) -> Path:
    return place.data / "postmaster.pid"

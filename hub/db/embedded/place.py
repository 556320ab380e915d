"""Where the server's files lie.

In the home beside the lock and the state, unless no identity of the server can reach it there (a root without user
namespaces and a home inside a private folder): then under a folder of the system, one per home.
"""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import stat
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from hub.core.errors import Reason, Refused
from hub.db.embedded.binaries import Binaries
from hub.db.embedded.identity import Identity

FALLBACK_ROOT = Path("/var/lib/linkage-hub")
_SUN_PATH = 103  # bytes of a socket's path: 107 on Linux, 103 on macOS (unix(7), unix(4)), the NUL not counted
_SCRATCH = "postgres.new-"
_LONGEST_SOCKET_NAME = "/.s.PGSQL.65535"


@dataclass(frozen=True, slots=True)
class Place:
    """A folder that holds one cluster, its log and, when its path is short enough, its socket."""

    base: Path

    @property
    def data(self) -> Path:
        return self.base / "postgres"

    @property
    def log(self) -> Path:
        return self.base / "postgres.log"

    @property
    def version(self) -> str | None:
        """Major version of the cluster; "" when the folder holds something else; None when there is no cluster."""
        try:
            return (self.data / "PG_VERSION").read_text(encoding="ascii").strip()
        except FileNotFoundError:
            return "" if self.data.is_dir() and any(self.data.iterdir()) else None


def possible_places(home: Path, fallback_root: Path) -> tuple[Place, ...]:
    """The places of a home, preferred first."""
    if os.geteuid() != 0:
        return (Place(home),)
    digest = hashlib.sha256(os.fsencode(home)).hexdigest()[:16]
    return (Place(home), Place(fallback_root / digest))


def choose_place(
    places: Sequence[Place], identities: Sequence[Identity], programs: Iterable[Binaries]
) -> tuple[Place, Identity, Binaries]:
    """The place, identity and programs to start with; a place that holds a cluster is the only one.

    ``programs`` are asked for one by one, preferred first. Raises ``Refused`` EMBEDDED_ROOT when no identity of a root
    can run the server in any of the places, EMBEDDED_HOME_UNUSABLE when an ordinary user cannot.
    """
    existing = [place for place in places if place.version is not None]
    with suppress(OSError):
        for binaries in programs if identities else ():
            for identity in identities:
                for place in existing[:1] or places:
                    if _usable(place, identity, binaries.postgres):
                        return place, identity, binaries
    if os.geteuid() == 0:
        raise Refused(Reason("EMBEDDED_ROOT"))
    params = {"path": places[0].base, "detail": os.strerror(errno.EACCES)}
    raise Refused(Reason("EMBEDDED_HOME_UNUSABLE", params=params))


def sweep(place: Place) -> None:
    """Remove what killed starts have left; nobody else can be at work there while the lock is held."""
    for leftover in place.base.glob(f"{_SCRATCH}*"):
        shutil.rmtree(leftover, ignore_errors=True)


def hand_over(place: Place, identity: Identity) -> None:
    """Make the server own its cluster, which another identity may have created. The server must not be running."""
    if place.data.stat().st_uid == identity.owner[0]:
        return
    for folder, _, files in os.walk(place.data):
        for path in (Path(folder), *(Path(folder, name) for name in files)):
            identity.give(path)


def socket_directory(place: Place, identity: Identity, recorded: Path | None) -> Path:
    """A folder for the socket that only the server's owner enters, with a path that fits into ``sun_path``."""
    inside = place.base / "postgres.socket"
    if _fits(inside):
        inside.mkdir(mode=0o700, exist_ok=True)
        inside.chmod(0o700)
        identity.give(inside)
        return inside
    if recorded is not None and _private(recorded, identity):
        return recorded
    roots = (tempfile.gettempdir(), "/tmp")  # noqa: S108 - mkdtemp makes the folder unguessable and private
    root = next(root for root in roots if _fits(Path(root, "hub-pg-xxxxxxxx")))
    made = Path(tempfile.mkdtemp(prefix="hub-pg-", dir=root))
    identity.give(made)
    return made


@contextmanager
def scratch(base: Path, identity: Identity) -> Iterator[Path]:
    """A private folder of the server's in ``base``, removed at the end with whatever it holds."""
    folder = Path(tempfile.mkdtemp(prefix=_SCRATCH, dir=base))
    try:
        identity.give(folder)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _usable(place: Place, identity: Identity, postgres: Path) -> bool:
    try:
        for folder in (place.base.parent, place.base):
            if not folder.is_dir():
                folder.mkdir()
                folder.chmod(0o711)  # an unprivileged server walks through; umask must not hinder it
        with scratch(place.base, identity) as folder:
            return identity.can_use(folder, postgres)
    except OSError:
        return False


def _fits(folder: Path) -> bool:
    return len(os.fsencode(folder)) + len(_LONGEST_SOCKET_NAME) <= _SUN_PATH


def _private(folder: Path, identity: Identity) -> bool:
    """A recorded folder may have been swept away and made again by somebody else: look before using it."""
    try:
        found = folder.lstat()
    except FileNotFoundError:
        return False
    return stat.S_ISDIR(found.st_mode) and found.st_uid == identity.owner[0] and not found.st_mode & 0o077

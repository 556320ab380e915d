"""Under whose name the server runs. PostgreSQL refuses to run as root.

As root two ways are tried, the better first: a user namespace, in which root appears as ``nobody`` while files stay
root's own, so that the data may lie in a private home; then ``nobody`` itself, which must be able to reach the data.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

_UNPRIVILEGED = "nobody"


@dataclass(frozen=True, slots=True)
class Identity:
    """A way to run the server's programs. ``user`` and ``group`` are switched to when given."""

    name: str
    wrapper: tuple[str, ...] = ()
    user: int | None = None
    group: int | None = None

    @property
    def owner(self) -> tuple[int, int]:
        """User and group that own the server's files, as seen from here."""
        return (
            os.geteuid() if self.user is None else self.user,
            os.getegid() if self.group is None else self.group,
        )

    def give(self, path: Path) -> None:
        """Make the server the owner of a file or folder (not of what it contains)."""
        if (found := path.lstat()) and (found.st_uid, found.st_gid) != self.owner:
            os.chown(path, *self.owner, follow_symlinks=False)

    def run(self, command: Sequence[str | Path], *, cwd: Path, output: IO[bytes] | None = None) -> int:
        """Run a program to its end in a session of its own, out of the terminal's reach; return its exit code.

        ``output`` must be a file: the postmaster inherits it, and a pipe would never see its end.
        """
        return subprocess.run(  # noqa: S603 - our own programs and paths, no shell
            [*self.wrapper, *command],
            cwd=cwd,
            env=_environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL if output is None else output,
            stderr=subprocess.STDOUT,
            user=self.user,
            group=self.group,
            extra_groups=None if self.user is None else [],
            start_new_session=True,
            check=False,
        ).returncode

    def can_use(self, folder: Path, postgres: Path) -> bool:
        """Whether this way works here at all: runs ``postgres`` and writes into a folder that it owns."""
        probe: list[str | Path] = ["/bin/sh", "-c", 'test -w "$1" && exec "$2" --version', "sh", folder, postgres]
        try:
            return self.run(probe, cwd=Path("/")) == 0
        except OSError:
            return False


def server_identities() -> tuple[Identity, ...]:
    """The ways open to this process, best first; none for a root without ``unshare`` and ``nobody``."""
    if os.geteuid() != 0:
        return (Identity("self"),)
    try:
        nobody = pwd.getpwnam(_UNPRIVILEGED)
    except KeyError:
        return ()
    unprivileged = Identity(_UNPRIVILEGED, user=nobody.pw_uid, group=nobody.pw_gid)
    unshare = shutil.which("unshare")
    if unshare is None:
        return (unprivileged,)
    mapping = (f"--map-user={nobody.pw_uid}", f"--map-group={nobody.pw_gid}")
    return (Identity("namespace", (unshare, "--user", *mapping, "--")), unprivileged)


def _environment() -> dict[str, str]:
    """Ours without what would change the programs' defaults behind our back (PGDATA, PGPORT, PGOPTIONS, …)."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PG")}

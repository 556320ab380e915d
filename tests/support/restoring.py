"""A backup as an operator makes it, and its restoring: ``pg_dump`` and ``pg_restore`` of the installed PostgreSQL."""

from __future__ import annotations

import os
import subprocess
from dataclasses import replace
from pathlib import Path

from hub.db.embedded.binaries import find_binaries
from hub.db.migrate import prepare
from hub.db.target import DatabaseTarget


def dump(target: DatabaseTarget, file: Path) -> None:
    _run("pg_dump", target, "--format=custom", f"--file={file}", target.database)


async def restore(target: DatabaseTarget, file: Path) -> None:
    """Into a database of the target's name; the roles are there before, and their rights afterwards, by a migration."""
    await prepare(target)
    beside = replace(target, database="postgres")
    for statement in ('drop database "{}" with (force)', "create database \"{}\" template template0 encoding 'UTF8'"):
        _run("psql", beside, "--command", statement.format(target.database))
    _run("pg_restore", target, f"--dbname={target.database}", str(file))
    await prepare(target)


def _run(program: str, target: DatabaseTarget, *arguments: str) -> None:
    given = {"PGHOST": target.host, "PGPORT": str(target.port), "PGUSER": target.admin}
    done = subprocess.run(
        [find_binaries().postgres.parent / program, *arguments],
        env={**os.environ, **given, "PGPASSWORD": target.admin_password, "PGDATABASE": target.database},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr

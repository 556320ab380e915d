"""What a thief of the database would read: every row of every table as text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

import asyncpg
import pytest

from hub.canonical.citizen_id import is_citizen_id
from hub.db.target import DatabaseTarget

NUMBER = re.compile(r"(?<![0-9A-Za-z])[1-9][0-9]{16}[0-9X](?![0-9A-Za-z])")
MOBILE = re.compile(r"(?<![0-9A-Za-z])1[3-9][0-9]{9}(?![0-9A-Za-z])")


def unreadable(*secrets: str) -> list[pytest.MarkDecorator]:
    """Marks of a module: who steals its database reads no number or telephone of a person, and none of ``secrets``."""
    return [pytest.mark.unreadable(*secrets), pytest.mark.usefixtures("stolen")]


async def dumped(database: DatabaseTarget) -> dict[str, str]:
    """The rows of each table that has any."""
    connection = await asyncpg.connect(
        host=database.host,
        port=database.port,
        user=database.admin,
        password=database.admin_password,
        database=database.database,
    )
    try:
        tables = await connection.fetch("select quote_ident(tablename) n from pg_tables where schemaname = 'public'")
        found = {}
        for (name,) in tables:
            lines = await connection.fetch(f"select t::text as line from {name} t")
            if lines:
                found[name] = "\n".join(line["line"] for line in lines)
        return found
    finally:
        await connection.close()


def readable(dump: dict[str, str], secrets: Iterable[str] = ()) -> set[tuple[str, str]]:
    """Which table gives away what: numbers of citizens, mobile telephones, and the ``secrets``, in clear or in
    hexadecimal."""
    given = [*secrets]
    given += [secret.encode().hex() for secret in given]
    found = {(name, secret) for name, text in dump.items() for secret in given if secret in text}
    for name, text in dump.items():
        people = {each for each in NUMBER.findall(text) if is_citizen_id(each, today=date.max)}
        found |= {(name, each) for each in (*people, *MOBILE.findall(text))}
    return found

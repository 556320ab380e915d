"""Row security alone, without any binding over it: each caller finds in each table what the oracle says."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import pytest
from sqlalchemy import text

from tests.isolation.oracle import AGGREGATES, RULES, Oracle
from tests.support.rows import Content, Row
from tests.support.world import World

PARTIES = {model for model in RULES if model.__name__.endswith("Party")}
"""Who is party to a row: told to no more than who sees the row, mostly to the party alone."""


def key_of(model: type[Any], row: Row) -> str:
    return "|".join(str(row[column.key]) for column in model.__table__.primary_key.columns)


def statement(models: list[type[Any]]) -> str:
    """The keys that there are to see, table by table."""
    selects = []
    for model in models:
        table = model.__table__
        keys = ", ".join(f"{column.name}::text" for column in table.primary_key.columns)
        selects.append(f"select '{table.name}', concat_ws('|', {keys}) from {table.name}")
    return " union all ".join(selects)


@pytest.mark.attack("D3")
async def test_every_table_shows_each_caller_what_the_oracle_says_and_no_more(world: World, content: Content) -> None:
    """Whatever its scopes: they are asked for before, and are no part of a row's right."""
    drawn = [model for model in content.rows if model in RULES or model in AGGREGATES]
    asked = text(statement(drawn))
    for caller in sorted(world.principals):
        oracle = Oracle(world, content, caller)
        found: dict[str, set[str]] = defaultdict(set)
        async with world.sessions.read(world[caller]) as session:
            for table, key in await session.execute(asked):
                found[table].add(key)
        for model in drawn:
            rows = {key_of(model, row): oracle.sees(model, row) for row in content.of(model)}
            shown = {key for key in rows if key in found[model.__table__.name]}
            expected = {key for key, seen in rows.items() if seen}
            assert shown == expected or (model in PARTIES and shown < expected), (caller, model, shown ^ expected)

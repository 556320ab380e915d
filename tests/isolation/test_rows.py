"""Row security by itself, without scopes, fields and joins above it: the rows of every table, for every caller."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import pytest
from sqlalchemy import Select, String, cast, func, literal, select, text, union_all

from hub.db import models
from tests.isolation.oracle import AGGREGATES, Oracle
from tests.isolation.rules.changing import CHANGES, NEVER
from tests.support.rows import Content, Row
from tests.support.world import World

NARROWER = {models.SupervisionNoticeParty, models.PeriodicReportParty, *(party for party, *_ in AGGREGATES.values())}
"""Parties, of which a caller reads fewer than of what they are party to: nothing lists them."""


def keys(model: type[Any]) -> list[Any]:
    return list(model.__table__.primary_key.columns)


def written(model: type[Any], row: Row) -> str:
    """As ``every_row`` has it."""
    values = (getattr(row[column.key], "value", row[column.key]) for column in keys(model))
    return "/".join(f"\\x{value.hex()}" if isinstance(value, bytes) else str(value) for value in values)


def every_row(model: type[Any]) -> Select[Any]:
    key = func.concat_ws("/", *(cast(column, String) for column in keys(model)))
    return select(literal(model.__tablename__), key).select_from(model.__table__)


async def granted(world: World, known: Iterable[type[Any]], what: str) -> list[type[Any]]:
    """Tables of which the application may read, or change, anything at all."""
    asked = text("select has_any_column_privilege('hub_app', :name, :what)")
    async with world.sessions.system("test") as session:
        return [each for each in known if await session.scalar(asked, {"name": each.__tablename__, "what": what})]


@pytest.mark.attack("D13")
async def test_row_security_alone_gives_each_caller_what_the_oracle_says(world: World, content: Content) -> None:
    known = await granted(world, (each for each in content.rows if each is not models.OrganizationFunction), "select")
    wanted = union_all(*(every_row(model) for model in known))
    drawn = {model: {written(model, row) for row in content.of(model)} for model in known}
    behind = {model: {written(model, row) for row in rows} for model, rows in content.backdrop.items()}
    for caller in sorted(world.principals):
        oracle = Oracle(world, content, caller)
        found: defaultdict[str, set[str]] = defaultdict(set)
        async with world.sessions.read(world[caller]) as session:
            for table, key in await session.execute(wanted):
                found[table].add(key)
        for model in known:
            shown = found[model.__tablename__]
            seen = {written(model, row) for row in content.of(model) if oracle.sees(model, row)}
            assert not shown & behind.get(model, set()), (caller, model)
            assert shown & drawn[model] == seen or (model in NARROWER and shown & drawn[model] < seen), (caller, model)


@pytest.mark.attack("D13")
async def test_row_security_alone_lets_each_caller_change_what_the_oracle_says(world: World, content: Content) -> None:
    """A row that may be changed can be locked for it; no value is needed to find out."""
    assert not await granted(world, NEVER, "update")
    assert set(await granted(world, CHANGES, "update")) == set(CHANGES)
    for caller in sorted(world.principals):
        oracle = Oracle(world, content, caller)
        async with world.sessions.write(world[caller]) as session:
            for model, may in CHANGES.items():
                locked = {key for _, key in await session.execute(every_row(model).with_for_update())}
                mine = {
                    written(model, row) for row in content.of(model) if oracle.sees(model, row) and may(oracle, row)
                }
                assert locked == mine, (caller, model, len(locked - mine), len(mine - locked))

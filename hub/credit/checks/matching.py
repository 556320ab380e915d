"""Which of the subjects asked about have listings that stand: one statement under the caller's row security."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    Date,
    LargeBinary,
    Text,
    Uuid,
    any_,
    bindparam,
    cast,
    distinct,
    func,
    literal_column,
    select,
)
from sqlalchemy.dialects.postgresql.asyncpg import PGDialect_asyncpg

from hub.canonical.exchange_codes import Disposition
from hub.core.areas import RowScope
from hub.credit.checks.asking import Keys
from hub.db.models import CheckDisposition, StandingListing, StandingMeasure, StandingRestriction
from hub.db.scoped import SingleStatements, scope_values, under_scope

_DIALECT = PGDialect_asyncpg()  # type: ignore[no-untyped-call]


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands against one subject: since when, how many listings, the codes of the measures in force."""

    since: date
    records: tuple[UUID, ...]
    measures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Matches:
    """What was found by key; ``own`` is the disposition by the department's own rule, if it has one. ``restricted``
    tells since when a court's order restricts consumption: whoever is restricted need not be listed."""

    exact: Mapping[bytes, Standing]
    by_name: Mapping[bytes, Standing]
    own: Disposition | None
    restricted: Mapping[bytes, date]
    restricted_by_name: Mapping[bytes, date]


async def match(reads: SingleStatements, scope: RowScope, keys: Keys, *, today: date) -> Matches:
    exact, by_name = keys.exact, keys.by_name
    sql, names = _statement(exact=bool(exact), named=bool(by_name))
    given = {
        **scope_values(scope),
        "exact": exact,
        "by_name": by_name,
        "own": scope.organization_id,
        "today": today,
    }
    answer = await reads.fetch(sql, [given[name] for name in names])
    found = json.loads(answer or b"{}")
    own = found.get("own")
    return Matches(
        _standing(found.get("exact")),
        _standing(found.get("byName")),
        None if own is None else Disposition(own),
        _since(found.get("restricted")),
        _since(found.get("restrictedByName")),
    )


def _standing(rows: list[Any] | None) -> dict[bytes, Standing]:
    return {
        bytes.fromhex(key): Standing(date.fromisoformat(since), tuple(map(UUID, records)), tuple(codes or ()))
        for key, since, records, codes in rows or ()
    }


def _since(rows: list[Any] | None) -> dict[bytes, date]:
    return {bytes.fromhex(key): date.fromisoformat(since) for key, since in rows or ()}


@cache
def _statement(*, exact: bool, named: bool) -> tuple[str, tuple[str, ...]]:
    """SQL text, and the names of its parameters in order; what is not asked for is not looked for."""
    own = (
        select(CheckDisposition.disposition.cast(Text))
        .where(
            CheckDisposition.organization_id == bindparam("own", type_=Uuid()),
            CheckDisposition.valid_from <= bindparam("today", type_=Date()),
        )
        .order_by(CheckDisposition.valid_from.desc())
        .limit(literal_column("1"))
        .scalar_subquery()
    )
    parts = {"own": own}
    if exact:
        parts["exact"] = _hits("identity", "exact")
        parts["restricted"] = _restricted("identity", "exact")
    if named:
        parts["byName"] = _hits("name", "by_name")
        parts["restrictedByName"] = _restricted("name", "by_name")
    pairs = [each for name, part in parts.items() for each in (_name(name), part)]
    compiled = under_scope(func.json_build_object(*pairs)).compile(dialect=_DIALECT)
    return str(compiled), tuple(compiled.positiontup or ())


def _name(text_: str) -> Any:
    return literal_column(f"'{text_}'")


def _given(bind: str) -> Any:
    """The keys asked about, out of the planner's sight: with ten thousand of them in view it weighs each, at every
    call, and never keeps a plan."""
    return cast(select(bindparam(bind, type_=ARRAY(LargeBinary))).scalar_subquery(), ARRAY(LargeBinary))


def _hits(column: str, bind: str) -> Any:
    """A JSON list of (key in hexadecimal, since, records, codes), one for each key that matched."""
    listing = StandingListing.__table__.alias(f"l_{bind}")
    measure = StandingMeasure.__table__.alias(f"m_{bind}")
    key = listing.c[column]
    rows = (
        select(
            func.encode(key, _name("hex")).label("key"),
            func.min(listing.c.since).label("since"),
            func.json_agg(distinct(listing.c.record_id)).label("records"),
            func.array_agg(distinct(measure.c.code)).filter(measure.c.code.is_not(None)).label("codes"),
        )
        .select_from(listing.outerjoin(measure, measure.c.record_id == listing.c.record_id))
        .where(key == any_(_given(bind)))
        .group_by(key)
        .subquery()
    )
    whole = func.json_build_array(rows.c.key, rows.c.since, rows.c.records, func.to_json(rows.c.codes))
    return select(func.json_agg(whole)).scalar_subquery()


def _restricted(column: str, bind: str) -> Any:
    """A JSON list of (key in hexadecimal, since), one for each key that an order in force restricts."""
    order = StandingRestriction.__table__.alias(f"r_{bind}")
    key = order.c[column]
    rows = (
        select(func.encode(key, _name("hex")).label("key"), func.min(order.c.since).label("since"))
        .where(key == any_(_given(bind)))
        .group_by(key)
        .subquery()
    )
    return select(func.json_agg(func.json_build_array(rows.c.key, rows.c.since))).scalar_subquery()

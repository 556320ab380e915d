"""Whom an event may concern, told for many at once. It spares useless reads; row security alone lets a row be seen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Table, func, select

from hub.core.areas import Area, RowScope
from hub.db.session import SystemSession


@dataclass(frozen=True, slots=True)
class Topic:
    """Events whose type starts with ``prefix``, about rows of ``table``.

    Parties are the organisations in the columns ``own`` of the row and in ``party``, whose column ``key`` names it.
    """

    prefix: str
    table: Table
    area: Area
    party: Table | None = None
    key: str = ""
    own: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Audience:
    path: str
    parties: frozenset[UUID]

    def may_include(self, scope: RowScope, area: Area) -> bool:
        """False only for a caller that row security would refuse. A superior is always asked about further."""
        return scope.superior or scope.organization_id in self.parties or scope.covers(area, self.path)


async def audiences(session: SystemSession, topic: Topic, ids: Iterable[UUID]) -> dict[UUID, Audience]:
    """Audiences of rows as they stand now; rows that are gone have none."""
    wanted = sorted(set(ids))
    if not wanted:
        return {}
    own = [topic.table.c[name] for name in topic.own]
    rows = await session.execute(
        select(topic.table.c.id, topic.table.c.jurisdiction_path, *own).where(topic.table.c.id.in_(wanted))
    )
    parties = await _parties(session, topic, wanted)
    found: dict[UUID, Audience] = {}
    for key, path, *units in rows:
        found[key] = Audience(path, frozenset({*(unit for unit in units if unit), *parties.get(key, ())}))
    return found


async def _parties(session: SystemSession, topic: Topic, wanted: list[UUID]) -> dict[UUID, list[UUID]]:
    if topic.party is None:
        return {}
    of = topic.party.c[topic.key]
    rows = await session.execute(
        select(of, func.array_agg(topic.party.c.organization_id)).where(of.in_(wanted)).group_by(of)
    )
    return dict(rows.tuples().all())

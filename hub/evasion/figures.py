"""Figures of tagged cases and of clues by jurisdiction and court; small counts are for the court alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import column, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from hub.core.principal import Principal
from hub.db.models import Jurisdiction
from hub.policy.store import PolicyStore

COUNTS = ("livelihood", "organs", "evasion", "sent", "received", "returned", "filed", "overdue")
COLUMNS = ("code", "place", "court_id", "court", *COUNTS)
LEAST = "evasion_figures.least"


@dataclass(frozen=True, slots=True)
class Figures:
    """``counts`` by name; None is a count above zero and below ``least``, or a sum that would tell one."""

    code: str
    place: str
    court_id: UUID | None
    court: str | None
    least: int
    counts: dict[str, int | None]


async def linkage_figures(
    session: AsyncSession, store: PolicyStore, principal: Principal, code: str, year: int, today: date
) -> Sequence[Figures]:
    """Of a year: one line for each court, and for who sees several the sum. Empty for an unknown place."""
    place = await session.scalar(select(Jurisdiction).where(Jurisdiction.code == code))
    if place is None:
        return []
    least = (await store.pack(session, place.id, today)).number(LEAST)
    call = func.linkage_figures(place.path, date(year, 1, 1), date(year, 12, 31), today)
    rows = await session.execute(select(call.table_valued(*(column(name) for name in COLUMNS))))
    lines = [
        Figures(
            row.code,
            row.place,
            row.court_id,
            row.court,
            least,
            {name: _shown(getattr(row, name), least, own=row.court_id == principal.organization_id) for name in COUNTS},
        )
        for row in rows
    ]
    return lines if len(lines) < 2 else [*lines, _sum(lines, place, least)]


def _shown(count: int, least: int, *, own: bool) -> int | None:
    return count if own or count == 0 or count >= least else None


def _sum(lines: Sequence[Figures], place: Jurisdiction, least: int) -> Figures:
    """A sum is told only where no part of it is kept back: the rest of it would be told with it."""
    sums: dict[str, int | None] = {}
    for name in COUNTS:
        parts = [line.counts[name] for line in lines]
        known = [part for part in parts if part is not None]
        sums[name] = sum(known) if len(known) == len(parts) else None
    return Figures(place.code, place.name, None, None, least, sums)

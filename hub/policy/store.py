"""The policy in force, read from the database: the pack of a jurisdiction or of its ancestors, and the calendar."""

from __future__ import annotations

from collections import OrderedDict
from datetime import date
from functools import cache
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from hub.db.models import CalendarYearRow, Jurisdiction, PolicyPackRow
from hub.policy.calendar import WorkingCalendar
from hub.policy.calendar_file import parse_calendar
from hub.policy.loader import default_parameter, parse_pack
from hub.policy.pack import PolicyPack
from hub.policy.parameters import REGISTRY

_PARSED = 256


class PolicyStore:
    """Reads packs and calendar in the caller's session; keeps parsed packs, whose versions never change."""

    def __init__(self) -> None:
        self._parsed: OrderedDict[UUID, PolicyPack] = OrderedDict()

    async def pack(self, session: AsyncSession, jurisdiction_id: UUID, on: date) -> PolicyPack:
        """The pack in force for a jurisdiction on a day: its own, else its nearest ancestor's, else the defaults."""
        row = await session.scalar(
            select(PolicyPackRow)
            .join(Jurisdiction, Jurisdiction.id == PolicyPackRow.jurisdiction_id)
            .where(
                select(Jurisdiction.path)
                .where(Jurisdiction.id == jurisdiction_id)
                .scalar_subquery()
                .startswith(Jurisdiction.path),
                *_in_force(on),
            )
            .order_by(func.length(Jurisdiction.path).desc(), PolicyPackRow.effective_from.desc())
            .limit(1)
        )
        return default_pack() if row is None else self._parse(row)

    async def shortest(self, session: AsyncSession, key: str, on: date) -> int:
        """The least value of a number over all packs in force on a day and the defaults: what suits everybody."""
        return min(pack.number(key) for pack in await self.in_force(session, on))

    async def longest(self, session: AsyncSession, key: str, on: date) -> int:
        """The greatest value of a number over all packs in force on a day and the defaults."""
        return max(pack.number(key) for pack in await self.in_force(session, on))

    async def in_force(self, session: AsyncSession, on: date) -> list[PolicyPack]:
        """Every pack in force on a day, and the defaults."""
        rows = await session.scalars(select(PolicyPackRow).where(*_in_force(on)))
        return [default_pack(), *(self._parse(row) for row in rows)]

    def _parse(self, row: PolicyPackRow) -> PolicyPack:
        if row.id not in self._parsed:
            self._parsed[row.id] = parse_pack(row.content)
            if len(self._parsed) > _PARSED:
                self._parsed.popitem(last=False)
        return self._parsed[row.id]

    async def calendar(self, session: AsyncSession) -> WorkingCalendar:
        """The working calendar with every imported year."""
        rows = await session.scalars(latest_years())
        return WorkingCalendar.of(parse_calendar(row.content) for row in rows)


def latest_years() -> Select[CalendarYearRow]:
    """The latest version of each imported year."""
    row = CalendarYearRow
    return select(row).distinct(row.year).order_by(row.year, row.version.desc())


def _in_force(on: date) -> tuple[ColumnElement[bool], ...]:
    ends = or_(PolicyPackRow.effective_to.is_(None), PolicyPackRow.effective_to >= on)
    return PolicyPackRow.effective_from <= on, ends


@cache
def default_pack() -> PolicyPack:
    """The product's own values, for a jurisdiction without a notice in the hub; it belongs to no jurisdiction."""
    parameters = {key: default_parameter(spec) for key, spec in REGISTRY.items()}
    return PolicyPack(
        jurisdiction_code="",
        version="default",
        title="产品默认值 (product defaults)",
        document_no=None,
        issued_on=None,
        effective_from=date(2000, 1, 1),
        effective_to=None,
        parameters=parameters,
    )

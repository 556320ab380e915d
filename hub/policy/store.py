"""The policy in force, read from the database: the pack of a jurisdiction or of its ancestors, and the calendar."""

from __future__ import annotations

from collections import OrderedDict
from datetime import date
from functools import cache
from uuid import UUID

from sqlalchemy import func, or_, select
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
                PolicyPackRow.effective_from <= on,
                or_(PolicyPackRow.effective_to.is_(None), PolicyPackRow.effective_to >= on),
            )
            .order_by(func.length(Jurisdiction.path).desc(), PolicyPackRow.effective_from.desc())
            .limit(1)
        )
        return default_pack() if row is None else self._parse(row)

    def _parse(self, row: PolicyPackRow) -> PolicyPack:
        if row.id not in self._parsed:
            self._parsed[row.id] = parse_pack(row.content)
            if len(self._parsed) > _PARSED:
                self._parsed.popitem(last=False)
        return self._parsed[row.id]

    async def calendar(self, session: AsyncSession) -> WorkingCalendar:
        """The working calendar with every imported year."""
        rows = await session.scalars(select(CalendarYearRow.content))
        return WorkingCalendar.of(parse_calendar(content) for content in rows)


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

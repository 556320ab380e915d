"""The extract an evaluator gets: pseudonyms for names, bands for numbers, nothing that too few bodies share."""

from __future__ import annotations

import secrets
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from hub.canonical.integrity_codes import IntegrityCategory, IntegrityStatus
from hub.db.models import IntegrityComplaint, IntegrityRecord, Organization

HIDDEN = "*"
"""Stands for a value that too few bodies of the extract share."""
_BANDS = ((0, "0"), (2, "1-2"), (5, "3-5"))
_COUNTED = (IntegrityStatus.RECORDED, IntegrityStatus.CONTESTED, IntegrityStatus.RECTIFIED)
Values = dict[str, str]


def band(number: int) -> str:
    return next((name for most, name in _BANDS if number <= most), "6+")


def guarded(rows: Mapping[UUID, Values], least: int) -> dict[UUID, Values]:
    """The rows with every value hidden that fewer than ``least`` of them share, alone or all values together; what is
    hidden is shared by as many, so that a ``*`` singles nobody out either."""
    names = {name for row in rows.values() for name in row}
    common = {name: _common(Counter(row[name] for row in rows.values()), least) for name in names}
    shown = {
        key: {name: value if value in common[name] else HIDDEN for name, value in row.items()}
        for key, row in rows.items()
    }
    alike = _common(Counter(_whole(row) for row in shown.values()), least)
    return {key: row if _whole(row) in alike else dict.fromkeys(row, HIDDEN) for key, row in shown.items()}


def _common(shared: Counter[Any], least: int) -> set[Any]:
    """What may be shown: the rarest is left out, and more of it until at least ``least`` rows have nothing shown."""
    left = sorted(shared, key=lambda each: (shared[each], each))
    hidden = 0
    while left and (shared[left[0]] < least or 0 < hidden < least):
        hidden += shared[left.pop(0)]
    return set(left)


def _whole(row: Values) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(row.items()))


def pseudonyms(bodies: Sequence[UUID]) -> dict[UUID, str]:
    """A pseudonym for each body, in an order that tells nothing."""
    drawn: set[str] = set()
    while len(drawn) < len(bodies):
        drawn.add(secrets.token_hex(4).upper())
    shuffled = list(bodies)
    secrets.SystemRandom().shuffle(shuffled)
    return dict(zip(shuffled, drawn, strict=True))


async def figures_of(session: AsyncSession, bodies: Sequence[UUID]) -> dict[UUID, Values]:
    """What is known of each body, in bands."""
    counted: defaultdict[UUID, Counter[str]] = defaultdict(Counter)
    record, complaint = IntegrityRecord, IntegrityComplaint
    of_records = select(record.organization_id, record.category, func.count()).where(
        record.organization_id.in_(bodies), record.person_id.is_(None), record.status.in_(_COUNTED)
    )
    for body, category, count in await session.execute(of_records.group_by(record.organization_id, record.category)):
        counted[body][category.value] = count
    of_complaints = select(complaint.organization_id, func.count()).where(complaint.organization_id.in_(bodies))
    for body, count in await session.execute(of_complaints.group_by(complaint.organization_id)):
        counted[body]["COMPLAINTS"] = count
    kinds = await session.execute(select(Organization.id, Organization.kind).where(Organization.id.in_(bodies)))
    names = (*(each.value for each in IntegrityCategory), "COMPLAINTS")
    return {body: {"KIND": kind.value, **{name: band(counted[body][name]) for name in names}} for body, kind in kinds}

"""Clearing progress (清零进度): public bodies on the list, those that left it in a period, those that remain.

Source: 黑市诚信办发〔2023〕3号 一: listed bodies perform and leave the list. The KPI is policy data.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import column, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from hub.access.coverage import row_scope
from hub.canonical.exchange_codes import STANDING, Confidentiality, MirrorStatus
from hub.canonical.integrity_codes import ClearanceUnit
from hub.canonical.region import normalize_region_code
from hub.core.areas import Area
from hub.core.clock import local_date
from hub.core.errors import Reason, Refused
from hub.core.principal import Principal
from hub.db.models import DishonestyRecord, Jurisdiction, LegalCase, Organization, Subject
from hub.policy.pack import PolicyPack
from hub.policy.rules import Basis
from hub.policy.store import PolicyStore

UNIT, CELL = "kpi.clearance.unit", "kpi.clearance.cell"
LONGEST = timedelta(days=5 * 366)
MOST_UNITS = 500
_FIGURES = (
    "place",
    "bodies_listed",
    "bodies_cleared",
    "bodies_remaining",
    "cases_listed",
    "cases_cleared",
    "cases_remaining",
    "oldest_on",
    "median_days",
    "amount_fen",
    "cases_priced",
)


@dataclass(frozen=True, slots=True)
class Clearing:
    """Figures of one place. ``percent``: of those that stood in the period, how many had left at its end.

    ``amount_fen`` (0.01 yuan) sums the claims of remaining cases, where enough of them are known.
    """

    bodies_listed: int
    bodies_cleared: int
    bodies_remaining: int
    cases_listed: int
    cases_cleared: int
    cases_remaining: int
    oldest_on: date | None
    median_days: int | None
    amount_fen: int | None
    percent: int | None


@dataclass(frozen=True, slots=True)
class StandingUnit:
    """A body that stands on the list now, with its cases and since when."""

    organization_id: UUID | None
    name: str
    case_numbers: Sequence[str]
    oldest_on: date


@dataclass(frozen=True, slots=True)
class Overview:
    """``basis`` is where the definition comes from; ``places`` are the jurisdictions directly below, and itself."""

    jurisdiction: Jurisdiction
    unit: ClearanceUnit
    basis: Basis
    total: Clearing
    places: Sequence[tuple[Jurisdiction, Clearing]]
    units: Sequence[StandingUnit]


async def overview(
    session: AsyncSession,
    store: PolicyStore,
    principal: Principal,
    code: str,
    span: tuple[date, date],
    *,
    now: datetime,
) -> Overview | None:
    """How a jurisdiction clears; None unless the role covers it whole. Raises ``Refused`` (CLEARANCE_PERIOD)."""
    first, last = span
    if not first <= last <= local_date(now) or last - first > LONGEST:
        raise Refused(Reason("CLEARANCE_PERIOD", ("from",)))
    place = await session.scalar(select(Jurisdiction).where(Jurisdiction.code == normalize_region_code(code)))
    if place is None or not row_scope(principal).covers(Area.GOVERNMENT_CREDIT, place.path):
        return None
    pack = await store.pack(session, place.id, local_date(now))
    call = func.government_clearance(place.path, first, last).table_valued(*(column(name) for name in _FIGURES))
    rows = (await session.execute(select(call))).all()
    found = {row.place: _clearing(row, pack) for row in rows}
    below = await session.scalars(
        select(Jurisdiction).where(Jurisdiction.path.in_([path for path in found if path])).order_by(Jurisdiction.path)
    )
    return Overview(
        jurisdiction=place,
        unit=ClearanceUnit(pack.choice(UNIT)),
        basis=pack.basis(UNIT),
        total=found.get(None, _NONE),
        places=[(each, found[each.path]) for each in below],
        units=await _standing(session, place.path),
    )


_NONE = Clearing(0, 0, 0, 0, 0, 0, None, None, None, None)


def _clearing(row: object, pack: PolicyPack) -> Clearing:
    figures = {name: getattr(row, name) for name in _FIGURES[1:-1]}
    if getattr(row, "cases_priced") < pack.number(CELL):  # noqa: B009 - a row of named columns
        figures["amount_fen"] = None
    counted = "bodies" if pack.choice(UNIT) == ClearanceUnit.BODY else "cases"
    cleared, remaining = figures[f"{counted}_cleared"], figures[f"{counted}_remaining"]
    stood = cleared + remaining
    return Clearing(**figures, percent=round(100 * cleared / stood) if stood else None)


async def _standing(session: AsyncSession, path: str) -> list[StandingUnit]:
    """Bodies on the list now, as far as the caller may read their listings; the longest listed first."""
    record, name = DishonestyRecord, func.coalesce(Organization.name, Subject.name)
    oldest = func.min(record.listed_on)
    rows = await session.execute(
        select(Subject.organization_id, name, func.array_agg(record.case_number), oldest)
        .join(Subject, (Subject.id == record.subject_id) & (Subject.tenant_id == record.tenant_id))
        .join(LegalCase, (LegalCase.id == record.case_id) & (LegalCase.tenant_id == record.tenant_id))
        .outerjoin(Organization, Organization.id == Subject.organization_id)
        .where(
            record.jurisdiction_path.startswith(path),
            record.government_subject,
            record.status.in_(STANDING),
            record.mirror_status == MirrorStatus.ACTIVE,
            LegalCase.confidentiality == Confidentiality.NORMAL,
        )
        .group_by(Subject.organization_id, name)
        .order_by(oldest, name)
        .limit(MOST_UNITS)
    )
    return [StandingUnit(key, said, sorted(numbers), since) for key, said, numbers, since in rows]

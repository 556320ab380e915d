"""An interception that a department reports rests on the measures it carries out: each counts it, and keeps the tie by
which a revoked listing finds the decisions to be seen again."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from hub.canonical.exchange_codes import CheckMode, Disposition
from hub.canonical.punishment_codes import MeasureStatus, MeasureTarget
from hub.core.ids import new_id
from hub.core.workflow import Actor, Note
from hub.credit.checks.reporting import InterceptionReport, report_interception
from hub.db.models import Interception, JointPunishmentMeasure, MeasureInterception, StandingListing
from hub.punishment.facts import load_measure_facts
from hub.punishment.measures import COURSE
from hub.punishment.workflow import MEASURE
from hub.workflow.firing import fire
from hub.workflow.rows import within
from hub.workflow.unit import Unit

SYSTEM = frozenset({Actor.SYSTEM})


async def intercept(unit: Unit, report: InterceptionReport) -> UUID:
    """Keep the report, and tie it to the measures behind it. Raises like ``report_interception``. What was let pass
    intercepted nothing, and what matched by name alone rests on no measure."""
    key = await report_interception(unit, report)
    made = await unit.session.get_one(Interception, (key,))
    if made.mode is CheckMode.EXACT_ID and made.decision is not Disposition.PASS:
        for measure in await _behind(unit, made):
            await _tie(unit, measure, key)
    return key


async def _behind(unit: Unit, made: Interception) -> Sequence[JointPunishmentMeasure]:
    """Measures in force on the subject that was stopped, which the caller carries out."""
    row = JointPunishmentMeasure
    found = await unit.session.scalars(
        select(row)
        .join(StandingListing, StandingListing.record_id == row.record_id)
        .where(
            StandingListing.identity == made.key,
            row.implementer_id == unit.organization_id,
            row.target == MeasureTarget.UNIT,
            row.status == MeasureStatus.IN_FORCE,
        )
        .order_by(row.id)
        .with_for_update(of=row)
    )
    return found.all()


async def _tie(unit: Unit, measure: JointPunishmentMeasure, interception_id: UUID) -> None:
    unit.session.add(
        MeasureInterception(
            id=new_id(),
            measure_id=measure.id,
            interception_id=interception_id,
            organization_id=unit.organization_id,
            at=unit.at,
            **within(measure),
        )
    )
    facts = (await load_measure_facts(unit.session, [measure], unit.today))[measure.id]
    await fire(unit, MEASURE, COURSE, measure, "intercept", Note(), actors=SYSTEM, facts=facts, expected_version=None)

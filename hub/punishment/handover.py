"""A measure goes from one implementer to another: the row, its trace, and what checks find."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from hub.canonical.punishment_codes import CARRIED, MeasureStatus
from hub.core.errors import Reason, Refused
from hub.core.ids import new_id
from hub.core.texts import Text
from hub.core.workflow import Effect
from hub.db.models import JointPunishmentMeasure, MeasureHandover
from hub.organizations.existence import require_organizations
from hub.workflow.firing import Firing
from hub.workflow.rows import within

M = JointPunishmentMeasure
_STANDING = (*CARRIED, MeasureStatus.LIFTED, MeasureStatus.VERIFIED_LIFTED)


async def carries_already(session: AsyncSession, measure: JointPunishmentMeasure, unit: UUID) -> bool:
    """Whether a unit carries the same measure out on the same listing; two rows of one measure must not become one."""
    same = select(M.id).where(
        M.record_id == measure.record_id,
        M.code == measure.code,
        M.target == measure.target,
        M.person_name.is_not_distinct_from(measure.person_name),
        M.implementer_id == unit,
        M.status.in_(_STANDING),
    )
    return await session.scalar(same.limit(1)) is not None


async def _hand_over(firing: Firing) -> None:
    given, measure, unit = firing.payload, firing.row, firing.unit
    await require_organizations(unit, [given.implementer_id], path="implementerId")
    if await carries_already(unit.session, measure, given.implementer_id):
        raise Refused(Reason("MEASURE_CARRIED", ("implementerId",)))
    unit.session.add(
        MeasureHandover(
            id=new_id(),
            measure_id=measure.id,
            from_id=measure.implementer_id,
            to_id=given.implementer_id,
            reason=given.reason.strip(),
            handed_at=unit.at,
            **within(measure),
        )
    )
    measure.implementer_id, measure.orphaned_on = given.implementer_id, None


async def _orphan(firing: Firing) -> None:
    firing.row.orphaned_on = firing.unit.today


HAND_OVER = Effect("handOver", Text("改由另一单位实施，留痕", "another carries it out; the trace is kept"), _hand_over)
ORPHAN = Effect("orphan", Text("登记为无人实施", "it is kept as nobody's"), _orphan)

"""What the events of a measure do besides moving it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert

from hub.canonical.punishment_codes import MeasureLevel, MeasureStatus, MeasureTarget, PunishmentField
from hub.core.ids import new_id
from hub.core.texts import Text
from hub.core.workflow import Effect
from hub.db.models import AwardRestriction, JointPunishmentMeasure, PunishmentFeedback, StandingMeasure
from hub.organizations.existence import require_organizations
from hub.supervision import awards
from hub.supervision.payloads import NoticeReason
from hub.workflow.firing import Firing
from hub.workflow.rows import within


async def _review(firing: Firing) -> None:
    given, measure = firing.payload, firing.row
    if given.implementer_id is not None:
        await require_organizations(firing.unit, [given.implementer_id], path="implementerId")
        if measure.field is not PunishmentField.CONSUMPTION:
            measure.implementer_id = given.implementer_id


async def _order(firing: Firing) -> None:
    measure, approved = firing.row, firing.facts.approved
    measure.ordered_at = firing.unit.at
    if approved is not None:
        measure.overdue_list_id, measure.notice_id = approved.list_id, approved.notice_id


async def _reason(firing: Firing) -> None:
    firing.row.reason = firing.payload.reason


async def _obstacle(firing: Firing) -> None:
    firing.row.reason, firing.row.reason_basis = firing.payload.reason, firing.payload.legal_basis


async def _enforce(firing: Firing) -> None:
    """From now on checks find it; an award measure withholds the year's awards as an urging in vain does."""
    given, measure, unit = firing.payload, firing.row, firing.unit
    measure.in_force_on, measure.order_number = given.start_on, given.order_number
    await _take_up(firing)
    if measure.field is PunishmentField.AWARD and measure.notice_id is not None:
        withheld = awards.Withheld(
            measure.subject_organization_id, unit.organization_id, measure.notice_id, measure.name, measure.clause
        )
        measure.award_restriction_id = await awards.restrict(unit, withheld, measure)


async def _take_up(firing: Firing) -> None:
    measure = firing.row
    await firing.unit.session.flush()
    if measure.target is MeasureTarget.UNIT:
        await firing.unit.session.execute(insert(StandingMeasure).values(_standing(measure)).on_conflict_do_nothing())


def _standing(measure: JointPunishmentMeasure) -> dict[str, Any]:
    return {
        "record_id": measure.record_id,
        "organization_id": measure.implementer_id,
        "code": measure.code,
        "tenant_id": measure.tenant_id,
        "jurisdiction_path": measure.jurisdiction_path,
        "mandatory": measure.level is MeasureLevel.MANDATORY,
        "since": measure.in_force_on,
    }


async def _lay_down(firing: Firing) -> None:
    """Checks find it no more, unless the same measure is in force by another order."""
    measure, other = firing.row, JointPunishmentMeasure
    await firing.unit.session.flush()
    again = select(other.id).where(
        other.record_id == measure.record_id,
        other.implementer_id == measure.implementer_id,
        other.code == measure.code,
        other.target == MeasureTarget.UNIT,
        other.status == MeasureStatus.IN_FORCE,
    )
    standing = StandingMeasure
    await firing.unit.session.execute(
        delete(standing).where(
            standing.record_id == measure.record_id,
            standing.organization_id == measure.implementer_id,
            standing.code == measure.code,
            ~again.exists(),
        )
    )


async def _feedback(firing: Firing) -> None:
    given, measure, unit = firing.payload, firing.row, firing.unit
    measure.feedback_count += 1
    unit.session.add(
        PunishmentFeedback(
            id=new_id(),
            measure_id=measure.id,
            organization_id=unit.organization_id,
            text=given.text,
            score_delta=given.score_delta,
            interview_id=given.interview_id,
            reported_at=unit.at,
            **within(measure),
        )
    )
    await unit.session.flush()


async def _count_interception(firing: Firing) -> None:
    firing.row.interception_count += 1


async def _lift(firing: Firing) -> None:
    given, measure, unit = firing.payload, firing.row, firing.unit
    measure.lifted_at, measure.receipt_number = unit.at, given.receipt_number.strip()
    measure.receipt_digest, measure.lifted_by = given.digest, given.lifted_by.strip()
    if measure.award_restriction_id is not None:
        await _release(firing, measure.award_restriction_id)


async def _release(firing: Firing, restriction_id: UUID) -> None:
    """Unless its issuer gave the awards back before."""
    standing = await firing.unit.session.scalar(
        select(AwardRestriction.id).where(AwardRestriction.id == restriction_id, AwardRestriction.lifted_at.is_(None))
    )
    if standing is not None:
        await awards.lift(firing.unit, standing, NoticeReason(reason=firing.transition.text.zh))


async def _verify(firing: Firing) -> None:
    firing.row.verified_at = firing.unit.at


async def _urge(firing: Firing) -> None:
    firing.row.urge_count += 1


REVIEW = Effect("nameImplementer", Text("登记实施单位", "the implementer is kept"), _review)
ORDER = Effect("keepOrder", Text("登记决定时间和所据逾期名单", "when, and by which list, is kept"), _order)
REASON = Effect("keepReason", Text("登记理由", "the reason is kept"), _reason)
OBSTACLE = Effect("keepObstacle", Text("登记理由和法律依据", "reason and legal basis are kept"), _obstacle)
ENFORCE = Effect("enforce", Text("登记实施，核查即见", "in force: checks find it"), _enforce)
TAKE_UP = Effect("takeUp", Text("核查即见", "checks find it"), _take_up)
LAY_DOWN = Effect("layDown", Text("核查不再显示", "checks find it no more"), _lay_down)
FEEDBACK = Effect("keepFeedback", Text("登记惩戒反馈", "the feedback is kept"), _feedback)
INTERCEPTION = Effect("countInterception", Text("拦截次数加一", "the interception is counted"), _count_interception)
LIFT = Effect("keepReceipt", Text("登记解除回执", "the receipt of the lift is kept"), _lift)
VERIFY = Effect("keepVerification", Text("登记核实时间", "when it was verified is kept"), _verify)
URGE = Effect("urge", Text("催办次数加一", "the urging is counted"), _urge)

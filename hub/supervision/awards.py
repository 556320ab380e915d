"""Awards: a unit that did not perform after urging gets none that year (取消评先评优资格).

Source: 汉川市人民法院工作方案 二（三）; 新信用发〔2018〕6号 二（五）3; 黑市诚信办发〔2023〕3号 三（三）.
"""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from hub.audit.catalogue import AuditAction
from hub.audit.recorder import Target
from hub.core.errors import NotFound, Reason, Refused, refuse_if
from hub.core.ids import new_id
from hub.core.payload import find_problems
from hub.core.texts import Text
from hub.core.workflow import Effect
from hub.db.models import AwardRestriction
from hub.supervision.payloads import NoticeReason
from hub.workflow.firing import Firing, check_version, touch
from hub.workflow.rows import locked, within
from hub.workflow.unit import Unit


async def _restrict(firing: Firing) -> None:
    """Where the pack says so; a unit restricted in the year already stays so by the earlier one."""
    unit, notice, policy = firing.unit, firing.row, firing.facts.policy
    if not policy.restricts_awards:
        return
    key = new_id()
    kept = await unit.session.execute(
        insert(AwardRestriction)
        .values(
            id=key,
            organization_id=notice.subject_id,
            year=unit.today.year,
            issuer_id=notice.issuer_id,
            notice_id=notice.id,
            reason=firing.payload.reason,
            clause=policy.clause("award.restricted"),
            version=1,
            created_at=unit.at,
            updated_at=unit.at,
            **within(notice),
        )
        .on_conflict_do_nothing()
    )
    if not kept.rowcount:  # type: ignore[attr-defined]
        return
    target = Target("AwardRestriction", key, notice.jurisdiction_path)
    await unit.audit(AuditAction.AWARD_RESTRICTED, target, year=unit.today.year)


RESTRICT = Effect("restrictAwards", Text("按政策包取消当年评先评优资格", "no awards this year, by the pack"), _restrict)


async def lift(
    unit: Unit, restriction_id: UUID, given: NoticeReason, *, expected_version: int | None = None
) -> AwardRestriction:
    """Let the unit have awards again. Raises ``Refused`` (AWARD_ALREADY_LIFTED); only its issuer lifts it."""
    row: AwardRestriction = await locked(unit, AwardRestriction, restriction_id)
    if row.issuer_id != unit.organization_id:
        raise NotFound(path=("id",))
    check_version(row, expected_version)
    refuse_if(find_problems(given))
    if row.lifted_at is not None:
        raise Refused(Reason("AWARD_ALREADY_LIFTED"))
    row.lifted_at, row.lift_reason = unit.at, given.reason
    touch(unit, row)
    await unit.audit(AuditAction.AWARD_RELEASED, Target("AwardRestriction", row.id, row.jurisdiction_path))
    return row


async def is_restricted(session: AsyncSession, organization_id: UUID, year: int) -> bool:
    """Whether a unit may have no award of a year; told to whoever grants awards, without the grounds."""
    return bool(await session.scalar(select(func.award_restricted(organization_id, year))))

"""Awards: a unit that did not perform after urging gets none that year (取消评先评优资格).

Source: 汉川市人民法院工作方案 二（三）; 新信用发〔2018〕6号 二（五）3; 黑市诚信办发〔2023〕3号 三（三）.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Select, func, select
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
from hub.workflow.rows import Placed, locked, within
from hub.workflow.unit import Unit


@dataclass(frozen=True, slots=True)
class Withheld:
    """Whose awards are withheld, by whom, upon which notice, by which clause."""

    organization_id: UUID
    issuer_id: UUID
    notice_id: UUID
    reason: str
    clause: str | None


async def restrict(unit: Unit, withheld: Withheld, placed: Placed) -> UUID | None:
    """No awards this year, from now on; None when the unit is restricted in the year already."""
    key = await unit.session.scalar(
        insert(AwardRestriction)
        .values(
            id=new_id(),
            organization_id=withheld.organization_id,
            year=unit.today.year,
            issuer_id=withheld.issuer_id,
            notice_id=withheld.notice_id,
            reason=withheld.reason,
            clause=withheld.clause,
            version=1,
            created_at=unit.at,
            updated_at=unit.at,
            **within(placed),
        )
        .on_conflict_do_nothing()
        .returning(AwardRestriction.id)
    )
    if key is not None:
        target = Target("AwardRestriction", key, placed.jurisdiction_path)
        await unit.audit(AuditAction.AWARD_RESTRICTED, target, year=unit.today.year)
    return key


async def _restrict(firing: Firing) -> None:
    """Where the pack says so; a unit restricted in the year already stays so by the earlier one."""
    notice, policy = firing.row, firing.facts.policy
    if policy.restricts_awards:
        clause = policy.clause("award.restricted")
        withheld = Withheld(notice.subject_id, notice.issuer_id, notice.id, firing.payload.reason, clause)
        await restrict(firing.unit, withheld, notice)


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


async def give_back(unit: Unit, notices: Select[tuple[UUID]], reason: str) -> None:
    """Awards withheld upon notices that rested on nothing."""
    standing = select(AwardRestriction).where(
        AwardRestriction.notice_id.in_(notices), AwardRestriction.lifted_at.is_(None)
    )
    for row in (await unit.session.scalars(standing.with_for_update(skip_locked=True))).all():
        row.lifted_at, row.lift_reason = unit.at, reason
        touch(unit, row)
        await unit.audit(AuditAction.AWARD_RELEASED, Target("AwardRestriction", row.id, row.jurisdiction_path))


async def is_restricted(session: AsyncSession, organization_id: UUID, year: int) -> bool:
    """Whether a unit may have no award of a year; told to whoever grants awards, without the grounds."""
    return bool(await session.scalar(select(func.award_restricted(organization_id, year))))

"""A person says which unit a body without a code is; what was told of it under that name is then applied."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select, update

from hub.audit.catalogue import AuditAction
from hub.audit.recorder import Target
from hub.canonical.exchange_codes import SubjectMatchStatus
from hub.core.errors import NotFound, Reason, Refused
from hub.core.payload import required
from hub.db.models import Organization, SubjectMatch
from hub.workflow.unit import Unit


@dataclass(frozen=True, slots=True)
class SubjectMatchDecision:
    """主体人工比对结果 (which unit a body is)."""

    subject_match_id: UUID = required("待比对主体标识", "id of the body to be recognised", node="SM")
    organization_id: UUID = required("对应单位标识", "id of the unit it is", node="OR")


async def decide(unit: Unit, asked: SubjectMatchDecision) -> UUID:
    """Raises ``NotFound``, or ``Refused`` (MATCH_DECIDED): a decision is not taken back by another."""
    match = await unit.session.scalar(
        select(SubjectMatch).where(SubjectMatch.id == asked.subject_match_id).with_for_update()
    )
    if match is None:
        raise NotFound(path=("subjectMatchId",))
    if match.status is not SubjectMatchStatus.OPEN:
        raise Refused(Reason("MATCH_DECIDED", ("subjectMatchId",)))
    if await unit.session.scalar(select(Organization.id).where(Organization.id == asked.organization_id)) is None:
        raise NotFound(path=("organizationId",))
    await unit.session.execute(
        update(SubjectMatch)
        .where(SubjectMatch.id == match.id)
        .values(
            status=SubjectMatchStatus.MATCHED,
            matched_organization_id=asked.organization_id,
            decided_by_id=unit.organization_id,
            decided_at=unit.at,
            version=SubjectMatch.version + 1,
            updated_at=func.now(),
        )
        .execution_options(synchronize_session=False)
    )
    target = Target("SubjectMatch", match.id, match.jurisdiction_path)
    await unit.audit(AuditAction.SUBJECT_MATCHED, target, organization=str(asked.organization_id))
    return match.id

"""A person says which unit a body without a code is; what was told of it under that name is then applied."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select, update

from hub.audit.catalogue import AuditAction
from hub.audit.recorder import Target
from hub.canonical.exchange_codes import SubjectMatchStatus
from hub.core.errors import NotFound, Reason, Refused, refuse_if
from hub.core.payload import find_problems, required
from hub.db.models import Organization, Subject, SubjectMatch
from hub.subjects.succession import tell_moved
from hub.workflow.firing import touch
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
    await _settle(unit, match)
    target = Target("SubjectMatch", match.id, match.jurisdiction_path)
    await unit.audit(AuditAction.SUBJECT_MATCHED, target, organization=str(asked.organization_id))
    return match.id


@dataclass(frozen=True, slots=True)
class MatchReversal:
    """撤销主体认定；已报送的信息随即不再归于该单位 (a decision taken back; what was told leaves that unit)."""

    subject_match_id: UUID = required("已认定的主体标识", "id of the body that was recognised", node="SM")
    reason: str = required("撤销理由", "why it is taken back", limit=200)


async def undo(unit: Unit, asked: MatchReversal) -> UUID:
    """Put the body back into the queue. Raises ``NotFound``, or ``Refused`` (MATCH_NOT_DECIDED)."""
    refuse_if(find_problems(asked))
    match = await unit.session.scalar(
        select(SubjectMatch).where(SubjectMatch.id == asked.subject_match_id).with_for_update()
    )
    if match is None:
        raise NotFound(path=("subjectMatchId",))
    if match.status is not SubjectMatchStatus.MATCHED:
        raise Refused(Reason("MATCH_NOT_DECIDED", ("subjectMatchId",)))
    was = match.matched_organization_id
    match.status, match.matched_organization_id = SubjectMatchStatus.OPEN, None
    match.decided_by_id = match.decided_at = None
    touch(unit, match)
    await unit.session.flush()
    await _settle(unit, match)
    target = Target("SubjectMatch", match.id, match.jurisdiction_path)
    await unit.audit(AuditAction.SUBJECT_UNMATCHED, target, organization=str(was))
    return match.id


async def _settle(unit: Unit, match: SubjectMatch) -> None:
    """What was told of the body under that name follows the decision; whose listings changed are told."""
    records = list(await unit.session.scalars(select(func.settle_subject_match(match.id, unit.at))))
    body = Subject
    named = select(body.id).where(
        body.tenant_id == match.tenant_id, body.name == match.name, body.uscc.is_(None), body.identity_hash.is_(None)
    )
    subjects = (await unit.session.scalars(named)).all()
    await tell_moved(unit.session, match.tenant_id, records, subjects)

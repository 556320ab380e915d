"""Measures as people move them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import select

from hub.audit.catalogue import AuditAction
from hub.audit.recorder import Target
from hub.canonical.exchange_codes import STANDING, CheckMode
from hub.canonical.punishment_codes import MeasureStatus, MeasureTarget
from hub.core.errors import NotFound, Reason, Refused, refuse_if
from hub.core.ids import new_id
from hub.core.payload import find_problems
from hub.db.models import DishonestyRecord, JointPunishmentMeasure, Subject
from hub.organizations.existence import require_organizations
from hub.punishment.catalogue import Measure, PunishmentPolicy
from hub.punishment.facts import is_credit_office, load_measure_facts, measure_actors
from hub.punishment.payloads import MeasureProposal
from hub.punishment.workflow import MEASURE
from hub.workflow.firing import Course, announce, fire
from hub.workflow.rows import locked, within
from hub.workflow.unit import Unit

COURSE = Course("JointPunishmentMeasure", AuditAction.MEASURE_TRANSITION, "measure")


async def propose_measure(unit: Unit, proposal: MeasureProposal) -> UUID:
    """A measure proposed by the credit office. Raises ``NotFound`` for a listing it does not see, or ``Refused``: no
    basis in the catalogue, a person the notice does not name, a listing that does not stand."""
    refuse_if(find_problems(proposal))
    found = (
        await unit.session.execute(
            select(DishonestyRecord, Subject)
            .join(Subject, Subject.id == DishonestyRecord.subject_id)
            .where(DishonestyRecord.id == proposal.record_id)
        )
    ).one_or_none()
    if found is None or not is_credit_office(unit.principal, found[0].jurisdiction_path):
        raise NotFound(path=("recordId",))
    record, subject = found.tuple()
    policy = PunishmentPolicy(await unit.policy.pack(unit.session, record.jurisdiction_id, unit.today))
    measure = _require_measure(policy, proposal.code, unit)
    if proposal.target not in policy.targets(measure):
        raise Refused(Reason("MEASURE_TARGET", ("target",)))
    if record.status not in STANDING:
        raise Refused(Reason("MEASURE_LISTING_GONE", ("recordId",)))
    if proposal.implementer_id is not None:
        await require_organizations(unit, [proposal.implementer_id], path="implementerId")
    row = JointPunishmentMeasure(
        id=new_id(),
        status=MeasureStatus.MATCHED,
        person_name=proposal.person_name and proposal.person_name.strip(),
        **described(measure, policy, record, subject, target=proposal.target),
        created_at=unit.at,
        **within(record),
    )
    row.implementer_id = record.court_id if measure.court_only else proposal.implementer_id
    unit.session.add(row)
    await unit.session.flush()
    await unit.audit(
        AuditAction.MEASURE_PROPOSED, Target("JointPunishmentMeasure", row.id, row.jurisdiction_path), code=row.code
    )
    await announce(unit, COURSE, row, "matched")
    return row.id


def described(
    measure: Measure, policy: PunishmentPolicy, record: DishonestyRecord, subject: Subject, *, target: MeasureTarget
) -> dict[str, Any]:
    """What a measure on a listing keeps of both. Whom a name alone was matched to, a person must confirm."""
    exact = subject.uscc is not None or subject.identity_hash is not None
    return {
        "record_id": record.id,
        "court_id": record.court_id,
        "subject_organization_id": subject.organization_id,
        "catalogue_version": policy.catalogue.version,
        "code": measure.code,
        "name": measure.name.zh,
        "field": measure.field,
        "legal_basis": measure.legal_basis,
        "clause": policy.clause,
        "level": measure.level,
        "target": target,
        "match_mode": CheckMode.EXACT_ID if exact and target is MeasureTarget.UNIT else CheckMode.NAME_ONLY,
        "needs_approval": policy.needs_approval(measure, government=record.government_subject),
    }


async def fire_measure(
    unit: Unit, measure_id: UUID, event: str, payload: object, *, expected_version: int | None = None
) -> JointPunishmentMeasure:
    """Move a measure along its table; another's is not found, or not the caller's to move."""
    if unit.principal.on_behalf_of is not None:
        raise Refused(Reason("FORBIDDEN"))
    row: JointPunishmentMeasure = await locked(unit, JointPunishmentMeasure, measure_id)
    facts = (await load_measure_facts(unit.session, [row], unit.today))[row.id]
    await fire(
        unit,
        MEASURE,
        COURSE,
        row,
        event,
        payload,
        actors=measure_actors(unit.principal, row),
        facts=facts,
        expected_version=expected_version,
    )
    return row


def _require_measure(policy: PunishmentPolicy, code: str, unit: Unit) -> Measure:
    found = policy.find(code, unit.today)
    if found is None:
        raise Refused(Reason("MEASURE_WITHOUT_BASIS", ("code",)))
    return found

"""Clues are referred, moved and read. The hub judges none: a court suspects, the police decide."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select

from hub.access.scopes import Scope
from hub.audit.catalogue import AuditAction
from hub.audit.recorder import Target as AuditTarget
from hub.canonical.evasion_codes import EvasionClueStatus
from hub.core.errors import NotFound, Reason, refuse_if
from hub.core.ids import new_id
from hub.core.payload import find_problems
from hub.db.models import EvasionClue, EvasionClueEvidence, EvasionClueStep, LegalCase, Subject
from hub.db.tenant_keys import tenant_keys
from hub.evasion.effects import RECEIVED, evidence_context, keep_evidence, keep_step, start_clock, step_context
from hub.evasion.payloads import EvasionClueReading, EvasionReferral
from hub.evasion.workflow import CLUE, COURSE, WAITING, ClueFacts, clue_actors
from hub.evidence.recorder import Message, received
from hub.inquiry.purposes import purpose_problems
from hub.inquiry.submitting import case_of, case_problems
from hub.inquiry.targets import is_obligor, target_of
from hub.organizations.named import unit_named
from hub.policy.pack import PolicyPack
from hub.workflow.firing import announce, fire
from hub.workflow.rows import locked, within
from hub.workflow.unit import Unit

S = EvasionClueStatus
PRACTISED, RECEIVER = "evasion_clue.refer", "evasion_clue.receiver"
STANDING = (*WAITING, S.FILED)


async def refer_clue(unit: Unit, given: EvasionReferral) -> UUID:
    """Hand a clue to the police of the case's place. Raises ``NotFound`` for a case that is not the court's,
    ``Refused`` with every reason (RECEIVER_UNKNOWN where no unit bears the receiver's name)."""
    unit.require_own()
    case = await case_of(unit, given.case_id)
    pack = await unit.policy.pack(unit.session, case.jurisdiction_id, unit.today)
    subject = await unit.session.scalar(select(Subject).where(Subject.id == given.subject_id))
    practised = () if pack.flag(PRACTISED) else (Reason("EVASION_NOT_PRACTISED"),)
    refuse_if((*find_problems(given), *practised, *await _problems(unit, case, subject)))
    assert subject is not None
    police_id = await unit_named(unit.session, pack, RECEIVER, case.jurisdiction_id, "CLUE_RECEIVER_UNKNOWN")
    refuse_if((Reason("DEBTOR_IS_RECEIVER", ("subjectId",)),) if subject.organization_id == police_id else ())
    row = EvasionClue(
        id=new_id(),
        court_id=case.court_id,
        police_id=police_id,
        debtor_id=subject.organization_id,
        case_id=case.id,
        subject_id=subject.id,
        case_number=case.case_number,
        conducts=[each.value for each in given.conducts],
        signed_by=given.signed_by.strip(),
        status=S.SENT,
        round=1,
        urged_count=0,
        created_at=unit.at,
        status_since=unit.at,
        version=1,
        **within(case),
    )
    await start_clock(unit, row, RECEIVED)
    unit.session.add(row)
    await unit.session.flush()
    await keep_step(unit, row, "refer", {"target": asdict(target_of(subject, unit.keyring)), "note": given.facts})
    await keep_evidence(unit, row, given.evidence)
    await unit.audit(AuditAction.EVASION_REFERRED, AuditTarget(COURSE.kind, row.id, row.jurisdiction_path))
    await _in_evidence(unit, pack, row, given)
    await announce(unit, COURSE, row, "referred")
    return row.id


async def _in_evidence(unit: Unit, pack: PolicyPack, row: EvasionClue, given: EvasionReferral) -> None:
    """The digest of all that was handed over, in the log that proves it."""
    digests = "\n".join(each.sha256.lower() for each in given.evidence)
    message = Message(
        "referEvasionClue",
        hashlib.sha256(digests.encode()).hexdigest(),
        row.id,
        legal_basis=pack.basis(PRACTISED).clause,
    )
    await received(unit.session, unit.principal, message, at=unit.at)


async def _problems(unit: Unit, case: LegalCase, subject: Subject | None) -> Iterator[Reason]:
    found = list(case_problems(case))
    if subject is None or not await is_obligor(unit.session, case.id, subject.id):
        return iter((*found, Reason("TARGET_NOT_OBLIGOR", ("subjectId",))))
    standing = select(EvasionClue.id).where(
        EvasionClue.case_id == case.id, EvasionClue.subject_id == subject.id, EvasionClue.status.in_(STANDING)
    )
    if await unit.session.scalar(standing.limit(1)) is not None:
        found.append(Reason("EVASION_CLUE_STANDS", ("subjectId",)))
    return iter(found)


async def fire_clue(
    unit: Unit, clue_id: UUID, event: str, payload: object, *, expected_version: int | None = None
) -> EvasionClue:
    """Move a clue. Raises ``NotFound`` to everybody but its court and police, ``Refused`` with every reason."""
    unit.require_own()
    row: EvasionClue = await locked(unit, EvasionClue, clue_id)
    known = select(EvasionClueEvidence.digest).where(EvasionClueEvidence.clue_id == row.id)
    await fire(
        unit,
        CLUE,
        COURSE,
        row,
        event,
        payload,
        actors=clue_actors(row, unit.organization_id),
        facts=ClueFacts(row, unit.today, frozenset(await unit.session.scalars(known))),
        expected_version=expected_version,
    )
    return row


@dataclass(frozen=True, slots=True)
class OpenedClue:
    """Steps with what was said in each, documents with their content; ``target`` is whom it is about."""

    target: dict[str, Any]
    steps: Sequence[tuple[EvasionClueStep, dict[str, Any]]]
    evidence: Sequence[tuple[EvasionClueEvidence, str]]


async def read_clue(unit: Unit, asked: EvasionClueReading) -> OpenedClue:
    """What a clue says, for its court and police, with a trace first. Raises ``NotFound``, ``Refused``."""
    unit.require_own()
    unit.require_scope(Scope.EVASION_READ)
    row: EvasionClue = await locked(unit, EvasionClue, asked.clue_id, path="clueId")
    if not clue_actors(row, unit.organization_id):
        raise NotFound(path=("clueId",))
    pack = await unit.policy.pack(unit.session, row.jurisdiction_id, unit.today)
    refuse_if((*find_problems(asked), *purpose_problems(asked.purpose, pack, ("purpose",))))
    target = AuditTarget(COURSE.kind, row.id, row.jurisdiction_path)
    await unit.audit(AuditAction.EVASION_READ, target, purpose=asked.purpose)
    keys = await tenant_keys(unit.session, unit.keyring, row.tenant_id, unit.at)
    of = EvasionClueStep.clue_id == row.id
    steps = (await unit.session.scalars(select(EvasionClueStep).where(of).order_by(EvasionClueStep.number))).all()
    said = [(each, json.loads(keys.open(each.content_sealed, context=step_context(each.id)))) for each in steps]
    documents = await unit.session.scalars(
        select(EvasionClueEvidence)
        .where(EvasionClueEvidence.clue_id == row.id)
        .order_by(EvasionClueEvidence.round, EvasionClueEvidence.number)
    )
    opened = [(each, keys.open(each.content_sealed, context=evidence_context(each.id))) for each in documents]
    return OpenedClue(next(content["target"] for _, content in said if "target" in content), said, opened)

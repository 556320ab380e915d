"""A lookout is taken in: everything that must hold is checked at once, then it waits for approval, or goes out."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from sqlalchemy import select

from hub.audit.catalogue import AuditAction
from hub.audit.recorder import Target as AuditTarget
from hub.canonical.control_codes import LookoutStatus, LookoutTarget
from hub.canonical.execution_codes import QueryUrgency
from hub.core.errors import Reason, refuse_if
from hub.core.ids import new_id
from hub.core.payload import find_problems
from hub.db.models import ExecutionOfficer, LegalCase, LookoutOrder, Subject
from hub.db.tenant_keys import tenant_keys
from hub.inquiry.approving import document_columns
from hub.inquiry.documents import document_problems
from hub.inquiry.numbers import inquiry_number
from hub.inquiry.officers import acting_officer
from hub.inquiry.purposes import purpose_problems
from hub.inquiry.submitting import case_of, case_problems, serving
from hub.inquiry.targets import is_obligor, target_index, target_of
from hub.lookout.commands import LookoutDraft, normal_plate
from hub.lookout.effects import send
from hub.lookout.orders import document_context, duty_context, target_context
from hub.lookout.workflow import COURSE
from hub.policy.pack import PolicyPack
from hub.workflow.firing import announce
from hub.workflow.rows import within
from hub.workflow.unit import Unit


async def submit(unit: Unit, draft: LookoutDraft) -> UUID:
    """Take a lookout in. Raises ``Denied`` (OFFICER_*), ``NotFound`` for the case, ``Refused`` with every reason."""
    officer = await acting_officer(unit)
    case = await case_of(unit, draft.case_id)
    pack = await unit.policy.pack(unit.session, case.jurisdiction_id, unit.today)
    subject = await unit.session.scalar(select(Subject).where(Subject.id == draft.subject_id))
    obligor = subject is not None and await is_obligor(unit.session, case.id, subject.id)
    police = await serving(unit, {draft.police_organization_id}, case)
    documents = await document_problems(unit, (draft.document,), case.id)
    refuse_if(
        (
            *find_problems(draft),
            *case_problems(case),
            *(() if obligor else (Reason("TARGET_NOT_OBLIGOR", ("subjectId",)),)),
            *(() if police else (Reason("HOLDER_OUT_OF_AREA", ("policeOrganizationId",)),)),
            *purpose_problems(draft.purpose_text, pack, ("purposeText",)),
            *_period_problems(unit, draft, pack),
            *(Reason(reason.code, ("document", *reason.path[2:]), reason.params) for reason in documents),
        )
    )
    assert subject is not None
    row = await _made(unit, draft, officer, case, subject, pack)
    return await _kept(unit, row)


async def _made(
    unit: Unit, draft: LookoutDraft, officer: ExecutionOfficer, case: LegalCase, subject: Subject, pack: PolicyPack
) -> LookoutOrder:
    keys = await tenant_keys(unit.session, unit.keyring, case.tenant_id, unit.at)
    target, key = target_of(subject, unit.keyring), new_id()
    plate = normal_plate(draft.plate) if draft.plate and draft.target_kind is LookoutTarget.VEHICLE else None
    told = {"name": target.name, "number": target.number, "plate": plate}
    emergency = draft.urgency is QueryUrgency.EMERGENCY
    minutes = timedelta(minutes=pack.number("inquiry.approval_minutes"))
    region = case.jurisdiction_path.rstrip("/").rpartition("/")[2]
    return LookoutOrder(
        id=key,
        lookout_number=await inquiry_number(unit.session, region, unit.today),
        court_id=officer.court_id,
        police_id=draft.police_organization_id,
        case_id=case.id,
        case_number=case.case_number,
        subject_id=subject.id,
        target_index=target_index(keys, target.number),
        target_kind=draft.target_kind,
        target_sealed=keys.seal(json.dumps(told, ensure_ascii=False), context=target_context(key)),
        contact_sealed=keys.seal(draft.duty_contact, context=duty_context(key)),
        measures=[measure.value for measure in draft.measures],
        area=draft.area,
        valid_from=draft.valid_from,
        valid_to=draft.valid_to,
        purpose_text=draft.purpose_text,
        urgency=draft.urgency,
        status=LookoutStatus.SENT if emergency else LookoutStatus.PENDING_APPROVAL,
        status_since=unit.at,
        requester_id=officer.id,
        co_handler_ids=[],
        approval_due_at=unit.at + minutes if emergency else None,
        document_sealed=keys.seal(draft.document.content, context=document_context(key)),
        version=1,
        **document_columns(draft.document),
        **within(case),
    )


async def _kept(unit: Unit, row: LookoutOrder) -> UUID:
    unit.session.add(row)
    await unit.session.flush()
    if row.status is LookoutStatus.SENT:
        await send(unit, row)
    about = AuditTarget("LookoutOrder", row.id, row.jurisdiction_path)
    await unit.audit(AuditAction.LOOKOUT_SUBMITTED, about, kind=row.target_kind.value, urgency=row.urgency.value)
    await announce(unit, COURSE, row, "submitted")
    return row.id


def _period_problems(unit: Unit, draft: LookoutDraft, pack: PolicyPack) -> Iterable[Reason]:
    limit = pack.number("lookout.longest_days")
    last = max(draft.valid_from, unit.today) + timedelta(days=limit)
    if draft.valid_to < unit.today or draft.valid_to > last:
        yield Reason("LOOKOUT_PERIOD", ("validTo",), {"limit": limit})

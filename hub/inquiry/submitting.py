"""A query is taken in: everything that must hold is checked at once, then it waits for approval, or goes out at once
where it cannot wait."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from sqlalchemy import select

from hub.audit.catalogue import AuditAction
from hub.audit.recorder import Target as AuditTarget
from hub.canonical.exchange_codes import CaseProcedure
from hub.canonical.execution_codes import ExecutionQueryStatus, QueryUrgency
from hub.core.errors import NotFound, Reason, refuse_if
from hub.core.ids import new_id
from hub.core.payload import find_problems
from hub.core.principal import RoleName
from hub.db.models import (
    ExecutionOfficer,
    ExecutionQuery,
    Jurisdiction,
    LegalCase,
    OrganizationFunction,
    Subject,
)
from hub.db.tenant_keys import tenant_keys
from hub.inquiry.commands import QueryDraft
from hub.inquiry.dispatching import Dispatcher
from hub.inquiry.documents import document_problems, keep_documents, notice_problems
from hub.inquiry.numbers import inquiry_number
from hub.inquiry.officers import acting_officer
from hub.inquiry.purposes import purpose_problems
from hub.inquiry.targets import is_obligor, target_index, target_of
from hub.inquiry.workflow import COURSE
from hub.policy.pack import PolicyPack
from hub.workflow.firing import announce
from hub.workflow.rows import within
from hub.workflow.unit import Unit

PROCEDURES = (CaseProcedure.EXECUTION, CaseProcedure.NON_LITIGATION_EXECUTION, CaseProcedure.PRESERVATION)


async def submit(unit: Unit, draft: QueryDraft) -> UUID:
    """Take a query in. Raises ``Denied`` (OFFICER_*), ``NotFound`` for the case, ``Refused`` with every reason."""
    officer = await acting_officer(unit)
    case = await case_of(unit, draft.case_id)
    pack = await unit.policy.pack(unit.session, case.jurisdiction_id, unit.today)
    subject = await unit.session.scalar(select(Subject).where(Subject.id == draft.subject_id))
    obligor = subject is not None and await is_obligor(unit.session, case.id, subject.id)
    refuse_if(
        (
            *find_problems(draft),
            *case_problems(case),
            *(() if obligor else (Reason("TARGET_NOT_OBLIGOR", ("subjectId",)),)),
            *purpose_problems(draft.purpose_text, pack, ("purposeText",)),
            *_expiry_problems(unit, draft, pack),
            *await document_problems(unit, draft.documents, case.id),
            *(notice_problems(draft.documents) if draft.documents else ()),
            *await _holder_problems(unit, draft, case),
            *await _co_handler_problems(unit, draft, officer),
        )
    )
    assert subject is not None
    return await _keep(unit, draft, officer, case, subject, pack)


async def case_of(unit: Unit, key: UUID) -> LegalCase:
    """A case of the caller's court. Raises ``NotFound``."""
    case: LegalCase | None = await unit.session.scalar(
        select(LegalCase).where(LegalCase.id == key, LegalCase.court_id == unit.organization_id)
    )
    if case is None:
        raise NotFound(path=("caseId",))
    return case


def case_problems(case: LegalCase) -> Iterable[Reason]:
    """A query needs an open case, of a kind in which assets are looked for."""
    if case.closed_on is not None:
        yield Reason("CASE_NOT_OPEN", ("caseId",))
    if case.procedure not in PROCEDURES:
        yield Reason("CASE_NOT_EXECUTION", ("caseId",))


def _expiry_problems(unit: Unit, draft: QueryDraft, pack: PolicyPack) -> Iterable[Reason]:
    limit = pack.number("inquiry.longest_days")
    if not unit.today <= draft.expires_on <= unit.today + timedelta(days=limit):
        yield Reason("EXPIRY_INVALID", ("expiresOn",), {"limit": limit})


async def _holder_problems(unit: Unit, draft: QueryDraft, case: LegalCase) -> Iterable[Reason]:
    units = await serving(unit, {ask.holder_organization_id for ask in draft.asks}, case)
    return [
        Reason("HOLDER_OUT_OF_AREA", ("asks", index, "holderOrganizationId"))
        for index, ask in enumerate(draft.asks)
        if ask.holder_organization_id not in units
    ]


async def serving(unit: Unit, units: Iterable[UUID], case: LegalCase) -> set[UUID]:
    """Which of the units are member departments of the court's jurisdiction, or of one above it."""
    rows = await unit.session.execute(
        select(OrganizationFunction.organization_id, Jurisdiction.path)
        .join(Jurisdiction, Jurisdiction.id == OrganizationFunction.jurisdiction_id)
        .where(
            OrganizationFunction.organization_id.in_(units),
            OrganizationFunction.role == RoleName.MEMBER_DEPARTMENT,
            OrganizationFunction.valid_to.is_(None),
        )
    )
    return {key for key, path in rows if case.jurisdiction_path.startswith(path)}


async def _co_handler_problems(unit: Unit, draft: QueryDraft, officer: ExecutionOfficer) -> Iterable[Reason]:
    known = set(
        await unit.session.scalars(
            select(ExecutionOfficer.id).where(
                ExecutionOfficer.id.in_(draft.co_handler_ids),
                ExecutionOfficer.court_id == officer.court_id,
                ExecutionOfficer.valid_to >= unit.today,
            )
        )
    )
    return [
        Reason("CO_HANDLER_UNKNOWN", ("coHandlerIds", index))
        for index, key in enumerate(draft.co_handler_ids)
        if key not in known or key == officer.id
    ]


async def _keep(
    unit: Unit, draft: QueryDraft, officer: ExecutionOfficer, case: LegalCase, subject: Subject, pack: PolicyPack
) -> UUID:
    keys = await tenant_keys(unit.session, unit.keyring, case.tenant_id, unit.at)
    target = target_of(subject, unit.keyring)
    emergency = draft.urgency is QueryUrgency.EMERGENCY
    region = case.jurisdiction_path.rstrip("/").rpartition("/")[2]
    minutes = timedelta(minutes=pack.number("inquiry.approval_minutes"))
    query = ExecutionQuery(
        id=new_id(),
        inquiry_number=await inquiry_number(unit.session, region, unit.today),
        court_id=officer.court_id,
        case_id=case.id,
        case_number=case.case_number,
        subject_id=subject.id,
        target_index=target_index(keys, target.number),
        purpose_code=draft.purpose_code,
        purpose_text=draft.purpose_text,
        urgency=draft.urgency,
        status=ExecutionQueryStatus.DISPATCHED if emergency else ExecutionQueryStatus.PENDING_APPROVAL,
        status_since=unit.at,
        asks=[{"holder": str(ask.holder_organization_id), "type": ask.query_type.value} for ask in draft.asks],
        requester_id=officer.id,
        co_handler_ids=list(draft.co_handler_ids),
        approval_due_at=unit.at + minutes if emergency else None,
        expires_on=draft.expires_on,
        repeat_days=draft.repeat_days,
        repeat_until=draft.repeat_until,
        next_round_on=unit.today + timedelta(days=draft.repeat_days) if draft.repeat_days else None,
        round=1,
        access_count=0,
        version=1,
        **within(case),
    )
    unit.session.add(query)
    await unit.session.flush()
    keep_documents(unit, query, draft.documents, keys)
    if emergency:
        await Dispatcher(unit.session, unit.policy, unit.keyring, unit.at).send(query, target, keys)
    about = AuditTarget("ExecutionQuery", query.id, query.jurisdiction_path)
    await unit.audit(AuditAction.EXECUTION_QUERY_SUBMITTED, about, urgency=draft.urgency.value, holders=len(draft.asks))
    await announce(unit, COURSE, query, "submitted")
    return query.id

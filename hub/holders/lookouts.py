"""Lookouts and the system of the police: whom or what to look out for, that it is called off; what it answers."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select

from hub.audit.catalogue import AuditAction
from hub.audit.recorder import Target as AuditTarget
from hub.audit.recorder import record
from hub.canonical.connector import Outgoing
from hub.canonical.control_codes import LookoutStatus
from hub.canonical.execution_codes import LegalDocumentKind
from hub.canonical.holding import HolderEvent, HolderReply
from hub.core.errors import Reason, Refused
from hub.core.keyring import KeyRing
from hub.db.models import Delivery, ExecutionOfficer, LookoutOrder, Organization, Subject, WebhookEndpoint
from hub.db.session import SystemSession
from hub.db.tenant_keys import tenant_keys
from hub.delivery.orders import LOOKOUT_SENT, was_told
from hub.holders.naming import fitting, region_of, system_of, told_of
from hub.holders.payloads import hit_of, payload_of
from hub.inquiry.targets import Target
from hub.lookout.hits import report_hit
from hub.lookout.orders import fire_lookout, opened_lookout
from hub.lookout.workflow import WATCHED
from hub.workflow.unit import Unit

_CALLED_OFF = (LookoutStatus.WITHDRAWING, LookoutStatus.CLOSED)


async def lookout_words(
    session: SystemSession,
    master: KeyRing,
    endpoint: WebhookEndpoint,
    delivery: Delivery,
    row: LookoutOrder,
    at: datetime,
) -> Outgoing | None:
    """Made anew at every attempt, whom it is about with a trace first; None once there is nothing to say any more."""
    key, body = str(delivery.event_id), {"number": row.lookout_number}
    if delivery.event_type != LOOKOUT_SENT:
        off = row.status in _CALLED_OFF and await was_told(session, endpoint, row)
        return Outgoing(key, "lookout.withdraw", body) if off else None
    if row.status not in WATCHED or row.target_sealed is None or row.document_sealed is None:
        return None
    about = AuditTarget("LookoutOrder", row.id, row.jurisdiction_path)
    await record(session, system_of(endpoint), AuditAction.LOOKOUT_OPENED, at=at, target=about)
    opened = opened_lookout(await tenant_keys(session, master, row.tenant_id, at), row)
    subject = (await session.scalars(select(Subject).where(Subject.id == row.subject_id))).one()
    private = {
        **await _asker(session, row),
        **told_of(Target(subject.kind, opened.target["name"], opened.target["number"])),
        "plate": opened.target["plate"],
        "duty_contact": opened.contact,
        "documents": [_document(row, opened.document or "")],
    }
    return Outgoing(key, "lookout.ask", {**body, **_watch(row)}, private=private)


def _watch(row: LookoutOrder) -> dict[str, Any]:
    return {
        "region": region_of(row),
        "target_kind": row.target_kind.value,
        "measures": ",".join(row.measures),
        "area": row.area,
        "starts_on": row.valid_from.isoformat(),
        "ends_on": row.valid_to.isoformat(),
        "digests": [row.document_digest],
    }


def _document(row: LookoutOrder, content: str) -> dict[str, str]:
    return {
        "kind": LegalDocumentKind.EXECUTION_NOTICE.value,
        "document_number": row.document_number,
        "filename": row.document_name,
        "sha256": row.document_digest,
        "content": content,
    }


async def _asker(session: SystemSession, row: LookoutOrder) -> dict[str, Any]:
    found = await session.execute(
        select(ExecutionOfficer.certificate_number, Organization.name)
        .join(Organization, Organization.id == row.court_id)
        .where(ExecutionOfficer.id == row.requester_id)
    )
    certificate, court = found.tuples().one()
    return {
        "court": court,
        "case_number": row.case_number,
        "purpose_text": row.purpose_text,
        "urgency": row.urgency.value,
        "officer": {"certificate": certificate},
    }


async def answer_lookout(unit: Unit, reply: HolderReply) -> LookoutOrder:
    """What the system of the police says of a lookout. Raises ``Refused``.

    A hit is taken whenever it comes. That nobody looks out any more may be said once too often: it is kept and moves
    nothing."""
    of = select(LookoutOrder).where(
        LookoutOrder.lookout_number == reply.number, LookoutOrder.police_id == unit.organization_id
    )
    row = fitting(await unit.session.scalar(of), reply)
    if reply.event is HolderEvent.MET:
        await report_hit(unit, hit_of(reply, row.id))
    elif reply.event is not HolderEvent.CALLED_OFF or row.status is LookoutStatus.WITHDRAWING:
        _check_moment(row, reply)
        await fire_lookout(unit, row.id, reply.event.value, payload_of(reply))
    elif row.status in WATCHED:
        raise Refused(Reason("ANSWER_EARLY"))
    return row


def _check_moment(row: LookoutOrder, reply: HolderReply) -> None:
    """Raises ``Refused`` (ANSWER_TWICE, ANSWER_WITHDRAWN)."""
    if reply.event is HolderEvent.CALLED_OFF or row.status is LookoutStatus.SENT:
        return
    raise Refused(Reason("ANSWER_TWICE" if row.status is LookoutStatus.ACTIVE else "ANSWER_WITHDRAWN"))

"""The words of an order about an asset, as they go to the system of the holder that named it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select

from hub.audit.catalogue import AuditAction
from hub.audit.recorder import Target as AuditTarget
from hub.audit.recorder import record
from hub.canonical.connector import Outgoing
from hub.canonical.control_codes import ControlAction
from hub.canonical.execution_codes import LegalDocumentKind
from hub.control.assets import TELLING
from hub.control.chain import last_day
from hub.control.orders import asset_of, ruling_context
from hub.core.clock import local_date
from hub.core.keyring import KeyRing
from hub.db.models import AssetControl, ControlOrder, ExecutionOfficer, Organization, Subject, WebhookEndpoint
from hub.db.session import SystemSession
from hub.db.tenant_keys import tenant_keys
from hub.holders.naming import region_of, system_of, told_of
from hub.inquiry.targets import Target


async def control_words(
    session: SystemSession,
    master: KeyRing,
    endpoint: WebhookEndpoint,
    key: str,
    order: ControlOrder,
    at: datetime,
) -> Outgoing | None:
    """Made anew at every attempt, with a trace first; None once what it is about is destroyed."""
    of = select(AssetControl).where(AssetControl.id == order.control_id)
    control = (await session.scalars(of)).one()
    if control.asset_sealed is None or order.document_sealed is None:
        return None
    about = AuditTarget("ControlOrder", order.id, order.jurisdiction_path)
    await record(session, system_of(endpoint), AuditAction.CONTROL_ORDER_OPENED, at=at, target=about)
    keys = await tenant_keys(session, master, order.tenant_id, at)
    asset = asset_of(keys, control)
    document = {
        "kind": LegalDocumentKind.EXECUTION_RULING.value,
        "document_number": order.document_number,
        "filename": order.document_name,
        "sha256": order.document_digest,
        "content": keys.open(order.document_sealed, context=ruling_context(order.id)),
    }
    private = {
        **await _asker(session, order),
        **_whom(asset, (await session.scalars(select(Subject).where(Subject.id == order.subject_id))).one()),
        "asset": asset["item"][TELLING[asset["kind"]]],
        "ruling_number": order.document_number,
        "documents": [document],
    }
    body = {"number": order.order_number, "region": region_of(order), "digests": [order.document_digest]}
    return Outgoing(key, "control.ask", {**body, **_measure(order, control, local_date(at))}, private=private)


def _measure(order: ControlOrder, control: AssetControl, today: date) -> dict[str, str | None]:
    """What is to be done, and the longest time for it: a renewal begins where the control ends."""
    starts_on = ends_on = None
    if order.months is not None:
        renewed = order.action is ControlAction.RENEW and control.ends_on is not None
        starts_on = control.ends_on + timedelta(days=1) if renewed and control.ends_on else today
        ends_on = last_day(starts_on, order.months)
    amount = order.amount_requested
    return {
        "action": order.action.value,
        "asset_class": control.asset_class.value,
        "content": "WHOLE" if amount is None else "AMOUNT",
        "amount": None if amount is None else str(amount),
        "currency": order.currency,
        "starts_on": starts_on.isoformat() if starts_on else None,
        "ends_on": ends_on.isoformat() if ends_on else None,
        "original_number": order.original_number,
        "due_on": order.due_on.isoformat(),
    }


def _whom(asset: dict[str, Any], subject: Subject) -> dict[str, str]:
    return told_of(Target(subject.kind, asset["target"]["name"], asset["target"]["number"]))


async def _asker(session: SystemSession, order: ControlOrder) -> dict[str, Any]:
    row = await session.execute(
        select(ExecutionOfficer.certificate_number, Organization.name)
        .join(Organization, Organization.id == order.court_id)
        .where(ExecutionOfficer.id == order.requester_id)
    )
    certificate, court = row.tuples().one()
    return {
        "court": court,
        "case_number": order.case_number,
        "original_case_number": order.case_number if order.original_number else None,
        "purpose_text": order.purpose_text,
        "urgency": order.urgency.value,
        "officer": {"certificate": certificate},
    }

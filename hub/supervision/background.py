"""Background work: drafts upon reports, deliveries, alerts and urgings, provisional dates, periodic reports."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from hub.access.scopes import Scope
from hub.alerts.raising import raise_alert
from hub.canonical.codes import AlertKind, DeliveryStatus, EndpointStatus
from hub.canonical.exchange_codes import DishonestyStatus
from hub.canonical.supervision_codes import (
    NOTICE_RUNNING,
    NOTICE_TERMINAL,
    CaseReportKind,
    NoticeStatus,
    NoticeTrigger,
)
from hub.core.keyring import KeyRing
from hub.core.principal import Principal
from hub.core.workflow import Actor
from hub.db.models import CaseReport, Delivery, DishonestyRecord, NoticeRecipient, SupervisionNotice, WebhookEndpoint
from hub.db.session import SystemSession, WriteSession
from hub.policy.store import PolicyStore
from hub.supervision.alerts import alerts_of
from hub.supervision.assessing import assess
from hub.supervision.awards import give_back
from hub.supervision.deadlines import recompute_provisional
from hub.supervision.drafting import Cause, draft_upon
from hub.supervision.effects import COURSE
from hub.supervision.facts import NoticeFacts, load_notice_facts
from hub.supervision.payloads import NoticeReason, NoticeUrging
from hub.supervision.periodic.compiling import compile_due, remind
from hub.supervision.policies import supervision_policies
from hub.supervision.suggestions import tell_of_late_replies
from hub.supervision.workflow import NOTICE, UNDER_WAY
from hub.workflow.firing import fire
from hub.workflow.rows import within
from hub.workflow.unit import Unit

WORKER = Principal(
    subject="system:notices",
    organization_id=None,
    scopes=frozenset({Scope.NOTICE_ISSUE.value, Scope.ASSESSMENT_ENTER.value}),
)
SYSTEM = frozenset({Actor.SYSTEM})
PORTION = 200
ISSUED = "notice.issued"
REVOKED = "法院已撤销失信信息 (the listing was revoked by its court)"
TRIGGERS = {CaseReportKind.FILED: NoticeTrigger.CASE_FILED, CaseReportKind.LOST: NoticeTrigger.CASE_LOST}


async def work_on_notices(session: SystemSession, store: PolicyStore, keyring: KeyRing, now: datetime) -> int:
    """All that is due at ``now``; how much was done. Safe to run in several workers at once."""
    unit = system_unit(session, store, keyring, now)
    return (
        await undo_revoked(unit)
        + await consider_reports(unit)
        + await deliver(unit)
        + await tell_of_deadlines(unit, session)
        + await recompute_provisional(session, store)
        + await compile_due(unit)
        + await remind(unit, session)
        + await assess(unit)
        + await tell_of_late_replies(unit, session)
    )


def system_unit(session: SystemSession, store: PolicyStore, keyring: KeyRing, now: datetime) -> Unit:
    return Unit(WriteSession(session), WORKER, now, store, keyring)


async def undo_revoked(unit: Unit) -> int:
    """What was demanded, and which awards were withheld, upon a listing that was wrong falls with it; how many notices
    were withdrawn. What was only deleted stays as it was: deletion works forward."""
    wrong = select(DishonestyRecord.id).where(DishonestyRecord.status == DishonestyStatus.REVOKED)
    upon = select(SupervisionNotice).where(SupervisionNotice.record_id.in_(wrong))
    open_ = upon.where(SupervisionNotice.status.not_in(NOTICE_TERMINAL)).order_by(SupervisionNotice.id)
    notices = (await unit.session.scalars(open_.limit(PORTION).with_for_update(skip_locked=True))).all()
    for notice in notices:
        await _fire(unit, notice, "withdraw", NoticeReason(reason=REVOKED))
    await give_back(unit, upon.with_only_columns(SupervisionNotice.id), REVOKED)
    return len(notices)


async def consider_reports(unit: Unit) -> int:
    """Draft what the pack says upon what courts reported."""
    found = await unit.session.scalars(
        select(CaseReport)
        .where(CaseReport.considered_at.is_(None))
        .order_by(CaseReport.id)
        .limit(PORTION)
        .with_for_update(skip_locked=True)
    )
    reports, drafted = found.all(), 0
    policies = await supervision_policies(unit.policy, unit.session, reports, unit.today)
    for report in reports:
        report.considered_at = unit.at
        trigger = TRIGGERS.get(report.kind)
        if trigger is None:
            continue
        cause = Cause(
            trigger=trigger,
            source_id=report.id,
            court_id=report.court_id,
            subject_id=report.organization_id,
            case_number=report.case_number,
            happened_on=report.happened_on,
            perform_by=report.perform_by,
            placed=within(report),
        )
        drafted += await draft_upon(unit, policies[report.jurisdiction_id], cause) is not None
    return drafted


async def deliver(unit: Unit) -> int:
    """Note each recipient's delivery; the notice is delivered when the unit addressed has it.

    A recipient with a webhook has it when its system took the event, any other when it stands in its inbox.
    """
    rows = await unit.session.execute(
        select(NoticeRecipient, SupervisionNotice)
        .join(SupervisionNotice, SupervisionNotice.id == NoticeRecipient.notice_id)
        .where(NoticeRecipient.delivered_at.is_(None), SupervisionNotice.status.in_(NOTICE_RUNNING))
        .order_by(NoticeRecipient.id)
        .with_for_update(skip_locked=True)
    )
    done = 0
    for recipient, notice in rows.all():
        at = await _delivered_at(unit, recipient, notice)
        if at is None:
            continue
        recipient.delivered_at = at
        done += 1
        if recipient.organization_id == notice.subject_id and notice.status is NoticeStatus.ISSUED:
            await _fire(unit, notice, "deliver", None)
    return done


async def _delivered_at(unit: Unit, recipient: NoticeRecipient, notice: SupervisionNotice) -> datetime | None:
    told = select(Delivery.ended_at).where(
        Delivery.organization_id == recipient.organization_id,
        Delivery.object_id == notice.id,
        Delivery.event_type == ISSUED,
        Delivery.status == DeliveryStatus.DELIVERED,
    )
    at = await unit.session.scalar(told.order_by(Delivery.ended_at).limit(1))
    return at if at is not None or await _has_endpoint(unit, recipient.organization_id) else unit.at


async def _has_endpoint(unit: Unit, organization_id: UUID) -> bool:
    wanted = await unit.session.scalars(
        select(WebhookEndpoint.event_types).where(
            WebhookEndpoint.organization_id == organization_id, WebhookEndpoint.status == EndpointStatus.ACTIVE
        )
    )
    return any({ISSUED, "notice.*"} & set(types) for types in wanted)


async def tell_of_deadlines(unit: Unit, session: SystemSession) -> int:
    """Raise what is due; each new alert of an overdue notice urges the unit once more."""
    running = select(SupervisionNotice).where(SupervisionNotice.status.in_(NOTICE_RUNNING))
    notices, raised = (await session.scalars(running.order_by(SupervisionNotice.id))).all(), 0
    policies = await supervision_policies(unit.policy, session, notices, unit.today)
    for notice in notices:
        for alert in alerts_of(notice, policies[notice.jurisdiction_id], unit.today):
            new = await raise_alert(session, notice, notice.title, alert, unit.at)
            raised += new
            if new and alert.kind is AlertKind.OVERDUE and notice.status in UNDER_WAY:
                await _fire(unit, notice, "urge", NoticeUrging())
    return raised


async def _fire(unit: Unit, notice: SupervisionNotice, event: str, payload: object) -> None:
    facts: NoticeFacts = (await load_notice_facts(unit.session, WORKER, unit.policy, [notice], unit.at))[notice.id]
    await fire(unit, NOTICE, COURSE, notice, event, payload, actors=SYSTEM, facts=facts, expected_version=None)

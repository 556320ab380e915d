"""Compiling: when its time comes by the pack, each report is drawn up once a period for whom it is due from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select

from hub.alerts.raising import Raised, raise_alert
from hub.audit.catalogue import AuditAction
from hub.audit.recorder import Target
from hub.canonical.codes import AlertKind, AlertSeverity
from hub.canonical.supervision_codes import PeriodicReportKind, PeriodicReportStatus
from hub.core.ids import new_id
from hub.core.principal import RoleName
from hub.core.texts import label_text
from hub.db.bulk import insert_rows
from hub.db.models import BodyMembership, Jurisdiction, OrganizationFunction, PeriodicReport, PeriodicReportParty
from hub.db.session import SystemSession
from hub.policy.calendar import WorkingCalendar
from hub.policy.deadlines import Deadline
from hub.policy.pack import PolicyPack
from hub.policy.parameter_sets.codes import ReportRecipient
from hub.policy.periods import PeriodSpan, period_of
from hub.policy.rule_data import deadline_to_plain, stored_clause
from hub.policy.rules import PeriodEndRule
from hub.supervision.periodic.contents import Extent, contents
from hub.supervision.periodic.linkage import PRACTISED
from hub.workflow.firing import Course, announce
from hub.workflow.rows import placed_in
from hub.workflow.unit import Unit

COURSE = Course("PeriodicReport", AuditAction.REPORT_COMPILED, "report")
K = PeriodicReportKind


@dataclass(frozen=True, slots=True)
class Duty:
    """One kind of report: the pack's rule for it, and whose duty it is."""

    kind: PeriodicReportKind
    rule: str
    issuer: RoleName


DUTIES = (
    Duty(K.GOVERNANCE_CIRCULAR, "circular.governance", RoleName.CREDIT_OFFICE),
    Duty(K.DISHONESTY_PUSH, "push.dishonesty.report", RoleName.COURT),
    Duty(K.EXECUTION_REPORT, "report.execution.monthly", RoleName.COURT),
)


async def compile_due(unit: Unit) -> int:
    """Draw up whatever the packs call for today; how many."""
    calendar, made = await unit.policy.calendar(unit.session), 0
    held = await unit.session.execute(
        select(OrganizationFunction.organization_id, OrganizationFunction.role, Jurisdiction)
        .join(Jurisdiction, Jurisdiction.id == OrganizationFunction.jurisdiction_id)
        .where(OrganizationFunction.role.in_({duty.issuer for duty in DUTIES}), OrganizationFunction.valid_to.is_(None))
        .order_by(OrganizationFunction.organization_id)
    )
    for issuer, role, jurisdiction in held.tuples().all():
        pack = await unit.policy.pack(unit.session, jurisdiction.id, unit.today)
        for duty, span, deadline in _called_for(pack, role, calendar, unit.today):
            made += await _compile(unit, duty, span, deadline, issuer, jurisdiction, pack)
    return made


def _called_for(
    pack: PolicyPack, role: RoleName, calendar: WorkingCalendar, today: date
) -> Iterator[tuple[Duty, PeriodSpan, Deadline]]:
    """Reports of a role whose time has come, each with its period and due date."""
    for duty in DUTIES:
        if duty.issuer is not role or pack.find_rule(duty.rule) is None:
            continue
        rule = pack.period_rule(duty.rule)
        running = period_of(today, rule.period)
        span = running if isinstance(rule, PeriodEndRule) else running.previous
        deadline = pack.deadline(duty.rule, span.start, calendar)
        if not isinstance(rule, PeriodEndRule) or today >= _opens_on(pack, deadline, calendar):
            yield duty, span, deadline


def _opens_on(pack: PolicyPack, deadline: Deadline, calendar: WorkingCalendar) -> date:
    """From when a report due within its own period is drawn up."""
    return pack.deadline("circular.governance.alert", deadline.due_on, calendar).due_on


async def _compile(
    unit: Unit,
    duty: Duty,
    span: PeriodSpan,
    deadline: Deadline,
    issuer: UUID,
    jurisdiction: Jurisdiction,
    pack: PolicyPack,
) -> bool:
    known = select(PeriodicReport.id).where(
        PeriodicReport.kind == duty.kind, PeriodicReport.issuer_id == issuer, PeriodicReport.period == span.code
    )
    if await unit.session.scalar(known.limit(1)) is not None:
        return False
    extent = Extent(issuer, jurisdiction.path, span)
    figures, entries = await contents(unit.session, duty.kind, extent, pack, unit.at)
    report = PeriodicReport(
        id=new_id(),
        kind=duty.kind,
        status=PeriodicReportStatus.COMPILED,
        issuer_id=issuer,
        recipient_ids=await _recipients(unit, duty.kind, jurisdiction, pack, issuer),
        period=span.code,
        period_from=span.start,
        period_to=span.end,
        edition=1,
        title=f"{span.text.zh}{label_text(f'PeriodicReportKind.{duty.kind.value}').zh}",
        cutoff_at=unit.at,
        due_on=deadline.due_on,
        due_at=deadline.due_at,
        due_provisional=deadline.provisional,
        deadline_basis=deadline_to_plain(deadline),
        figures=figures,
        entries=entries,
        created_at=unit.at,
        **placed_in(jurisdiction),
    )
    await enter(unit, report)
    return True


async def enter(unit: Unit, report: PeriodicReport) -> None:
    unit.session.add(report)
    await unit.session.flush()
    await admit(unit, report, [report.issuer_id])
    target = Target("PeriodicReport", report.id, report.jurisdiction_path)
    await unit.audit(AuditAction.REPORT_COMPILED, target, period=report.period, edition=report.edition)
    await announce(unit, COURSE, report, "compiled")


async def admit(unit: Unit, report: PeriodicReport, organizations: Sequence[UUID]) -> None:
    """Who may see the report: its issuer from the start, its recipients once it is issued."""
    rows = [
        {
            "report_id": report.id,
            "organization_id": key,
            "tenant_id": report.tenant_id,
            "jurisdiction_path": report.jurisdiction_path,
            "due_on": report.due_on,
        }
        for key in organizations
    ]
    if rows:
        await insert_rows(unit.session, PeriodicReportParty, rows)


async def _recipients(
    unit: Unit, kind: PeriodicReportKind, jurisdiction: Jurisdiction, pack: PolicyPack, issuer: UUID
) -> list[UUID]:
    """Whom the pack has told: members of the bodies, offices by their function."""
    roles: set[RoleName] = {
        K.GOVERNANCE_CIRCULAR: set[RoleName](),
        K.DISHONESTY_PUSH: {RoleName.CREDIT_OFFICE},
        K.EXECUTION_REPORT: {RoleName.JOINT_MEETING_OFFICE},
    }[kind]
    found: set[UUID] = set()
    if kind is K.EXECUTION_REPORT and pack.flag(PRACTISED):
        roles |= {RoleName.GOVERNMENT_OFFICE}
    if kind is K.GOVERNANCE_CIRCULAR:
        told = pack.codes("circular.governance.recipients")
        roles |= {RoleName.GOVERNMENT_OFFICE} if ReportRecipient.GOVERNMENT_OFFICE in told else set()
        if ReportRecipient.MEMBER_UNITS in told:
            members = select(BodyMembership.organization_id).where(
                BodyMembership.jurisdiction_id == jurisdiction.id, BodyMembership.valid_to.is_(None)
            )
            found |= set(await unit.session.scalars(members))
    holders = select(OrganizationFunction.organization_id).where(
        OrganizationFunction.jurisdiction_id == jurisdiction.id,
        OrganizationFunction.role.in_(roles),
        OrganizationFunction.valid_to.is_(None),
    )
    found |= set(await unit.session.scalars(holders))
    return sorted(found - {issuer})


async def remind(unit: Unit, session: SystemSession) -> int:
    """Issuers are told of a report to sign when it is drawn up, and again when it is late."""
    waiting = select(PeriodicReport).where(PeriodicReport.status == PeriodicReportStatus.COMPILED)
    raised = 0
    for report in (await session.scalars(waiting.order_by(PeriodicReport.id))).all():
        late = unit.today > report.due_on
        alert = Raised(
            kind=AlertKind.REPORT_OVERDUE if late else AlertKind.REPORT_DUE,
            severity=AlertSeverity.SEVERE if late else AlertSeverity.WARNING,
            offset=int(late),
            due_on=report.due_on,
            clause=stored_clause(report.deadline_basis),
            units=(report.issuer_id,),
        )
        raised += await raise_alert(session, report, report.title, alert, unit.at)
    return raised

"""Courts report cases against public bodies: filed, lost with a date to perform by, not performed.

Source: 新信用发〔2018〕6号 二（一）、二（二）、二（三）.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from hub.audit.catalogue import AuditAction
from hub.audit.recorder import Target
from hub.canonical.case_number import parse_case_number
from hub.canonical.supervision_codes import CaseReportKind
from hub.core.errors import Reason, Refused, refuse_if
from hub.core.ids import new_id
from hub.core.payload import find_problems, optional, required
from hub.core.principal import RoleName
from hub.db.models import CaseReport, Jurisdiction, Organization
from hub.events.outbox import publish
from hub.organizations.existence import require_organizations
from hub.supervision.citing import case_problems
from hub.workflow.rows import placed_in
from hub.workflow.unit import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class GovernmentCase:
    """法院向信用办通报的涉政府案件 (a case against a public body, as its court reports it)."""

    kind: CaseReportKind = required("通报事项", "what is reported")
    case_number: str = required("案号", "case number", limit=64)
    organization_id: UUID = required("被诉或被执行的政务主体", "public body concerned", node="OR")
    happened_on: date = required("立案、生效或逾期日期", "when it was filed, took effect or fell due")
    perform_by: date | None = optional("履行期限；败诉案件必填", "date to perform by; needed of a lost case")

    def find_rule_problems(self) -> Iterator[Reason]:
        if self.kind is CaseReportKind.LOST and self.perform_by is None:
            yield Reason("PERFORM_BY_MISSING", ("performBy",))
        if self.kind is CaseReportKind.FILED and self.perform_by is not None:
            yield Reason("PERFORM_BY_NOT_ALLOWED", ("performBy",))


async def report_case(unit: Unit, report: GovernmentCase) -> UUID:
    """Tell the credit office of a case of the caller's court; drafts follow by the rules of the pack."""
    refuse_if(find_problems(report))
    if not unit.principal.has_role(RoleName.COURT):
        raise Refused(Reason("FORBIDDEN"))
    await require_organizations(unit, [report.organization_id], path="organizationId")
    refuse_if([*await case_problems(unit, report.case_number), *await _subject_problems(unit, report)])
    jurisdiction = await _home(unit)
    row = CaseReport(
        id=new_id(),
        kind=report.kind,
        court_id=unit.organization_id,
        case_number=str(parse_case_number(report.case_number)),
        organization_id=report.organization_id,
        happened_on=report.happened_on,
        perform_by=report.perform_by,
        created_at=unit.at,
        **placed_in(jurisdiction),
    )
    unit.session.add(row)
    try:
        await unit.session.flush()
    except IntegrityError:
        raise Refused(Reason("CASE_ALREADY_REPORTED", ("caseNumber",))) from None
    await unit.audit(
        AuditAction.CASE_REPORTED, Target("CaseReport", row.id, row.jurisdiction_path), kind=report.kind.value
    )
    await publish(
        unit.session,
        tenant_id=row.tenant_id,
        type_="casereport.created",
        key=f"CaseReport:{row.id}",
        ids={"id": str(row.id), "version": 1},
    )
    return row.id


async def _subject_problems(unit: Unit, report: GovernmentCase) -> list[Reason]:
    subject = await unit.session.get_one(Organization, report.organization_id)
    found = [] if subject.government_subject else [Reason("SUBJECT_NOT_GOVERNMENT", ("organizationId",))]
    if not any(subject.jurisdiction_path.startswith(path) for path in unit.principal.paths(RoleName.COURT)):
        found.append(Reason("SAME_JURISDICTION_ONLY", ("organizationId",)))
    return found


async def _home(unit: Unit) -> Jurisdiction:
    """Where the court serves, the nearest place first."""
    place = max(unit.principal.paths(RoleName.COURT), key=len)
    return await unit.session.get_one(
        Jurisdiction, await unit.session.scalar(select(Jurisdiction.id).where(Jurisdiction.path == place))
    )

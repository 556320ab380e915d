"""Issuing: statements completed, the report signed and filed; a correction is a further edition."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from hub.audit.catalogue import AuditAction
from hub.audit.recorder import Target
from hub.canonical.supervision_codes import PeriodicReportKind, PeriodicReportStatus
from hub.core.errors import NotFound, Reason, Refused, refuse_if
from hub.core.ids import new_id
from hub.core.payload import find_problems, listed, optional, required
from hub.db.models import Organization, PeriodicReport
from hub.policy.periods import parse_period_code
from hub.policy.rule_data import stored_clause
from hub.supervision import documents
from hub.supervision.letter import MEDIA_TYPE
from hub.supervision.payloads import LeaderSignature
from hub.supervision.periodic import files
from hub.supervision.periodic.compiling import COURSE, admit, enter
from hub.supervision.periodic.contents import Entries, Extent, Figures, contents, missing_statements
from hub.workflow.firing import announce, check_version, move, touch
from hub.workflow.rows import locked, within
from hub.workflow.unit import Unit

S = PeriodicReportStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryStatements:
    """一个条目的说明；未填的不变 (statements of one entry; what is left out stays)."""

    row: int = required("条目序号", "number of the entry", minimum=1, maximum=100_000)
    case_facts: str | None = optional("基本案情", "facts of the case")
    execution_basis: str | None = optional("执行依据", "document executed")
    dishonest_conduct: str | None = optional("失信情形", "dishonest conduct")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportStatements:
    """补充报告条目的说明 (statements of a report's entries)."""

    entries: tuple[EntryStatements, ...] = listed("条目", "entries")


async def complete(
    unit: Unit, report_id: UUID, given: ReportStatements, *, expected_version: int | None = None
) -> PeriodicReport:
    """Add statements to entries before the report is signed."""
    report = await _mine(unit, report_id, expected_version)
    refuse_if([*find_problems(given), *_standing(report), *_unknown(report, given)])
    said = {each.row: each for each in given.entries}
    report.entries = [_told(entry, said.get(entry["row"])) for entry in report.entries]
    touch(unit, report)
    await unit.session.flush()
    await unit.audit(AuditAction.REPORT_COMPLETED, _target(report), entries=len(said))
    await announce(unit, COURSE, report, "completed")
    return report


async def recompile(unit: Unit, report_id: UUID, _: object, *, expected_version: int | None = None) -> PeriodicReport:
    """Draw an unsigned report up anew, with a later cut-off; statements of entries that remain are kept."""
    report = await _mine(unit, report_id, expected_version)
    refuse_if(_standing(report))
    figures, entries = await _contents(unit, report)
    before = {each["caseNumber"] + each["category"]: each for each in report.entries}
    kept = [{**before.get(each["caseNumber"] + each["category"], {}), "row": each["row"]} for each in entries]
    report.entries = [
        {**new, **{name: value for name, value in old.items() if value}} for new, old in zip(entries, kept, strict=True)
    ]
    report.figures, report.cutoff_at = figures, unit.at
    touch(unit, report)
    await unit.session.flush()
    await unit.audit(AuditAction.REPORT_COMPILED, _target(report), period=report.period, edition=report.edition)
    await announce(unit, COURSE, report, "compiled")
    return report


async def issue(
    unit: Unit, report_id: UUID, given: LeaderSignature, *, expected_version: int | None = None
) -> PeriodicReport:
    """Sign and file it; its recipients read it from then on. Raises ``Refused`` with every missing statement."""
    report = await _mine(unit, report_id, expected_version)
    refuse_if([*find_problems(given), *_standing(report), *await _missing(unit, report)])
    report.signed_by, report.issued_at = given.signed_by.strip(), unit.at
    move(unit, report, S.ISSUED)
    await unit.session.flush()
    await admit(unit, report, report.recipient_ids)
    names = await _names(unit, report)
    issuer = names[report.issuer_id]
    signature = f"签发：{issuer} {given.post.strip()} {report.signed_by}"
    addressees = [names[key] for key in report.recipient_ids if key in names]
    clause = stored_clause(report.deadline_basis)
    for ending, media_type, content in (
        ("docx", MEDIA_TYPE, await asyncio.to_thread(files.letter, report, issuer, addressees, signature)),
        ("xlsx", files.WORKBOOK, await asyncio.to_thread(files.workbook, report)),
    ):
        name = f"{report.title}-第{report.edition}版.{ending}"
        await documents.keep(unit, report, name, media_type, content, clause=clause, version=report.edition)
    await unit.session.flush()
    await unit.audit(AuditAction.REPORT_ISSUED, _target(report), period=report.period, edition=report.edition)
    await announce(unit, COURSE, report, "issued")
    return report


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportCorrection:
    """已签发报告的更正 (correction of an issued report)."""

    report_id: UUID = required("已签发的报告", "issued report", node="PE")
    reason: str = required("更正理由", "why it is corrected")


async def correct(unit: Unit, given: ReportCorrection) -> UUID:
    """A further edition of an issued report, drawn up anew; the issued one stands as it was."""
    refuse_if(find_problems(given))
    report = await _mine(unit, given.report_id, None)
    latest = await unit.session.scalar(
        select(func.max(PeriodicReport.edition)).where(
            PeriodicReport.kind == report.kind,
            PeriodicReport.issuer_id == report.issuer_id,
            PeriodicReport.period == report.period,
        )
    )
    if report.status is not S.ISSUED:
        raise Refused(Reason("REPORT_NOT_ISSUED"))
    if latest != report.edition:
        raise Refused(Reason("REPORT_SUPERSEDED"))
    figures, entries = await _contents(unit, report)
    same = ("kind", "issuer_id", "recipient_ids", "period", "period_from", "period_to", "title", "due_on", "due_at")
    edition = PeriodicReport(
        id=new_id(),
        status=S.COMPILED,
        edition=report.edition + 1,
        cutoff_at=unit.at,
        due_provisional=report.due_provisional,
        deadline_basis=report.deadline_basis,
        figures=figures,
        entries=entries,
        correction_reason=given.reason,
        created_at=unit.at,
        **{name: getattr(report, name) for name in same},
        **within(report),
    )
    await enter(unit, edition)
    return edition.id


async def _mine(unit: Unit, report_id: UUID, expected_version: int | None) -> PeriodicReport:
    report: PeriodicReport = await locked(unit, PeriodicReport, report_id)
    if report.issuer_id != unit.organization_id or unit.principal.on_behalf_of is not None:
        raise NotFound(path=("id",))
    check_version(report, expected_version)
    return report


def _standing(report: PeriodicReport) -> Iterator[Reason]:
    if report.status is S.ISSUED:
        yield Reason("REPORT_ISSUED_ALREADY")


def _unknown(report: PeriodicReport, given: ReportStatements) -> Iterator[Reason]:
    known = {entry["row"] for entry in report.entries}
    for at, each in enumerate(given.entries):
        if each.row not in known:
            yield Reason("REPORT_ENTRY_UNKNOWN", ("entries", at, "row"), {"row": each.row})


def _told(entry: dict[str, Any], said: EntryStatements | None) -> dict[str, Any]:
    if said is None:
        return entry
    new = {
        "caseFacts": said.case_facts,
        "executionBasis": said.execution_basis,
        "dishonestConduct": said.dishonest_conduct,
    }
    return {**entry, **{name: value for name, value in new.items() if value is not None}}


async def _missing(unit: Unit, report: PeriodicReport) -> list[Reason]:
    """A push carries the statements the pack asks for (汉川市人民法院工作方案 三（一）)."""
    if report.kind is not PeriodicReportKind.DISHONESTY_PUSH:
        return []
    pack = await unit.policy.pack(unit.session, report.jurisdiction_id, unit.today)
    return [
        Reason("REPORT_NARRATIVE_MISSING", ("entries", row - 1), {"row": row, "case_number": number, "statement": name})
        for row, number, name in missing_statements(report.entries, pack.codes("push.narrative"))
    ]


async def _contents(unit: Unit, report: PeriodicReport) -> tuple[Figures, Entries]:
    extent = Extent(report.issuer_id, report.jurisdiction_path, parse_period_code(report.period))
    pack = await unit.policy.pack(unit.session, report.jurisdiction_id, unit.today)
    return await contents(unit.session, report.kind, extent, pack, unit.at)


async def _names(unit: Unit, report: PeriodicReport) -> dict[UUID, str]:
    wanted = [report.issuer_id, *report.recipient_ids]
    rows = await unit.session.execute(select(Organization.id, Organization.name).where(Organization.id.in_(wanted)))
    return dict(rows.tuples().all())


def _target(report: PeriodicReport) -> Target:
    return Target("PeriodicReport", report.id, report.jurisdiction_path)

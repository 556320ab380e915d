"""What a report says: figures and entries as they stand at its cut-off, of public bodies alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import and_, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from hub.canonical.exchange_codes import FED_LISTS, CaseListKind, Confidentiality, DishonestyStatus, MirrorStatus
from hub.canonical.supervision_codes import NOTICE_RUNNING, NoticeStatus, PeriodicReportKind
from hub.core.clock import SHANGHAI
from hub.core.texts import label_text
from hub.db.models import (
    AwardRestriction,
    CaseListEntry,
    DishonestyRecord,
    LegalCase,
    Organization,
    Subject,
    SupervisionNotice,
)
from hub.policy.pack import PolicyPack
from hub.policy.periods import PeriodSpan
from hub.supervision.periodic.linkage import linkage_counts

Figures = list[dict[str, Any]]
Entries = list[dict[str, Any]]
RECORD, ENTRY, NOTICE = DishonestyRecord, CaseListEntry, SupervisionNotice
OPEN_CASES = select(LegalCase.id).where(LegalCase.confidentiality == Confidentiality.NORMAL)
"""A report goes to many: cases that are confidential are no part of it, not even of its figures."""
OF_BODIES = and_(RECORD.government_subject, RECORD.case_id.in_(OPEN_CASES))
STANDING = and_(OF_BODIES, RECORD.status == DishonestyStatus.PUBLISHED, RECORD.mirror_status == MirrorStatus.ACTIVE)


@dataclass(frozen=True, slots=True)
class Extent:
    """Whose report it is, of which place and period."""

    issuer_id: UUID
    jurisdiction_path: str
    span: PeriodSpan


async def contents(
    session: AsyncSession, kind: PeriodicReportKind, extent: Extent, pack: PolicyPack, now: datetime
) -> tuple[Figures, Entries]:
    """Figures and entries of a report at ``now``."""
    match kind:
        case PeriodicReportKind.GOVERNANCE_CIRCULAR:
            return await _circular(session, extent, now)
        case PeriodicReportKind.DISHONESTY_PUSH:
            entries = await _listings(session, RECORD.court_id == extent.issuer_id)
            return [figure("在列政务主体案件数", len(entries))], entries
        case PeriodicReportKind.EXECUTION_REPORT:
            figures, entries = await _classified(session, extent)
            linked = await linkage_counts(session, pack, extent.issuer_id, extent.span, now)
            return [*figures, *(figure(*each) for each in linked)], entries


def figure(name: str, value: int) -> dict[str, Any]:
    return {"name": name, "value": value}


async def _circular(session: AsyncSession, extent: Extent, now: datetime) -> tuple[Figures, Entries]:
    here = RECORD.jurisdiction_path.startswith(extent.jurisdiction_path)
    entries = await _listings(session, here)
    first, last = extent.span.start, extent.span.end
    issued_on = func.date(func.timezone(SHANGHAI.key, NOTICE.issued_at))
    ours = and_(NOTICE.jurisdiction_path.startswith(extent.jurisdiction_path), NOTICE.issued_at.is_not(None))
    late = and_(ours, NOTICE.status.in_(NOTICE_RUNNING), NOTICE.due_at <= now)
    restricted = AwardRestriction.jurisdiction_path.startswith(extent.jurisdiction_path)
    return [
        figure("期末在列政务主体案件数", len(entries)),
        figure("本期新列入", await _count(session, here, OF_BODIES, RECORD.listed_on.between(first, last))),
        figure("本期退出", await _count(session, here, OF_BODIES, RECORD.deleted_on.between(first, last))),
        figure("本期发出督办函件", await _count(session, ours, issued_on.between(first, last))),
        figure("逾期未办结函件", await _count(session, late)),
        figure("累计办结函件", await _count(session, ours, NOTICE.status == NoticeStatus.CLOSED_SATISFIED)),
        figure("取消评先评优资格单位", await _count(session, restricted, AwardRestriction.lifted_at.is_(None))),
    ], entries


async def _count(session: AsyncSession, *conditions: Any) -> int:
    return await session.scalar(select(func.count()).where(*conditions)) or 0


async def _listings(session: AsyncSession, *conditions: Any) -> Entries:
    """Standing listings of public bodies with the statements of their courts."""
    rows = await session.execute(
        select(
            func.coalesce(Organization.name, Subject.name),
            RECORD.case_number,
            RECORD.listed_on,
            RECORD.execution_basis,
            RECORD.grounds,
        )
        .join(Subject, Subject.id == RECORD.subject_id)
        .outerjoin(Organization, Organization.id == Subject.organization_id)
        .where(STANDING, *conditions)
        .order_by(RECORD.listed_on, RECORD.id)
    )
    return _numbered(
        {
            "unit": unit,
            "caseNumber": case_number,
            "listedOn": listed_on.isoformat(),
            "category": label_text(f"CaseListKind.{CaseListKind.DISHONEST.value}").zh,
            "caseFacts": None,
            "executionBasis": basis,
            "dishonestConduct": "；".join(GROUNDS[code] for code in grounds) or None,
        }
        for unit, case_number, listed_on, basis, grounds in rows
    )


GROUNDS = {
    1: "有履行能力而拒不履行生效法律文书确定义务",
    2: "以伪造证据、暴力、威胁等方法妨碍、抗拒执行",
    3: "以虚假诉讼、虚假仲裁或者隐匿、转移财产等方法规避执行",
    4: "违反财产报告制度",
    5: "违反限制消费令",
    6: "无正当理由拒不履行执行和解协议",
}
"""法释〔2017〕7号 第一条."""


async def _classified(session: AsyncSession, extent: Extent) -> tuple[Figures, Entries]:
    """The court's lists by class, the listings beside the pending and the terminated."""
    listed = await _listings(session, RECORD.court_id == extent.issuer_id)
    rows = await session.execute(
        select(func.coalesce(Organization.name, Subject.name), ENTRY.case_number, ENTRY.listed_on, ENTRY.list_kind)
        .join(Subject, Subject.id == ENTRY.subject_id)
        .outerjoin(Organization, Organization.id == Subject.organization_id)
        .where(ENTRY.court_id == extent.issuer_id, ENTRY.status == MirrorStatus.ACTIVE, ENTRY.government_subject)
        .where(ENTRY.case_id.in_(OPEN_CASES))
        .order_by(ENTRY.list_kind, ENTRY.listed_on, ENTRY.id)
    )
    others = [
        {
            "unit": unit,
            "caseNumber": case_number,
            "listedOn": listed_on.isoformat(),
            "category": label_text(f"CaseListKind.{kind.value}").zh,
        }
        for unit, case_number, listed_on, kind in rows
    ]
    entries = _numbered([*listed, *others])
    names = [label_text(f"CaseListKind.{kind.value}").zh for kind in FED_LISTS]
    return [figure(name, sum(each["category"] == name for each in entries)) for name in names], entries


def _numbered(rows: Any) -> Entries:
    return [{**row, "row": number} for number, row in enumerate(rows, 1)]


def missing_statements(entries: Sequence[dict[str, Any]], wanted: Sequence[str]) -> list[tuple[int, str, str]]:
    """Row, case number and name of each statement an entry lacks; ``wanted`` are codes of ``Narrative``."""
    return [
        (each["row"], each["caseNumber"], STATEMENTS[code][1])
        for each in entries
        for code in wanted
        if not (each.get(STATEMENTS[code][0]) or "").strip()
    ]


STATEMENTS = {
    "CASE_FACTS": ("caseFacts", "基本案情"),
    "EXECUTION_BASIS": ("executionBasis", "执行依据"),
    "DISHONEST_CONDUCT": ("dishonestConduct", "失信情形"),
}
"""Member and name of each statement a push must carry (汉川市人民法院工作方案 三（一）)."""

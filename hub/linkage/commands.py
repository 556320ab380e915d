"""What callers may hand to the double-list workflow: frozen inputs, validated by ``hub.core.payload``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from hub.canonical.codes import DeadlineKind, LinkageArea, ListSide
from hub.core.errors import Reason, Refused
from hub.core.payload import SHORT_TEXT, listed, optional, required
from hub.linkage.rows import division_problems
from hub.policy.recurrence import parse_recurrence


@dataclass(frozen=True, slots=True, kw_only=True)
class WithReason:
    """退回、拒绝、推迟等需要理由的操作 (an operation that needs a reason)."""

    reason: str = required("理由", "reason")


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """不同意或缓议；由会议决定的，引用议定事项 (a refusal or deferral; of a meeting when it names the resolution)."""

    reason: str = required("理由", "reason")
    resolution_id: UUID | None = optional(
        "议定事项标识，由会议决定时必填", "id of the resolution, when a meeting decides", node="RS"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """协调一致 (agreement in coordination)."""

    dispute_note: str | None = optional("仍有分歧时的说明", "note on a dispute that remains")


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute:
    """对分工或时限提出异议 (dispute of the division of labour or the deadline)."""

    dispute: str = required("异议内容", "what is disputed")
    attempted_direct_contact: bool = optional("是否已直接对接", "whether direct contact was tried", default=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ByResolution:
    """决定；由联席会议作出的，引用议定事项 (a decision; of the joint meeting when it names the resolution)."""

    resolution_id: UUID | None = optional(
        "议定事项标识，由会议决定时必填", "id of the resolution, when a meeting decides", node="RS"
    )
    note: str | None = optional("说明", "note")


@dataclass(frozen=True, slots=True, kw_only=True)
class KpiValue:
    """一项指标的完成值 (value reached of one KPI)."""

    name: str = required("指标名称", "KPI name", limit=SHORT_TEXT)
    value: str = required("完成值", "value reached", limit=SHORT_TEXT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """进展报告 (progress report)."""

    text: str = required("进展情况", "progress")
    period: str | None = optional("所属期间，如 2026-Q3", "period, such as 2026-Q3", limit=40)
    progress_percent: int | None = optional(
        "进度百分比，仅牵头单位填写", "percent done, by the lead only", minimum=0, maximum=100
    )
    kpi_values: tuple[KpiValue, ...] = listed("指标完成值", "KPI values")


@dataclass(frozen=True, slots=True, kw_only=True)
class AdjustmentRequest:
    """调整申请；未填的字段不变 (request to adjust; what is left out stays)."""

    reason: str = required("调整理由", "reason")
    due_on: date | None = optional("新的完成时限", "new due date")
    lead_organization_id: UUID | None = optional("新的牵头单位", "new lead unit", node="OR")
    cooperating_organization_ids: tuple[UUID, ...] | None = optional("新的配合单位", "new cooperating units", node="OR")
    content: str | None = optional("新的内容", "new content")


@dataclass(frozen=True, slots=True, kw_only=True)
class AdjustmentDecision:
    """对调整申请的决定 (decision on an adjustment)."""

    resolution_id: UUID | None = optional(
        "议定事项标识，由会议决定时必填", "id of the resolution, when a meeting decides", node="RS"
    )
    note: str | None = optional("说明", "note")
    document_no: str | None = optional("批准文号", "number of the approving document", limit=100)


@dataclass(frozen=True, slots=True, kw_only=True)
class Completion:
    """办结申请 (application for completion)."""

    summary: str = required("完成情况", "what was done")
    deliverables: tuple[str, ...] = listed("成果及佐证材料", "deliverables and evidence", limit=500)
    kpi_values: tuple[KpiValue, ...] = listed("指标完成值", "KPI values")


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspension:
    """暂停；办公室凭召集人同意办理 (suspension; the office needs the convenor's consent)."""

    reason: str = required("暂停理由", "reason")
    convenor_consent: str | None = optional(
        "召集人同意的文号或记录，由办公室登记时填写",
        "document of the convenor's consent, when the office records",
        limit=SHORT_TEXT,
    )
    resolution_id: UUID | None = optional(
        "议定事项标识，由会议决定时必填", "id of the resolution, when a meeting decides", node="RS"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Amendment:
    """启动清单修订 (amendment of an approved list)."""

    reason: str = required("理由", "reason")
    resolution_id: UUID | None = optional(
        "议定事项标识，由会议决定时必填", "id of the resolution, when a meeting decides", node="RS"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Kpi:
    """考核指标 (KPI)."""

    name: str = required("指标名称", "name", limit=SHORT_TEXT)
    target: str = required("目标值", "target", limit=SHORT_TEXT)
    unit: str | None = optional("单位", "unit of measure", limit=40)


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemDraft:
    """清单事项草稿 (draft of an item). LONG_TERM 不得填写完成时限 (a LONG_TERM item has no due date)."""

    title: str = required("标题", "title", limit=SHORT_TEXT)
    content: str = required("内容", "content")
    side: ListSide = required("清单类别", "side of the double list")
    area: LinkageArea = required("联动领域", "linkage area")
    lead_organization_id: UUID = required("牵头单位", "lead unit", node="OR")
    cooperating_organization_ids: tuple[UUID, ...] = listed("配合单位", "cooperating units", node="OR")
    deadline_kind: DeadlineKind = required("时限类型", "kind of deadline")
    due_on: date | None = optional("完成时限", "due date")
    recurrence: str | None = optional("重复规则 (RFC 5545 RRULE)", "recurrence rule", limit=SHORT_TEXT)
    deliverables: tuple[str, ...] = listed("成果形式", "deliverables", limit=500)
    kpis: tuple[Kpi, ...] = listed("考核指标", "KPIs")
    source_clause: str | None = optional("依据条款", "source clause", limit=SHORT_TEXT)

    def find_rule_problems(self) -> Iterator[Reason]:
        """One lead that does not cooperate with itself; the deadline fits its kind."""
        yield from division_problems(self.lead_organization_id, self.cooperating_organization_ids)
        match self.deadline_kind:
            case DeadlineKind.FIXED:
                if self.due_on is None:
                    yield Reason("DUE_DATE_MISSING", ("dueOn",))
                if self.recurrence is not None:
                    yield Reason("RECURRENCE_NOT_ALLOWED", ("recurrence",))
            case DeadlineKind.LONG_TERM:
                if self.due_on is not None:
                    yield Reason("DUE_DATE_NOT_ALLOWED", ("dueOn",))
                if self.recurrence is not None:
                    yield Reason("RECURRENCE_NOT_ALLOWED", ("recurrence",))
            case DeadlineKind.RECURRING:
                if self.due_on is not None:
                    yield Reason("DUE_DATE_NOT_ALLOWED", ("dueOn",))
                if self.recurrence is None:
                    yield Reason("RECURRENCE_MISSING", ("recurrence",))
                else:
                    yield from _recurrence_problems(self.recurrence)


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemProposal(ItemDraft):
    """申报清单事项 (proposal of an item for the year's list)."""

    jurisdiction_code: str = required("区划代码", "jurisdiction code", limit=12)
    year: int = required("年度", "year", minimum=2000, maximum=2100)


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedResponsibility:
    """明确责任到岗到人；政策包规定哪些要素必填 (named responsibility; the pack says what must be named)."""

    target_id: UUID = required("清单事项或联动任务标识", "id of the item or task", node="*")
    leader: str | None = optional("责任领导", "responsible leader", limit=100)
    division: str | None = optional("责任科室", "responsible division", limit=100)
    person: str | None = optional("责任人", "responsible person", limit=100)
    post: str | None = optional("岗位", "post", limit=100)


def _recurrence_problems(rule: str) -> Iterator[Reason]:
    try:
        parse_recurrence(rule, path=("recurrence",))
    except Refused as refused:
        yield from refused.reasons

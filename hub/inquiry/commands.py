"""What callers say: a query, its correction, a holder's answer, a return, an objection."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from hub.canonical.execution_codes import AnswerCode, QueryPurpose, QueryType, QueryUrgency, ReturnReason
from hub.core.errors import Reason
from hub.core.payload import listed, optional, required
from hub.inquiry.documents import LegalDocument
from hub.inquiry.findings import Finding

MOST_ITEMS = 200
"""Of one answer, so that an officer may read it at once; more is told as a partial result, with a note."""
_WITH_ITEMS = {AnswerCode.FOUND, AnswerCode.PARTIAL}
_WITH_NOTE = {AnswerCode.REFUSED, AnswerCode.ERROR}


@dataclass(frozen=True, slots=True, kw_only=True)
class HolderAsk:
    """向一个单位查询一类信息 (one type of question to one holder)."""

    holder_organization_id: UUID = required("协助查询单位标识", "id of the holder", node="OR")
    query_type: QueryType = required("查询类型", "what is asked")


@dataclass(frozen=True, slots=True, kw_only=True)
class QueryDraft:
    """网络查控请求 (an execution query)."""

    case_id: UUID = required("执行案件标识", "id of the case", node="LC")
    subject_id: UUID = required("被查询人标识，须为本案被执行人", "id of the target, an obligor of the case", node="SU")
    purpose_code: QueryPurpose = required("用途类别", "kind of purpose")
    purpose_text: str = required("用途说明", "purpose", limit=500)
    urgency: QueryUrgency = optional("紧急程度", "urgency", default=QueryUrgency.NORMAL)
    expires_on: date = required("有效期至", "stands open until")
    asks: tuple[HolderAsk, ...] = listed("协助查询单位及查询类型", "holders and what each is asked")
    documents: tuple[LegalDocument, ...] = listed("法律文书", "legal documents")
    co_handler_ids: tuple[UUID, ...] = listed("合办人员标识", "ids of co-handlers", node="EF")
    repeat_days: int | None = optional("每隔几日再次查询", "ask again every n days", minimum=1, maximum=180)
    repeat_until: date | None = optional("重复查询至", "ask again until")

    def find_rule_problems(self) -> Iterator[Reason]:
        pairs = [(ask.holder_organization_id, ask.query_type) for ask in self.asks]
        if not 0 < len(set(pairs)) == len(pairs):
            yield Reason("HOLDERS_INVALID", ("asks",))
        if (self.repeat_days is None) != (self.repeat_until is None):
            yield Reason("REPEAT_INVALID", ("repeatDays",))
        elif self.repeat_until is not None and self.repeat_until > self.expires_on:
            yield Reason("REPEAT_INVALID", ("repeatUntil",))


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """补正 (correction of what holders returned)."""

    documents: tuple[LegalDocument, ...] = listed("补正后的法律文书", "legal documents as corrected")
    note: str | None = optional("说明", "note", limit=500)


@dataclass(frozen=True, slots=True, kw_only=True)
class QueryDecision:
    """理由 (reason of a decision)."""

    reason: str = required("理由", "reason", limit=1000)


@dataclass(frozen=True, slots=True, kw_only=True)
class HolderAnswer:
    """反馈查询结果 (a holder's answer); 查无结果也须反馈 (finding nothing is an answer too)."""

    code: AnswerCode = required("结果", "result")
    as_of: date = required("数据截至日期", "data as of")
    subject_number: str | None = optional(
        "所反馈对象的证件号码或统一社会信用代码，有结果时必填",
        "number of whom it is about; needed when found",
        limit=40,
    )
    items: tuple[Finding, ...] = listed("明细", "items")
    note: str | None = optional("说明", "note", limit=1000)

    def find_rule_problems(self) -> Iterator[Reason]:
        if bool(self.items) != (self.code in _WITH_ITEMS):
            yield Reason("ANSWER_ITEMS", ("items",))
        if len(self.items) > MOST_ITEMS:
            yield Reason("ANSWER_TOO_LONG", ("items",), {"limit": MOST_ITEMS})
        if self.code in _WITH_NOTE and not (self.note or "").strip():
            yield Reason("ANSWER_NOTE", ("note",))


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderReturn:
    """退回 (return of an order)."""

    reason: ReturnReason = required("退回原因", "reason")
    note: str = required("说明", "note", limit=1000)
    contact: str = required("联系人及电话", "contact and telephone", limit=100)


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderObjection:
    """书面异议 (written objection)."""

    grounds: str = required("异议理由", "grounds", limit=2000)

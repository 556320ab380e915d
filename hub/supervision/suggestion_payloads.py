"""What callers may hand over about judicial suggestions: frozen inputs, validated by ``hub.core.payload``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from hub.canonical.supervision_codes import SuggestionAdoption, SuggestionCategory
from hub.core.errors import Reason
from hub.core.payload import SHORT_TEXT, listed, optional, required
from hub.supervision.payloads import NAME


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestionDraft:
    """司法建议草稿；问题与建议逐一对应 (draft; each problem has its suggestion)."""

    jurisdiction_code: str = required("区划代码", "jurisdiction code", limit=12)
    category: SuggestionCategory = required("类别", "category")
    subject_id: UUID = required("所涉单位", "unit concerned", node="OR")
    addressee_id: UUID = required("建议对象，负责回复", "addressee, who replies", node="OR")
    title: str = required("标题", "title", limit=SHORT_TEXT)
    problems: tuple[str, ...] = listed("存在的问题", "problems")
    suggestions: tuple[str, ...] = listed("对应的建议", "suggestions, one to each problem")
    record_id: UUID | None = optional("相关失信信息", "listing it is about", node="DR")

    def find_rule_problems(self) -> Iterator[Reason]:
        if not self.problems or len(self.problems) != len(self.suggestions):
            yield Reason("SUGGESTIONS_UNPAIRED", ("suggestions",))


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestionConsultation:
    """发出前听取建议对象意见 (what the addressee said before it was sent)."""

    note: str = required("听取意见情况", "what was said")


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestionReply:
    """回复：采纳情况和理由 (reply: how far it is taken up, and why)."""

    adoption: SuggestionAdoption = required("采纳情况", "how far it was adopted")
    text: str = required("落实情况或不采纳的理由", "what was done, or why not")


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestionReceipt:
    """签收司法建议 (receipt)."""

    received_by: str = required("签收人姓名", "name of who received it", limit=NAME)

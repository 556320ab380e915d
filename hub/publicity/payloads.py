"""What callers may hand to publicity: frozen inputs, validated by ``hub.core.payload``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from hub.canonical.integrity_codes import PublicityKind
from hub.core.errors import Reason
from hub.core.payload import SHORT_TEXT, optional, required


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicityDraft:
    """拟公开的典型案例、整改案例或新闻发布会 (what is proposed to be told to the public)."""

    jurisdiction_code: str = required("区划代码", "jurisdiction code", limit=12)
    kind: PublicityKind = required("种类", "kind")
    title: str = required("标题", "title", limit=SHORT_TEXT)
    theme: str = required("主题，如 公司类案件", "theme, such as company cases", limit=100)
    content: str = required("内容，须去标识化", "content, without anything that tells a person")
    record_id: UUID | None = optional("相关失信信息", "listing it is about", node="DR")
    cooperating_id: UUID | None = optional("联合单位", "unit it is told together with", node="OR")
    held_on: date | None = optional("新闻发布会日期", "day of the press conference")

    def find_rule_problems(self) -> Iterator[Reason]:
        if (self.kind is PublicityKind.PRESS_CONFERENCE) != (self.held_on is not None):
            yield Reason("HELD_ON_OF_CONFERENCE", ("heldOn",))
        if self.kind is PublicityKind.RECTIFIED_CASE and self.record_id is None:
            yield Reason("RECTIFIED_CASE_UNNAMED", ("recordId",))


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicityWording:
    """修改后的内容；未填的不变 (wording; what is left out stays)."""

    title: str | None = optional("标题", "title", limit=SHORT_TEXT)
    content: str | None = optional("内容", "content")


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicityReview:
    """去标识化审查意见 (what the review for identifying details found)."""

    note: str = required("审查意见", "what was found")


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicityApproval:
    """批准公开 (approval)."""

    approved_by: str = required("批准人姓名", "name of who approves", limit=100)


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicityReason:
    """退回或撤回的理由 (reason)."""

    reason: str = required("理由", "reason")

"""What callers may hand to overdue lists."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from hub.core.errors import Reason
from hub.core.payload import SHORT_TEXT, listed, required


@dataclass(frozen=True, slots=True, kw_only=True)
class OverdueListDraft:
    """逾期未整改名单 (list of subjects that did not put things right in time)."""

    jurisdiction_code: str = required("区划代码", "jurisdiction code", limit=12)
    title: str = required("标题", "title", limit=SHORT_TEXT)
    record_ids: tuple[UUID, ...] = listed("列入主体的失信信息", "listings of the subjects entered", node="DR")

    def find_rule_problems(self) -> Iterator[Reason]:
        if not self.record_ids:
            yield Reason("OVERDUE_ENTRIES_MISSING", ("recordIds",))


@dataclass(frozen=True, slots=True, kw_only=True)
class OverdueListRevision:
    """按退回意见修改 (revised as the government said)."""

    removed_record_ids: tuple[UUID, ...] = listed("删去的主体", "listings of the subjects left out", node="DR")


@dataclass(frozen=True, slots=True, kw_only=True)
class OverdueListDelivery:
    """交付惩戒实施单位 (delivered to those who act upon it)."""

    organization_ids: tuple[UUID, ...] = listed("惩戒实施单位", "implementers", node="OR")

    def find_rule_problems(self) -> Iterator[Reason]:
        if not self.organization_ids:
            yield Reason("OVERDUE_RECIPIENTS", ("organizationIds",))


@dataclass(frozen=True, slots=True, kw_only=True)
class OverdueListReport:
    """报送惩戒情况 (what an implementer did)."""

    text: str = required("惩戒情况", "what was done", limit=2_000)

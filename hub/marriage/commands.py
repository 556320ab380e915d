"""What callers say: items, their correction and settlement; arrival and receipts of a batch."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from hub.canonical.marriage import (
    SETTLED,
    MarriageCorrection,
    MarriageReceipt,
    MarriageRecordKind,
    MarriageSettlement,
)
from hub.core.errors import Reason
from hub.core.payload import listed, optional, required

MOST_ITEMS = 100
_DIGEST = re.compile("[0-9a-f]{64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class MarriageParty:
    """当事人 (a party)."""

    name: str = required("姓名", "name", limit=60)
    citizen_id: str = required("公民身份号码（GB 11643）", "resident identity number", limit=20)


@dataclass(frozen=True, slots=True, kw_only=True)
class MarriageItemDraft:
    """一件婚姻裁判信息 (one decision about a marriage)."""

    kind: MarriageRecordKind = required("种类", "kind of decision")
    case_number: str = required("案号", "case number", limit=64)
    effective_on: date = required("生效日期", "in effect since")
    party_a: MarriageParty = required("当事人甲", "one party")
    party_b: MarriageParty = required("当事人乙", "the other party")
    registration_number: str | None = optional("结婚证字号", "number of the marriage certificate", limit=40)
    document_digest: str = required("生效文书的SHA-256", "SHA-256 of the document, hexadecimal", limit=64)

    def find_rule_problems(self) -> Iterator[Reason]:
        if not _DIGEST.fullmatch(self.document_digest):
            yield Reason("DOCUMENT_DIGEST_FORM", ("documentDigest",))


@dataclass(frozen=True, slots=True, kw_only=True)
class MarriageRecording:
    """登记本月待共享的婚姻裁判信息 (decisions to be shared with this month's batch)."""

    items: tuple[MarriageItemDraft, ...] = listed("各件", "the decisions")

    def find_rule_problems(self) -> Iterator[Reason]:
        if not 0 < len(self.items) <= MOST_ITEMS:
            yield Reason("MARRIAGE_ITEMS", ("items",), {"limit": MOST_ITEMS})


@dataclass(frozen=True, slots=True, kw_only=True)
class MarriageCorrecting:
    """更正已发送的一件 (correction of an item that was sent)."""

    item_id: UUID = required("被更正的一件", "id of the item corrected", node="MI")
    correction: MarriageCorrection = required("更正原因", "why it is corrected")
    item: MarriageItemDraft = required("更正所依据的裁判及更正后的内容", "the later decision, and what is right")


@dataclass(frozen=True, slots=True, kw_only=True)
class MarriageWithdrawal:
    """撤回未封存的一件 (withdrawal of an item before its batch is sealed)."""

    item_id: UUID = required("标识", "id of the item", node="MI")
    reason: str = required("理由", "reason", limit=200)


@dataclass(frozen=True, slots=True, kw_only=True)
class MarriageSettling:
    """处理登记机关未能登记的一件 (settling an item that the register could not take)."""

    item_id: UUID = required("标识", "id of the item", node="MI")
    settlement: MarriageSettlement = required("处理方式", "how it was settled")
    note: str = required("说明", "note", limit=500)


@dataclass(frozen=True, slots=True, kw_only=True)
class MarriageReading:
    """查看批次中的当事人 (reading the parties of a batch)."""

    batch_id: UUID = required("批次标识", "id of the batch", node="MB")
    purpose: str = required("用途", "purpose", limit=500)


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchArrival:
    """批次收到时的件数和摘要 (count and digest of a batch as it arrived)."""

    item_count: int = required("收到的件数", "items received", minimum=0, maximum=1_000_000)
    digest: str = required("收到内容的SHA-256", "SHA-256 of what was received, hexadecimal", limit=64)
    note: str | None = optional("说明", "note", limit=500)


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemReceipt:
    """一件的回执 (receipt of one item)."""

    number: int = required("批内序号", "number within the batch", minimum=1, maximum=1_000_000)
    result: MarriageReceipt = required("登记结果", "what the register did")
    reason: str | None = optional("原因，未登记更新时必填", "reason; needed unless updated", limit=200)

    def find_rule_problems(self) -> Iterator[Reason]:
        if self.result not in SETTLED and not (self.reason or "").strip():
            yield Reason("RECEIPT_REASON", ("reason",))


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchReceipts:
    """逐件回执 (receipts of every item)."""

    receipts: tuple[ItemReceipt, ...] = listed("各件回执，零报告批次为空", "receipts; none of a zero batch")

"""What the receiver says of a batch: whether it is whole, and what it did with each item; said by its desk or by its
system, it is checked and written in the same way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from hub.canonical.marriage import SETTLED, MarriageReceipt
from hub.core.errors import Reason
from hub.db.models import MarriageBatch, MarriageItem
from hub.marriage.batches import COUNTED


class Said(Protocol):
    """A receipt."""

    @property
    def number(self) -> int: ...
    @property
    def result(self) -> MarriageReceipt: ...
    @property
    def reason(self) -> str | None: ...


def is_whole(batch: MarriageBatch, count: int, digest: str) -> bool:
    """Whether what arrived is what was sealed."""
    return (count, digest.lower()) == (batch.item_count, batch.digest)


def receipt_problems(items: Sequence[MarriageItem], said: Sequence[Said]) -> tuple[Reason, ...]:
    """RECEIPTS_INCOMPLETE unless every item is answered exactly once and nothing else is."""
    wanted, told = (Counter(each.number or 0 for each in rows) for rows in (items, said))
    if wanted == told:
        return ()
    return (Reason("RECEIPTS_INCOMPLETE", ("receipts",), {"items": wanted.total(), "answered": len(told & wanted)}),)


def write_receipts(batch: MarriageBatch, items: Sequence[MarriageItem], said: Sequence[Said], at: datetime) -> None:
    by_number = {each.number: each for each in said}
    for item in items:
        receipt = by_number[item.number or 0]
        item.receipt, item.receipt_reason, item.receipted_at = receipt.result, receipt.reason, at
    counts = Counter(each.result for each in said)
    for name in COUNTED:
        setattr(batch, f"{name}_count", counts[MarriageReceipt(name.upper())])
    batch.processed_at = at
    if said:
        settled = sum(counts[result] for result in SETTLED)
        batch.match_percent = 100 * settled // len(said)
        batch.update_percent = 100 * counts[MarriageReceipt.UPDATED] // len(said)

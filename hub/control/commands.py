"""What callers say about controls: an order of the court, and what the holder did."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from hub.canonical.control_codes import ControlAction, ControlResult
from hub.canonical.execution_codes import LegalDocumentKind, QueryUrgency
from hub.core.errors import Reason
from hub.core.payload import optional, required
from hub.inquiry.documents import LegalDocument

_AMOUNT = re.compile(r"\d{1,15}(\.\d{1,2})?")
_CURRENCY = re.compile(r"[A-Z]{3}")
A = ControlAction
FOLLOWING = frozenset({A.RENEW, A.RELEASE, A.RELEASE_QUEUED})
"""Actions that are about an earlier order, and nothing without it."""
TAKING = frozenset({A.TRANSFER, A.WITHDRAW_INCOME, A.FREEZE_AND_TRANSFER})
LASTING = frozenset({A.FREEZE, A.QUEUED_FREEZE, A.RENEW})
"""Actions with a period."""
URGENT = frozenset({A.FREEZE, A.QUEUED_FREEZE, A.RENEW})
"""What may go out before it is approved; what is taken or let go is not got back."""


def amount_of(text: str | None) -> Decimal | None:
    """An amount as it was written, exactly; ``amount_problems`` has been asked first."""
    return None if text is None else Decimal(text).quantize(Decimal("0.01"))


def amount_problems(text: str | None, path: str) -> Iterator[Reason]:
    if text is not None and (not _AMOUNT.fullmatch(text) or Decimal(text) == 0):
        yield Reason("CONTROL_AMOUNT", (path,))


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlDraft:
    """财产控制请求 (an order to control an asset that a query found)."""

    action: ControlAction = required("控制措施", "action")
    order_id: UUID | None = optional("所据协助查询标识，首次控制必填", "order whose answer named it", node="EO")
    item_number: int | None = optional("该反馈中的第几条，从1起", "which item of the answer, from 1", minimum=1)
    original_number: str | None = optional("原请求单号，续行、解除必填", "number of the original order", limit=45)
    months: int | None = optional("控制期限（月）", "period in months", minimum=1, maximum=120)
    amount: str | None = optional("金额", "amount", limit=20)
    currency: str = optional("币种", "currency", default="CNY", limit=3)
    purpose_text: str = required("事由", "purpose", limit=500)
    urgency: QueryUrgency = optional("紧急程度", "urgency", default=QueryUrgency.NORMAL)
    ruling: LegalDocument = required("裁定书", "ruling")

    def find_rule_problems(self) -> Iterator[Reason]:
        yield from amount_problems(self.amount, "amount")
        if not _CURRENCY.fullmatch(self.currency):
            yield Reason("CURRENCY_INVALID", ("currency",))
        if self.action in FOLLOWING and self.original_number is None:
            yield Reason("ORIGINAL_MISSING", ("originalNumber",))
        if self.original_number is None and self.action not in FOLLOWING and None in (self.order_id, self.item_number):
            yield Reason("ASSET_MISSING", ("orderId",))
        if (self.months is None) == (self.action in LASTING):
            yield Reason("MONTHS_MISPLACED", ("months",))
        if self.urgency is QueryUrgency.EMERGENCY and self.action not in URGENT:
            yield Reason("URGENCY_ACTION", ("urgency",))
        if self.ruling.kind is not LegalDocumentKind.EXECUTION_RULING:
            yield Reason("RULING_MISSING", ("ruling", "kind"))


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlAnswer:
    """反馈控制结果 (what a holder did); 未控须说明原因 (why not, when nothing was done)."""

    result: ControlResult = required("结果", "result")
    reason: str | None = optional("未控或轮候的原因", "why not, or behind what", limit=1000)
    amount_controlled: str | None = optional("实际控制金额", "amount controlled", limit=20)
    amount_excess: str | None = optional("超额控制金额", "amount controlled in excess", limit=20)
    starts_on: date | None = optional("控制起始日", "controlled from")
    ends_on: date | None = optional("控制截止日", "controlled until")

    def find_rule_problems(self) -> Iterator[Reason]:
        yield from amount_problems(self.amount_controlled, "amountControlled")
        told = (self.amount_controlled, self.starts_on, self.ends_on)
        if self.amount_excess is not None and not _AMOUNT.fullmatch(self.amount_excess):
            yield Reason("CONTROL_AMOUNT", ("amountExcess",))
        if self.result is not ControlResult.CONTROLLED and any(value is not None for value in told):
            yield Reason("RESULT_FIELDS", ("result",))
        if self.result is ControlResult.NOT_CONTROLLED and not (self.reason or "").strip():
            yield Reason("ANSWER_NOTE", ("reason",))

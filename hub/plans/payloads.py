"""What callers say about performance plans: instalments, their budget, payments."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from hub.core.errors import Reason
from hub.core.money import fen, yuan_problems
from hub.core.payload import SHORT_TEXT, YEARS, listed, optional, required

MOST = 120
Path = tuple[str | int, ...]


def positive_problems(amount: str, code: str) -> Iterator[Reason]:
    """AMOUNT_INVALID, or ``code`` of an amount of nothing."""
    wrong = list(yuan_problems(amount))
    yield from wrong or (() if fen(amount) else (Reason(code, ("amount",)),))


@dataclass(frozen=True, slots=True, kw_only=True)
class InstalmentEntry:
    """一期 (an instalment)."""

    due_on: date = required("期限", "due on")
    amount: str = required("金额（元）", "amount in yuan", limit=20)

    def find_rule_problems(self) -> Iterator[Reason]:
        yield from positive_problems(self.amount, "INSTALMENT_AMOUNT")


def schedule_problems(instalments: Sequence[InstalmentEntry]) -> Iterator[Reason]:
    """How many there are, and that each falls due after the one before."""
    if not 0 < len(instalments) <= MOST:
        yield Reason("INSTALMENTS_COUNT", ("instalments",), {"limit": MOST})
    for index in range(1, len(instalments)):
        if instalments[index].due_on <= instalments[index - 1].due_on:
            yield Reason("INSTALMENT_ORDER", ("instalments", index, "dueOn"))


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanProposal:
    """履行计划：法院提出即确定，被执行单位提出须经法院确认 (fixed when the court makes it; a debtor's waits for it)."""

    case_id: UUID = required("执行案件标识", "id of the case", node="LC")
    debtor_organization_id: UUID = required("被执行单位标识", "id of the public body", node="OR")
    amount: str = required("总额（元）", "amount in yuan", limit=20)
    note: str | None = optional("说明", "note", limit=1000)
    instalments: tuple[InstalmentEntry, ...] = listed("各期", "instalments")

    def find_rule_problems(self) -> Iterator[Reason]:
        yield from yuan_problems(self.amount)
        yield from schedule_problems(self.instalments)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRevision:
    """变更履行计划：已付的不变，其余各期重新列明 (what was paid stays; the rest is told anew)."""

    reason: str = required("变更理由", "why", limit=1000)
    amount: str = required("变更后的总额（元），含已付", "amount in yuan, with what was paid", limit=20)
    instalments: tuple[InstalmentEntry, ...] = listed("尚未履行的各期", "instalments still to be paid")

    def find_rule_problems(self) -> Iterator[Reason]:
        yield from yuan_problems(self.amount)
        yield from schedule_problems(self.instalments)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanReason:
    """理由 (why)."""

    reason: str = required("理由", "why", limit=1000)


@dataclass(frozen=True, slots=True, kw_only=True)
class ArrangementEntry:
    """一笔预算安排 (an entry of the budget)."""

    fiscal_year: int = required("预算年度", "fiscal year", minimum=YEARS[0], maximum=YEARS[1])
    amount: str = required("金额（元）", "amount in yuan", limit=20)
    budget_item: str = required("预算科目", "budget item", limit=SHORT_TEXT)
    document_number: str = required("预算文号", "document number", limit=100)

    def find_rule_problems(self) -> Iterator[Reason]:
        yield from positive_problems(self.amount, "BUDGET_AMOUNT")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanBudget:
    """列入预算：各年度安排之和须等于该年度到期各期之和 (a year's entries are what falls due in it)."""

    arrangements: tuple[ArrangementEntry, ...] = listed("各笔安排，按顺序", "entries, in order")

    def find_rule_problems(self) -> Iterator[Reason]:
        if not 0 < len(self.arrangements) <= MOST:
            yield Reason("BUDGET_EMPTY", ("arrangements",), {"limit": MOST})


@dataclass(frozen=True, slots=True, kw_only=True)
class InstalmentPayment:
    """付款 (a payment towards an instalment)."""

    instalment_number: int = required("期次", "number of the instalment", minimum=1)
    amount: str = required("金额（元）", "amount in yuan", limit=20)
    paid_on: date = required("付款日期", "paid on")
    voucher: str = required("付款凭证号", "number of the voucher", limit=60)

    def find_rule_problems(self) -> Iterator[Reason]:
        yield from yuan_problems(self.amount)

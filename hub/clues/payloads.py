"""What callers say about fund clues: asked for, told, declined, verified, used."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from hub.canonical.execution_codes import QueryUrgency
from hub.canonical.fund_codes import ClueDecline, ClueMoney, FundUsability
from hub.core.errors import Reason
from hub.core.money import fen, yuan_problems
from hub.core.payload import SHORT_TEXT, listed, optional, required

MOST_ITEMS = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class FundClueRequest:
    """请求资金线索 (a court asks finance for a clue)."""

    case_id: UUID = required("执行案件标识", "id of the case", node="LC")
    subject_id: UUID = required("被执行人标识", "id of the obligor", node="SU")
    purpose_text: str = required("事由", "purpose", limit=500)
    urgency: QueryUrgency = optional("紧急程度", "urgency", default=QueryUrgency.NORMAL)


@dataclass(frozen=True, slots=True, kw_only=True)
class FundClueEntry:
    """一条资金线索 (one clue)."""

    kind: ClueMoney = required("资金种类", "kind of money")
    usability: FundUsability = required("可否执行", "whether it may be executed against")
    budget_item: str | None = optional("预算科目或项目", "budget item", limit=SHORT_TEXT)
    amount: str | None = optional("金额（元）", "amount in yuan", limit=20)
    expected_on: date | None = optional("预计到账日期", "expected on")
    account: str | None = optional("账户，加密保存", "account, kept sealed", limit=SHORT_TEXT)
    note: str | None = optional("说明", "note", limit=1000)

    def find_rule_problems(self) -> Iterator[Reason]:
        wrong = list(yuan_problems(self.amount))
        yield from wrong
        if not wrong and (fen(self.amount) == 0 or (self.amount is None and not self.note)):
            yield Reason("CLUE_AMOUNT", ("amount",))
        if self.kind is ClueMoney.ACCOUNT and not (self.account or "").strip():
            yield Reason("CLUE_ACCOUNT", ("account",))


def _count_problems(items: tuple[FundClueEntry, ...]) -> Iterator[Reason]:
    if not 0 < len(items) <= MOST_ITEMS:
        yield Reason("CLUE_EMPTY", ("clues",), {"limit": MOST_ITEMS})


@dataclass(frozen=True, slots=True, kw_only=True)
class FundCluePush:
    """财政部门主动推送资金线索 (finance tells a clue unasked)."""

    court_organization_id: UUID = required("执行法院标识", "id of the court", node="OR")
    debtor_organization_id: UUID = required("被执行单位标识", "id of the public body", node="OR")
    case_number: str = required("所涉案号", "case number", limit=64)
    urgency: QueryUrgency = optional("紧急程度", "urgency", default=QueryUrgency.NORMAL)
    clues: tuple[FundClueEntry, ...] = listed("各条线索", "the clues")

    def find_rule_problems(self) -> Iterator[Reason]:
        yield from _count_problems(self.clues)


@dataclass(frozen=True, slots=True, kw_only=True)
class FundClueAnswer:
    """反馈资金线索 (clues that answer a request)."""

    clues: tuple[FundClueEntry, ...] = listed("各条线索", "the clues")

    def find_rule_problems(self) -> Iterator[Reason]:
        yield from _count_problems(self.clues)


@dataclass(frozen=True, slots=True, kw_only=True)
class NoFundClue:
    """经查无线索 (finance knows of none)."""

    note: str = required("查找情况", "what was looked at", limit=1000)


@dataclass(frozen=True, slots=True, kw_only=True)
class FundClueDecline:
    """不予提供 (finance gives none)."""

    reason: ClueDecline = required("原因", "reason")
    note: str = required("说明", "note", limit=1000)


@dataclass(frozen=True, slots=True, kw_only=True)
class FundClueVerification:
    """核实结果 (the court verified it)."""

    case_id: UUID | None = optional("主动推送的线索所涉案件", "case of a clue told unasked", node="LC")
    note: str | None = optional("核实情况", "note", limit=1000)


@dataclass(frozen=True, slots=True, kw_only=True)
class FundClueUse:
    """使用线索 (the court used it)."""

    amount: str = required("执行到位金额（元）", "amount executed, in yuan", limit=20)
    note: str | None = optional("说明", "note", limit=1000)

    def find_rule_problems(self) -> Iterator[Reason]:
        wrong = list(yuan_problems(self.amount))
        yield from wrong
        if not wrong and not fen(self.amount):
            yield Reason("CLUE_USED_AMOUNT", ("amount",))


@dataclass(frozen=True, slots=True, kw_only=True)
class FundClueRemark:
    """说明 (a statement)."""

    note: str = required("说明", "what there is to say", limit=1000)

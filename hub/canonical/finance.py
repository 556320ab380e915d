"""What travels between the hub and a finance department's system: requests out, clues and arrangements back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from hub.canonical.connector import Taker
from hub.canonical.fund_codes import ClueDecline, ClueMoney, FundUsability

CLUE_REQUEST, PLAN = "finance.clue_request", "finance.plan"
"""Kinds of what is handed over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldClue:
    """``amount`` in yuan, ``expected_on`` an ISO date."""

    kind: ClueMoney
    usability: FundUsability
    budget_item: str | None = None
    amount: str | None = None
    expected_on: str | None = None
    account: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClueAnswer:
    """Clues; none, with what was looked at in ``note``; or none given, with the reason."""

    clues: tuple[ToldClue, ...] = ()
    declined: ClueDecline | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldArrangement:
    """An entry of a year's budget; ``amount`` in yuan."""

    fiscal_year: int
    amount: str
    budget_item: str
    document_number: str


class FinanceSystem(Taker, Protocol):
    """A finance department's budget system. Raises ``Unreachable``."""

    def clue_answer(self, key: str) -> ClueAnswer | None:
        """What it answers to the request handed over under ``key``; None while it says nothing."""
        ...

    def arrangements(self, key: str) -> Sequence[ToldArrangement] | None:
        """How it entered the plan handed over under ``key`` into the budget; None while it says nothing."""
        ...

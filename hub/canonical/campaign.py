"""Code lists of special enforcement campaigns (专项行动), of which clearing non-performing loans is one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from hub.canonical.connector import System
from hub.core.errors import Reason


class CampaignKind(StrEnum):
    """NPL: 银行不良贷款清收 (温政办〔2021〕13号 二); LIVELIHOOD: 涉民生案件; ADMINISTRATIVE_ORGAN: 涉行政机关案件;
    ENTERPRISE: 涉企案件; SPECIAL: 其他专项执行. Which of them take banks is for the policy pack to say."""

    NPL = "NPL"
    LIVELIHOOD = "LIVELIHOOD"
    ADMINISTRATIVE_ORGAN = "ADMINISTRATIVE_ORGAN"
    ENTERPRISE = "ENTERPRISE"
    SPECIAL = "SPECIAL"


class CampaignStatus(StrEnum):
    OPEN = "OPEN"
    CLOSED = "CLOSED"
    CANCELLED = "CANCELLED"


class CampaignCapacity(StrEnum):
    """BANK hands in cases, COURT enforces them, SUPPORT (police, big data) helps and sees no case."""

    BANK = "BANK"
    COURT = "COURT"
    SUPPORT = "SUPPORT"


class CampaignRoundKind(StrEnum):
    """Concentrated rounds: FILING 集中立案, SERVICE 集中送达, EXECUTION 集中执行."""

    FILING = "FILING"
    SERVICE = "SERVICE"
    EXECUTION = "EXECUTION"


class CampaignRoundStatus(StrEnum):
    """PLANNED until the court begins; REPORTED until the office that organises closes it or sends it back."""

    PLANNED = "PLANNED"
    UNDERWAY = "UNDERWAY"
    REPORTED = "REPORTED"
    CLOSED = "CLOSED"
    CANCELLED = "CANCELLED"


class CampaignRoundResult(StrEnum):
    """What a round came to in one case."""

    FILED = "FILED"
    NOT_FILED = "NOT_FILED"
    SERVED = "SERVED"
    NOT_SERVED = "NOT_SERVED"
    EXECUTED = "EXECUTED"
    PARTLY_EXECUTED = "PARTLY_EXECUTED"
    SETTLED = "SETTLED"
    NOTHING_FOUND = "NOTHING_FOUND"


R = CampaignRoundResult
RESULTS: dict[CampaignRoundKind, frozenset[CampaignRoundResult]] = {
    CampaignRoundKind.FILING: frozenset({R.FILED, R.NOT_FILED}),
    CampaignRoundKind.SERVICE: frozenset({R.SERVED, R.NOT_SERVED}),
    CampaignRoundKind.EXECUTION: frozenset({R.EXECUTED, R.PARTLY_EXECUTED, R.SETTLED, R.NOTHING_FOUND}),
}
"""What a round of each kind can come to."""
DONE = frozenset({R.FILED, R.SERVED, R.EXECUTED, R.SETTLED})
"""Results that a round counts as done."""


@dataclass(frozen=True, slots=True)
class HandedList:
    """A list of cases as a bank's system put it down. ``campaign`` is the opaque id of the campaign, ``digest`` the
    hexadecimal SHA-256 of the file; ``files`` are the names that are cleared with it."""

    name: str
    campaign: str
    content: bytes
    digest: str
    files: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ListReceipt:
    """What became of a list. Of one that was refused ``errors`` is the list with its faults, where it could be read."""

    accepted: bool
    taken: int = 0
    unchanged: int = 0
    reasons: tuple[Reason, ...] = ()
    errors: bytes | None = field(default=None, repr=False)


class CampaignBank(System, Protocol):
    """The system of a bank that hands in lists of cases. ``code`` is the bank's unified social credit code.

    Raises ``Unreachable``.
    """

    @property
    def code(self) -> str: ...

    def waiting(self) -> Sequence[str]:
        """Names of the lists that lie there whole."""
        ...

    def read(self, name: str) -> HandedList:
        """Raises ``Refused`` with everything wrong with a list before its rows are looked at."""
        ...

    def answer(self, name: str, receipt: ListReceipt) -> None:
        """Hand the receipt back, and take what was accepted away or put what was refused aside."""
        ...

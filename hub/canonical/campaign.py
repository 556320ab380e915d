"""Code lists of special enforcement campaigns (专项行动), of which clearing non-performing loans is one."""

from __future__ import annotations

from enum import StrEnum


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


class RoundKind(StrEnum):
    """Concentrated rounds: FILING 集中立案, SERVICE 集中送达, EXECUTION 集中执行."""

    FILING = "FILING"
    SERVICE = "SERVICE"
    EXECUTION = "EXECUTION"


class RoundStatus(StrEnum):
    """PLANNED until the court begins; REPORTED until the office that organises closes it or sends it back."""

    PLANNED = "PLANNED"
    UNDERWAY = "UNDERWAY"
    REPORTED = "REPORTED"
    CLOSED = "CLOSED"
    CANCELLED = "CANCELLED"


class RoundResult(StrEnum):
    """What a round came to in one case."""

    FILED = "FILED"
    NOT_FILED = "NOT_FILED"
    SERVED = "SERVED"
    NOT_SERVED = "NOT_SERVED"
    EXECUTED = "EXECUTED"
    PARTLY_EXECUTED = "PARTLY_EXECUTED"
    SETTLED = "SETTLED"
    NOTHING_FOUND = "NOTHING_FOUND"


R = RoundResult
RESULTS: dict[RoundKind, frozenset[RoundResult]] = {
    RoundKind.FILING: frozenset({R.FILED, R.NOT_FILED}),
    RoundKind.SERVICE: frozenset({R.SERVED, R.NOT_SERVED}),
    RoundKind.EXECUTION: frozenset({R.EXECUTED, R.PARTLY_EXECUTED, R.SETTLED, R.NOTHING_FOUND}),
}
"""What a round of each kind can come to."""
DONE = frozenset({R.FILED, R.SERVED, R.EXECUTED, R.SETTLED})
"""Results that a round counts as done."""

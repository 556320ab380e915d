"""Code lists of special enforcement campaigns (专项行动), of which clearing non-performing loans is one."""

from __future__ import annotations

from enum import StrEnum


class CampaignKind(StrEnum):
    """NPL: 银行不良贷款清收 (温政办〔2021〕13号 二); LIVELIHOOD: 涉民生案件; ADMINISTRATIVE_ORGAN: 涉行政机关案件."""

    NPL = "NPL"
    LIVELIHOOD = "LIVELIHOOD"
    ADMINISTRATIVE_ORGAN = "ADMINISTRATIVE_ORGAN"


class CampaignStatus(StrEnum):
    OPEN = "OPEN"
    CLOSED = "CLOSED"
    CANCELLED = "CANCELLED"


class CampaignCapacity(StrEnum):
    """BANK hands in cases, COURT enforces them, SUPPORT (police, big data) helps and sees no case."""

    BANK = "BANK"
    COURT = "COURT"
    SUPPORT = "SUPPORT"

"""What travels between the hub and a tax authority's credit system: rulings out, receipts back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from hub.canonical.connector import Taker

STOP = "tax.stop"
"""Kind of what is handed over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldStop:
    """That publication has stopped: ``stopped_on`` an ISO date, ``evaluation`` the new rating in words."""

    receipt_no: str
    stopped_on: str
    evaluation: str | None = None


class TaxSystem(Taker, Protocol):
    """A tax authority's credit system. Raises ``Unreachable``."""

    def stop_receipt(self, key: str) -> ToldStop | None:
        """What it answers to the ruling handed over under ``key``; None while it says nothing."""
        ...

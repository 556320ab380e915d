"""Amounts: written in yuan with at most two decimals, kept in fen (0.01 yuan), never a float."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hub.core.errors import Reason

_YUAN = re.compile(r"\d{1,13}(\.\d{1,2})?")


def yuan_problems(amount: str | None) -> Iterator[Reason]:
    """Problems of an amount written in yuan, such as 1200.50."""
    if amount is not None and not _YUAN.fullmatch(amount):
        yield Reason("AMOUNT_INVALID", ("amount",))


def fen(amount: str | None) -> int | None:
    """Yuan as written, in fen."""
    if amount is None:
        return None
    whole, _, cents = amount.partition(".")
    return int(whole) * 100 + int(cents.ljust(2, "0") or 0)


def yuan(amount: int) -> str:
    """Fen, not below zero, as yuan are written."""
    return f"{amount // 100}.{amount % 100:02}"

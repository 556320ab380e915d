"""Code lists of the integrity of public bodies."""

from __future__ import annotations

from enum import StrEnum


class ClearanceUnit(StrEnum):
    """What 清零进度 counts: bodies that stand on the list, or their cases."""

    BODY = "BODY"
    CASE = "CASE"

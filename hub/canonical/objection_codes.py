"""Code lists of objections to what a listing says."""

from __future__ import annotations

from enum import StrEnum


class ObjectionKind(StrEnum):
    """LISTING: that the court listed at all, or wrongly, for the court to examine; DATA: that the credit platform shows
    something else than the court told, for the credit office."""

    LISTING = "LISTING"
    DATA = "DATA"


class ObjectionStatus(StrEnum):
    """Where an objection stands. UPHELD: the court has to correct; CORRECTED: its message has come, or the platform
    shows what is right."""

    FILED = "FILED"
    SOURCE_ASKED = "SOURCE_ASKED"
    UPHELD = "UPHELD"
    CORRECTED = "CORRECTED"
    DISMISSED = "DISMISSED"
    RECONSIDERING = "RECONSIDERING"
    FINAL = "FINAL"
    WITHDRAWN = "WITHDRAWN"


class RemarkKind(StrEnum):
    """What a credit office adds to a listing: a note, that the platform shields it, that its court please check."""

    ANNOTATION = "ANNOTATION"
    SHIELD_CONFIRMED = "SHIELD_CONFIRMED"
    COURT_CHECK_REQUESTED = "COURT_CHECK_REQUESTED"


OBJECTION_OPEN = (
    ObjectionStatus.FILED,
    ObjectionStatus.SOURCE_ASKED,
    ObjectionStatus.UPHELD,
    ObjectionStatus.RECONSIDERING,
)
"""States in which somebody owes a decision or a correction."""

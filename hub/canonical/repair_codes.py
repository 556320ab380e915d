"""Code lists of credit repair: by what path it comes, where it stands, what is counted."""

from __future__ import annotations

from enum import StrEnum


class RepairPath(StrEnum):
    """How a repair begins: the subject applies, its court pushes the closing, the term ends, a reorganisation is
    confirmed."""

    SUBJECT_APPLY = "SUBJECT_APPLY"
    COURT_PUSH = "COURT_PUSH"
    TERM_EXPIRY = "TERM_EXPIRY"
    REORGANISATION_RULING = "REORGANISATION_RULING"


class PerformanceKind(StrEnum):
    """自动履行: performed, settled, or the subject cooperates in the disposal of its assets."""

    PERFORMED = "PERFORMED"
    SETTLED = "SETTLED"
    COOPERATED = "COOPERATED"


class RepairStatus(StrEnum):
    """Where a repair stands. CLOSURE_DUE: the case is closed, its court has yet to push the closing."""

    CLOSURE_DUE = "CLOSURE_DUE"
    INITIATED = "INITIATED"
    RETURNED_INCOMPLETE = "RETURNED_INCOMPLETE"
    ACCEPTED = "ACCEPTED"
    VERIFYING = "VERIFYING"
    APPROVED = "APPROVED"
    REJECTED = "REJECTED"
    SHIELDED = "SHIELDED"
    COMPLETED = "COMPLETED"
    WITHDRAWN = "WITHDRAWN"
    REVOKED = "REVOKED"


REPAIR_OPEN = (
    RepairStatus.INITIATED,
    RepairStatus.RETURNED_INCOMPLETE,
    RepairStatus.ACCEPTED,
    RepairStatus.VERIFYING,
    RepairStatus.APPROVED,
    RepairStatus.SHIELDED,
)
"""States of a repair under way: a listing has one at most."""


class RepairClock(StrEnum):
    """Periods of a repair. PUBLICITY_LEAST and PUBLICITY_MOST are shown beside the others; a listing of a dishonest
    judgment debtor is deleted by its court, whatever they say."""

    CLOSURE_PUSH = "CLOSURE_PUSH"
    MATERIALS = "MATERIALS"
    VERIFICATION = "VERIFICATION"
    DELETION = "DELETION"
    SHIELDING = "SHIELDING"
    RESTORATION = "RESTORATION"
    PUBLICITY_LEAST = "PUBLICITY_LEAST"
    PUBLICITY_MOST = "PUBLICITY_MOST"


class ClockOrigin(StrEnum):
    """Whose a period is: national law, the notice of the place, or the product where both are silent."""

    LAW = "LAW"
    NOTICE = "NOTICE"
    DEFAULT = "DEFAULT"


class Severity(StrEnum):
    """轻微、一般、严重失信."""

    MINOR = "MINOR"
    GENERAL = "GENERAL"
    SERIOUS = "SERIOUS"


class StopStatus(StrEnum):
    """Whether a publisher that was asked to stop publishing has given its receipt."""

    ASKED = "ASKED"
    STOPPED = "STOPPED"

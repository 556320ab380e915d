"""Code lists of asset controls (财产控制) and lookouts (临控)."""

from __future__ import annotations

from enum import StrEnum


class ControlAction(StrEnum):
    """What a court has a holder do (控制措施 KZCS), in the order of the codes 01 to 08."""

    FREEZE = "FREEZE"
    RENEW = "RENEW"
    QUEUED_FREEZE = "QUEUED_FREEZE"
    RELEASE = "RELEASE"
    RELEASE_QUEUED = "RELEASE_QUEUED"
    TRANSFER = "TRANSFER"
    WITHDRAW_INCOME = "WITHDRAW_INCOME"
    FREEZE_AND_TRANSFER = "FREEZE_AND_TRANSFER"


class ControlResult(StrEnum):
    """What became of an order (KZZT). ``QUEUED`` waits behind an earlier control."""

    CONTROLLED = "CONTROLLED"
    NOT_CONTROLLED = "NOT_CONTROLLED"
    QUEUED = "QUEUED"


class ControlOrderStatus(StrEnum):
    PENDING_APPROVAL = "PENDING_APPROVAL"
    REJECTED = "REJECTED"
    CANCELLED = "CANCELLED"
    DISPATCHED = "DISPATCHED"
    ACCEPTED = "ACCEPTED"
    ANSWERED = "ANSWERED"
    RETURNED = "RETURNED"


class AssetControlStatus(StrEnum):
    """Where the control of one asset stands."""

    REQUESTED = "REQUESTED"
    NOT_CONTROLLED = "NOT_CONTROLLED"
    QUEUED = "QUEUED"
    CONTROLLED = "CONTROLLED"
    RENEWED = "RENEWED"
    RELEASED = "RELEASED"
    TRANSFERRED = "TRANSFERRED"
    EXPIRED = "EXPIRED"
    CANCELLED = "CANCELLED"


class AssetClass(StrEnum):
    """Kinds of asset by the longest time they may be controlled (民诉法解释 第四百八十五条)."""

    DEPOSIT = "DEPOSIT"
    MOVABLE = "MOVABLE"
    IMMOVABLE_OR_RIGHT = "IMMOVABLE_OR_RIGHT"


class LookoutTarget(StrEnum):
    PERSON = "PERSON"
    VEHICLE = "VEHICLE"


class LookoutMeasure(StrEnum):
    """What the police do on a hit."""

    LOCATE = "LOCATE"
    DETAIN_PERSON = "DETAIN_PERSON"
    DETAIN_VEHICLE = "DETAIN_VEHICLE"


class LookoutStatus(StrEnum):
    PENDING_APPROVAL = "PENDING_APPROVAL"
    REJECTED = "REJECTED"
    CANCELLED = "CANCELLED"
    SENT = "SENT"
    RETURNED = "RETURNED"
    ACTIVE = "ACTIVE"
    WITHDRAWING = "WITHDRAWING"
    WITHDRAWN = "WITHDRAWN"
    EXPIRED = "EXPIRED"
    CLOSED = "CLOSED"


class LookoutHitStatus(StrEnum):
    NOTIFIED = "NOTIFIED"
    COURT_DISPATCHED = "COURT_DISPATCHED"
    COURT_ARRIVED = "COURT_ARRIVED"
    CONCLUDED = "CONCLUDED"


class LookoutOutcome(StrEnum):
    HANDED_OVER = "HANDED_OVER"
    PERFORMED_ON_SITE = "PERFORMED_ON_SITE"
    LOST = "LOST"
    NOT_THE_TARGET = "NOT_THE_TARGET"
    LET_GO = "LET_GO"

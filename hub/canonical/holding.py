"""What passes between the hub and the system of a holder (协助查询单位), in the hub's terms."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from hub.canonical.connector import Taker
from hub.core.errors import Reason


class Conversation(StrEnum):
    """What an order is about: a question, the control of what a question found, or a lookout."""

    QUERY = "QUERY"
    CONTROL = "CONTROL"
    LOOKOUT = "LOOKOUT"


class HolderEvent(StrEnum):
    """What a holder says of an order; the value is the event of the order's workflow."""

    ACCEPTED = "accept"
    ANSWERED = "answer"
    RETURNED = "sendBack"
    OBJECTED = "objectTo"
    WATCHING = "activate"
    CALLED_OFF = "confirmWithdrawal"
    MET = "report"
    """Of a lookout, as often as its target is met; it is a report, and no event of the lookout's table."""


class AnswerOutcome(StrEnum):
    APPLIED = "APPLIED"
    QUARANTINED = "QUARANTINED"


@dataclass(frozen=True, slots=True)
class HolderReply:
    """``region`` is the six digits the holder answers for. ``told`` are the texts of the event's payload by the names
    of its fields; ``items`` are kinds of finding with their texts."""

    number: str
    region: str
    event: HolderEvent
    told: Mapping[str, str | None]
    items: Sequence[tuple[str, Mapping[str, str]]] = ()
    conversation: Conversation = Conversation.QUERY


@dataclass(frozen=True, slots=True)
class Reading:
    """A message as read: a reply, or why it is none; ``number`` as far as it could be made out."""

    number: str | None
    reply: HolderReply | None
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Arrival:
    """A message that lies at the holder's for the hub; ``name`` is how it is called there."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class AnswerReceipt:
    """What the holder is told of its message. ``digest`` is the hexadecimal SHA-256 of its bytes; ``codes`` say why it
    was not accepted, ``texts`` the same for people."""

    number: str
    digest: str
    accepted: bool
    codes: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()


class HolderSystem(Taker, Protocol):
    """A holder's system: it is told orders and answers them later. Every call may raise ``Unreachable``."""

    def arrivals(self) -> Iterator[Arrival]:
        """What it has answered and has no receipt for, each by its request number."""
        ...

    def read(self, content: bytes) -> Reading:
        """A message verified and translated; never raises for what is wrong with it."""
        ...

    def acknowledge(self, arrival: Arrival, receipt: AnswerReceipt) -> None:
        """Hand the receipt back and take the message off the system; harmless when done twice."""
        ...

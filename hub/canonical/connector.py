"""The contract of a connector: what every outside system is to the hub, whatever its transport.

A connector sees ``hub.canonical`` and ``hub.core`` alone. It hands in what waits at its system, checks and translates
it, and hands receipts back; it stores nothing in the hub and decides nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol, runtime_checkable

import orjson

from hub.canonical.codes import DeliveryFault
from hub.canonical.exchange_codes import BatchKind, CaseListKind, DishonestyStatus, MirrorStatus
from hub.canonical.records import Message
from hub.core.errors import Reason, Refused
from hub.core.once import once
from hub.core.texts import Text


class Capability(StrEnum):
    PULL = "PULL"
    PUSH = "PUSH"
    SNAPSHOT = "SNAPSHOT"
    ASK = "ASK"
    FETCH = "FETCH"
    FEED = "FEED"


class NetworkZone(StrEnum):
    """Where the system stands: behind a one-way ferry, on the government network, on the internet."""

    FERRY = "FERRY"
    GOVERNMENT = "GOVERNMENT"
    INTERNET = "INTERNET"


@dataclass(frozen=True, slots=True)
class Card:
    """What a connector says of itself. ``specification`` names the interface document; ``live_read`` allows a GraphQL
    field to wait for the system."""

    name: Text
    owner: Text
    contact: Text
    specification: str
    capabilities: frozenset[Capability]
    zone: NetworkZone
    live_read: bool = False
    lists: tuple[CaseListKind, ...] = ()

    def plain(self) -> dict[str, object]:
        return {
            "owner": self.owner.zh,
            "contact": self.contact.zh,
            "specification": self.specification,
            "capabilities": sorted(self.capabilities),
            "zone": self.zone.value,
            "liveRead": self.live_read,
            "lists": [kind.value for kind in self.lists],
        }


@dataclass(frozen=True)
class Row:
    """One row as it was sent. ``envelope`` names the cells that identify and order it; the rest is its content.
    ``message_id`` and ``version`` are known even of a row that cannot be translated."""

    file: str
    number: int
    list_kind: CaseListKind
    cells: Mapping[str, str]
    envelope: frozenset[str] = frozenset()
    message_id: str | None = None
    version: int = 1

    @once
    def body(self) -> bytes:
        """The row as JSON bytes: what is stored, and what digests are over."""
        return _bytes(self.cells)

    @once
    def digest(self) -> str:
        """Hexadecimal SHA-256 of the body."""
        return hashlib.sha256(self.body).hexdigest()

    @once
    def bare(self) -> bool:
        """Whether it has no envelope at all: a line of a snapshot that says what it says, and nothing of itself."""
        return self.envelope.isdisjoint(self.cells)

    @once
    def content_digest(self) -> str:
        """Hexadecimal SHA-256 of what the row says, whichever message says it."""
        if self.bare:
            return self.digest
        return hashlib.sha256(_bytes({k: v for k, v in self.cells.items() if k not in self.envelope})).hexdigest()


def _bytes(cells: Mapping[str, str]) -> bytes:
    """JSON without white space, members in order: what the standard library writes, in a fraction of its time."""
    return orjson.dumps(dict(cells), option=orjson.OPT_SORT_KEYS)


@dataclass(frozen=True, slots=True)
class Part:
    """A file of a delivery as its manifest declares it; ``digest`` is a hexadecimal SHA-256, sizes in bytes."""

    name: str
    list_kind: CaseListKind
    rows: int
    size: int
    digest: str
    encoding: str


@dataclass(frozen=True, slots=True)
class Delivery:
    """What waits at a system. ``name`` is its name there, ``digest`` the hexadecimal SHA-256 of the manifest.

    A manifest that cannot be read leaves ``number`` at 0 and says why in ``reasons``.
    """

    name: str
    manifest: str
    digest: str
    number: int = 0
    kind: BatchKind | None = None
    template: str = ""
    sent_at: datetime | None = None
    parts: tuple[Part, ...] = ()
    reasons: tuple[Reason, ...] = ()

    @property
    def rows(self) -> int:
        return sum(part.rows for part in self.parts)

    @property
    def lists(self) -> tuple[CaseListKind, ...]:
        return tuple(dict.fromkeys(part.list_kind for part in self.parts))


@dataclass(frozen=True, slots=True)
class RowFault:
    """What is wrong with one row; no value of it, since the report travels in the open."""

    file: str
    row: int
    message_id: str
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Receipt:
    """The answer to a delivery. ``accepted`` false: refused whole, nothing of it was kept but this."""

    number: str
    batch: int
    digest: str
    at: datetime
    accepted: bool
    duplicate: bool = False
    rows: int = 0
    unchanged: int = 0
    duplicates: int = 0
    missing_batches: tuple[int, ...] = ()
    reasons: tuple[Reason, ...] = ()
    faults: Sequence[RowFault] = field(default=())


@dataclass(frozen=True, slots=True)
class Outgoing:
    """Something for the system: ``key`` makes a second hand-over harmless. ``to`` is who it is for where the system
    passes it on, ``private`` what it says of persons; neither is part of the body, whose digest is kept."""

    key: str
    kind: str
    body: Mapping[str, object]
    to: str | None = None
    private: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FedRow:
    """A row of a list as another system is told of it. ``record`` is its key, ``digest`` the SHA-256 of the rest:
    the same record with another digest is a change. Bodies with a code only, no natural person. Dates as ISO 8601."""

    record: str
    digest: str
    list_kind: CaseListKind
    case_number: str
    subject_name: str
    uscc: str
    status: DishonestyStatus | MirrorStatus
    listed_on: str
    published_on: str | None = None
    deleted_on: str | None = None


@dataclass(frozen=True, slots=True)
class RowAnswer:
    """What a system says of a row fed to it; ``record`` is the row's own key, ``reason`` why it was refused."""

    record: str
    accepted: bool
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Health:
    """``code`` is the problem when it is not ``well``; ``waiting`` deliveries lie at the system."""

    well: bool
    waiting: int = 0
    code: str | None = None

    @classmethod
    def of(cls, call: Callable[[], object]) -> Health:
        """Well when a call reaches the system."""
        try:
            call()
        except Unreachable as lost:
            return cls(well=False, code=lost.code)
        return cls(well=True)


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What would come of a delivery: rows read, and everything that is wrong."""

    rows: int
    reasons: tuple[Reason, ...]
    faults: tuple[RowFault, ...]


class Unreachable(Exception):
    """The system does not answer as it must; ``code`` is the problem's, ``fault`` what a sender makes of it."""

    def __init__(self, code: str, fault: DeliveryFault = DeliveryFault.UNREACHABLE) -> None:
        super().__init__(code)
        self.code = code
        self.fault = fault

    @classmethod
    def by(cls, fault: DeliveryFault) -> Unreachable:
        return cls(f"SYSTEM_{fault.value}", fault)


class System(Protocol):
    """One outside system. Every call may raise ``Unreachable``.

    Calls block on files and sockets: the hub makes them outside its event loop.
    """

    @property
    def card(self) -> Card: ...

    @property
    def source(self) -> str:
        """Stable name of the system (``court:豫0825``); part of every key that comes from it."""
        ...

    def health(self) -> Health: ...


class Fetched(System, Protocol):
    """A system with one document that is read whole (capability FETCH)."""

    def fetch(self) -> bytes: ...


class Taker(System, Protocol):
    """A system that is told things (capability PUSH)."""

    def push(self, outgoing: Outgoing) -> None:
        """Hand something over; harmless when done twice."""
        ...


class Asked(Taker, Protocol):
    """A system that answers questions at once (capability ASK)."""

    def ask(self, service: str, question: Mapping[str, object], *, number: str) -> object:
        """The answer to a question put to one of its services, as plain data. ``number`` stays the same however often
        the question is put again. Raises ``Refused`` where the system says no."""
        ...


class Connector(Taker, Protocol):
    """A system that hands lists in (capability PULL)."""

    def pull(self, cursor: int | None) -> list[Delivery]:
        """Deliveries that wait, by number. ``cursor`` is the last batch taken in: a system that keeps what it sent
        need not tell it again."""
        ...

    def verify(self, delivery: Delivery, *, now: datetime) -> None:
        """Raise ``Refused`` with every reason why it cannot be taken in: forged, incomplete, too large."""
        ...

    def read(self, delivery: Delivery) -> Iterator[Row]:
        """Its rows, one at a time. Raises ``Refused`` where the files are not what the manifest says."""
        ...

    def row(self, file: str, number: int, list_kind: CaseListKind, cells: Mapping[str, str]) -> Row:
        """A row of its own from cells that were kept, or mended by a person."""
        ...

    def translate(self, row: Row, *, told_at: datetime, now: datetime) -> Message:
        """The row in the hub's terms; ``told_at`` dates what bears no date of its own. Raises ``Refused`` with
        everything that is wrong with it."""
        ...

    def accept(self, delivery: Delivery, receipt: Receipt) -> None:
        """Hand the receipt back and take the delivery off the system; harmless when done twice."""
        ...

    def reconcile(self, *, now: datetime) -> None:
        """Ask for a full snapshot; it comes as a delivery."""
        ...


@runtime_checkable
class FedConnector(Connector, Protocol):
    """A system that is fed rows of the hub's own and answers each of them (``Capability.FEED``)."""

    def feed(self, key: str, rows: Sequence[FedRow]) -> None:
        """Hand rows over under one key: all or none of them, harmless when done twice."""
        ...

    def answers(self, key: str) -> Sequence[RowAnswer] | None:
        """What was said of the rows of a key; None when nothing was yet. The same however often it is asked."""
        ...


def rehearse(connector: Connector, delivery: Delivery, *, now: datetime) -> Rehearsal:
    """A dry run: verify, read and translate everything, and leave no trace."""
    rows, faults = 0, []
    try:
        connector.verify(delivery, now=now)
        for row in connector.read(delivery):
            rows += 1
            try:
                connector.translate(row, told_at=delivery.sent_at or now, now=now)
            except Refused as refused:
                faults.append(RowFault(row.file, row.number, row.message_id or "", refused.reasons))
    except Refused as refused:
        return Rehearsal(rows, refused.reasons, tuple(faults))
    return Rehearsal(rows, (), tuple(faults))

"""A credit platform as a connector: one connector for each mode it exchanges by."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey

from connectors.credit.card import card_of
from connectors.credit.translate import outgoing_row, translate
from connectors.credit.wire import TEMPLATES, Mode, columns
from connectors.kit.answers import read_answers
from connectors.kit.drop import Drop, Sender
from connectors.kit.list_rows import list_row
from connectors.kit.manifest import Limits
from connectors.kit.store import Store
from hub.canonical.connector import Card, Delivery, FedRow, Health, Outgoing, Receipt, Row, RowAnswer
from hub.canonical.exchange_codes import CaseListKind
from hub.canonical.records import Message

OLDEST = timedelta(days=30)
"""A manifest that was signed longer ago is taken for a replay."""
_ANSWER_BYTES = 4 * 1024 * 1024


class CreditConnector:
    """``key`` gives the key the platform signs its manifests with; manifests without a signature are not taken."""

    def __init__(
        self,
        region: str,
        mode: Mode,
        store: Store,
        key: Callable[[], EllipticCurvePublicKey],
        limits: Limits = Limits(),
    ) -> None:
        self._region = region
        self._mode = mode
        self._store = store
        sender = Sender("platform", region, "BATCH_PLATFORM", TEMPLATES, columns, key, OLDEST)
        self._drop = Drop(store, sender, limits)

    @property
    def card(self) -> Card:
        return card_of(self._region, self._mode)

    @property
    def source(self) -> str:
        return f"credit:{self._region}/{self._mode.value}"

    def pull(self, cursor: int | None) -> list[Delivery]:  # noqa: ARG002 - what has a receipt does not wait
        """Raises ``Unreachable``."""
        return self._drop.pull()

    def verify(self, delivery: Delivery, *, now: datetime) -> None:
        self._drop.verify(delivery, now=now)

    def read(self, delivery: Delivery) -> Iterator[Row]:
        return self._drop.read(delivery)

    def row(self, file: str, number: int, list_kind: CaseListKind, cells: Mapping[str, str]) -> Row:
        return list_row(file, number, list_kind, cells)

    def translate(self, row: Row, *, told_at: datetime, now: datetime) -> Message:
        return translate(row, told_at=told_at, now=now)

    def accept(self, delivery: Delivery, receipt: Receipt) -> None:
        self._drop.accept(delivery, receipt)

    def push(self, outgoing: Outgoing) -> None:
        self._drop.push(outgoing)

    def feed(self, key: str, rows: Sequence[FedRow]) -> None:
        self._store.put_rows(key, [outgoing_row(row) for row in rows])

    def answers(self, key: str) -> Sequence[RowAnswer] | None:
        content = self._store.answer(key, _ANSWER_BYTES)
        return None if content is None else read_answers(content)

    def health(self) -> Health:
        return self._drop.health()

    def reconcile(self, *, now: datetime) -> None:
        self._drop.ask_snapshot(now)

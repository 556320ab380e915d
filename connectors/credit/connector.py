"""A credit platform as a connector: one connector for each mode it exchanges by."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey

from connectors.credit.card import card_of
from connectors.credit.translate import outgoing_row, translate
from connectors.credit.wire import TEMPLATES, Mode, columns
from connectors.kit.answers import read_answers
from connectors.kit.drop import DropConnector, Sender
from connectors.kit.manifest import Limits
from connectors.kit.store import Store
from hub.canonical.connector import Card, FedRow, Row, RowAnswer
from hub.canonical.records import Message

OLDEST = timedelta(days=30)
"""A manifest that was signed longer ago is taken for a replay."""
_ANSWER_BYTES = 4 * 1024 * 1024


class CreditConnector(DropConnector):
    """``key`` gives the key the platform signs its manifests with; manifests without a signature are not taken."""

    def __init__(
        self,
        region: str,
        mode: Mode,
        store: Store,
        key: Callable[[], EllipticCurvePublicKey],
        limits: Limits = Limits(),
    ) -> None:
        super().__init__(store, Sender("platform", region, "BATCH_PLATFORM", TEMPLATES, columns, key, OLDEST), limits)
        self._region = region
        self._mode = mode

    @property
    def card(self) -> Card:
        return card_of(self._region, self._mode)

    @property
    def source(self) -> str:
        return f"credit:{self._region}/{self._mode.value}"

    def translate(self, row: Row, *, told_at: datetime, now: datetime) -> Message:
        return translate(row, told_at=told_at, now=now)

    def feed(self, key: str, rows: Sequence[FedRow]) -> None:
        self._store.put_rows(key, [outgoing_row(row) for row in rows])

    def answers(self, key: str) -> Sequence[RowAnswer] | None:
        content = self._store.answer(key, _ANSWER_BYTES)
        return None if content is None else read_answers(content)

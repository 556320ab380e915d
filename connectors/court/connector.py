"""The court's ferry folder as a connector."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import partial
from pathlib import Path

from connectors.court.card import card_of
from connectors.court.wire import TEMPLATES, columns
from connectors.kit.drop import Drop, Sender
from connectors.kit.folder import FerryFolder
from connectors.kit.list_rows import list_row, translate_row
from connectors.kit.manifest import Limits
from connectors.kit.signature import load_key
from hub.canonical.connector import Card, Delivery, Health, Outgoing, Receipt, Row
from hub.canonical.exchange_codes import CaseListKind
from hub.canonical.records import Message


class CourtConnector:
    """``root/<court code>`` is the court's folder, ``root/<court code>.pem`` the key it signs manifests with."""

    def __init__(self, court_code: str, root: Path, limits: Limits = Limits()) -> None:
        self.court_code = court_code
        self.folder = FerryFolder(root / court_code)
        key = partial(load_key, root / f"{court_code}.pem")
        self._drop = Drop(self.folder, Sender("court", court_code, "BATCH_COURT", TEMPLATES, columns, key), limits)

    @property
    def card(self) -> Card:
        return card_of(self.court_code)

    @property
    def source(self) -> str:
        return f"court:{self.court_code}"

    def pull(self, cursor: int | None) -> list[Delivery]:  # noqa: ARG002 - what was taken in is no longer there
        """Raises ``Unreachable``."""
        return self._drop.pull()

    def verify(self, delivery: Delivery, *, now: datetime) -> None:
        self._drop.verify(delivery, now=now)

    def read(self, delivery: Delivery) -> Iterator[Row]:
        return self._drop.read(delivery)

    def row(self, file: str, number: int, list_kind: CaseListKind, cells: Mapping[str, str]) -> Row:
        return list_row(file, number, list_kind, cells)

    def translate(self, row: Row, *, told_at: datetime, now: datetime) -> Message:
        return translate_row(row, self.court_code, told_at=told_at, now=now)

    def accept(self, delivery: Delivery, receipt: Receipt) -> None:
        self._drop.accept(delivery, receipt)

    def push(self, outgoing: Outgoing) -> None:
        self._drop.push(outgoing)

    def health(self) -> Health:
        return self._drop.health()

    def reconcile(self, *, now: datetime) -> None:
        self._drop.ask_snapshot(now)

"""The court's ferry folder as a connector."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from pathlib import Path

from connectors.court.card import card_of
from connectors.court.wire import TEMPLATES, columns
from connectors.kit.drop import DropConnector, Sender
from connectors.kit.folder import FerryFolder
from connectors.kit.list_rows import translate_row
from connectors.kit.manifest import Limits
from connectors.kit.signature import load_key
from connectors.kit.store import Store
from hub.canonical.connector import Card, Row
from hub.canonical.records import Message


class CourtConnector(DropConnector):
    """``root/<court code>`` is the court's folder, unless its lists come another way (``store``);
    ``root/<court code>.pem`` the key it signs manifests with."""

    def __init__(self, court_code: str, root: Path, limits: Limits = Limits(), *, store: Store | None = None) -> None:
        self.court_code = court_code
        key = partial(load_key, root / f"{court_code}.pem")
        sender = Sender("court", court_code, "BATCH_COURT", TEMPLATES, columns, key)
        super().__init__(store or FerryFolder(root / court_code), sender, limits)

    @property
    def card(self) -> Card:
        return card_of(self.court_code)

    @property
    def source(self) -> str:
        return f"court:{self.court_code}"

    def translate(self, row: Row, *, told_at: datetime, now: datetime) -> Message:
        return translate_row(row, self.court_code, told_at=told_at, now=now)

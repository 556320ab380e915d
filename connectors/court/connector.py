"""The court's ferry folder as a connector."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path

from connectors.court.card import card_of
from connectors.court.translate import translate_row
from connectors.court.wire import ENVELOPE, NEEDED, TEMPLATES, Column, columns
from connectors.kit.folder import FerryFolder
from connectors.kit.manifest import MANIFEST_BYTES, Limits, parse_manifest, verify_files
from connectors.kit.report import faults_csv, receipt_json
from connectors.kit.signature import SIGNATURE_BYTES, SUFFIX, is_signed, load_key
from connectors.kit.tables import table_rows
from hub.canonical.connector import Card, Delivery, Health, Outgoing, Part, Receipt, Row, Unreachable
from hub.canonical.exchange_codes import CaseListKind
from hub.canonical.records import Message
from hub.core.errors import Reason, Refused, refuse_if

CLOCK_SKEW = timedelta(minutes=10)


class CourtConnector:
    """``root/<court code>`` is the court's folder, ``root/<court code>.pem`` the key it signs manifests with."""

    def __init__(self, court_code: str, root: Path, limits: Limits = Limits()) -> None:
        self.court_code = court_code
        self.folder = FerryFolder(root / court_code)
        self._key = root / f"{court_code}.pem"
        self._limits = limits

    @property
    def card(self) -> Card:
        return card_of(self.court_code)

    @property
    def source(self) -> str:
        return f"court:{self.court_code}"

    def pull(self, cursor: int | None) -> list[Delivery]:  # noqa: ARG002 - what was taken in is no longer there
        """Raises ``Unreachable``."""
        found = [parse_manifest(name, self.folder.read(name, MANIFEST_BYTES)) for name in self.folder.manifests()]
        return sorted(found, key=lambda delivery: (delivery.number, delivery.name))

    def verify(self, delivery: Delivery, *, now: datetime) -> None:
        refuse_if(delivery.reasons)
        refuse_if(self._forgeries(delivery, now))
        verify_files(self.folder, delivery.parts, self._limits)

    def _forgeries(self, delivery: Delivery, now: datetime) -> Iterator[Reason]:
        template, _, court = delivery.template.partition("@")
        if court != self.court_code:
            yield Reason("BATCH_COURT", ("court",), {"expected": self.court_code})
        if template not in TEMPLATES:
            yield Reason("TEMPLATE_UNKNOWN", ("template",), {"expected": ", ".join(TEMPLATES)})
        if delivery.sent_at is not None and delivery.sent_at > now + CLOCK_SKEW:
            yield Reason("MESSAGE_FROM_THE_FUTURE", ("sentAt",))
        key = load_key(self._key)
        signature = self.folder.read(delivery.name + SUFFIX, SIGNATURE_BYTES)
        if key is not None and not is_signed(key, delivery.manifest.encode(), signature):
            yield Reason("BATCH_SIGNATURE")

    def read(self, delivery: Delivery) -> Iterator[Row]:
        template = delivery.template.partition("@")[0]
        for part in delivery.parts:
            yield from self._part(part, template)

    def _part(self, part: Part, template: str) -> Iterator[Row]:
        known = frozenset(columns(template, part.list_kind))
        count = 0
        with self.folder.open(part.name) as file:
            for cells in table_rows(file, part.name, part.encoding):
                if not cells.keys() <= known:
                    raise Refused(Reason("FILE_HEADINGS", (), {"file": part.name}))
                count += 1
                yield self.row(part.name, count, part.list_kind, cells)
        if count != part.rows:
            raise Refused(Reason("BATCH_COUNT", (), {"file": part.name, "declared": part.rows, "found": count}))

    def row(self, file: str, number: int, list_kind: CaseListKind, cells: Mapping[str, str]) -> Row:
        version = cells.get(Column.VERSION, "1")
        return Row(
            file=file,
            number=number,
            list_kind=list_kind,
            cells=cells,
            envelope=ENVELOPE,
            message_id=cells.get(Column.MESSAGE_ID, "")[:100] or None,
            version=int(version) if version.isascii() and version.isdigit() and len(version) < 6 else 1,
        )

    def translate(self, row: Row, *, told_at: datetime, now: datetime) -> Message:
        missing = [column for column in sorted(NEEDED) if column not in row.cells]
        refuse_if(Reason("CELL_REQUIRED", (column.value,), {"column": column.value}) for column in missing)
        return translate_row(row, self.court_code, told_at=told_at, now=now)

    def accept(self, delivery: Delivery, receipt: Receipt) -> None:
        stem = f"{receipt.batch:08}-{receipt.digest[:8]}"
        self.folder.put("receipts", f"{stem}.receipt.json", receipt_json(receipt))
        if receipt.faults:
            self.folder.put("receipts", f"{stem}.errors.csv", faults_csv(receipt.faults))
        # The manifest goes last: until then a crash only means that everything is looked at again.
        names = [*(part.name for part in delivery.parts), delivery.name + SUFFIX, delivery.name]
        (self.folder.clear if receipt.accepted else self.folder.set_aside)(names)

    def push(self, outgoing: Outgoing) -> None:
        content = json.dumps({"key": outgoing.key, "kind": outgoing.kind, **outgoing.body}, ensure_ascii=False)
        self.folder.put("out", f"{outgoing.kind}-{outgoing.key}.json", content.encode())

    def health(self) -> Health:
        try:
            return Health(well=True, waiting=len(self.folder.manifests()))
        except Unreachable as lost:
            return Health(well=False, code=lost.code)

    def reconcile(self, *, now: datetime) -> None:
        body: dict[str, object] = {"asked": "SNAPSHOT", "at": now.isoformat()}
        self.push(Outgoing(now.strftime("%Y%m%d%H%M%S"), "snapshot-request", body))

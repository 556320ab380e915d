"""Connectors of systems that send lists as deliveries with a manifest, from whatever store they lie in."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey

from connectors.kit.list_columns import Column
from connectors.kit.list_rows import list_row
from connectors.kit.manifest import MANIFEST_BYTES, Limits, parse_manifest, verify_files
from connectors.kit.report import faults_csv, receipt_json
from connectors.kit.signature import SIGNATURE_BYTES, SUFFIX, is_signed
from connectors.kit.store import OUT, RECEIPTS, Store
from connectors.kit.tables import table_rows
from hub.canonical.connector import Delivery, Health, Outgoing, Part, Receipt, Row, Unreachable
from hub.canonical.exchange_codes import CaseListKind
from hub.core.errors import Reason, Refused, refuse_if

CLOCK_SKEW = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sends: ``member`` of the manifest must be ``name``, or the delivery is refused with ``problem``.

    ``oldest``: how long ago a manifest may have been made; None where deliveries may lie for days.
    """

    member: str
    name: str
    problem: str
    templates: tuple[str, ...]
    columns: Callable[[str, CaseListKind], tuple[Column, ...]]
    key: Callable[[], EllipticCurvePublicKey | None]
    oldest: timedelta | None = None


class DropConnector:
    """All of a ``Connector`` but who it is and how it translates."""

    def __init__(self, store: Store, sender: Sender, limits: Limits) -> None:
        self._store = store
        self._sender = sender
        self._limits = limits

    def pull(self, cursor: int | None) -> list[Delivery]:  # noqa: ARG002 - what was taken in does not wait any more
        """By number. Raises ``Unreachable``."""
        found = [
            parse_manifest(name, self._store.read(name, MANIFEST_BYTES), self._sender.member)
            for name in self._store.manifests()
        ]
        return sorted(found, key=lambda delivery: (delivery.number, delivery.name))

    def verify(self, delivery: Delivery, *, now: datetime) -> None:
        refuse_if(delivery.reasons)
        refuse_if(self._forgeries(delivery, now))
        verify_files(self._store, delivery.parts, self._limits)

    def _forgeries(self, delivery: Delivery, now: datetime) -> Iterator[Reason]:
        sender = self._sender
        template, _, name = delivery.template.partition("@")
        if name != sender.name:
            yield Reason(sender.problem, (sender.member,), {"expected": sender.name})
        if template not in sender.templates:
            yield Reason("TEMPLATE_UNKNOWN", ("template",), {"expected": ", ".join(sender.templates)})
        if delivery.sent_at is not None and delivery.sent_at > now + CLOCK_SKEW:
            yield Reason("MESSAGE_FROM_THE_FUTURE", ("sentAt",))
        if sender.oldest and delivery.sent_at is not None and delivery.sent_at < now - sender.oldest:
            yield Reason("BATCH_SIGNATURE_STALE", ("sentAt",), {"days": sender.oldest.days})
        key = sender.key()
        signature = self._store.read(delivery.name + SUFFIX, SIGNATURE_BYTES)
        if key is not None and not is_signed(key, delivery.manifest.encode(), signature):
            yield Reason("BATCH_SIGNATURE")

    def read(self, delivery: Delivery) -> Iterator[Row]:
        template = delivery.template.partition("@")[0]
        for part in delivery.parts:
            yield from self._part(part, template)

    def row(self, file: str, number: int, list_kind: CaseListKind, cells: Mapping[str, str]) -> Row:
        return list_row(file, number, list_kind, cells)

    def _part(self, part: Part, template: str) -> Iterator[Row]:
        known = frozenset(self._sender.columns(template, part.list_kind))
        count = 0
        with self._store.open(part.name) as file:
            for cells in table_rows(file, part.name, part.encoding):
                if not cells.keys() <= known:
                    raise Refused(Reason("FILE_HEADINGS", (), {"file": part.name}))
                count += 1
                yield self.row(part.name, count, part.list_kind, cells)
        if count != part.rows:
            raise Refused(Reason("BATCH_COUNT", (), {"file": part.name, "declared": part.rows, "found": count}))

    def accept(self, delivery: Delivery, receipt: Receipt) -> None:
        stem = f"{receipt.batch:08}-{receipt.digest[:8]}"
        self._store.put(RECEIPTS, f"{stem}.receipt.json", receipt_json(receipt))
        if receipt.faults:
            self._store.put(RECEIPTS, f"{stem}.errors.csv", faults_csv(receipt.faults))
        # The manifest goes last: until then a crash only means that everything is looked at again.
        names = [*(part.name for part in delivery.parts), delivery.name + SUFFIX, delivery.name]
        (self._store.clear if receipt.accepted else self._store.set_aside)(names)

    def push(self, outgoing: Outgoing) -> None:
        content = json.dumps({"key": outgoing.key, "kind": outgoing.kind, **outgoing.body}, ensure_ascii=False)
        self._store.put(OUT, f"{outgoing.kind}-{outgoing.key}.json", content.encode())

    def health(self) -> Health:
        try:
            return Health(well=True, waiting=len(self._store.manifests()))
        except Unreachable as lost:
            return Health(well=False, code=lost.code)

    def reconcile(self, *, now: datetime) -> None:
        body: dict[str, object] = {"asked": "SNAPSHOT", "at": now.isoformat()}
        self.push(Outgoing(now.strftime("%Y%m%d%H%M%S"), "snapshot-request", body))

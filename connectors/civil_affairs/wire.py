"""Files between the hub and civil affairs, marriage-batch/1.

Out: ``out/marriage-<key>.jsonl``, one item a line, then ``out/marriage-<key>.manifest.json`` with ``batch``, ``month``,
``file``, ``items``, ``bytes`` and ``sha256``; a zero batch has an empty file. Back: ``answers/<key>.arrival.json`` and
``answers/<key>.receipts.json``, each ``{"receipt": text, "signature": base64}``, the text JSON and signed with the
authority's key (ECDSA, SHA-256).
"""

from __future__ import annotations

import hashlib
import json
import re
from typing import Any

from connectors.kit.folder import MANIFEST
from hub.canonical.codes import DeliveryFault
from hub.canonical.connector import Outgoing, Unreachable
from hub.canonical.marriage import Arrival, ItemAnswer, MarriageReceipt

TEMPLATE = "marriage-batch/1"
WHOLE, ASIDE = "RECEIVED", "QUARANTINED"
_DIGEST = re.compile("[0-9a-f]{64}")
_LONGEST_REASON = 200


def batch_files(outgoing: Outgoing) -> list[tuple[str, bytes]]:
    """The file and its manifest, which is put last. Raises ``ValueError`` on anything but a batch."""
    match outgoing.body:
        case {"batch": str(batch), "month": str(month), "items": int(items), "lines": str(lines)}:
            name, content = f"marriage-{outgoing.key}.jsonl", lines.encode()
            manifest = {
                "template": TEMPLATE,
                "key": outgoing.key,
                "batch": batch,
                "month": month,
                "file": name,
                "items": items,
                "bytes": len(content),
                "sha256": hashlib.sha256(content).hexdigest(),
            }
            whole = json.dumps(manifest, ensure_ascii=False).encode()
            return [(name, content), (f"marriage-{outgoing.key}{MANIFEST}", whole)]
    raise ValueError(outgoing.kind)


def read_arrival(told: dict[str, Any], key: str) -> Arrival:
    match told:
        case {"key": about, "state": str(state), "items": int(items), "sha256": str(digest)} if (
            about == key and state in (WHOLE, ASIDE) and _DIGEST.fullmatch(digest)
        ):
            return Arrival(state == WHOLE, items, digest)
    raise Unreachable.by(DeliveryFault.GARBLED)


def read_receipts(told: dict[str, Any], key: str) -> list[ItemAnswer]:
    match told:
        case {"key": about, "receipts": list(receipts)} if about == key:
            return [_receipt(each) for each in receipts]
    raise Unreachable.by(DeliveryFault.GARBLED)


def _receipt(told: Any) -> ItemAnswer:
    match told:
        case {"item": int(number), "result": str(result)} if result in MarriageReceipt.__members__:
            reason = told.get("reason")
            said = reason[:_LONGEST_REASON].replace("\x00", "") if isinstance(reason, str) else None
            return ItemAnswer(number, MarriageReceipt(result), said)
    raise Unreachable.by(DeliveryFault.GARBLED)

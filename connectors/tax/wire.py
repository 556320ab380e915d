"""Files between the hub and a tax authority, tax/1.

Out: ``out/tax-<key>.json``: ``{"template": "tax/1", "key": …, "kind": …, "body": {…}, "sha256": …}``, the digest of the
body with its members sorted and no spaces. Back: ``answers/<key>.tax.json``, ``{"receipt": text, "signature":
base64}``, the text JSON and signed with the key of the tax authority (ECDSA, SHA-256).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hub.canonical.codes import DeliveryFault
from hub.canonical.connector import Unreachable
from hub.canonical.tax import STOP, ToldStop

TEMPLATE = "tax/1"
KINDS = frozenset({STOP})
_LONGEST = 1000


def read_receipt(told: Mapping[str, Any], key: str) -> ToldStop:
    match told:
        case {"key": about, "result": "STOPPED", "receiptNo": str(number), "stoppedOn": str(on)} if about == key:
            rating = told.get("evaluation")
            return ToldStop(
                receipt_no=_text(number),
                stopped_on=_text(on),
                evaluation=_text(rating) if isinstance(rating, str) else None,
            )
    raise Unreachable.by(DeliveryFault.GARBLED)


def _text(value: str) -> str:
    return value[:_LONGEST].replace("\x00", "")

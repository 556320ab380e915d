"""Signed receipts: ``{"receipt": text, "signature": base64}``, the text JSON (ECDSA on P-256, SHA-256)."""

from __future__ import annotations

import json
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey

from connectors.kit.signature import is_signed
from hub.canonical.codes import DeliveryFault
from hub.canonical.connector import Unreachable

SIGNATURE = "RECEIPT_SIGNATURE"


def signed_text(content: bytes, key: EllipticCurvePublicKey) -> dict[str, Any]:
    """The receipt in an envelope. Raises ``Unreachable`` (RECEIPT_SIGNATURE) when it is not the authority's."""
    match _object(content):
        case {"receipt": str(text), "signature": str(signature)}:
            if not is_signed(key, text.encode(), signature.encode()):
                raise Unreachable(SIGNATURE, DeliveryFault.GARBLED)
            return _object(text.encode())
    raise Unreachable.by(DeliveryFault.GARBLED)


def _object(content: bytes) -> dict[str, Any]:
    try:
        found = json.loads(content)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise Unreachable.by(DeliveryFault.GARBLED)
    return found

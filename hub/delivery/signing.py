"""Signatures of Standard Webhooks 1.0 (https://www.standardwebhooks.com): ``v1``, HMAC-SHA256.

What is signed is ``id.timestamp.body``; a receiver takes a request whose signature holds under one of its secrets and
whose timestamp is near, and remembers ``webhook-id`` to act once.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import secrets
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

PREFIX = "whsec_"
_SECRET_BYTES = 32


def new_secret() -> str:
    """A secret as receivers' libraries take it."""
    return PREFIX + base64.b64encode(secrets.token_bytes(_SECRET_BYTES)).decode("ascii")


def message_id(delivery: UUID) -> str:
    """``webhook-id``: the same for every attempt and replay of a delivery."""
    return f"msg_{delivery.hex}"


def signed_headers(keys: Iterable[str], message: str, body: bytes, *, at: datetime) -> dict[str, str]:
    """The three headers, with one signature for each secret. Raises ``ValueError`` on what is no secret."""
    timestamp = str(int(at.timestamp()))
    content = f"{message}.{timestamp}.".encode() + body
    signatures = " ".join(f"v1,{_signature(key, content)}" for key in keys)
    return {"webhook-id": message, "webhook-timestamp": timestamp, "webhook-signature": signatures}


def _signature(secret: str, content: bytes) -> str:
    try:
        key = base64.b64decode(secret.removeprefix(PREFIX), validate=True)
    except binascii.Error:
        raise ValueError("not a webhook secret") from None
    return base64.b64encode(hmac.digest(key, content, hashlib.sha256)).decode("ascii")

"""Links to a file: signed by the key ring over operation, client, expiry and a number used once.

A link needs no bearer token and opens the file once; asking for ``url`` again makes another while the file is kept.
"""

from __future__ import annotations

import base64
import binascii
import hmac
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

import orjson

from hub.core.errors import Reason, Refused
from hub.core.keyring import KeyRing

PATH = "/exports"
LONGEST = 600
_PURPOSE = "bulk-link"
_MAC_BYTES = 32


@dataclass(frozen=True, slots=True)
class Link:
    """``expires`` in Unix seconds."""

    operation: UUID
    client_id: str
    expires: int
    nonce: str


def mint(keyring: KeyRing, operation: UUID, client_id: str, *, until: datetime) -> str:
    """Path of a new link."""
    nonce = secrets.token_urlsafe(16)
    payload = orjson.dumps([operation.hex, client_id, int(until.timestamp()), nonce])
    return f"{PATH}/{_encode(payload + _mac(keyring, payload))}"


def open_link(keyring: KeyRing, text: str, *, at: datetime) -> Link:
    """What a link says. Raises ``Refused`` (BULK_LINK_INVALID) on one made elsewhere, changed or past its time."""
    try:
        if len(text) > LONGEST:
            raise ValueError
        raw = base64.b64decode(text.encode("ascii") + b"=" * (-len(text) % 4), altchars=b"-_", validate=True)
        payload, mac = raw[:-_MAC_BYTES], raw[-_MAC_BYTES:]
        genuine = hmac.compare_digest(mac, _mac(keyring, payload))
        if not genuine or _encode(raw) != text:
            raise ValueError
        key, client_id, expires, nonce = orjson.loads(payload)
        link = Link(UUID(hex=key), client_id, expires, nonce)
    except (ValueError, UnicodeError, binascii.Error):
        raise invalid_link() from None
    if at.astimezone(UTC).timestamp() >= link.expires:
        raise invalid_link()
    return link


def invalid_link() -> Refused:
    """One answer for every link that does not open: nothing can be learned from it."""
    return Refused(Reason("BULK_LINK_INVALID"))


def _mac(keyring: KeyRing, payload: bytes) -> bytes:
    return keyring.digest(payload.decode("utf-8", "surrogateescape"), purpose=_PURPOSE)


def _encode(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode("ascii")

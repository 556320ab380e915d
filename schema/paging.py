"""Cursors: the sort keys of a row with a keyed checksum, so that one made elsewhere or changed is refused.

The key is derived from the hub's key ring, the caller's organisation and the order, hence a cursor is worth nothing to
another caller or in another order. SQL writes cursors of rows (``schema.planner.cursors``), Python those of events.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from dataclasses import dataclass

import orjson

from hub.core.errors import Reason, Refused

MAC_BYTES = 12
MAXIMUM_CURSOR = 2000
_BLOCK = 64
_INNER = bytes(each ^ 0x36 for each in range(256))
_OUTER = bytes(each ^ 0x5C for each in range(256))


@dataclass(frozen=True, slots=True)
class CursorKey:
    """The two padded keys of HMAC-SHA-256 (RFC 2104), so that SQL can compute it with ``sha256`` alone."""

    inner: bytes
    outer: bytes

    @classmethod
    def derive(cls, master: bytes, viewer: str, order: str) -> CursorKey:
        key = hmac.digest(master, f"{viewer}|{order}".encode(), hashlib.sha256).ljust(_BLOCK, b"\0")
        return cls(key.translate(_INNER), key.translate(_OUTER))

    def mac(self, payload: bytes) -> bytes:
        digest = hashlib.sha256(self.outer + hashlib.sha256(self.inner + payload).digest()).digest()
        return digest[:MAC_BYTES]


def seal_cursor(keys: list[object], key: CursorKey) -> str:
    """The cursor that ``open_cursor`` reads."""
    payload = orjson.dumps(keys)
    return base64.urlsafe_b64encode(payload + key.mac(payload)).rstrip(b"=").decode("ascii")


def open_cursor(cursor: str, key: CursorKey, path: tuple[str | int, ...] = ("after",)) -> list[object]:
    """The sort keys in a cursor. Raises ``Refused`` (CURSOR_INVALID) on any other text."""
    try:
        if len(cursor) > MAXIMUM_CURSOR:
            raise ValueError
        raw = base64.b64decode(cursor.encode("ascii") + b"=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        payload, mac = raw[:-MAC_BYTES], raw[-MAC_BYTES:]
        canonical = base64.urlsafe_b64encode(raw).rstrip(b"=").decode("ascii")
        if canonical != cursor or not hmac.compare_digest(mac, key.mac(payload)):
            raise ValueError
        keys = orjson.loads(payload)
    except (ValueError, UnicodeError, binascii.Error):
        raise Refused(Reason("CURSOR_INVALID", path)) from None
    if not isinstance(keys, list):
        raise Refused(Reason("CURSOR_INVALID", path))
    return keys

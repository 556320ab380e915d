"""Identifiers made in Python: UUIDv7 keys (RFC 9562 §5.7), and opaque node ids for the edge."""

from __future__ import annotations

import base64
import binascii
import time
from uuid import UUID

from hub.core.errors import Reason, Refused
from hub.core.randomness import random_bytes

_FIXED = 0x7 << 76 | 0b10 << 62
"""Version and variant."""
_RANDOM = 0xFFF << 64 | (1 << 62) - 1


def new_id() -> UUID:
    """Time-ordered UUIDv7: 48 bits of Unix milliseconds, then 74 random bits."""
    head = (time.time_ns() // 1_000_000 & ((1 << 48) - 1)) << 80
    return UUID(int=head | int.from_bytes(random_bytes()) & _RANDOM | _FIXED)


def encode_node_id(tag: str, key: UUID) -> str:
    """Opaque id: base64url of a two-letter type tag and the sixteen bytes of the key (24 characters)."""
    return base64.urlsafe_b64encode(tag.encode("ascii") + key.bytes).decode("ascii")


def decode_node_id(value: str, *, path: tuple[str | int, ...] = ()) -> tuple[str, UUID]:
    """Type tag and key of an opaque id. Raises ``Refused`` (ID_INVALID) on anything else."""
    try:
        raw = base64.b64decode(value.encode("ascii"), altchars=b"-_", validate=True)
        tag = raw[:2].decode("ascii")
    except (binascii.Error, UnicodeError):
        raise Refused(Reason("ID_INVALID", path)) from None
    if len(raw) != 18 or not tag.isalpha():
        raise Refused(Reason("ID_INVALID", path))
    return tag, UUID(bytes=raw[2:])

"""Key ring: authenticated encryption of single values, and keyed hashes for matching them.

AES-256-GCM with a random 96-bit nonce (NIST SP 800-38D); the key id travels with the value, so that keys rotate
without a flag day. The context (table, column, row key) is authenticated: a value moved to another row does not open.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from hub.core.randomness import BYTES, random_bytes

_KEY_ID = re.compile(r"[a-z0-9]{1,16}")
_NONCE_BYTES = BYTES
_BLOCK_BYTES = 64


class KeyRingError(Exception):
    """A sealed value cannot be opened, or the configured keys are unusable."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """A sealed value as stored: ``key id . nonce || ciphertext``. Only a key ring turns it back into text."""

    raw: bytes

    def __repr__(self) -> str:
        return "Sealed(…)"


class KeyRing:
    """Master keys by id; the last one seals, all of them open."""

    def __init__(self, keys: Mapping[str, bytes]) -> None:
        if not keys:
            raise KeyRingError("the key ring is empty")
        for key_id, key in keys.items():
            if not _KEY_ID.fullmatch(key_id) or len(key) != 32:
                raise KeyRingError("a key needs an id of a-z0-9 and 32 bytes")
        self._keys = dict(keys)
        self._ciphers = {key_id: AESGCM(key) for key_id, key in keys.items()}
        self._current = list(keys)[-1]
        self._derived: dict[str, _KeyedHash] = {}

    @classmethod
    def parse(cls, text: str) -> KeyRing:
        """Ring from ``id:base64,id:base64``, oldest first. Raises ``KeyRingError``."""
        keys: dict[str, bytes] = {}
        for part in text.split(","):
            key_id, _, encoded = part.strip().partition(":")
            try:
                keys[key_id] = base64.b64decode(encoded, validate=True)
            except binascii.Error:
                raise KeyRingError("a master key is not base64") from None
        return cls(keys)

    def seal(self, value: str, *, context: str) -> Sealed:
        nonce = random_bytes()
        key_id = self._current
        body = self._ciphers[key_id].encrypt(nonce, value.encode(), _bound(key_id, context))
        return Sealed(key_id.encode("ascii") + b"." + nonce + body)

    def open(self, sealed: Sealed, *, context: str) -> str:
        """The sealed text. Raises ``KeyRingError`` when the key is unknown or value or context were changed."""
        key_id, _, rest = sealed.raw.partition(b".")
        cipher = self._ciphers.get(key_id.decode("ascii", "replace"))
        if cipher is None:
            raise KeyRingError("sealed under an unknown key")
        try:
            opened = cipher.decrypt(rest[:_NONCE_BYTES], rest[_NONCE_BYTES:], _bound(key_id.decode(), context))
        except (InvalidTag, ValueError):
            raise KeyRingError("the sealed value or its context was changed") from None
        return opened.decode()

    @property
    def prefix(self) -> bytes:
        """What every value begins with that is sealed under the key that seals now."""
        return self._current.encode("ascii") + b"."

    def is_current(self, sealed: Sealed) -> bool:
        """Whether a value is sealed under the key that seals now; else it is due for sealing anew."""
        return sealed.raw.startswith(self.prefix)

    def digest(self, value: str, *, purpose: str) -> bytes:
        """Keyed hash (HMAC-SHA-256) for equality matching within one purpose.

        Made with the oldest key: a rotation of the sealing key must not break matching.
        """
        derived = self._derived.get(purpose)
        if derived is None:
            oldest = next(iter(self._keys.values()))
            key = hmac.digest(oldest, b"digest:" + purpose.encode(), "sha256")
            derived = self._derived[purpose] = _KeyedHash(key)
        return derived.of(value.encode())


class _KeyedHash:
    """HMAC-SHA-256 (RFC 2104) under one key, whose two blocks are hashed once and not for each value."""

    def __init__(self, key: bytes) -> None:
        block = key.ljust(_BLOCK_BYTES, b"\0")
        self._inner = hashlib.sha256(bytes(each ^ 0x36 for each in block))
        self._outer = hashlib.sha256(bytes(each ^ 0x5C for each in block))

    def of(self, value: bytes) -> bytes:
        inner, outer = self._inner.copy(), self._outer.copy()
        inner.update(value)
        outer.update(inner.digest())
        return outer.digest()


def _bound(key_id: str, context: str) -> bytes:
    return f"{key_id}|{context}".encode()

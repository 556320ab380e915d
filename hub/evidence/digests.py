"""Digest algorithms of the chain, by the names that stand in seals and packages."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

import rfc8785

SHA256 = "sha-256"
SM3 = "sm3"
"""GB/T 32905-2016; offered where the platform's OpenSSL has it."""

_BY_NAME = {SHA256: "sha256", SM3: "sm3"}


def available() -> tuple[str, ...]:
    """Names of the algorithms this platform can compute."""
    return tuple(name for name, known in _BY_NAME.items() if known in hashlib.algorithms_available)


def digest(algorithm: str, data: bytes) -> bytes:
    """Raises ``ValueError`` on an algorithm this platform does not have."""
    if algorithm not in available():
        raise ValueError(f"no digest {algorithm}")
    return hashlib.new(_BY_NAME[algorithm], data).digest()


def canonical(value: Mapping[str, Any]) -> bytes:
    """The JSON canonicalization scheme of RFC 8785: the same bytes on every platform."""
    return rfc8785.dumps(dict(value))

"""SM2 signatures with SM3 (GB/T 32918.2-2016, GB/T 32905-2016), by the optional dependency ``gmssl-pyx``.

No JWS algorithm is registered for SM2. Statements take the form of ES256's (RFC 7518 §3.4: r and s, 32 bytes each)
under the private names ``SM2`` for curve and algorithm; the signer's identity is the default of GB/T 35276.
"""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature

try:
    import gmssl_pyx as gmssl
except ImportError:
    gmssl = None

SM2 = "SM2"
_WIDTH = 32


@dataclass(frozen=True, slots=True)
class SM2Signer:
    """``private`` is the number as 32 bytes, ``public`` the point as 64."""

    kid: str
    private: bytes
    public: bytes
    algorithm: str = SM2

    def sign(self, statement: bytes) -> str:
        header = json.dumps({"alg": SM2, "kid": self.kid}, separators=(",", ":")).encode()
        signed = f"{_text(header)}.{_text(statement)}"
        r, s = decode_dss_signature(gmssl.sm2_sign(self.private, self.public, signed.encode()))
        return f"{signed}.{_text(r.to_bytes(_WIDTH, 'big') + s.to_bytes(_WIDTH, 'big'))}"


@dataclass(frozen=True, slots=True)
class SM2Key:
    public: bytes
    secret: bytes

    @property
    def public_jwk(self) -> dict[str, Any]:
        return {**_point(self.public), "kid": self.kid, "use": "sig", "alg": SM2}

    @property
    def kid(self) -> str:
        return _thumbprint(_point(self.public))

    @property
    def private(self) -> str:
        return (self.secret + self.public).hex()


class SM2Scheme:
    algorithm = SM2
    curve = SM2

    @property
    def present(self) -> bool:
        return gmssl is not None

    def generate(self) -> SM2Key:
        return SM2Key(*gmssl.sm2_key_generate())

    def signer(self, kid: str, private: str) -> SM2Signer:
        raw = bytes.fromhex(private)
        return SM2Signer(kid, raw[:_WIDTH], raw[_WIDTH:])

    def thumbprint(self, public_jwk: Mapping[str, Any]) -> str:
        """Raises ``ValueError``."""
        return _thumbprint(_point(_public(public_jwk)))

    def opened(self, statement: str, public_jwk: Mapping[str, Any]) -> bytes:
        """Raises ``ValueError``."""
        signed, _, signature = statement.rpartition(".")
        header, _, payload = signed.partition(".")
        raw = _bytes(signature)
        if json.loads(_bytes(header)).get("alg") != SM2 or len(raw) != 2 * _WIDTH:
            raise ValueError("no SM2 signature")
        r, s = int.from_bytes(raw[:_WIDTH], "big"), int.from_bytes(raw[_WIDTH:], "big")
        if not _verified(_public(public_jwk), signed.encode(), encode_dss_signature(r, s)):
            raise ValueError("the signature does not hold")
        return _bytes(payload)


def _verified(public: bytes, message: bytes, signature: bytes) -> bool:
    try:
        return bool(gmssl.sm2_verify(public, message, signature))
    except (gmssl.GmsslInnerError, gmssl.InvalidValueError):
        return False


def _public(public_jwk: Mapping[str, Any]) -> bytes:
    x, y = _bytes(str(public_jwk.get("x"))), _bytes(str(public_jwk.get("y")))
    if len(x) != _WIDTH or len(y) != _WIDTH:
        raise ValueError("no point")
    return x + y


def _point(public: bytes) -> dict[str, Any]:
    return {"crv": SM2, "kty": "EC", "x": _text(public[:_WIDTH]), "y": _text(public[_WIDTH:])}


def _thumbprint(point: Mapping[str, Any]) -> str:
    return _text(sha256(json.dumps(dict(point), separators=(",", ":"), sort_keys=True).encode()).digest())


def _text(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def _bytes(text: str) -> bytes:
    """Raises ``ValueError`` unless it is base64url without padding, in the one form it has (RFC 7515 §2)."""
    data = urlsafe_b64decode(text + "=" * (-len(text) % 4))
    if _text(data) != text:
        raise ValueError("no base64url")
    return data

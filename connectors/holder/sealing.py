"""The sealed receipt of an answer (``hzxx``): the digest of all the rest, and the holder's seal over it."""

from __future__ import annotations

import base64
import binascii

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, EllipticCurvePrivateKey, EllipticCurvePublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_pem_public_key


def sealed_over(number: str, digest: str) -> bytes:
    """What is sealed: the digest, bound to the request it answers."""
    return f"{number}|{digest}".encode()


def seal(key: EllipticCurvePrivateKey, number: str, digest: str) -> str:
    """Base64 of ECDSA with SHA-256, DER encoded."""
    return base64.b64encode(key.sign(sealed_over(number, digest), ECDSA(SHA256()))).decode("ascii")


def is_sealed(pem: str, number: str, digest: str, given: str) -> bool:
    """Whether the seal is that of the holder whose public key is in ``pem``."""
    key = load_pem_public_key(pem.encode())
    try:
        signature = base64.b64decode(given.encode("ascii"), validate=True)
        if not isinstance(key, EllipticCurvePublicKey):
            return False
        key.verify(signature, sealed_over(number, digest), ECDSA(SHA256()))
    except (InvalidSignature, UnicodeEncodeError, binascii.Error):
        return False
    return True

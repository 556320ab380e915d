"""Detached signatures of manifests: the sender's key is configured beside the folder, never inside it."""

from __future__ import annotations

import base64
import binascii
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, EllipticCurvePublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_pem_public_key

SUFFIX = ".sig"
SIGNATURE_BYTES = 4096


def load_key(path: Path) -> EllipticCurvePublicKey | None:
    """The sender's public key (PEM, elliptic curve), or None when none is configured. Raises ``TypeError``
    or ``ValueError`` on any other key."""
    if not path.exists():
        return None
    key = load_pem_public_key(path.read_bytes())
    if not isinstance(key, EllipticCurvePublicKey):
        raise TypeError("the key of a ferry is an elliptic-curve key")
    return key


def is_signed(key: EllipticCurvePublicKey, content: bytes, signature: bytes | None) -> bool:
    """Whether ``signature`` (base64 of an ECDSA signature with SHA-256, FIPS 186-5) is the key's over ``content``."""
    try:
        key.verify(base64.b64decode(signature or b"", validate=True), content, ECDSA(SHA256()))
    except (InvalidSignature, binascii.Error, ValueError):
        return False
    return True

"""Time-stamp tokens (RFC 3161) as they are verified. No database and no network here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from cryptography.x509 import Certificate, load_pem_x509_certificates
from rfc3161_client import PKIStatus, VerificationError, VerifierBuilder, decode_timestamp_response

from hub.core.errors import Reason, Refused


def load_authorities(path: Path) -> Sequence[Certificate]:
    """Root certificates in PEM. Raises ``Refused`` (TIMESTAMP_CERTIFICATE)."""
    try:
        return load_pem_x509_certificates(path.read_bytes())
    except (OSError, ValueError):
        raise Refused(Reason("TIMESTAMP_CERTIFICATE", params={"path": str(path)})) from None


def stamp_time(token: bytes, message: bytes, authorities: Sequence[Certificate]) -> datetime:
    """When the authority saw the message. Raises ``ValueError`` unless one of the roots vouches for the token."""
    try:
        response = decode_timestamp_response(token)
        if PKIStatus(response.status) not in (PKIStatus.GRANTED, PKIStatus.GRANTED_WITH_MODS):
            raise ValueError("not granted")
        verifier = VerifierBuilder()
        for root in authorities:
            verifier = verifier.add_root_certificate(root)
        verifier.build().verify_message(response, message)
    except VerificationError:
        raise ValueError("the time stamp does not hold") from None
    return response.tst_info.gen_time

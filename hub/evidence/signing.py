"""Signers of seals. ES256 (RFC 7518 §3.4) is built in; another algorithm comes as a signer of the same form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import ECKey
from sqlalchemy import func, insert, select

from hub.core.ids import new_id
from hub.core.keyring import KeyRing
from hub.db.models import EvidenceKey
from hub.db.session import SystemSession

ES256 = "ES256"
_ADVISORY_LOCK = 0x4855_4556


class Signer(Protocol):
    """Signs a statement; ``kid`` and ``algorithm`` stand in its protected header."""

    @property
    def kid(self) -> str: ...

    @property
    def algorithm(self) -> str: ...

    def sign(self, statement: bytes) -> str:
        """Compact JWS (RFC 7515 §7.1) with the statement as its payload."""
        ...


@dataclass(frozen=True, slots=True)
class ES256Signer:
    kid: str
    key: ECKey
    algorithm: str = ES256

    def sign(self, statement: bytes) -> str:
        return jws.serialize_compact({"alg": ES256, "kid": self.kid}, statement, self.key, algorithms=[ES256])


def opened(statement: str, public_jwk: Mapping[str, Any]) -> bytes:
    """Payload of a compact JWS signed by the key. Raises ``ValueError`` when it is not."""
    try:
        key = ECKey.import_key(dict(public_jwk))
        return bytes(jws.deserialize_compact(statement, key, algorithms=[ES256]).payload)
    except (JoseError, ValueError, TypeError, KeyError):
        raise ValueError("the signature does not hold") from None


def kid_of(statement: str) -> str:
    """Key id of a compact JWS, unverified. Raises ``ValueError``."""
    try:
        return str(jws.extract_compact(statement.encode()).headers()["kid"])
    except (JoseError, ValueError, KeyError):
        raise ValueError("no key id") from None


async def current_signer(session: SystemSession, keyring: KeyRing, *, at: datetime) -> Signer:
    """The newest key; the first is made when there is none. Raises ``KeyRingError``."""
    await session.execute(select(func.pg_advisory_xact_lock(_ADVISORY_LOCK)))
    row = await session.scalar(
        select(EvidenceKey)
        .where(EvidenceKey.active_from <= at)
        .order_by(EvidenceKey.active_from.desc(), EvidenceKey.id.desc())
    )
    if row is None:
        return await new_key(session, keyring, at=at)
    return ES256Signer(row.kid, ECKey.import_key(keyring.open(row.private_sealed, context=_context(row.kid))))


async def new_key(session: SystemSession, keyring: KeyRing, *, at: datetime) -> Signer:
    """Make a key that signs from now on; its predecessors stay to verify what they signed."""
    key = ECKey.generate_key("P-256")
    kid = key.thumbprint()
    await session.execute(
        insert(EvidenceKey).values(
            id=new_id(),
            kid=kid,
            algorithm=ES256,
            public_jwk=dict(key.as_dict(private=False, kid=kid, use="sig", alg=ES256)),
            private_sealed=keyring.seal(key.as_pem(private=True).decode(), context=_context(kid)),
            active_from=at,
        )
    )
    return ES256Signer(kid, key)


def _context(kid: str) -> str:
    return f"evidence_key.private_sealed:{kid}"

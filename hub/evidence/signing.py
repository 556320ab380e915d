"""Keys that sign seals, kept with their private part sealed. Their scheme is chosen by the configuration."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, insert, select

from hub.core.ids import new_id
from hub.core.keyring import KeyRing
from hub.db.models import EvidenceKey
from hub.db.session import SystemSession
from hub.evidence.es256 import ES256
from hub.evidence.schemes import Signer, scheme_named

_ADVISORY_LOCK = 0x4855_4556


async def current_signer(session: SystemSession, keyring: KeyRing, *, at: datetime, algorithm: str = ES256) -> Signer:
    """The newest key of the algorithm; the first is made when there is none. Raises ``KeyRingError``."""
    await session.execute(select(func.pg_advisory_xact_lock(_ADVISORY_LOCK)))
    row = await session.scalar(
        select(EvidenceKey)
        .where(EvidenceKey.active_from <= at, EvidenceKey.algorithm == algorithm)
        .order_by(EvidenceKey.active_from.desc(), EvidenceKey.id.desc())
    )
    if row is None:
        return await new_key(session, keyring, at=at, algorithm=algorithm)
    private = keyring.open(row.private_sealed, context=_context(row.kid))
    return scheme_named(algorithm).signer(row.kid, private)


async def new_key(session: SystemSession, keyring: KeyRing, *, at: datetime, algorithm: str = ES256) -> Signer:
    """Make a key that signs from now on; its predecessors stay to verify what they signed."""
    scheme = scheme_named(algorithm)
    key = scheme.generate()
    await session.execute(
        insert(EvidenceKey).values(
            id=new_id(),
            kid=key.kid,
            algorithm=algorithm,
            public_jwk=key.public_jwk,
            private_sealed=keyring.seal(key.private, context=_context(key.kid)),
            active_from=at,
        )
    )
    return scheme.signer(key.kid, key.private)


def _context(kid: str) -> str:
    return f"evidence_key.private_sealed:{kid}"

"""JWT access tokens of RFC 9068: issued here, accepted here, ES256 and nothing else."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey

from hub.auth.jose import CompactJws, MalformedTokenError, read_compact, text_claim, time_claim
from hub.core.clock import SHANGHAI
from hub.core.errors import Reason, Refused

LIFETIME = timedelta(minutes=10)
LEEWAY = timedelta(seconds=5)
TOKEN_LIMIT = 4096
_ALGORITHM = "ES256"
_TYPES = frozenset({"at+jwt", "application/at+jwt"})
_HEADER_NAMES = frozenset({"alg", "typ", "kid"})
_KEY_ID = re.compile(r"[A-Za-z0-9_-]{43}")
_TOKEN_ID = re.compile(r"[A-Za-z0-9_-]{1,100}")


@dataclass(frozen=True, slots=True)
class TokenProfile:
    """Who issues the tokens and for whom; both are configured, never read from a request."""

    issuer: str
    audience: str


@dataclass(frozen=True, slots=True)
class AccessToken:
    """What a token says, once it is verified. Its times stand in the zone of the clock, as they are compared with every
    request."""

    client_id: str
    organization_id: UUID
    scopes: frozenset[str]
    token_id: str
    valid_from: datetime
    expires_at: datetime

    def check_time(self, at: datetime) -> None:
        """Raises ``Refused``: TOKEN_INVALID before its time, TOKEN_EXPIRED after it."""
        if self.valid_from > at + LEEWAY:
            raise _invalid()
        if at >= self.expires_at + LEEWAY:
            raise Refused(Reason("TOKEN_EXPIRED"))


@dataclass(frozen=True, slots=True)
class UnverifiedToken:
    """A token of the right form; ``kid`` names the key that can verify it."""

    kid: str
    jws: CompactJws


def issue_token(
    profile: TokenProfile,
    key: ECKey,
    kid: str,
    *,
    client_id: str,
    organization_id: UUID,
    scopes: Iterable[str],
    at: datetime,
) -> tuple[str, AccessToken]:
    """A signed token that lives ten minutes from ``at``, and what it says."""
    issued_at = int(at.timestamp())
    expires_at = issued_at + int(LIFETIME.total_seconds())
    held = tuple(scopes)
    token_id = secrets.token_urlsafe(16)
    claims: dict[str, object] = {
        "iss": profile.issuer,
        "aud": profile.audience,
        "sub": client_id,
        "client_id": client_id,
        "org": str(organization_id),
        "scope": " ".join(held),
        "iat": issued_at,
        "exp": expires_at,
        "jti": token_id,
    }
    text = jwt.encode({"alg": _ALGORITHM, "typ": "at+jwt", "kid": kid}, claims, key, algorithms=[_ALGORITHM])
    lives = (datetime.fromtimestamp(issued_at, SHANGHAI), datetime.fromtimestamp(expires_at, SHANGHAI))
    return text, AccessToken(client_id, organization_id, frozenset(held), token_id, *lives)


def inspect_token(text: str) -> UnverifiedToken:
    """Check form, size and header before any key is looked for. Raises ``Refused`` (TOKEN_INVALID)."""
    try:
        jws = read_compact(text, limit=TOKEN_LIMIT, header_names=_HEADER_NAMES)
    except MalformedTokenError:
        raise _invalid() from None
    kid = str(jws.header.get("kid", ""))
    if jws.header.get("alg") != _ALGORITHM or str(jws.header.get("typ", "")).lower() not in _TYPES:
        raise _invalid()
    if not _KEY_ID.fullmatch(kid):
        raise _invalid()
    return UnverifiedToken(kid, jws)


def verify_token(profile: TokenProfile, token: UnverifiedToken, key: ECKey, *, at: datetime) -> AccessToken:
    """Check signature and claims at ``at``. Raises ``Refused`` (TOKEN_INVALID, TOKEN_EXPIRED)."""
    try:
        claims = jwt.decode(token.jws.text, key, algorithms=[_ALGORITHM]).claims
    except (JoseError, ValueError):
        raise _invalid() from None
    if claims.get("iss") != profile.issuer or claims.get("aud") != profile.audience:
        raise _invalid()
    said = _said(claims, *_times(claims))
    said.check_time(at)
    return said


def _times(claims: dict[str, object]) -> tuple[datetime, datetime]:
    """From when and until when the token says it is valid."""
    issued, expires = time_claim(claims, "iat"), time_claim(claims, "exp")
    if issued is None or expires is None or expires - issued > LIFETIME.total_seconds():
        raise _invalid()
    not_before = time_claim(claims, "nbf") if "nbf" in claims else issued
    if not_before is None:
        raise _invalid()
    return datetime.fromtimestamp(max(issued, not_before), SHANGHAI), datetime.fromtimestamp(expires, SHANGHAI)


def _said(claims: dict[str, object], valid_from: datetime, expires_at: datetime) -> AccessToken:
    client_id, token_id = text_claim(claims, "client_id"), text_claim(claims, "jti")
    scope, organization = text_claim(claims, "scope"), text_claim(claims, "org")
    if not client_id or client_id != claims.get("sub") or scope is None:
        raise _invalid()
    if token_id is None or not _TOKEN_ID.fullmatch(token_id):
        raise _invalid()
    try:
        organization_id = UUID(organization or "")
    except ValueError:
        raise _invalid() from None
    return AccessToken(client_id, organization_id, frozenset(scope.split()), token_id, valid_from, expires_at)


def _invalid() -> Refused:
    return Refused(Reason("TOKEN_INVALID"))

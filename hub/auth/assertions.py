"""Client assertions (``private_key_jwt``, RFC 7523): Authlib's steps with the rules of FAPI 2.0 filled in.

The audience is the issuer as a string and nothing else, life is at most a minute, an id counts once.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import cast

from authlib.oauth2.rfc7523 import JWTBearerClientAssertion
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey
from sqlalchemy.dialects.postgresql import insert

from hub.auth.client_keys import ASSERTION_ALGORITHMS, ClientKey, choose_key
from hub.auth.client_rules import ClientAuthMethod
from hub.auth.exchange import NOBODY, Exchange, RegisteredClient, check_usable
from hub.auth.faults import Cause, ClientRefused
from hub.auth.jose import MalformedTokenError, read_compact, text_claim, time_claim
from hub.db.models import UsedAssertion

LONGEST_LIFE = timedelta(seconds=60)
LEEWAY = timedelta(seconds=10)
_LIMIT = 8192
_HEADER_NAMES = frozenset({"alg", "typ", "kid"})
_TYPES = frozenset({"", "jwt", "client-authentication+jwt"})
_ASSERTION_ID = re.compile(r"[\x21-\x7e]{1,200}")


class ClientAssertion(JWTBearerClientAssertion):  # type: ignore[misc]
    """Authentication of one request; ``decoy`` stands in for the key of a client that does not exist."""

    CLIENT_AUTH_METHOD = ClientAuthMethod.PRIVATE_KEY_JWT.value

    def __init__(self, exchange: Exchange, *, issuer: str, decoy: ECKey) -> None:
        super().__init__()
        self._exchange = exchange
        self._issuer = issuer
        self._decoy = decoy
        self._header: Mapping[str, object] = {}

    def authenticate(self) -> RegisteredClient:
        """The client that signed the assertion. Raises ``ClientRefused``."""
        client = self(self._find, self._exchange)
        if client is None:
            raise ClientRefused(Cause.ASSERTION_MALFORMED)
        return cast(RegisteredClient, client)

    def extract_assertion(self, assertion: str) -> tuple[Mapping[str, object], Mapping[str, object]]:
        try:
            jws = read_compact(assertion, limit=_LIMIT, header_names=_HEADER_NAMES)
        except MalformedTokenError:
            raise ClientRefused(Cause.ASSERTION_MALFORMED) from None
        if jws.header.get("alg") not in ASSERTION_ALGORITHMS or str(jws.header.get("typ", "")).lower() not in _TYPES:
            raise ClientRefused(Cause.ASSERTION_MALFORMED)
        claimed = self._exchange.form.get("client_id")
        if claimed is not None and claimed != jws.claims.get("sub"):
            raise ClientRefused(Cause.CLIENT_ID_MISMATCH)
        self._header = jws.header
        return jws.header, jws.claims

    def resolve_client_public_key(self, client: RegisteredClient) -> ClientKey:
        kid = text_claim(self._header, "kid")
        return choose_key(client.jwks, kid, str(self._header["alg"])) or self._decoy

    def process_assertion_claims(self, assertion: str, resolve_key: ClientKey) -> None:
        try:
            claims = jwt.decode(assertion, resolve_key, algorithms=list(ASSERTION_ALGORITHMS)).claims
        except (JoseError, ValueError):
            known = self._exchange.named_client is not None
            raise ClientRefused(Cause.ASSERTION_SIGNATURE if known else Cause.UNKNOWN_CLIENT) from None
        self._check_client()
        self.verify_claims(claims)

    def verify_claims(self, claims: Mapping[str, object]) -> None:
        if claims.get("iss") != claims.get("sub") or claims.get("aud") != self._issuer:
            raise ClientRefused(Cause.ASSERTION_CLAIMS)
        assertion_id = text_claim(claims, "jti")
        if assertion_id is None or not _ASSERTION_ID.fullmatch(assertion_id):
            raise ClientRefused(Cause.ASSERTION_CLAIMS)
        expires_at = self._check_times(claims)
        if not self._spend(str(claims["sub"]), assertion_id, expires_at):
            raise ClientRefused(Cause.ASSERTION_REPLAYED)

    def _check_client(self) -> None:
        client = self._exchange.named_client
        if client is None:
            raise ClientRefused(Cause.UNKNOWN_CLIENT)
        check_usable(client, self.CLIENT_AUTH_METHOD)

    def _check_times(self, claims: Mapping[str, object]) -> datetime:
        at = self._exchange.at
        issued, expires = time_claim(claims, "iat"), time_claim(claims, "exp")
        if issued is None or expires is None or not 0 < expires - issued <= LONGEST_LIFE.total_seconds():
            raise ClientRefused(Cause.ASSERTION_CLAIMS)
        not_before = time_claim(claims, "nbf") if "nbf" in claims else issued
        latest, earliest = (at + LEEWAY).timestamp(), (at - LEEWAY).timestamp()
        if not_before is None or max(issued, not_before) > latest or expires <= earliest:
            raise ClientRefused(Cause.ASSERTION_CLAIMS)
        return datetime.fromtimestamp(expires, UTC)

    def _spend(self, client_id: str, assertion_id: str, expires_at: datetime) -> bool:
        """Take the id for as long as the assertion could be accepted; False when it was taken before."""
        taken = self._exchange.session.execute(
            insert(UsedAssertion)
            .values(client_id=client_id, jti=assertion_id, expires_at=expires_at + LEEWAY)
            .on_conflict_do_nothing()
            .returning(UsedAssertion.jti)
        )
        return taken.one_or_none() is not None

    def _find(self, client_id: str) -> RegisteredClient:
        return self._exchange.find_client(client_id) or NOBODY

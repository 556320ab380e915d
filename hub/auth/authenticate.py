"""From a bearer token (RFC 6750) to the principal behind it, as the database stands now."""

from __future__ import annotations

import asyncio
import hashlib
import re
from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from joserfc.jwk import ECKey
from sqlalchemy import exists, select

from hub.access.coverage import clearance_of, grantable_scopes
from hub.access.scopes import Scope
from hub.auth.key_store import KeyStore
from hub.auth.standing import exists_on, functions_on, held_functions, leads_others
from hub.auth.tokens import AccessToken, TokenProfile, inspect_token, verify_token
from hub.core.clock import Clock, local_date
from hub.core.errors import Reason, Refused
from hub.core.principal import Function, Principal
from hub.db.models import OAuthClient, Organization, RevokedToken
from hub.db.session import Sessions

_BEARER = re.compile(r"[Bb][Ee][Aa][Rr][Ee][Rr] +([A-Za-z0-9._~+/=-]+)")
_CACHED_FOR = timedelta(seconds=2)
_CACHE_SIZE = 10_000


@dataclass(frozen=True, slots=True)
class _Known:
    read_at: datetime
    principal: Principal | None


@dataclass(frozen=True, slots=True)
class _Verified:
    kid: str
    key: ECKey
    token: AccessToken


class Authenticator:
    """Verifies a token's signature once for every reading of the published keys, its times and its key every time;
    asks the database about client, revocation and functions every two seconds.

    So a disabled client, a revoked token or a function that ended is felt within that time in every worker.
    """

    def __init__(
        self,
        sessions: Sessions,
        keys: KeyStore,
        profile: TokenProfile,
        clock: Clock,
        *,
        cached_for: timedelta = _CACHED_FOR,
        cache_size: int = _CACHE_SIZE,
    ) -> None:
        self._sessions = sessions
        self._keys = keys
        self._profile = profile
        self._clock = clock
        self._cached_for = cached_for
        self._cache_size = cache_size
        self._known: OrderedDict[tuple[str, str], _Known] = OrderedDict()
        self._reading: dict[tuple[str, str], asyncio.Task[Principal | None]] = {}
        self._verified: OrderedDict[bytes, _Verified] = OrderedDict()

    async def authenticate(self, authorization: str | None) -> Principal:
        """The caller behind an ``Authorization`` header.

        Raises ``Refused``: UNAUTHENTICATED without a bearer token, TOKEN_EXPIRED after its time, else TOKEN_INVALID.
        """
        if authorization is None or authorization.split(" ", 1)[0].lower() != "bearer":
            raise Refused(Reason("UNAUTHENTICATED"))
        principal = await self._principal(await self._token(authorization))
        if principal is None:
            raise _invalid()
        return principal

    async def _token(self, authorization: str) -> AccessToken:
        """The token in the header, verified now or before; of one verified before only a digest is kept."""
        digest = hashlib.sha256(authorization.encode("utf-8", "surrogatepass")).digest()
        verified = self._verified.get(digest)
        if verified is not None and await self._keys.public_key(verified.kid) is verified.key:
            verified.token.check_time(self._clock())
            return verified.token
        presented = _BEARER.fullmatch(authorization)
        if presented is None:
            raise _invalid()
        inspected = inspect_token(presented[1])
        key = await self._keys.public_key(inspected.kid)
        if key is None:
            raise _invalid()
        token = verify_token(self._profile, inspected, key, at=self._clock())
        self._verified[digest] = _Verified(inspected.kid, key, token)
        self._verified.move_to_end(digest)
        while len(self._verified) > self._cache_size:
            self._verified.popitem(last=False)
        return token

    async def principal_now(self, token: AccessToken) -> Principal | None:
        """Who holds a token verified earlier, as the database stands now; its expiry is not looked at.

        None when the client is disabled or the token revoked.
        """
        return await self._read(token, self._clock())

    async def client_now(self, client_id: str, organization_id: UUID) -> Principal | None:
        """A client as the database stands now, with every scope it holds; None when it is disabled or of another
        organisation."""
        now = self._clock()
        every = frozenset(scope.value for scope in Scope)
        return await self._read(AccessToken(client_id, organization_id, every, "", now, now), now)

    async def _principal(self, token: AccessToken) -> Principal | None:
        cached_as = (token.token_id, token.client_id)
        now = self._clock()
        known = self._known.get(cached_as)
        if known is not None and timedelta() <= now - known.read_at < self._cached_for:
            return known.principal
        reading = self._reading.get(cached_as)
        if reading is None:
            reading = self._reading[cached_as] = asyncio.create_task(self._remember(token, known, now))
        # Shielded: the others who wait for the same reading get it when one of them goes away.
        return await asyncio.shield(reading)

    async def _remember(self, token: AccessToken, known: _Known | None, now: datetime) -> Principal | None:
        cached_as = (token.token_id, token.client_id)
        try:
            principal = await self._read(token, now)
        finally:
            del self._reading[cached_as]
        # The same object as long as nothing changed: caches by principal then find it by identity.
        if known is not None and known.principal == principal:
            principal = known.principal
        self._known[cached_as] = _Known(now, principal)
        self._known.move_to_end(cached_as)
        while len(self._known) > self._cache_size:
            self._known.popitem(last=False)
        return principal

    async def _read(self, token: AccessToken, at: datetime) -> Principal | None:
        """One statement: the client, whether the token is revoked, and what the organisation is today."""
        day = local_date(at)
        statement = (
            select(
                OAuthClient.scopes,
                OAuthClient.roles,
                Organization.jurisdiction_path,
                functions_on(Organization.id, day).label("functions"),
                leads_others(Organization.id).label("leads"),
                exists_on(day).label("current"),
            )
            .join(Organization, Organization.id == OAuthClient.organization_id)
            .where(
                OAuthClient.client_id == token.client_id,
                OAuthClient.organization_id == token.organization_id,
                OAuthClient.disabled_at.is_(None),
                ~exists().where(RevokedToken.jti == token.token_id),
            )
        )
        async with self._sessions.system("oauth") as session:
            row = (await session.execute(statement)).one_or_none()
        if row is None:
            return None
        functions: tuple[Function, ...] = ()
        if row.current:
            home = row.jurisdiction_path if row.leads else None
            functions = held_functions(row.functions, superior_at=home, narrowed_to=row.roles)
        roles = {function.role for function in functions}
        return Principal(
            subject=token.client_id,
            organization_id=token.organization_id,
            functions=functions,
            scopes=token.scopes & set(row.scopes) & {scope.value for scope in grantable_scopes(roles)},
            clearance=clearance_of(roles),
            token_id=token.token_id,
        )


def bearer_challenge(refused: Refused) -> str:
    """``WWW-Authenticate`` value (RFC 6750 §3) for a refusal of ``authenticate``."""
    if refused.code == "UNAUTHENTICATED":
        return 'Bearer realm="hub"'
    return 'Bearer realm="hub", error="invalid_token"'


def _invalid() -> Refused:
    return Refused(Reason("TOKEN_INVALID"))

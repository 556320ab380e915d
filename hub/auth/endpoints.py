"""The OAuth routes of Starlette: read the form, check the secret, run Authlib in one transaction, write the audit."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

import asyncpg
import structlog
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from hub.audit.catalogue import AuditAction, Outcome
from hub.audit.recorder import Target, record
from hub.auth.client_secrets import SecretCheckBusyError, SecretChecker
from hub.auth.exchange import Exchange, RegisteredClient, SigningMaterial, find_client
from hub.auth.faults import Fault, OAuthRefused, Refusal
from hub.auth.forms import OAuthForm, SecretCredentials, read_form
from hub.auth.key_store import KeyStore
from hub.auth.metadata import JWKS_PATH, METADATA_PATH, REVOCATION_PATH, TOKEN_PATH, metadata_document
from hub.auth.server import HubAuthorizationServer, Result
from hub.auth.tokens import inspect_token
from hub.core.clock import Clock
from hub.core.errors import Refused
from hub.core.keyring import KeyRingError
from hub.core.principal import ANONYMOUS
from hub.db.session import Sessions, SystemSession

_NEVER_STORED = {"Cache-Control": "no-store", "Pragma": "no-cache", "X-Content-Type-Options": "nosniff"}
_BRIEFLY_STORED = {"Cache-Control": "public, max-age=300", "X-Content-Type-Options": "nosniff"}
_CHALLENGE = {"WWW-Authenticate": 'Basic realm="oauth", charset="UTF-8"'}

_OUTAGES = (SQLAlchemyError, asyncpg.PostgresError, OSError, KeyRingError)

_log = structlog.get_logger(__name__)

Step = Callable[[Exchange], Result]


class OAuthEndpoints:
    """Handlers of the four routes."""

    def __init__(self, sessions: Sessions, server: HubAuthorizationServer, keys: KeyStore, clock: Clock) -> None:
        self._sessions = sessions
        self._server = server
        self._keys = keys
        self._clock = clock
        self._secrets = SecretChecker()

    def routes(self) -> list[Route]:
        return [
            Route(TOKEN_PATH, self.token, methods=["POST"]),
            Route(REVOCATION_PATH, self.revoke, methods=["POST"]),
            Route(JWKS_PATH, self.jwks, methods=["GET"]),
            Route(METADATA_PATH, self.metadata, methods=["GET"]),
        ]

    async def token(self, request: Request) -> Response:
        """RFC 6749 §3.2."""
        return await self._answer(request, self._server.issue, AuditAction.TOKEN_ISSUED)

    async def revoke(self, request: Request) -> Response:
        """RFC 7009 §2."""
        return await self._answer(request, self._server.revoke, AuditAction.TOKEN_REVOKED)

    async def jwks(self, _: Request) -> Response:
        try:
            return JSONResponse(await self._keys.document(), headers=_BRIEFLY_STORED)
        except _OUTAGES as error:
            return _unavailable(error)

    async def metadata(self, _: Request) -> Response:
        return JSONResponse(metadata_document(self._server.profile.issuer), headers=_BRIEFLY_STORED)

    async def _answer(self, request: Request, step: Step, action: AuditAction) -> Response:
        try:
            try:
                result, client = await self._run(await read_form(request), step, action)
            except OAuthRefused as refused:
                result, client = Refusal(refused.fault, refused.cause), None
            if isinstance(result, Refusal):
                await self._record_refusal(result, client)
                return _refuse(result.fault)
        except (*_OUTAGES, SecretCheckBusyError) as error:
            return _unavailable(error)
        return JSONResponse(result, headers=_NEVER_STORED)

    async def _run(self, form: OAuthForm, step: Step, action: AuditAction) -> tuple[Result, RegisteredClient | None]:
        """One transaction. It commits after a refusal too: a spent assertion stays spent."""
        matched_hash = await self._match_secret(form)
        signing = SigningMaterial(*await self._keys.signing_key())
        await self._learn_key(form.parameters.get("token"))
        at = self._clock()

        def bind(connection: Session) -> tuple[Exchange, Result]:
            bound = Exchange(form, connection, at=at, keys=self._keys, signing=signing, matched_hash=matched_hash)
            return bound, step(bound)

        async with self._sessions.system("oauth") as session:
            exchange, result = await session.run_sync(bind)
            if exchange.token is not None:
                await self._record_success(session, exchange, action)
        return result, exchange.named_client

    async def _match_secret(self, form: OAuthForm) -> str | None:
        """The stored hash that the presented secret matches. No transaction waits while argon2 works."""
        if not isinstance(form.credentials, SecretCredentials):
            return None
        credentials = form.credentials
        async with self._sessions.system("oauth") as session:
            client = await session.run_sync(find_client, credentials.client_id)
        stored = client.secret_hash if client else None
        return stored if await self._secrets.matches(stored, credentials.secret) else None

    async def _learn_key(self, token: str | None) -> None:
        """Know the key of a token to revoke, though another worker may have made it a moment ago."""
        if token is not None:
            with suppress(Refused):
                await self._keys.public_key(inspect_token(token).kid)

    async def _record_success(self, session: SystemSession, exchange: Exchange, action: AuditAction) -> None:
        client, token = exchange.named_client, exchange.token
        if client is None or token is None:
            return
        await record(
            session,
            client.principal(),
            action,
            at=exchange.at,
            target=Target(kind="oauth_client", id=None, path=client.jurisdiction_path),
            detail={"clientId": client.client_id, "tokenId": token.token_id, "scopes": sorted(token.scopes)},
        )

    async def _record_refusal(self, refusal: Refusal, client: RegisteredClient | None) -> None:
        """In a transaction of its own. An unknown client id is not kept: it may be a mistyped secret."""
        async with self._sessions.system("oauth") as session:
            await record(
                session,
                client.principal() if client else ANONYMOUS,
                AuditAction.TOKEN_REFUSED,
                at=self._clock(),
                target=Target(kind="oauth_client", id=None, path=client.jurisdiction_path if client else ""),
                outcome=Outcome.REFUSED,
                reason=refusal.fault.value.code,
                detail={"cause": refusal.cause.value} if refusal.cause else {},
            )


def _refuse(fault: Fault) -> Response:
    challenge = _CHALLENGE if fault.status == 401 else {}
    return JSONResponse(fault.body(), status_code=fault.status, headers=_NEVER_STORED | challenge)


def _unavailable(error: Exception) -> Response:
    _log.error("oauth_unavailable", error=type(error).__name__)
    fault = Fault.UNAVAILABLE
    return JSONResponse(fault.body(), status_code=fault.status, headers={**_NEVER_STORED, "Retry-After": "5"})

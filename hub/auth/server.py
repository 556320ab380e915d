"""Authlib's authorization server bound to the hub: two grants' worth of protocol, none of its defaults.

Everything here is synchronous and runs inside ``AsyncSession.run_sync``, one transaction per request.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from authlib.oauth2.rfc6749 import (
    AuthorizationServer,
    InvalidClientError,
    InvalidGrantError,
    InvalidRequestError,
    InvalidScopeError,
    OAuth2Error,
    UnsupportedGrantTypeError,
)
from authlib.oauth2.rfc6749.grants import ClientCredentialsGrant
from authlib.oauth2.rfc7009 import RevocationEndpoint
from joserfc.jwk import ECKey
from sqlalchemy.dialects.postgresql import insert

from hub.access.scopes import Scope
from hub.auth.assertions import ClientAssertion
from hub.auth.client_rules import ClientAuthMethod
from hub.auth.exchange import Exchange, RegisteredClient, check_usable
from hub.auth.faults import Cause, ClientRefused, Fault, Refusal
from hub.auth.forms import AssertionCredentials, SecretCredentials
from hub.auth.tokens import LIFETIME, AccessToken, TokenProfile, inspect_token, issue_token, verify_token
from hub.core.errors import Refused
from hub.db.models import RevokedToken

AUTH_METHODS = [method.value for method in ClientAuthMethod]

Body = dict[str, Any]
Result = Body | Refusal
QueryClient = Callable[[str], Any]


class HubAuthorizationServer(AuthorizationServer):  # type: ignore[misc]
    """client_credentials (RFC 6749 §4.4) and revocation (RFC 7009), with two ways for a client to prove itself."""

    def __init__(self, profile: TokenProfile) -> None:
        super().__init__(scopes_supported=[scope.value for scope in Scope])
        self.profile = profile
        self._decoy = ECKey.generate_key("P-256", private=False)
        self.register_grant(ClientCredentials)
        self.register_endpoint(Revocation)
        self.register_client_auth_method(ClientAuthMethod.CLIENT_SECRET_BASIC.value, self._by_secret)
        self.register_client_auth_method(ClientAuthMethod.PRIVATE_KEY_JWT.value, self._by_assertion)

    def issue(self, exchange: Exchange) -> Result:
        """The body of a token response, or why there is none."""
        result: Result = self.create_token_response(exchange)
        return result

    def revoke(self, exchange: Exchange) -> Result:
        """The empty body of RFC 7009 §2.2, or why the token was not touched."""
        result: Result = self.create_endpoint_response(Revocation.ENDPOINT_NAME, exchange)
        return result

    def create_oauth2_request(self, request: Exchange) -> Exchange:
        return request

    def handle_response(self, status: int, body: Body, headers: object) -> Result:  # noqa: ARG002 - the edge sets both
        return body

    def handle_error_response(self, request: Exchange, error: OAuth2Error) -> Result:
        match error:
            case ClientRefused():
                return Refusal(Fault.CLIENT_REFUSED, error.cause)
            case InvalidClientError():
                return Refusal(Fault.CLIENT_REFUSED, Cause.ASSERTION_MALFORMED)
            case InvalidScopeError():
                return Refusal(Fault.SCOPE_REFUSED)
            case UnsupportedGrantTypeError():
                missing = request.payload.grant_type is None
                return Refusal(Fault.GRANT_TYPE_MISSING if missing else Fault.GRANT_TYPE_UNSUPPORTED)
            case InvalidGrantError():
                return Refusal(Fault.TOKEN_FOREIGN)
            case InvalidRequestError():
                return Refusal(Fault.TOKEN_MISSING)
            case _:
                raise error

    def send_signal(self, name: str, *args: object, **kwargs: object) -> None:
        """Authlib's signals have no listener here; the audit entry is written by the edge."""

    def _by_secret(self, _: QueryClient, exchange: Exchange) -> RegisteredClient | None:
        credentials = exchange.credentials
        if not isinstance(credentials, SecretCredentials):
            return None
        client = exchange.find_client(credentials.client_id)
        if client is None:
            raise ClientRefused(Cause.UNKNOWN_CLIENT)
        check_usable(client, ClientAuthMethod.CLIENT_SECRET_BASIC.value)
        if exchange.matched_hash is None or client.secret_hash != exchange.matched_hash:
            raise ClientRefused(Cause.WRONG_SECRET)
        return client

    def _by_assertion(self, _: QueryClient, exchange: Exchange) -> RegisteredClient | None:
        if not isinstance(exchange.credentials, AssertionCredentials):
            return None
        return ClientAssertion(exchange, issuer=self.profile.issuer, decoy=self._decoy).authenticate()


class ClientCredentials(ClientCredentialsGrant):  # type: ignore[misc]
    TOKEN_ENDPOINT_AUTH_METHODS = AUTH_METHODS

    def create_token_response(self) -> tuple[int, Body, list[Any]]:
        """Issue the token here: Authlib's own step would write it to the debug log."""
        exchange: Exchange = self.request
        client: RegisteredClient = exchange.client
        scopes = client.granted(exchange.payload.scope)
        text, exchange.token = issue_token(
            self.server.profile,
            exchange.signing.key,
            exchange.signing.kid,
            client_id=client.client_id,
            organization_id=client.organization_id,
            scopes=scopes,
            at=exchange.at,
        )
        body = {
            "access_token": text,
            "token_type": "Bearer",
            "expires_in": int(LIFETIME.total_seconds()),
            "scope": " ".join(scopes),
        }
        return 200, body, []


class Revocation(RevocationEndpoint):  # type: ignore[misc]
    CLIENT_AUTH_METHODS = AUTH_METHODS

    def authenticate_token(self, request: Exchange, client: RegisteredClient) -> AccessToken | None:
        """The client's own living token; None for what is no token (any more), which counts as revoked.

        ``token_type_hint`` is ignored (RFC 7009 §2.1): there is one type of token.
        """
        text = request.form.get("token")
        if text is None:
            raise InvalidRequestError
        token = self._read(request, text)
        if token is not None and token.client_id != client.client_id:
            raise InvalidGrantError
        return token

    def revoke_token(self, token: AccessToken, request: Exchange) -> None:
        added = request.session.execute(
            insert(RevokedToken)
            .values(jti=token.token_id, client_id=token.client_id, expires_at=token.expires_at)
            .on_conflict_do_nothing()
            .returning(RevokedToken.jti)
        )
        if added.one_or_none() is not None:
            request.token = token

    def _read(self, request: Exchange, text: str) -> AccessToken | None:
        try:
            token = inspect_token(text)
            key = request.keys.known_key(token.kid)
            return None if key is None else verify_token(self.server.profile, token, key, at=request.at)
        except Refused:
            return None

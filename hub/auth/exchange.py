"""One request inside Authlib: the form, what was verified before, and the transaction everything happens in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from authlib.oauth2.rfc6749 import ClientMixin, InvalidScopeError, OAuth2Request
from authlib.oauth2.rfc6749.requests import BasicOAuth2Payload
from joserfc.jwk import ECKey
from sqlalchemy import select
from sqlalchemy.orm import Session

from hub.auth.client_rules import is_client_id
from hub.auth.faults import Cause, ClientRefused
from hub.auth.forms import OAuthForm
from hub.auth.key_store import KeyStore
from hub.auth.tokens import AccessToken
from hub.core.principal import Principal
from hub.db.models import OAuthClient, Organization

# Authlib demands https of every request. Transport security is the proxy's business and a local issuer is plain http,
# so it is shown this address, which is used for nothing else (RFC 2606 §2).
_ADDRESS_FOR_AUTHLIB = "https://authorization-server.invalid/oauth"


@dataclass(frozen=True, slots=True)
class RegisteredClient(ClientMixin):  # type: ignore[misc]
    """A client as Authlib asks for it."""

    client_id: str
    organization_id: UUID
    jurisdiction_path: str
    auth_method: str
    secret_hash: str | None = field(repr=False)
    jwks: Mapping[str, Any] | None = field(repr=False)
    scopes: tuple[str, ...]
    disabled: bool

    def get_client_id(self) -> str:
        return self.client_id

    def check_endpoint_auth_method(self, method: str, endpoint: str) -> bool:  # noqa: ARG002 - the same at every endpoint
        return not self.disabled and self.auth_method == method

    def check_grant_type(self, grant_type: str) -> bool:
        return grant_type == "client_credentials"

    def granted(self, requested: str | None) -> tuple[str, ...]:
        """Scopes of the token: all the client's when none was asked for; never silently fewer than asked.

        Raises ``InvalidScopeError`` (RFC 6749 §3.3).
        """
        if requested is None:
            return self.scopes
        wanted = requested.split(" ")
        if not set(wanted) <= set(self.scopes):
            raise InvalidScopeError
        return tuple(scope for scope in self.scopes if scope in wanted)

    def principal(self) -> Principal:
        return Principal(subject=self.client_id, organization_id=self.organization_id)


NOBODY = RegisteredClient("", UUID(int=0), "", "", None, None, (), disabled=True)


@dataclass(frozen=True, slots=True)
class SigningMaterial:
    """The key to sign with at this moment."""

    kid: str
    key: ECKey = field(repr=False)


class Exchange(OAuth2Request):  # type: ignore[misc]
    """A request to the token or revocation endpoint, bound to its transaction and its instant.

    ``matched_hash`` is the stored hash that the presented secret matched, checked before the transaction began.
    """

    def __init__(
        self,
        form: OAuthForm,
        session: Session,
        *,
        at: datetime,
        keys: KeyStore,
        signing: SigningMaterial,
        matched_hash: str | None,
    ) -> None:
        super().__init__("POST", _ADDRESS_FOR_AUTHLIB)
        self.payload = BasicOAuth2Payload(form.parameters)
        self.credentials = form.credentials
        self.session = session
        self.at = at
        self.keys = keys
        self.signing = signing
        self.matched_hash = matched_hash
        self.named_client: RegisteredClient | None = None
        self.token: AccessToken | None = None

    @property
    def form(self) -> Mapping[str, str]:
        parameters: Mapping[str, str] = self.payload.data
        return parameters

    def find_client(self, client_id: str) -> RegisteredClient | None:
        self.named_client = find_client(self.session, client_id)
        return self.named_client


def find_client(session: Session, client_id: str) -> RegisteredClient | None:
    """The registered client of that id, disabled or not. A text that is no client id is not looked up."""
    if not is_client_id(client_id):
        return None
    found = session.execute(
        select(OAuthClient, Organization.jurisdiction_path)
        .join(Organization, Organization.id == OAuthClient.organization_id)
        .where(OAuthClient.client_id == client_id)
    ).one_or_none()
    if found is None:
        return None
    client, path = found
    return RegisteredClient(
        client_id=client.client_id,
        organization_id=client.organization_id,
        jurisdiction_path=path,
        auth_method=client.auth_method,
        secret_hash=client.secret_hash,
        jwks=client.jwks,
        scopes=tuple(sorted(client.scopes)),
        disabled=client.disabled_at is not None,
    )


def check_usable(client: RegisteredClient, method: str) -> None:
    """Raises ``ClientRefused`` when the client is disabled or registered for another method."""
    if client.disabled:
        raise ClientRefused(Cause.CLIENT_DISABLED)
    if client.auth_method != method:
        raise ClientRefused(Cause.OTHER_METHOD)

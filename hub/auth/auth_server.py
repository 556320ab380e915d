"""Everything of ``hub.auth`` that serves requests, built once from its parts."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.routing import Route

from hub.auth.authenticate import Authenticator
from hub.auth.endpoints import OAuthEndpoints
from hub.auth.key_store import KeyStore
from hub.auth.metadata import check_issuer
from hub.auth.server import HubAuthorizationServer
from hub.auth.tokens import TokenProfile
from hub.core.clock import Clock
from hub.core.keyring import KeyRing
from hub.db.session import Sessions


@dataclass(frozen=True, slots=True)
class AuthServer:
    """``routes`` to mount at the root of the app, ``authenticator`` for the resource endpoints."""

    routes: list[Route]
    authenticator: Authenticator
    keys: KeyStore

    @classmethod
    def create(
        cls, sessions: Sessions, keyring: KeyRing, issuer: str, clock: Clock, *, audience: str | None = None
    ) -> AuthServer:
        """``issuer`` comes from the settings, never from a request; the audience is the issuer's ``/graphql``.

        Raises ``ValueError`` on an unusable issuer. The first signing key is made with the first request.
        """
        profile = TokenProfile(check_issuer(issuer), audience or f"{issuer}/graphql")
        keys = KeyStore(sessions, keyring, clock)
        endpoints = OAuthEndpoints(sessions, HubAuthorizationServer(profile), keys, clock)
        return cls(endpoints.routes(), Authenticator(sessions, keys, profile, clock), keys)

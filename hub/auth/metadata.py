"""Authorization server metadata (RFC 8414), from the configured issuer alone."""

from __future__ import annotations

from urllib.parse import urlsplit

from hub.access.scopes import Scope
from hub.auth.client_keys import ASSERTION_ALGORITHMS
from hub.auth.server import AUTH_METHODS

TOKEN_PATH = "/oauth/token"  # noqa: S105 - a path
REVOCATION_PATH = "/oauth/revoke"
JWKS_PATH = "/.well-known/jwks.json"
METADATA_PATH = "/.well-known/oauth-authorization-server"


def check_issuer(issuer: str) -> str:
    """The issuer when it is an absolute http(s) URL without query, fragment, user or trailing slash.

    Raises ``ValueError``. Whether plain http is acceptable is for the settings to decide.
    """
    parts = urlsplit(issuer)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username is not None:
        raise ValueError("the issuer must be an http or https URL")
    if parts.query or parts.fragment or issuer.endswith(("/", "?", "#")):
        raise ValueError("the issuer has no query, fragment or trailing slash")
    return issuer


def metadata_document(issuer: str) -> dict[str, object]:
    """Members of RFC 8414 §2 that say something about this server."""
    return {
        "issuer": issuer,
        "token_endpoint": issuer + TOKEN_PATH,
        "jwks_uri": issuer + JWKS_PATH,
        "revocation_endpoint": issuer + REVOCATION_PATH,
        "scopes_supported": sorted(scope.value for scope in Scope),
        "response_types_supported": [],
        "grant_types_supported": ["client_credentials"],
        "token_endpoint_auth_methods_supported": AUTH_METHODS,
        "token_endpoint_auth_signing_alg_values_supported": list(ASSERTION_ALGORITHMS),
        "revocation_endpoint_auth_methods_supported": AUTH_METHODS,
        "revocation_endpoint_auth_signing_alg_values_supported": list(ASSERTION_ALGORITHMS),
        "ui_locales_supported": ["zh-CN", "en"],
    }

"""Public keys of clients that authenticate with ``private_key_jwt``: EC P-256 or RSA of 2048 to 4096 bits."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from joserfc.errors import JoseError
from joserfc.jwk import ECKey, RSAKey

from hub.core.errors import Reason, Refused

ClientKey = ECKey | RSAKey

ASSERTION_ALGORITHMS = ("ES256", "PS256")
_MOST_KEYS = 8
_KEY_ID = re.compile(r"[\x21-\x7e]{1,100}")
_PRIVATE_MEMBERS = frozenset({"d", "p", "q", "dp", "dq", "qi", "oth", "k"})
_PUBLIC_MEMBERS = {"EC": ("kty", "crv", "x", "y"), "RSA": ("kty", "n", "e")}
_ALGORITHM = {"EC": "ES256", "RSA": "PS256"}


def accept_jwks(document: Mapping[str, Any]) -> dict[str, Any]:
    """The JWK Set (RFC 7517 §5) as it is stored: public members only, each key with ``kid``, ``use`` and ``alg``.

    Raises ``Refused`` with one reason per unusable key (JWKS_*).
    """
    keys = document.get("keys")
    if not isinstance(keys, list) or not 1 <= len(keys) <= _MOST_KEYS:
        raise Refused(Reason("JWKS_SIZE", ("jwks", "keys"), {"limit": _MOST_KEYS}))
    accepted: list[dict[str, str]] = []
    reasons: list[Reason] = []
    for index, key in enumerate(keys):
        try:
            accepted.append(_accept_key(key, ("jwks", "keys", index)))
        except Refused as refused:
            reasons += refused.reasons
    if len({key["kid"] for key in accepted}) != len(accepted):
        reasons.append(Reason("JWKS_KID", ("jwks", "keys")))
    if reasons:
        raise Refused(*reasons)
    return {"keys": accepted}


def choose_key(jwks: Mapping[str, Any] | None, kid: str | None, algorithm: str) -> ClientKey | None:
    """The one stored key that a header with this ``kid`` and ``alg`` can mean; None when there is none or a choice."""
    stored: Iterable[dict[str, Any]] = (jwks or {}).get("keys", ())
    fitting = [key for key in stored if key["alg"] == algorithm and kid in (None, key["kid"])]
    return _import(fitting[0]) if len(fitting) == 1 else None


def _accept_key(key: object, path: tuple[str | int, ...]) -> dict[str, str]:
    kind = key.get("kty") if isinstance(key, dict) else None
    if not isinstance(key, dict) or not isinstance(kind, str) or kind not in _PUBLIC_MEMBERS:
        raise Refused(Reason("JWKS_KEY_TYPE", path))
    if _PRIVATE_MEMBERS & key.keys():
        raise Refused(Reason("JWKS_PRIVATE", path))
    public = {member: key.get(member) for member in _PUBLIC_MEMBERS[kind]}
    if key.get("use", "sig") != "sig" or key.get("alg", _ALGORITHM[kind]) != _ALGORITHM[kind]:
        raise Refused(Reason("JWKS_KEY_USE", path))
    try:
        imported = _import(public)
    except (JoseError, ValueError, TypeError):
        raise Refused(Reason("JWKS_KEY_TYPE", path)) from None
    _check_strength(imported, path)
    kid = key.get("kid", imported.thumbprint())
    if not isinstance(kid, str) or not _KEY_ID.fullmatch(kid):
        raise Refused(Reason("JWKS_KID", path))
    return {**{name: str(value) for name, value in public.items()}, "kid": kid, "use": "sig", "alg": _ALGORITHM[kind]}


def _import(key: Mapping[str, Any]) -> ClientKey:
    return ECKey.import_key(dict(key)) if key["kty"] == "EC" else RSAKey.import_key(dict(key))


def _check_strength(key: ClientKey, path: tuple[str | int, ...]) -> None:
    match key:
        case ECKey():
            strong = key.curve_name == "P-256"
        case RSAKey():
            strong = 2048 <= key.public_key.key_size <= 4096
    if not strong:
        raise Refused(Reason("JWKS_KEY_TYPE", path))

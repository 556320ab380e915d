"""Signature schemes of seals: a built-in one, and those that come with an optional dependency. No database here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from joserfc import jws
from joserfc.errors import JoseError

from hub.evidence.es256 import ES256Scheme
from hub.evidence.sm2 import SM2Scheme


class Signer(Protocol):
    """Signs a statement; ``kid`` and ``algorithm`` stand in its protected header."""

    @property
    def kid(self) -> str: ...

    @property
    def algorithm(self) -> str: ...

    def sign(self, statement: bytes) -> str:
        """Compact JWS (RFC 7515 §7.1) with the statement as its payload."""
        ...


class KeyMade(Protocol):
    """A new key: its thumbprint (RFC 7638), its public part, its private part as text to be sealed."""

    @property
    def kid(self) -> str: ...

    @property
    def public_jwk(self) -> dict[str, Any]: ...

    @property
    def private(self) -> str: ...


class Scheme(Protocol):
    """A way to sign. ``curve`` is the ``crv`` of its keys; ``present`` is false while its library is not installed."""

    @property
    def algorithm(self) -> str: ...

    @property
    def curve(self) -> str: ...

    @property
    def present(self) -> bool: ...

    def generate(self) -> KeyMade: ...

    def signer(self, kid: str, private: str) -> Signer: ...

    def thumbprint(self, public_jwk: Mapping[str, Any]) -> str:
        """RFC 7638 over the key's curve and point. Raises ``ValueError``."""
        ...

    def opened(self, statement: str, public_jwk: Mapping[str, Any]) -> bytes:
        """Payload of a compact JWS that the key signed. Raises ``ValueError`` when it did not."""
        ...


SCHEMES: tuple[Scheme, ...] = (ES256Scheme(), SM2Scheme())


class SchemeMissing(Exception):
    """The signature may hold, but this installation cannot tell: the library of its scheme is not there."""

    def __init__(self, algorithm: str) -> None:
        super().__init__(algorithm)
        self.algorithm = algorithm


def scheme_named(algorithm: str) -> Scheme:
    """Raises ``ValueError`` on an unknown algorithm, ``SchemeMissing``."""
    return _present(next((each for each in SCHEMES if each.algorithm == algorithm), None))


def scheme_of(public_jwk: Mapping[str, Any]) -> Scheme:
    """The scheme of a key, by its curve. Raises ``ValueError``, ``SchemeMissing``."""
    curve = public_jwk.get("crv") if public_jwk.get("kty") == "EC" else None
    return _present(next((each for each in SCHEMES if each.curve == curve), None))


def _present(found: Scheme | None) -> Scheme:
    if found is None:
        raise ValueError("no such signature scheme")
    if not found.present:
        raise SchemeMissing(found.algorithm)
    return found


def opened(statement: str, public_jwk: Mapping[str, Any]) -> bytes:
    """Payload of a seal signed by the key. Raises ``ValueError`` when it is not, ``SchemeMissing``."""
    return scheme_of(public_jwk).opened(statement, public_jwk)


def kid_of(statement: str) -> str:
    """Key id of a compact JWS, unverified. Raises ``ValueError``."""
    try:
        return str(jws.extract_compact(statement.encode()).headers()["kid"])
    except (JoseError, ValueError, KeyError):
        raise ValueError("no key id") from None

"""ES256 (RFC 7518 §3.4): the scheme that is always there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import ECKey

ES256 = "ES256"


@dataclass(frozen=True, slots=True)
class ES256Signer:
    kid: str
    key: ECKey
    algorithm: str = ES256

    def sign(self, statement: bytes) -> str:
        return jws.serialize_compact({"alg": ES256, "kid": self.kid}, statement, self.key, algorithms=[ES256])


@dataclass(frozen=True, slots=True)
class ES256Key:
    key: ECKey

    @property
    def kid(self) -> str:
        return self.key.thumbprint()

    @property
    def public_jwk(self) -> dict[str, Any]:
        return dict(self.key.as_dict(private=False, kid=self.kid, use="sig", alg=ES256))

    @property
    def private(self) -> str:
        return self.key.as_pem(private=True).decode()


class ES256Scheme:
    algorithm = ES256
    curve = "P-256"
    present = True

    def generate(self) -> ES256Key:
        return ES256Key(ECKey.generate_key("P-256"))

    def signer(self, kid: str, private: str) -> ES256Signer:
        return ES256Signer(kid, ECKey.import_key(private))

    def thumbprint(self, public_jwk: Mapping[str, Any]) -> str:
        """Raises ``ValueError``."""
        return _key(public_jwk).thumbprint()

    def opened(self, statement: str, public_jwk: Mapping[str, Any]) -> bytes:
        """Raises ``ValueError``."""
        try:
            return bytes(jws.deserialize_compact(statement, _key(public_jwk), algorithms=[ES256]).payload)
        except JoseError:
            raise ValueError("the signature does not hold") from None


def _key(public_jwk: Mapping[str, Any]) -> ECKey:
    try:
        return ECKey.import_key(dict(public_jwk))
    except (JoseError, ValueError, TypeError, KeyError):
        raise ValueError("no key") from None

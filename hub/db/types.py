"""Column types of the hub."""

from __future__ import annotations

from sqlalchemy import Dialect, LargeBinary
from sqlalchemy.types import TypeDecorator

from hub.core.keyring import Sealed


class Encrypted(TypeDecorator[Sealed]):
    """Bytes of a ``Sealed`` value. Plain text is refused, so nothing personal can be stored unsealed by mistake."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: Sealed | None, dialect: Dialect) -> bytes | None:  # noqa: ARG002
        if value is None:
            return None
        if not isinstance(value, Sealed):
            raise TypeError("an encrypted column takes a Sealed value")
        return value.raw

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> Sealed | None:  # noqa: ARG002
        return None if value is None else Sealed(value)

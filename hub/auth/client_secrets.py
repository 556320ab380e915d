"""Client secrets: made here, shown once, kept as argon2id hashes (RFC 9106; parameters of the OWASP cheat sheet)."""

from __future__ import annotations

import asyncio
import secrets
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_SECRET_BYTES = 32
_PARALLEL = 2
_WAITING = 64


class SecretCheckBusyError(Exception):
    """More secret checks wait than can be answered in time."""


def new_secret() -> str:
    """256 random bits as 43 base64url characters."""
    return secrets.token_urlsafe(_SECRET_BYTES)


async def hash_secret(secret: str) -> str:
    return await asyncio.to_thread(_HASHER.hash, secret)


@cache
def _decoy() -> str:
    """The hash of a secret that nobody knows, made once a process."""
    return _HASHER.hash(new_secret())


class SecretChecker:
    """Compares presented secrets with stored hashes, in threads, a few at a time.

    A client without a hash costs as much time as one with a wrong secret, so that the answer's delay does not tell
    whether a client exists.
    """

    def __init__(self, *, parallel: int = _PARALLEL, waiting: int = _WAITING) -> None:
        self._slots = asyncio.Semaphore(parallel)
        self._limit = parallel + waiting
        self._held = 0
        _decoy()  # not at the first unknown client, whose answer would take longer

    async def matches(self, stored: str | None, presented: str) -> bool:
        """Whether ``presented`` is the secret of ``stored``. Raises ``SecretCheckBusyError``."""
        if self._held >= self._limit:
            raise SecretCheckBusyError
        self._held += 1
        try:
            async with self._slots:
                matched = await asyncio.to_thread(_verify, stored or _decoy(), presented)
        finally:
            self._held -= 1
        return matched and stored is not None


def _verify(stored: str, presented: str) -> bool:
    try:
        return _HASHER.verify(stored, presented)
    except (VerificationError, InvalidHashError):
        return False

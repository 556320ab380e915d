"""The published keys as this worker knows them: re-read after a few seconds, never once per request."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from joserfc.jwk import ECKey

from hub.auth.keys import (
    PublishedKey,
    choose_signing_key,
    ensure_signing_key,
    jwks_document,
    load_keys,
    open_private_key,
)
from hub.core.clock import Clock
from hub.core.keyring import KeyRing
from hub.db.session import Sessions

_TTL = timedelta(seconds=5)
_SHORTEST_REREAD = timedelta(seconds=1)


class KeyStore:
    """Cache of the signing keys. Workers converge within ``ttl``; a key id nobody knows causes at most one re-read
    a second, however many tokens name it."""

    def __init__(self, sessions: Sessions, keyring: KeyRing, clock: Clock, *, ttl: timedelta = _TTL) -> None:
        self._sessions = sessions
        self._keyring = keyring
        self._clock = clock
        self._ttl = ttl
        self._lock = asyncio.Lock()
        self._keys: Sequence[PublishedKey] = ()
        self._read_at: datetime | None = None
        self._opened: tuple[str, ECKey] | None = None

    async def signing_key(self) -> tuple[str, ECKey]:
        """Key id and private key to sign with now. Raises ``KeyRingError``."""
        await self._refresh(self._ttl)
        chosen = choose_signing_key(self._keys, at=self._clock())
        if chosen is None:
            await self._refresh(timedelta())
            chosen = choose_signing_key(self._keys, at=self._clock())
        if chosen is None:
            raise RuntimeError("no signing key after one was ensured")
        if self._opened is None or self._opened[0] != chosen.kid:
            self._opened = (chosen.kid, open_private_key(self._keyring, chosen))
        return self._opened

    async def public_key(self, kid: str) -> ECKey | None:
        """The published key of that id, or None."""
        if not self._fresh(self._ttl):
            await self._refresh(self._ttl)
        found = self.known_key(kid)
        if found is None:
            await self._refresh(_SHORTEST_REREAD)
            found = self.known_key(kid)
        return found

    def known_key(self, kid: str) -> ECKey | None:
        now = self._clock()
        for key in self._keys:
            if key.kid == kid and key.published(now):
                return key.public
        return None

    async def document(self) -> dict[str, Any]:
        """The JWK Set to publish."""
        await self._refresh(self._ttl)
        return jwks_document(self._keys, at=self._clock())

    async def _refresh(self, oldest: timedelta) -> None:
        """Read the keys again when what is known is as old as ``oldest``; one reader at a time."""
        if self._fresh(oldest):
            return
        async with self._lock:
            if self._fresh(oldest):
                return
            now = self._clock()
            async with self._sessions.system("oauth") as session:
                keys = await load_keys(session, at=now)
                if choose_signing_key(keys, at=now) is None:
                    await ensure_signing_key(session, self._keyring, at=now)
                    keys = await load_keys(session, at=now)
            self._keys, self._read_at = keys, now

    def _fresh(self, oldest: timedelta) -> bool:
        return self._read_at is not None and timedelta() <= self._clock() - self._read_at < oldest

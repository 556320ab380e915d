"""Envelope encryption per tenant: data keys wrapped by the master key ring, and a blind index for matching.

Values are sealed under the tenant's newest data key; the master keys only wrap data keys, so that a master key is
replaced by wrapping a handful of rows anew (NIST SP 800-57 part 1, key wrapping). The index key is made once: a blind
index under another key would match nothing.
"""

from __future__ import annotations

import base64
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from hub.core.keyring import KeyRing, Sealed
from hub.db.models import KeyUse, TenantKey

_KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class TenantKeys:
    """What seals the values of one tenant, and what finds them again."""

    data: KeyRing
    _index: KeyRing

    def seal(self, value: str, *, context: str) -> Sealed:
        return self.data.seal(value, context=context)

    def open(self, sealed: Sealed, *, context: str) -> str:
        """The sealed text. Raises ``KeyRingError`` when the key is unknown or value or context were changed."""
        return self.data.open(sealed, context=context)

    def index(self, value: str) -> bytes:
        """Keyed blind index (HMAC-SHA-256): equal values, equal bytes, and nothing to be read from them."""
        return self._index.digest(value, purpose="blind-index")


async def tenant_keys(session: AsyncSession, master: KeyRing, tenant_id: UUID, at: datetime) -> TenantKeys:
    """The keys of a tenant; its first ones are made when first asked for. Raises ``KeyRingError``."""
    rows = await _stored(session, tenant_id)
    if {row.use for row in rows} != set(KeyUse):
        for use in KeyUse:
            await _make(session, master, tenant_id, use, 1, at)
        rows = await _stored(session, tenant_id)
    return TenantKeys(*(_ring(master, [row for row in rows if row.use is use]) for use in (KeyUse.DATA, KeyUse.INDEX)))


async def wrap_anew(session: AsyncSession, master: KeyRing) -> int:
    """Wrap every key that an older master key still wraps with the current one; how many."""
    stale = [row for row in await session.scalars(select(TenantKey)) if not master.is_current(row.wrapped)]
    for row in stale:
        context = _context(row.tenant_id, row.use, row.version)
        wrapped = master.seal(master.open(row.wrapped, context=context), context=context)
        row.wrapped = wrapped
    await session.flush()
    return len(stale)


async def renew(session: AsyncSession, master: KeyRing, at: datetime, *, age: timedelta) -> Sequence[UUID]:
    """Give a new data key to each tenant whose newest is older than ``age``; which tenants."""
    newest = await session.execute(
        select(TenantKey.tenant_id, func.max(TenantKey.version))
        .where(TenantKey.use == KeyUse.DATA)
        .group_by(TenantKey.tenant_id)
        .having(func.max(TenantKey.made_at) <= at - age)
    )
    renewed = list(newest)
    for tenant_id, version in renewed:
        await _make(session, master, tenant_id, KeyUse.DATA, version + 1, at)
    return [tenant_id for tenant_id, _ in renewed]


async def _stored(session: AsyncSession, tenant_id: UUID) -> Sequence[TenantKey]:
    found = await session.scalars(
        select(TenantKey)
        .where(TenantKey.tenant_id == tenant_id)
        .order_by(TenantKey.version)
        .execution_options(populate_existing=True)
    )
    return found.all()


async def _make(
    session: AsyncSession, master: KeyRing, tenant_id: UUID, use: KeyUse, version: int, at: datetime
) -> None:
    key = base64.b64encode(os.urandom(_KEY_BYTES)).decode("ascii")
    wrapped = master.seal(key, context=_context(tenant_id, use, version))
    row = {"tenant_id": tenant_id, "use": use, "version": version, "wrapped": wrapped, "made_at": at}
    await session.execute(insert(TenantKey).values(row).on_conflict_do_nothing())


def _ring(master: KeyRing, rows: Sequence[TenantKey]) -> KeyRing:
    return KeyRing(
        {
            f"t{row.version}": base64.b64decode(
                master.open(row.wrapped, context=_context(row.tenant_id, row.use, row.version))
            )
            for row in rows
        }
    )


def _context(tenant_id: UUID, use: KeyUse, version: int) -> str:
    return f"tenant_key|{tenant_id}|{use.value}|{version}"

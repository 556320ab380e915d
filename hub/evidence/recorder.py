"""Writes entries of the exchange log in the transaction of the change they belong to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncSession

from hub.core.correlation import correlation_id
from hub.core.ids import new_id
from hub.core.principal import Principal
from hub.db.models import ExchangeEntry, ExchangePending

CENTRAL = "-"
"""Partition of what no jurisdiction's client sent."""


class Step(StrEnum):
    RECEIVED = "RECEIVED"


@dataclass(frozen=True, slots=True)
class Message:
    """``digest`` is the hexadecimal SHA-256 of the bytes received; ``target_id`` the object made or moved."""

    operation: str
    digest: str
    target_id: UUID | None = None
    idempotency_key: str | None = None
    legal_basis: str | None = None


def partition_of(path: str) -> str:
    """The chain of a jurisdiction: its prefecture's, or the province's own, by GB/T 2260 code."""
    codes = [code for code in path.split("/") if code]
    return next((code for code in codes if not code.endswith("0000")), codes[0] if codes else CENTRAL)


async def received(session: AsyncSession, principal: Principal, message: Message, *, at: datetime) -> UUID:
    """Append a message that a client sent and that was carried out; its id."""
    entry = new_id()
    await session.execute(
        insert(ExchangeEntry).values(
            id=entry,
            message_id=entry,
            partition=partition_of(principal.home_path),
            step=Step.RECEIVED.value,
            at=at,
            subject=principal.subject,
            organization_id=principal.organization_id,
            on_behalf_of_id=principal.on_behalf_of,
            jurisdiction_path=principal.home_path,
            operation=message.operation,
            target_id=message.target_id,
            outcome="DONE",
            request_digest=message.digest,
            idempotency_key=message.idempotency_key,
            legal_basis=message.legal_basis,
            purpose=principal.purpose,
            correlation_id=correlation_id.get(),
        )
    )
    await session.execute(insert(ExchangePending).values(entry_id=entry))
    return entry

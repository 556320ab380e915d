"""Writes entries of the exchange log in the transaction of the change they belong to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
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
    """RECEIVED: a client sent it and it was carried out. SENT: an attempt to hand it to a receiver."""

    RECEIVED = "RECEIVED"
    SENT = "SENT"


@dataclass(frozen=True, slots=True)
class Message:
    """``digest`` is the hexadecimal SHA-256 of the bytes received; ``target_id`` the object made or moved."""

    operation: str
    digest: str
    target_id: UUID | None = None
    idempotency_key: str | None = None
    legal_basis: str | None = None


@dataclass(frozen=True, slots=True)
class Dispatch:
    """An attempt to send a message. ``receiver`` is the client it is for; digests as in ``Message``, that of the answer
    None where there was none; ``outcome`` DONE, or the code of what failed."""

    message_id: UUID
    receiver: Principal
    operation: str
    request_digest: str
    response_digest: str | None
    outcome: str
    target_id: UUID
    at: datetime
    idempotency_key: str
    legal_basis: str | None = None


def partition_of(path: str) -> str:
    """The chain of a jurisdiction: its prefecture's, or the province's own, by GB/T 2260 code."""
    codes = [code for code in path.split("/") if code]
    return next((code for code in codes if not code.endswith("0000")), codes[0] if codes else CENTRAL)


async def received(
    session: AsyncSession, principal: Principal, message: Message, *, at: datetime, path: str | None = None
) -> UUID:
    """Append a message that a client sent and that was carried out; its id. It is filed at the client's home unless
    ``path`` says where."""
    entry, home = new_id(), principal.home_path if path is None else path
    await session.execute(
        insert(ExchangeEntry).values(
            id=entry,
            message_id=entry,
            partition=partition_of(home),
            step=Step.RECEIVED.value,
            at=at,
            subject=principal.subject,
            organization_id=principal.organization_id,
            on_behalf_of_id=principal.on_behalf_of,
            jurisdiction_path=home,
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


async def sent(session: AsyncSession, path: str, attempts: Sequence[Dispatch]) -> None:
    """Append attempts to send, all to receivers of the jurisdiction at ``path``."""
    rows = [_dispatched(path, each) for each in attempts]
    if rows:
        await session.execute(insert(ExchangeEntry), rows)
        await session.execute(insert(ExchangePending), [{"entry_id": row["id"]} for row in rows])


def _dispatched(path: str, each: Dispatch) -> dict[str, Any]:
    return {
        "id": new_id(),
        "message_id": each.message_id,
        "partition": partition_of(path),
        "step": Step.SENT.value,
        "at": each.at,
        "subject": each.receiver.subject,
        "organization_id": each.receiver.organization_id,
        "on_behalf_of_id": None,
        "jurisdiction_path": path,
        "operation": each.operation,
        "target_id": each.target_id,
        "outcome": each.outcome,
        "request_digest": each.request_digest,
        "response_digest": each.response_digest,
        "idempotency_key": each.idempotency_key,
        "legal_basis": each.legal_basis,
        "purpose": None,
        "correlation_id": correlation_id.get(),
    }

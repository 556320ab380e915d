"""A self-contained package that proves one message: its entries, their proofs, the seals over them, the public keys."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select

from hub.core.errors import NotFound, Reason, Refused
from hub.db.models import EvidenceKey, ExchangeEntry, ExchangeLink, ExchangeSeal, ExchangeStamp
from hub.db.session import SystemSession
from hub.evidence.entries import entry_form
from hub.evidence.format import FORMAT, VERSION
from hub.evidence.merkle import inclusion


@dataclass(frozen=True, slots=True)
class _Sealed:
    link: ExchangeLink
    entry: ExchangeEntry
    seal: ExchangeSeal


async def evidence_of(session: SystemSession, message_id: UUID) -> dict[str, Any]:
    """The package, as JSON. Raises ``NotFound``, or ``Refused`` (EVIDENCE_NOT_SEALED) while an entry waits for its
    seal."""
    entries = list(await session.scalars(select(ExchangeEntry).where(ExchangeEntry.message_id == message_id)))
    if not entries:
        raise NotFound(path=("messageId",))
    rows = await session.execute(
        select(ExchangeLink, ExchangeEntry, ExchangeSeal)
        .join(ExchangeEntry, ExchangeEntry.id == ExchangeLink.entry_id)
        .join(
            ExchangeSeal,
            (ExchangeSeal.partition == ExchangeLink.partition)
            & ExchangeLink.sequence.between(ExchangeSeal.first_sequence, ExchangeSeal.last_sequence),
        )
        .where(ExchangeEntry.message_id == message_id)
        .order_by(ExchangeLink.sequence)
    )
    sealed = [_Sealed(*row) for row in rows]
    if len(sealed) != len(entries):
        raise Refused(Reason("EVIDENCE_NOT_SEALED", ("messageId",)))
    seals = {each.seal.id: each.seal for each in sealed}
    return {
        "format": FORMAT,
        "version": VERSION,
        "messageId": str(message_id),
        "entries": [await _shown(session, each) for each in sealed],
        "seals": [await _seal(session, each) for each in seals.values()],
        "keys": await _keys(session, {each.kid for each in seals.values()}),
    }


async def _shown(session: SystemSession, each: _Sealed) -> dict[str, Any]:
    leaves = await _leaves(session, each.seal)
    index = each.link.sequence - each.seal.first_sequence
    path = inclusion(each.link.algorithm, leaves, index)
    return {
        "entry": entry_form(each.entry),
        "partition": each.link.partition,
        "sequence": each.link.sequence,
        "previous": each.link.previous,
        "hash": each.link.hash,
        "proof": [step.hex() for step in path],
    }


async def _leaves(session: SystemSession, seal: ExchangeSeal) -> Sequence[bytes]:
    hashes = await session.scalars(
        select(ExchangeLink.hash)
        .where(
            ExchangeLink.partition == seal.partition,
            ExchangeLink.sequence.between(seal.first_sequence, seal.last_sequence),
        )
        .order_by(ExchangeLink.sequence)
    )
    return [bytes.fromhex(each) for each in hashes]


async def _seal(session: SystemSession, seal: ExchangeSeal) -> dict[str, Any]:
    token = await session.scalar(select(ExchangeStamp.token).where(ExchangeStamp.seal_id == seal.id))
    return {
        "statement": seal.statement,
        "timeStamp": None if token is None else base64.b64encode(token).decode(),
    }


async def _keys(session: SystemSession, kids: Iterable[str]) -> list[dict[str, Any]]:
    found = await session.scalars(select(EvidenceKey.public_jwk).where(EvidenceKey.kid.in_(kids)))
    return [dict(each) for each in found]

"""Gives entries their place in the chain and seals each batch. One worker at a time, whichever comes first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import groupby
from typing import Any

from sqlalchemy import delete, func, insert, select

from hub.core.ids import new_id
from hub.core.keyring import KeyRing
from hub.db.models import ExchangeEntry, ExchangeLink, ExchangePending, ExchangeSeal
from hub.db.session import SystemSession
from hub.evidence.chain import ORIGIN, Link, link
from hub.evidence.digests import SHA256, canonical
from hub.evidence.entries import entry_form
from hub.evidence.es256 import ES256
from hub.evidence.merkle import root
from hub.evidence.schemes import Signer
from hub.evidence.signing import current_signer

BATCH = 1_000
"""Links under one seal at the most; a proof then holds ten digests."""
TYPE = "linkage-hub-exchange-seal"
_ADVISORY_LOCK = 0x4855_534C


async def seal_pending(
    session: SystemSession, keyring: KeyRing, *, at: datetime, algorithm: str = SHA256, signature: str = ES256
) -> int:
    """Link and seal up to one batch of waiting entries; how many. Call again while it returns ``BATCH``."""
    await session.execute(select(func.pg_advisory_xact_lock(_ADVISORY_LOCK)))
    taken = (
        select(ExchangeEntry)
        .join(ExchangePending, ExchangePending.entry_id == ExchangeEntry.id)
        .order_by(ExchangeEntry.partition, ExchangeEntry.id)
        .limit(BATCH)
    )
    entries = list(await session.scalars(taken))
    if not entries:
        return 0
    signer = await current_signer(session, keyring, at=at, algorithm=signature)
    for partition, group in groupby(entries, key=lambda entry: entry.partition):
        links = await _append(session, partition, list(group), algorithm)
        await _seal(session, signer, links, algorithm, at)
    await session.execute(delete(ExchangePending).where(ExchangePending.entry_id.in_([each.id for each in entries])))
    return len(entries)


async def _append(
    session: SystemSession, partition: str, entries: Sequence[ExchangeEntry], algorithm: str
) -> Sequence[Link]:
    last = await session.scalar(
        select(ExchangeLink).where(ExchangeLink.partition == partition).order_by(ExchangeLink.sequence.desc()).limit(1)
    )
    sequence, previous = (last.sequence, last.hash) if last is not None else (0, ORIGIN)
    links: list[Link] = []
    for entry in entries:
        made = link(algorithm, partition, sequence := sequence + 1, previous, entry_form(entry))
        previous = made.hash
        links.append(made)
    rows = [
        {
            "partition": partition,
            "sequence": made.sequence,
            "entry_id": entry.id,
            "algorithm": algorithm,
            "previous": made.previous,
            "hash": made.hash,
        }
        for made, entry in zip(links, entries, strict=True)
    ]
    await session.execute(insert(ExchangeLink), rows)
    return links


async def _seal(session: SystemSession, signer: Signer, links: Sequence[Link], algorithm: str, at: datetime) -> None:
    statement = canonical(statement_of(links, algorithm, at))
    await session.execute(
        insert(ExchangeSeal).values(
            id=new_id(),
            partition=links[0].partition,
            first_sequence=links[0].sequence,
            last_sequence=links[-1].sequence,
            kid=signer.kid,
            statement=signer.sign(statement),
            sealed_at=at,
        )
    )


def statement_of(links: Sequence[Link], algorithm: str, at: datetime) -> dict[str, Any]:
    """What a seal says: which links, their Merkle root, where the chain stood before and stands now."""
    return {
        "type": TYPE,
        "partition": links[0].partition,
        "first": links[0].sequence,
        "last": links[-1].sequence,
        "previous": links[0].previous,
        "head": links[-1].hash,
        "algorithm": algorithm,
        "root": root(algorithm, [bytes.fromhex(each.hash) for each in links]).hex(),
        "sealedAt": at.astimezone(UTC).isoformat(timespec="seconds"),
    }

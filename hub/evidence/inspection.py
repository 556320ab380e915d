"""Reads the whole exchange log as it stands in the database, and names every row that is not as it was written."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import exists, select

from hub.core.errors import Reason
from hub.db.models import EvidenceKey, ExchangeEntry, ExchangeLink, ExchangePending, ExchangeSeal
from hub.db.session import SystemSession
from hub.evidence.chain import ORIGIN, Link, holds
from hub.evidence.digests import available
from hub.evidence.entries import entry_form
from hub.evidence.merkle import root
from hub.evidence.schemes import SchemeMissing, opened

PORTION = 1_000


@dataclass(frozen=True, slots=True)
class Inspection:
    """``links`` and ``seals`` read; ``reasons`` names everything that does not hold."""

    links: int
    seals: int
    reasons: tuple[Reason, ...]


async def inspect_log(session: SystemSession) -> Inspection:
    """Every partition, link by link and seal by seal. Memory stays flat."""
    reasons = [reason async for reason in _strangers(session)]
    keys = {row.kid: row.public_jwk for row in await session.scalars(select(EvidenceKey))}
    links = seals = 0
    for partition in await session.scalars(select(ExchangeSeal.partition).distinct().order_by(ExchangeSeal.partition)):
        walk = _Walk(session, partition, keys)
        await walk.run()
        links, seals = links + walk.links, seals + walk.seals
        reasons += walk.reasons
    return Inspection(links, seals, tuple(reasons))


async def _strangers(session: SystemSession) -> AsyncIterator[Reason]:
    """Entries that neither wait for a place in a chain nor have one; partitions with links and no seal."""
    linked = exists().where(ExchangeLink.entry_id == ExchangeEntry.id)
    waiting = exists().where(ExchangePending.entry_id == ExchangeEntry.id)
    for key in await session.scalars(select(ExchangeEntry.id).where(~linked, ~waiting).order_by(ExchangeEntry.id)):
        yield Reason("EVIDENCE_UNLINKED", params={"entry": str(key)})
    sealed = exists().where(ExchangeSeal.partition == ExchangeLink.partition)
    for partition in await session.scalars(select(ExchangeLink.partition).where(~sealed).distinct()):
        yield Reason("EVIDENCE_SEAL_MISSING", params={"partition": partition, "sequence": 1})


class _Walk:
    """One partition: every seal in order, and under it every link."""

    def __init__(self, session: SystemSession, partition: str, keys: dict[str, Any]) -> None:
        self._session = session
        self._partition = partition
        self._keys = keys
        self._sequence = 0
        self._previous = ORIGIN
        self.links = 0
        self.seals = 0
        self.reasons: list[Reason] = []

    async def run(self) -> None:
        seals = await self._session.scalars(
            select(ExchangeSeal).where(ExchangeSeal.partition == self._partition).order_by(ExchangeSeal.first_sequence)
        )
        for seal in seals:
            self.seals += 1
            await self._sealed(seal)
        beyond = ExchangeLink.sequence > self._sequence
        for sequence in await self._session.scalars(
            select(ExchangeLink.sequence).where(ExchangeLink.partition == self._partition, beyond).limit(PORTION)
        ):
            self._name("EVIDENCE_INSERTED", sequence)

    async def _sealed(self, seal: ExchangeSeal) -> None:
        rows = await self._rows(seal)
        said = self._said(seal)
        if said is None:
            self._name("EVIDENCE_SEAL_CHANGED", seal.first_sequence)
        if seal.first_sequence != self._sequence + 1:
            self._name("EVIDENCE_SEAL_MISSING", self._sequence + 1)
            self._previous = rows[0][0].previous if rows else ORIGIN
        found = {link.sequence: (link, entry) for link, entry in rows}
        for sequence in range(seal.first_sequence, seal.last_sequence + 1):
            self.links += 1
            self._check(sequence, found.get(sequence))
        if said is not None and not self._agrees(said, [link for link, _ in rows]):
            self._name("EVIDENCE_SEAL_BROKEN", seal.first_sequence)

    def _check(self, sequence: int, row: tuple[ExchangeLink, ExchangeEntry] | None) -> None:
        self._sequence = sequence
        if row is None:
            self._name("EVIDENCE_REMOVED", sequence)
            return
        link, entry = row
        claimed = Link(link.partition, link.sequence, link.previous, link.hash)
        known = link.algorithm in available()
        if link.previous != self._previous or not known or not holds(link.algorithm, claimed, entry_form(entry)):
            self._name("EVIDENCE_CHANGED", sequence)
        self._previous = link.hash

    async def _rows(self, seal: ExchangeSeal) -> Sequence[tuple[ExchangeLink, ExchangeEntry]]:
        rows = await self._session.execute(
            select(ExchangeLink, ExchangeEntry)
            .join(ExchangeEntry, ExchangeEntry.id == ExchangeLink.entry_id)
            .where(
                ExchangeLink.partition == self._partition,
                ExchangeLink.sequence.between(seal.first_sequence, seal.last_sequence),
            )
            .order_by(ExchangeLink.sequence)
        )
        return [(row[0], row[1]) for row in rows]

    def _said(self, seal: ExchangeSeal) -> dict[str, Any] | None:
        try:
            said: dict[str, Any] = json.loads(opened(seal.statement, self._keys[seal.kid]))
        except (ValueError, KeyError, SchemeMissing):
            return None
        place = (seal.partition, seal.first_sequence, seal.last_sequence)
        return said if (said["partition"], said["first"], said["last"]) == place else None

    def _agrees(self, said: dict[str, Any], links: Sequence[ExchangeLink]) -> bool:
        if not links or len(links) != said["last"] - said["first"] + 1:
            return False
        leaves = [bytes.fromhex(link.hash) for link in links]
        ends = (said["previous"], said["head"]) == (links[0].previous, links[-1].hash)
        return ends and bool(said["root"] == root(said["algorithm"], leaves).hex())

    def _name(self, code: str, sequence: int) -> None:
        self.reasons.append(Reason(code, params={"partition": self._partition, "sequence": sequence}))

"""What was told of a record, and whether it is newer than what the mirror holds."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Generic, TypeVar
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from hub.canonical.exchange_codes import MirrorCapacity
from hub.canonical.records import Record
from hub.core.ids import new_id
from hub.db.bulk import Changes, among, insert_rows, upsert_rows
from hub.events.outbox import publish_all
from hub.subjects.home import Home
from hub.subjects.resolving import Resolved

R = TypeVar("R", bound=Record)


class Verdict(StrEnum):
    """NEWER: to be applied; SAME: nothing new; OLDER: told too late; CONFLICT: two contents, none of them later."""

    NEWER = "NEWER"
    SAME = "SAME"
    OLDER = "OLDER"
    CONFLICT = "CONFLICT"


@dataclass(frozen=True, slots=True)
class Told(Generic[R]):
    """A record with where it comes from; ``order`` is occurrence, sequence and version at the source."""

    record: R
    key: str
    order: tuple[datetime, int, int]
    received_at: datetime
    message_key: UUID
    content_digest: str
    subject: Resolved
    case_id: UUID

    def mirrored(self, home: Home) -> dict[str, object]:
        occurred_at, sequence, version = self.order
        return {
            **home.placed,
            "source": home.source,
            "source_key": self.key,
            "occurred_at": occurred_at,
            "source_sequence": sequence,
            "source_version": version,
            "received_at": self.received_at,
            "message_key": self.message_key,
            "content_digest": self.content_digest,
        }


@dataclass(frozen=True, slots=True)
class Kept:
    """A mirrored row as it stands."""

    id: UUID
    order: tuple[datetime, int, int]
    content_digest: str


@dataclass(frozen=True, slots=True)
class Mirror(Generic[R]):
    """The table that mirrors one kind of record: ``row`` makes its rows, ``party`` is its audience, keyed by
    ``party_key``, ``type_`` the event that tells of its changes. ``changes``: what of a row that is told of again
    becomes something else than what the new row says."""

    model: Any
    party: Any
    party_key: str
    type_: str
    row: Callable[[UUID, Told[R], Home], dict[str, object]]
    changes: Changes = lambda _new, _old: {}

    async def apply(self, session: AsyncSession, home: Home, told: Sequence[Told[R]]) -> list[Verdict]:
        """Bring the mirror to what was told, where that is newer; what came of each."""
        verdicts, kept = await self.judge(session, home, told)
        newer = [each for each, found in zip(told, verdicts, strict=True) if found is Verdict.NEWER]
        ids = await self.bring(session, home, newer, kept)
        if ids:
            await publish_all(session, tenant_id=home.tenant_id, type_=self.type_, rows=ids)
        return verdicts

    async def judge(
        self, session: AsyncSession, home: Home, told: Sequence[Told[R]]
    ) -> tuple[list[Verdict], dict[str, Kept]]:
        """What is to come of each, and the rows there are by key, locked until the transaction ends."""
        kept = await _kept_rows(session, self.model, home, [each.key for each in told])
        return [_verdict(each, kept.get(each.key)) for each in told], kept

    async def bring(
        self, session: AsyncSession, home: Home, newer: Sequence[Told[R]], kept: Mapping[str, Kept]
    ) -> list[UUID]:
        """Take over what is newer; the ids of its rows."""
        if not newer:
            return []
        ids = _row_ids(newer, kept)
        rows = [self.row(key, each, home) for key, each in zip(ids, newer, strict=True)]
        await upsert_rows(session, self.model, rows, key=_KEY, changes=self._changes(rows[0]))
        parties = [(key, each.subject, each.record.listed_on) for key, each in zip(ids, newer, strict=True)]
        before = [kept[each.key].id for each in newer if each.key in kept]
        await _tell_parties(session, self.party, self.party_key, home, parties, before)
        return ids

    def _changes(self, row: Mapping[str, object]) -> Changes:
        """A mirrored row takes over everything it is told but where it belongs."""
        names = [name for name in row if name not in _FIXED]
        return lambda new, old: {
            **{name: new[name] for name in names},
            "updated_at": func.now(),
            **self.changes(new, old),
        }


async def _kept_rows(session: AsyncSession, model: Any, home: Home, keys: Sequence[str]) -> dict[str, Kept]:
    """Rows of the mirror by their source's key, locked until the transaction ends."""
    rows = await session.execute(
        select(
            model.id,
            model.source_key,
            model.occurred_at,
            model.source_sequence,
            model.source_version,
            model.content_digest,
        )
        .where(model.tenant_id == home.tenant_id, model.source == home.source, among(model.source_key, keys))
        .order_by(model.id)
        .with_for_update()
    )
    return {row.source_key: Kept(row.id, (row[2], row[3], row[4]), row.content_digest) for row in rows}


def _verdict(told: Told[Any], kept: Kept | None) -> Verdict:
    """By the source's own time and sequence, never by when something arrived."""
    if kept is None or told.order > kept.order:
        return Verdict.NEWER
    if told.content_digest == kept.content_digest:
        return Verdict.SAME
    return Verdict.OLDER if told.order < kept.order else Verdict.CONFLICT


def _row_ids(told: Sequence[Told[Any]], kept: Mapping[str, Kept]) -> list[UUID]:
    """Ids of the rows told of: those there are, new ones for the rest."""
    return [kept[each.key].id if each.key in kept else new_id() for each in told]


_KEY = ("tenant_id", "source", "source_key")
_FIXED = frozenset({"id", "tenant_id", "jurisdiction_id", "jurisdiction_path", "source", "source_key"})


async def _tell_parties(
    session: AsyncSession,
    party: Any,
    key: str,
    home: Home,
    rows: Sequence[tuple[UUID, Resolved, date]],
    kept: Sequence[UUID],
) -> None:
    """Make the source and the subject's unit, if it is one of the hub's, the parties of each row, and nobody else;
    those of the rows that were ``kept`` before are taken away."""
    if kept:
        await session.execute(delete(party).where(among(getattr(party, key), kept)))
    values = [
        {
            key: row,
            "organization_id": organization,
            "tenant_id": home.tenant_id,
            "capacity": capacity,
            "jurisdiction_path": home.path,
            "listed_on": listed_on,
        }
        for row, subject, listed_on in rows
        for organization, capacity in (
            (home.organization_id, MirrorCapacity.SOURCE),
            (subject.organization_id, MirrorCapacity.SUBJECT),
        )
        if organization is not None and (capacity is MirrorCapacity.SOURCE or organization != home.organization_id)
    ]
    await insert_rows(session, party, values)

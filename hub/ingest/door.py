"""Rows at the door: translated once to see whether they can be, sealed, and inserted once by their message id."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from uuid import UUID

from sqlalchemy import insert, select, tuple_, update

from hub.canonical.connector import Connector, Row
from hub.canonical.exchange_codes import QUARANTINE, BatchKind, CaseListKind, InboxStatus, IssueKind
from hub.canonical.records import Message
from hub.cases.snapshots import known_content as known_entries
from hub.core.errors import Reason, Refused
from hub.core.ids import new_id
from hub.core.keyring import KeyRing
from hub.credit.snapshots import known_content as known_listings
from hub.db.bulk import insert_new, insert_rows
from hub.db.models import InboxBatch, InboxMessage, InboxRefusal, SnapshotKey
from hub.db.session import SystemSession
from hub.ingest.issues import open_issues
from hub.ingest.reasons import kept_reasons
from hub.subjects.home import Home
from hub.subjects.resolving import subject_key

PORTION = 500
SECRET = "STATE_SECRET_REFUSED"  # noqa: S105 - a problem code


@dataclass(frozen=True, slots=True)
class Prepared:
    """A row with what it was found to be. ``key`` is its business key: what it is about, without personal data."""

    row: Row
    body: bytes
    message_id: str
    version: int
    key: str
    told: bool
    reasons: tuple[Reason, ...] = ()

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.body).hexdigest()

    @property
    def name(self) -> tuple[str, int]:
        return self.message_id, self.version

    @property
    def secret(self) -> bool:
        return any(reason.code == SECRET for reason in self.reasons)


@dataclass(slots=True)
class Tally:
    accepted: int = 0
    unchanged: int = 0
    duplicates: int = 0
    faulty: int = 0
    lists: set[CaseListKind] = field(default_factory=set)


def message_context(key: UUID) -> str:
    """What a sealed body is bound to."""
    return f"inbox_message|body_sealed|{key}"


def business_key(keyring: KeyRing, message: Message) -> str:
    """What a message is about: one subject in one case on one list."""
    record = message.record
    return f"{record.list_kind.value}:{record.case.case_number}:{subject_key(keyring, record.subject)}"


def prepare(
    connector: Connector, keyring: KeyRing, row: Row, *, batch: int, told_at: datetime, now: datetime
) -> Prepared:
    """Never raises on a faulty row: what is wrong with it is kept with it."""
    place = f"{batch}:{row.file}:{row.number}"
    try:
        message = connector.translate(row, told_at=told_at, now=now)
    except Refused as refused:
        name = row.message_id or place
        return Prepared(row, row.body, name, row.version, f"?:{name}"[:200], False, refused.reasons)
    key = business_key(keyring, message)
    return Prepared(row, row.body, message.message_id or f"{batch}:{key}"[:120], message.version, key, True)


class Door:
    """Takes the rows of one batch in, portion by portion, in the batch's transaction."""

    def __init__(
        self, session: SystemSession, keyring: KeyRing, home: Home, batch: InboxBatch, tally: Tally, *, now: datetime
    ) -> None:
        self._session = session
        self._keyring = keyring
        self._home = home
        self._batch = batch
        self._now = now
        self.tally = tally

    def portion(self, connector: Connector, rows: Iterator[Row]) -> list[Prepared]:
        """The next rows, prepared; empty at the end. Blocks. Raises ``Refused`` where the files break off."""
        told_at = self._batch.sent_at or self._now
        return [
            prepare(connector, self._keyring, row, batch=self._batch.number, told_at=told_at, now=self._now)
            for row in islice(rows, PORTION)
        ]

    async def take(self, prepared: Sequence[Prepared]) -> None:
        if self._batch.kind is BatchKind.SNAPSHOT:
            prepared = await self._changed(prepared)
        known = await self._known(prepared)
        new: dict[tuple[str, int], Prepared] = {}
        reused: list[tuple[Prepared, str]] = []
        for each in prepared:
            before = known.get(each.name) or (new[each.name].digest if each.name in new else None)
            if before is None:
                new[each.name] = each
            elif before == each.digest:
                self.tally.duplicates += 1
            else:
                reused.append((each, before))
        await self._insert(list(new.values()))
        await self._keep_evidence(reused)

    async def _changed(self, prepared: Sequence[Prepared]) -> list[Prepared]:
        """Note every key the snapshot has; what the mirror has in the same words need not be told again."""
        told = [each for each in prepared if each.told]
        if told:
            keys = [
                {"batch_id": self._batch.id, "list_kind": each.row.list_kind, "business_key": each.key} for each in told
            ]
            await insert_new(self._session, SnapshotKey, keys)
        names = [each.key for each in told]
        known = {
            **await known_entries(self._session, self._home, names),
            **await known_listings(self._session, self._home, names),
        }
        changed = [each for each in prepared if not each.told or known.get(each.key) != each.row.content_digest]
        self.tally.unchanged += len(prepared) - len(changed)
        return changed

    async def _known(self, prepared: Sequence[Prepared]) -> dict[tuple[str, int], str]:
        rows = await self._session.execute(
            select(InboxMessage.message_id, InboxMessage.version, InboxMessage.digest).where(
                InboxMessage.source == self._home.source,
                InboxMessage.revision == 0,
                tuple_(InboxMessage.message_id, InboxMessage.version).in_([each.name for each in prepared]),
            )
        )
        return {(row.message_id, row.version): row.digest for row in rows}

    async def _insert(self, prepared: Sequence[Prepared]) -> None:
        if not prepared:
            return
        await insert_rows(self._session, InboxMessage, [self._row(each) for each in prepared])
        self.tally.accepted += sum(each.told for each in prepared)
        self.tally.faulty += sum(not each.told for each in prepared)
        for each in prepared:
            if each.version > 1:
                await self._supersede(each)

    def _row(self, each: Prepared) -> dict[str, object]:
        key = new_id()
        sealed = None if each.secret else self._keyring.seal(each.body.decode(), context=message_context(key))
        return {
            "id": key,
            **self._home.provided,
            "tenant_id": self._home.tenant_id,
            "message_id": each.message_id,
            "version": each.version,
            "revision": 0,
            "batch_id": self._batch.id,
            "list_kind": each.row.list_kind,
            "file": each.row.file,
            "row_number": each.row.number,
            "business_key": each.key,
            "body_sealed": sealed,
            "digest": each.digest,
            "state": InboxStatus.RECEIVED if each.told else InboxStatus.INVALID,
            "reasons": kept_reasons(each.reasons),
            "attempt": 0,
            "received_at": self._now,
        }

    async def _supersede(self, each: Prepared) -> None:
        """A correction takes the place of what it corrects, if that has not taken effect."""
        await self._session.execute(
            update(InboxMessage)
            .where(
                InboxMessage.source == self._home.source,
                InboxMessage.message_id == each.message_id,
                InboxMessage.version < each.version,
                InboxMessage.state.in_((InboxStatus.RECEIVED, *QUARANTINE)),
            )
            .values(state=InboxStatus.SUPERSEDED, settled_at=self._now)
            .execution_options(synchronize_session=False)
        )

    async def _keep_evidence(self, reused: Sequence[tuple[Prepared, str]]) -> None:
        for each, before in reused:
            key = new_id()
            await self._session.execute(
                insert(InboxRefusal).values(
                    id=key,
                    **self._home.provided,
                    message_id=each.message_id,
                    version=each.version,
                    batch_id=self._batch.id,
                    file=each.row.file,
                    row_number=each.row.number,
                    digest=each.digest,
                    known_digest=before,
                    body_sealed=self._keyring.seal(each.body.decode(), context=f"inbox_refusal|body_sealed|{key}"),
                    at=self._now,
                )
            )
        self.tally.faulty += len(reused)
        names = [each.message_id for each, _ in reused]
        await open_issues(self._session, self._home, IssueKind.MESSAGE_ID_REUSED, names, at=self._now)

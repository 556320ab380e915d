"""Rows at the door: translated once to see whether they can be, sealed, and inserted once by their message id."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update

from hub.canonical.connector import Row
from hub.canonical.exchange_codes import QUARANTINE, BatchKind, CaseListKind, InboxStatus, IssueKind
from hub.cases.snapshots import known_content as known_entries
from hub.core.ids import new_id
from hub.core.keyring import KeyRing
from hub.credit.snapshots import known_content as known_listings
from hub.db.bulk import among, insert_rows
from hub.db.models import InboxBatch, InboxMessage, InboxRefusal
from hub.db.session import SystemSession
from hub.ingest.applying import Outcome
from hub.ingest.issues import open_issues
from hub.ingest.mirrors import mirror_of
from hub.ingest.prepared import Prepared, message_context
from hub.ingest.reading import Portion
from hub.ingest.reasons import kept_reasons
from hub.ingest.straight import Straight
from hub.restriction.mirror import known_content as known_orders
from hub.subjects.home import Home


@dataclass(slots=True)
class Tally:
    accepted: int = 0
    unchanged: int = 0
    duplicates: int = 0
    faulty: int = 0


@dataclass(frozen=True, slots=True)
class Door:
    """Takes the rows of one batch in, portion by portion, in the batch's transaction. With ``straight``, what can be
    applied at once is, and enters the inbox settled."""

    session: SystemSession
    keyring: KeyRing
    home: Home
    batch: InboxBatch
    tally: Tally
    straight: Straight | None
    now: datetime

    async def to_be_read(self, rows: Sequence[Row]) -> list[Row]:
        """All but the rows of a snapshot that the mirror holds word for word; of those the keys are noted."""
        if self.batch.kind is not BatchKind.SNAPSHOT:
            return list(rows)
        by_list: defaultdict[CaseListKind, list[int]] = defaultdict(list)
        for place, row in enumerate(rows):
            if row.bare:
                by_list[row.list_kind].append(place)
        left = set(range(len(rows)))
        for kind, places in by_list.items():
            digests = [rows[place].content_digest for place in places]
            strange = await mirror_of(kind).note_standing(self.session, self.home, self.batch.id, digests)
            left.difference_update(place for at, place in enumerate(places) if at not in strange)
        return [rows[place] for place in sorted(left)]

    async def take(self, portion: Portion) -> None:
        prepared: Sequence[Prepared] = portion.prepared
        self.tally.unchanged += portion.unchanged
        if prepared and self.batch.kind is BatchKind.SNAPSHOT:
            await self._note_keys(prepared)
            prepared = await self._changed(prepared)
        if not prepared:
            return
        known = await self._known(prepared)
        new: dict[tuple[str, int], Prepared] = {}
        reused: list[tuple[Prepared, str]] = []
        for each in prepared:
            before = known.get(each.name) or (new[each.name].row.digest if each.name in new else None)
            if before is None:
                new[each.name] = each
            elif before == each.row.digest:
                self.tally.duplicates += 1
            else:
                reused.append((each, before))
        await self._insert(list(new.values()))
        await self._keep_evidence(reused)

    async def _note_keys(self, prepared: Sequence[Prepared]) -> None:
        """Note the keys of what was read."""
        by_list: defaultdict[CaseListKind, set[str]] = defaultdict(set)
        for each in prepared:
            if each.told:
                by_list[each.row.list_kind].add(each.key)
        for kind, keys in by_list.items():
            await mirror_of(kind).note(self.session, self.batch.id, sorted(keys))

    async def _changed(self, prepared: Sequence[Prepared]) -> list[Prepared]:
        """What the mirror has in the same words need not be told again."""
        names = [each.key for each in prepared if each.told]
        known = {
            **await known_entries(self.session, self.home, names),
            **await known_listings(self.session, self.home, names),
            **await known_orders(self.session, self.home, names),
        }
        changed = [each for each in prepared if not each.told or known.get(each.key) != each.row.content_digest]
        self.tally.unchanged += len(prepared) - len(changed)
        return changed

    async def _known(self, prepared: Sequence[Prepared]) -> dict[tuple[str, int], str]:
        rows = await self.session.execute(
            select(InboxMessage.message_id, InboxMessage.version, InboxMessage.digest).where(
                InboxMessage.source == self.home.source,
                InboxMessage.revision == 0,
                among(InboxMessage.message_id, {each.message_id for each in prepared}),
            )
        )
        return {(row.message_id, row.version): row.digest for row in rows}

    async def _insert(self, prepared: Sequence[Prepared]) -> None:
        if not prepared:
            return
        for each in prepared:
            if each.version > 1:
                await self._supersede(each)
        keyed = {new_id(): each for each in prepared}
        settled = await self.straight.settle(keyed) if self.straight else {}
        rows = [self._row(key, each, settled.get(key)) for key, each in keyed.items()]
        await insert_rows(self.session, InboxMessage, rows)
        self.tally.accepted += sum(each.told for each in prepared)
        self.tally.faulty += sum(not each.told for each in prepared)

    def _row(self, key: UUID, each: Prepared, settled: Outcome | None) -> dict[str, object]:
        waits = InboxStatus.RECEIVED if each.told else InboxStatus.INVALID
        sealed = None if each.secret else self.keyring.seal(each.row.body.decode(), context=message_context(key))
        return {
            "id": key,
            **self.home.provided,
            "tenant_id": self.home.tenant_id,
            "message_id": each.message_id,
            "version": each.version,
            "revision": 0,
            "batch_id": self.batch.id,
            "list_kind": each.row.list_kind,
            "file": each.row.file,
            "row_number": each.row.number,
            "business_key": each.key,
            "body_sealed": sealed,
            "digest": each.row.digest,
            "state": settled.state if settled else waits,
            "reasons": kept_reasons(settled.reasons if settled else each.reasons),
            "match_id": settled.match_id if settled else None,
            "attempt": 0,
            "received_at": self.now,
            "settled_at": self.now if settled else None,
        }

    async def _supersede(self, each: Prepared) -> None:
        """A correction takes the place of what it corrects, if that has not taken effect."""
        await self.session.execute(
            update(InboxMessage)
            .where(
                InboxMessage.source == self.home.source,
                InboxMessage.message_id == each.message_id,
                InboxMessage.version < each.version,
                InboxMessage.state.in_((InboxStatus.RECEIVED, *QUARANTINE)),
            )
            .values(state=InboxStatus.SUPERSEDED, settled_at=self.now)
            .execution_options(synchronize_session=False)
        )

    async def _keep_evidence(self, reused: Sequence[tuple[Prepared, str]]) -> None:
        rows = [self._refusal(new_id(), each, before) for each, before in reused]
        await insert_rows(self.session, InboxRefusal, rows)
        self.tally.faulty += len(reused)
        names = [each.message_id for each, _ in reused]
        await open_issues(self.session, self.home, IssueKind.MESSAGE_ID_REUSED, names, at=self.now)

    def _refusal(self, key: UUID, each: Prepared, before: str) -> dict[str, object]:
        return {
            "id": key,
            **self.home.provided,
            "message_id": each.message_id,
            "version": each.version,
            "batch_id": self.batch.id,
            "file": each.row.file,
            "row_number": each.row.number,
            "digest": each.row.digest,
            "known_digest": before,
            "body_sealed": self.keyring.seal(each.row.body.decode(), context=f"inbox_refusal|body_sealed|{key}"),
            "at": self.now,
        }

"""What is kept of the way a listing took: each step as told, and the periods it set running."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from hub.canonical.exchange_codes import DishonestyStatus, ListingClock
from hub.canonical.records import Listing
from hub.core.clock import local_date
from hub.core.ids import new_id
from hub.credit.clocks import MET_BY, Counting
from hub.credit.workflow import OUT
from hub.db.bulk import among, insert_new, upsert_rows
from hub.db.models import DishonestyClock, DishonestyRecord, DishonestyStep
from hub.subjects.mirroring import Told

S = DishonestyStatus


@dataclass(frozen=True, slots=True)
class Move:
    """A step taken, from where, and the version of the listing from now on."""

    told: Told[Listing]
    event: str
    before: DishonestyStatus
    version: int


@dataclass(frozen=True, slots=True)
class History:
    session: AsyncSession
    tenant_id: UUID
    counting: Counting

    async def steps(self, steps: Sequence[tuple[UUID, Told[Listing], str, bool]]) -> None:
        rows = [
            {
                "id": new_id(),
                "record_id": key,
                "tenant_id": self.tenant_id,
                "event": event,
                "status": told.record.status,
                "occurred_at": told.order[0],
                "source_sequence": told.order[1],
                "source_version": told.order[2],
                "received_at": told.received_at,
                "late": late,
            }
            for key, told, event, late in steps
        ]
        await insert_new(self.session, DishonestyStep, rows)

    async def clocks(self, moves: Mapping[UUID, Move]) -> None:
        again = [key for key, move in moves.items() if move.before in (*OUT, S.ARCHIVED)]
        if again:
            await self._forget(again)
        await self._meet(moves)
        await upsert_rows(
            self.session,
            DishonestyClock,
            [
                {
                    "record_id": key,
                    "kind": each.kind,
                    "tenant_id": self.tenant_id,
                    "anchor_on": each.anchor_on,
                    "due_on": each.due_on,
                    "clause": each.clause,
                    "told": each.told,
                    "provisional": each.provisional,
                    "met_on": None,
                }
                for key, move in moves.items()
                for each in self.counting.started(move.told, move.event)
            ],
            key=("record_id", "kind"),
            changes=lambda new, _: {
                name: new[name] for name in ("anchor_on", "due_on", "clause", "told", "provisional", "met_on")
            },
        )
        await self._keep_dates(list(moves))

    async def _meet(self, moves: Mapping[UUID, Move]) -> None:
        """End the periods that what was told ends, with one statement for all that ended alike."""
        ended: defaultdict[tuple[ListingClock, date], list[UUID]] = defaultdict(list)
        for key, move in moves.items():
            for kind, ends in MET_BY.items():
                if move.before != S.EXEC_FILED and move.told.record.status in ends:
                    ended[kind, local_date(move.told.order[0])].append(key)
        for (kind, on), keys in ended.items():
            await self.session.execute(
                update(DishonestyClock)
                .where(
                    among(DishonestyClock.record_id, keys),
                    DishonestyClock.kind == kind,
                    DishonestyClock.met_on.is_(None),
                )
                .values(met_on=on)
                .execution_options(synchronize_session=False)
            )

    async def _forget(self, again: Sequence[UUID]) -> None:
        """What is listed again begins anew."""
        await self.session.execute(delete(DishonestyClock).where(among(DishonestyClock.record_id, again)))
        await self.session.execute(
            update(DishonestyRecord)
            .where(among(DishonestyRecord.id, again))
            .values(relist_barred_until=None, archived_from=None)
            .execution_options(synchronize_session=False)
        )

    async def _keep_dates(self, ids: Sequence[UUID]) -> None:
        """Dates the next step is judged by."""
        for kind, column in ((ListingClock.RELISTING_BAR, "relist_barred_until"), (ListingClock.TERM, "term_until")):
            due = (
                select(DishonestyClock.due_on)
                .where(DishonestyClock.record_id == DishonestyRecord.id, DishonestyClock.kind == kind)
                .scalar_subquery()
            )
            await self.session.execute(
                update(DishonestyRecord)
                .where(among(DishonestyRecord.id, ids), due.is_not(None))
                .values({column: due})
                .execution_options(synchronize_session=False)
            )

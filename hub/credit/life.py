"""The life of listings as their courts tell it: what may follow what, and what follows from it, in one transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from hub.canonical.exchange_codes import STANDING, DishonestyStatus, ListingClock
from hub.canonical.records import Listing
from hub.core.clock import local_date
from hub.core.errors import Reason, Refused
from hub.core.ids import new_id
from hub.core.keyring import KeyRing
from hub.credit.clocks import MET_BY, Counting
from hub.credit.service import MIRROR
from hub.credit.standing import keep_standing
from hub.credit.watching import tell_checkers
from hub.credit.workflow import OUT, LifeFacts, step
from hub.db.bulk import insert_new, upsert_rows
from hub.db.models import DishonestyClock, DishonestyRecord, DishonestyStep
from hub.events.outbox import publish
from hub.subjects.home import Home
from hub.subjects.mirroring import Told, Verdict

S = DishonestyStatus
WATCHED = "check.watch.days"


@dataclass(frozen=True, slots=True)
class Judged:
    """What came of a message: ``reasons`` when the listing cannot take that step."""

    verdict: Verdict
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class _Stood:
    """How a listing stood before."""

    status: DishonestyStatus
    facts: LifeFacts


@dataclass(frozen=True, slots=True)
class _Move:
    told: Told[Listing]
    event: str
    before: DishonestyStatus


_NEW = _Stood(S.EXEC_FILED, LifeFacts())


@dataclass(frozen=True, slots=True)
class Life:
    """Applies one portion of one court's messages."""

    session: AsyncSession
    keyring: KeyRing
    home: Home
    counting: Counting
    now: datetime

    @property
    def watched(self) -> timedelta:
        return timedelta(days=self.counting.pack.number(WATCHED))

    async def apply(self, told: Sequence[Told[Listing]]) -> list[Judged]:
        verdicts, kept = await MIRROR.judge(self.session, self.home, told)
        stood = await self._stood([row.id for row in kept.values()])
        judged, moves = [], []
        for each, verdict in zip(told, verdicts, strict=True):
            before = stood[kept[each.key].id] if each.key in kept else _NEW
            outcome, event = _judge(each, verdict, before)
            judged.append(outcome)
            if event is not None:
                moves.append(_Move(each, event, before.status))
        ids = await MIRROR.bring(self.session, self.home, [move.told for move in moves], kept)
        if moves:
            await self._follow(dict(zip(ids, moves, strict=True)))
        late = [each for each, v in zip(told, verdicts, strict=True) if v is Verdict.OLDER]
        await self._steps([(kept[each.key].id, each, "late", True) for each in late])
        return judged

    async def _stood(self, ids: Sequence[UUID]) -> dict[UUID, _Stood]:
        record = DishonestyRecord
        rows = await self.session.execute(
            select(record.id, record.status, record.term_until, record.relist_barred_until).where(record.id.in_(ids))
        )
        return {key: _Stood(status, LifeFacts(term, bar)) for key, status, term, bar in rows}

    async def _follow(self, moves: Mapping[UUID, _Move]) -> None:
        """What follows from steps taken: history, clocks, what checks find, events."""
        await self._steps([(key, move.told, move.event, False) for key, move in moves.items()])
        await self._clocks(moves)
        keys = await keep_standing(self.session, self.keyring, list(moves))
        if keys:
            await tell_checkers(self.session, list(keys), since=self.now - self.watched)
        moved = [key for key, move in moves.items() if move.before != move.told.record.status]
        await announce(
            self.session, {key: told_as(move.before, move.told.record.status) for key, move in moves.items()}
        )
        await self.session.execute(
            update(DishonestyRecord)
            .where(DishonestyRecord.id.in_(moved))
            .values(status_since=DishonestyRecord.occurred_at)
            .execution_options(synchronize_session=False)
        )

    async def _steps(self, steps: Sequence[tuple[UUID, Told[Listing], str, bool]]) -> None:
        rows = [
            {
                "id": new_id(),
                "record_id": key,
                "tenant_id": self.home.tenant_id,
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

    async def _clocks(self, moves: Mapping[UUID, _Move]) -> None:
        again = [key for key, move in moves.items() if move.before in OUT]
        if again:
            await self._forget(again)
        for key, move in moves.items():
            status, on = move.told.record.status, local_date(move.told.order[0])
            met = [kind for kind, ends in MET_BY.items() if status in ends]
            if move.before != S.EXEC_FILED and met:
                await self._meet(key, met, on)
        await upsert_rows(
            self.session,
            DishonestyClock,
            [
                {
                    "record_id": key,
                    "kind": each.kind,
                    "tenant_id": self.home.tenant_id,
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

    async def _meet(self, key: UUID, kinds: Sequence[ListingClock], on: object) -> None:
        await self.session.execute(
            update(DishonestyClock)
            .where(DishonestyClock.record_id == key, DishonestyClock.kind.in_(kinds), DishonestyClock.met_on.is_(None))
            .values(met_on=on)
            .execution_options(synchronize_session=False)
        )

    async def _forget(self, again: Sequence[UUID]) -> None:
        """What is listed again begins anew."""
        await self.session.execute(delete(DishonestyClock).where(DishonestyClock.record_id.in_(again)))
        await self.session.execute(
            update(DishonestyRecord)
            .where(DishonestyRecord.id.in_(again))
            .values(relist_barred_until=None)
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
                .where(DishonestyRecord.id.in_(ids), due.is_not(None))
                .values({column: due})
                .execution_options(synchronize_session=False)
            )


def _judge(told: Told[Listing], verdict: Verdict, before: _Stood) -> tuple[Judged, str | None]:
    """The event to be carried out, when the message is newer and the step is in order."""
    if verdict is not Verdict.NEWER:
        return Judged(verdict), None
    try:
        return Judged(verdict), step(before.status, told.record, before.facts)
    except Refused as refused:
        return Judged(Verdict.CONFLICT, refused.reasons), None


def told_as(before: DishonestyStatus, after: DishonestyStatus) -> str:
    """What the event is called by which others learn of a step."""
    if before == after:
        return "corrected" if after in STANDING else "changed"
    if after in STANDING:
        return "changed" if before in STANDING else "listed"
    return {S.DELETED_SHIELDED: "deleted", S.REVOKED: "revoked", S.AVERTED: "averted", S.REPAIRED: "repaired"}.get(
        after, "changed"
    )


async def announce(session: AsyncSession, changes: Mapping[UUID, str]) -> None:
    """Raise the version of each listing and tell of it, by ids only."""
    rows = await session.execute(
        update(DishonestyRecord)
        .where(DishonestyRecord.id.in_(changes))
        .values(version=DishonestyRecord.version + 1, updated_at=func.now())
        .returning(DishonestyRecord.id, DishonestyRecord.tenant_id, DishonestyRecord.version)
        .execution_options(synchronize_session=False)
    )
    for key, tenant, version in rows.all():
        await publish(
            session,
            tenant_id=tenant,
            type_=f"dishonesty.{changes[key]}",
            key=f"DishonestyRecord:{key}",
            ids={"id": str(key), "version": version},
        )


async def confirm_repaired(session: AsyncSession, record_id: UUID, *, at: datetime) -> bool:
    """Every measure is lifted: a deleted listing is repaired. False when it is not one that was deleted."""
    moved = await session.scalar(
        update(DishonestyRecord)
        .where(DishonestyRecord.id == record_id, DishonestyRecord.status == S.DELETED_SHIELDED)
        .values(status=S.REPAIRED, status_since=at)
        .returning(DishonestyRecord.id)
        .execution_options(synchronize_session=False)
    )
    if moved is None:
        return False
    await announce(session, {record_id: "repaired"})
    return True

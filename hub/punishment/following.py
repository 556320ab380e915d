"""What a listing's life does to the measures on it, in the transaction of the court's message, however many they are.

It stands: the catalogue is matched. It was deleted: what binds is to be lifted, forward only. It was revoked: all that
was derived is annulled, and every interception that rested on it is to be seen again. It was averted: drafts are
dropped.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, exists, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from hub.audit.catalogue import AuditAction
from hub.audit.recorder import Target, record
from hub.canonical.exchange_codes import STANDING, DishonestyStatus
from hub.canonical.punishment_codes import SETTLED, MeasureEnding, MeasureStatus
from hub.core.clock import local_date
from hub.core.principal import Principal
from hub.core.workflow import Actor
from hub.db.bulk import among
from hub.db.models import (
    AwardRestriction,
    DishonestyRecord,
    JointPunishmentMeasure,
    MeasureInterception,
    StandingMeasure,
)
from hub.events.outbox import Event, publish_each
from hub.policy.rule_data import deadline_to_plain
from hub.policy.store import PolicyStore
from hub.punishment.matching import match_measures
from hub.punishment.workflow import MEASURE

WORKER = Principal(subject="system:punishment", organization_id=None)
LIFT_RULE = "punishment.lift"
ENDINGS = {
    DishonestyStatus.AVERTED: MeasureEnding.AVERTED,
    DishonestyStatus.DELETED_SHIELDED: MeasureEnding.DELETED,
    DishonestyStatus.REPAIRED: MeasureEnding.DELETED,
    DishonestyStatus.REVOKED: MeasureEnding.REVOKED,
}
ENDED_BY = {
    MeasureEnding.AVERTED: ("drop",),
    MeasureEnding.DELETED: ("drop", "liftRequested"),
    MeasureEnding.REVOKED: ("drop", "annul"),
}
"""Events of the table by which each end of a listing ends the measures on it."""


async def follow_listings(session: AsyncSession, policy: PolicyStore, records: Sequence[UUID], at: datetime) -> int:
    """Bring the measures of these listings to how the listings stand now; how many moved."""
    rows = await session.execute(
        select(DishonestyRecord.id, DishonestyRecord.status, DishonestyRecord.jurisdiction_id).where(
            among(DishonestyRecord.id, records)
        )
    )
    standing: defaultdict[UUID, list[UUID]] = defaultdict(list)
    ended: defaultdict[tuple[UUID, MeasureEnding], list[UUID]] = defaultdict(list)
    for key, status, place in rows.tuples():
        if status in STANDING:
            standing[place].append(key)
        elif status in ENDINGS:
            ended[place, ENDINGS[status]].append(key)
    moved = 0
    for place, keys in standing.items():
        pack = await policy.pack(session, place, local_date(at))
        matched = await match_measures(session, pack, keys, at)
        for event in ("matched", "order"):
            await _tell(session, event, [each for each in matched if (each.status == "ORDERED") == (event == "order")])
        await _record(session, "match", [_Moved(*each) for each in matched], at)
        moved += len(matched)
    for (place, ending), keys in ended.items():
        moved += await _Ending(session, policy, place, ending, keys, at).carry_out()
    return moved


@dataclass(frozen=True, slots=True)
class _Moved:
    """A measure that moved, as events and traces need it."""

    id: UUID
    tenant_id: UUID
    version: int
    record_id: UUID
    path: str
    status: str


@dataclass(frozen=True, slots=True)
class _Ending:
    """Listings of one place that ended alike: each event of the table is one statement for all their measures."""

    session: AsyncSession
    policy: PolicyStore
    place: UUID
    ending: MeasureEnding
    records: Sequence[UUID]
    at: datetime

    async def carry_out(self) -> int:
        moved = 0
        for event in ENDED_BY[self.ending]:
            done = await self._move(event, await self._values(event))
            if event == "annul" and done:
                await self._undo([each.id for each in done])
            await _tell(self.session, event, done)
            await _record(self.session, event, done, self.at)
            moved += len(done)
        await self.session.execute(delete(StandingMeasure).where(among(StandingMeasure.record_id, self.records)))
        return moved

    async def _values(self, event: str) -> dict[str, Any]:
        if event == "annul":
            return {"annulled_at": self.at}
        if event == "drop":
            return {}
        on = local_date(self.at)
        pack = await self.policy.pack(self.session, self.place, on)
        due = pack.deadline(LIFT_RULE, on, await self.policy.calendar(self.session))
        return {
            "lift_requested_at": self.at,
            "lift_due_on": due.due_on,
            "lift_due_at": due.due_at,
            "lift_due_provisional": due.provisional,
            "deadline_basis": deadline_to_plain(due),
        }

    async def _move(self, event: str, values: dict[str, Any]) -> list[_Moved]:
        row = JointPunishmentMeasure
        sources, target = system_step(event)
        done = await self.session.execute(
            update(row)
            .where(among(row.record_id, self.records), row.status.in_(sources))
            .values(
                status=target,
                status_since=self.at,
                ending=self.ending,
                version=row.version + 1,
                updated_at=self.at,
                **values,
            )
            .returning(row.id, row.tenant_id, row.version, row.record_id, row.jurisdiction_path, row.status)
            .execution_options(synchronize_session=False)
        )
        return [_Moved(*each) for each in done.tuples()]

    async def _undo(self, measures: Sequence[UUID]) -> None:
        """Decisions that rested on them are to be seen again; awards withheld by them are given back."""
        tie, row, award = MeasureInterception, JointPunishmentMeasure, AwardRestriction
        await self.session.execute(
            update(tie)
            .where(among(tie.measure_id, measures), tie.affected_at.is_(None))
            .values(affected_at=self.at)
            .execution_options(synchronize_session=False)
        )
        withheld = select(row.award_restriction_id).where(among(row.id, measures))
        await self.session.execute(
            update(award)
            .where(award.id.in_(withheld), award.lifted_at.is_(None))
            .values(lifted_at=self.at, lift_reason=MEASURE.state_label("ANNULLED"), version=award.version + 1)
            .execution_options(synchronize_session=False)
        )


def system_step(event: str) -> tuple[list[MeasureStatus], MeasureStatus]:
    """From where, and where to, the hub itself moves measures by an event of the table."""
    rows = [each for each in MEASURE.candidates(event) if Actor.SYSTEM in each.actors]
    return [MeasureStatus(source) for each in rows for source in each.sources], MeasureStatus(rows[0].target)


async def _tell(session: AsyncSession, event: str, moved: Iterable[Any]) -> None:
    await publish_each(
        session,
        [
            Event(
                tenant_id=each.tenant_id,
                type_=f"measure.{event}",
                key=f"JointPunishmentMeasure:{each.id}",
                ids={"id": str(each.id), "version": each.version},
            )
            for each in moved
        ],
    )


async def _record(session: AsyncSession, event: str, moved: Sequence[_Moved], at: datetime) -> None:
    """One entry for each listing; which measures they were stands with the measures."""
    counted: defaultdict[tuple[UUID, str], int] = defaultdict(int)
    for each in moved:
        counted[each.record_id, each.path] += 1
    for (key, path), count in counted.items():
        target = Target("DishonestyRecord", key, path)
        detail = {"event": event, "measures": count}
        await record(session, WORKER, AuditAction.MEASURES_FOLLOWED, at=at, target=target, detail=detail)


async def all_lifted(session: AsyncSession, record_id: UUID) -> bool:
    """Whether nothing of any measure on a listing burdens anybody any more, with proof; true where there never was
    any. What waits for its receipt, or for the receipt to be verified, is not lifted. It is for background work and
    for who sees every measure on the listing: an implementer sees its own alone."""
    row = JointPunishmentMeasure
    open_ = exists().where(row.record_id == record_id, row.status.not_in(SETTLED))
    found_by_checks = exists().where(StandingMeasure.record_id == record_id)
    return not await session.scalar(select(or_(open_, found_by_checks)))

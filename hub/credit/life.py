"""The life of listings as their courts tell it: what may follow what, and what follows from it, in one transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from hub.canonical.exchange_codes import DishonestyStatus
from hub.canonical.records import Listing
from hub.core.errors import Reason, Refused
from hub.core.keyring import KeyRing
from hub.credit.checks.affected import see_again
from hub.credit.clocks import Counting
from hub.credit.history import History, Move
from hub.credit.service import MIRROR
from hub.credit.standing import keep_standing
from hub.credit.telling import announce, tell, told_as
from hub.credit.watching import tell_checkers, watched
from hub.credit.workflow import LifeFacts, step
from hub.db.bulk import among
from hub.db.models import DishonestyRecord
from hub.subjects.home import Home
from hub.subjects.mirroring import Told, Verdict

S = DishonestyStatus


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
    version: int


_NEW = _Stood(S.EXEC_FILED, LifeFacts(), version=0)


@dataclass(frozen=True, slots=True)
class Life:
    """Applies one portion of one court's messages."""

    session: AsyncSession
    keyring: KeyRing
    home: Home
    counting: Counting
    now: datetime

    @property
    def _history(self) -> History:
        return History(self.session, self.home.tenant_id, self.counting)

    async def apply(self, told: Sequence[Told[Listing]]) -> list[Judged]:
        verdicts, kept = await MIRROR.judge(self.session, self.home, told)
        stood = await self._stood([row.id for row in kept.values()])
        judged, moves = [], []
        for each, verdict in zip(told, verdicts, strict=True):
            before = stood[kept[each.key].id] if each.key in kept else _NEW
            outcome, event = _judge(each, verdict, before)
            judged.append(outcome)
            if event is not None:
                moves.append(Move(each, event, before.status, before.version + 1))
        ids = await MIRROR.bring(self.session, self.home, [move.told for move in moves], kept)
        if moves:
            await self._follow(dict(zip(ids, moves, strict=True)))
        late = [each for each, v in zip(told, verdicts, strict=True) if v is Verdict.OLDER]
        await self._history.steps([(kept[each.key].id, each, "late", True) for each in late])
        return judged

    async def _stood(self, ids: Sequence[UUID]) -> dict[UUID, _Stood]:
        record = DishonestyRecord
        rows = await self.session.execute(
            select(
                record.id,
                record.status,
                record.term_until,
                record.relist_barred_until,
                record.archived_from,
                record.version,
            ).where(among(record.id, ids))
        )
        return {
            key: _Stood(status, LifeFacts(term, bar, was), version) for key, status, term, bar, was, version in rows
        }

    async def _follow(self, moves: Mapping[UUID, Move]) -> None:
        """What follows from steps taken: history, clocks, what checks find, events."""
        await self._history.steps([(key, move.told, move.event, False) for key, move in moves.items()])
        await self._history.clocks(moves)
        wrong = [key for key, move in moves.items() if move.told.record.status is S.REVOKED]
        if wrong:
            await see_again(self.session, wrong, self.now)
        keys = await keep_standing(self.session, self.keyring, list(moves))
        if keys:
            await tell_checkers(self.session, list(keys), since=self.now - watched(self.counting.pack))
        tenant = self.home.tenant_id
        await tell(
            self.session,
            [(key, tenant, told_as(move.before, move.told.record.status), move.version) for key, move in moves.items()],
        )


def _judge(told: Told[Listing], verdict: Verdict, before: _Stood) -> tuple[Judged, str | None]:
    """The event to be carried out, when the message is newer and the step is in order."""
    if verdict is not Verdict.NEWER:
        return Judged(verdict), None
    try:
        return Judged(verdict), step(before.status, told.record, before.facts)
    except Refused as refused:
        return Judged(Verdict.CONFLICT, refused.reasons), None


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

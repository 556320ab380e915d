"""Rows handed over to the systems that are fed, and their answers taken in.

Any number of workers may do so at once: what is handed over twice under one key is one thing to the receiver, and only
what still waits is moved on.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

import rfc8785
import structlog
from sqlalchemy import ColumnElement, Update, func, select, update

from hub.canonical.connector import Connector, FedConnector, RowAnswer, Unreachable
from hub.canonical.exchange_codes import CaseListKind, FeedState, IssueKind
from hub.core.clock import Clock, local_date
from hub.core.errors import Refused
from hub.db.models import FeedRow
from hub.db.session import Sessions, SystemSession
from hub.evidence.recorder import Dispatch, sent
from hub.feeds.choosing import choose
from hub.feeds.rows import plain, read_row
from hub.ingest.issues import close_issues, open_issues
from hub.policy.pack import PolicyPack
from hub.policy.store import PolicyStore
from hub.subjects.home import Home, home_of

log = structlog.get_logger("hub.feeds")

JOB = "feed"
OPERATION = "feedRows"
_LISTS, _SILENCE = "push.case_lists", "exchange.silence.days"


@dataclass(frozen=True, slots=True)
class Feeder:
    sessions: Sessions
    policy: PolicyStore
    clock: Clock

    async def round(self, connectors: Sequence[Connector]) -> int:
        """Everything once, for all that are fed; how many rows were handed over or answered. One that fails does not
        keep the others from being fed."""
        done = 0
        for connector in connectors:
            if isinstance(connector, FedConnector):
                try:
                    done += await self._feed(connector)
                except Unreachable as lost:
                    log.warning("rows wait", source=connector.source, code=lost.code)
                except Refused as refused:
                    log.warning("not fed", source=connector.source, code=refused.code)
        return done

    async def _feed(self, connector: FedConnector) -> int:
        async with self.sessions.system(JOB) as session:
            home = await home_of(session, connector.source)
            pack = await self.policy.pack(session, home.jurisdiction_id, local_date(self.clock()))
            lock = func.pg_try_advisory_xact_lock(func.hashtextextended(f"{JOB}:{home.source}", 0))
            if await session.scalar(select(lock)):
                await choose(session, home, frozenset(map(CaseListKind, pack.codes(_LISTS))))
        done = 0
        waiting = await self._pushes(home, FeedState.WAITING)
        if waiting and (code := (await asyncio.to_thread(connector.health)).code):
            raise Unreachable(code)
        for key in waiting:
            done += await self._hand_over(connector, home, key)
        for key in await self._pushes(home, FeedState.SENT):
            answers = await asyncio.to_thread(connector.answers, str(key))
            done += await self._settle(home, key, answers) if answers is not None else 0
        await self._alarm(home, pack)
        return done

    async def _pushes(self, home: Home, state: FeedState) -> Sequence[UUID]:
        async with self.sessions.system(JOB) as session:
            keys = select(FeedRow.push_key).where(FeedRow.source == home.source, FeedRow.state == state).distinct()
            return (await session.scalars(keys.order_by(FeedRow.push_key))).all()

    async def _hand_over(self, connector: FedConnector, home: Home, key: UUID) -> int:
        """The rows as they are kept, so that a second attempt says the same. Raises ``Unreachable``."""
        waiting = _of(home, key, FeedState.WAITING)
        async with self.sessions.system(JOB) as session:
            kept = await session.scalars(select(FeedRow.body).where(*waiting).order_by(FeedRow.record_id))
            rows = [read_row(body) for body in kept]
            await session.execute(_change(*waiting, attempts=FeedRow.attempts + 1))
        if not rows:
            return 0
        code = "DONE"
        try:
            await asyncio.to_thread(connector.feed, str(key), rows)
        except Unreachable as lost:
            code = lost.code
            raise
        finally:
            content = rfc8785.dumps([plain(row) for row in rows])
            async with self.sessions.system(JOB) as session:
                if code == "DONE":
                    await session.execute(_change(*waiting, state=FeedState.SENT, sent_at=self.clock()))
                await sent(session, home.path, [self._dispatch(home, key, content, code)])
        return len(rows)

    def _dispatch(self, home: Home, key: UUID, content: bytes, code: str) -> Dispatch:
        return Dispatch(
            message_id=key,
            receiver=home.principal,
            operation=OPERATION,
            request_digest=hashlib.sha256(content).hexdigest(),
            response_digest=None,
            outcome=code,
            target_id=key,
            at=self.clock(),
            idempotency_key=str(key),
        )

    async def _settle(self, home: Home, key: UUID, answers: Sequence[RowAnswer]) -> int:
        """Note what was said of each row; what was said of rows that are not the push's is left out."""
        now, done = self.clock(), 0
        async with self.sessions.system(JOB) as session:
            waiting = await session.scalars(select(FeedRow.record_id).where(*_of(home, key, FeedState.SENT)))
            records = {str(record): record for record in waiting}
            told = {each.record: each for each in answers if each.record in records}
            for record, answer in told.items():
                state = FeedState.ACCEPTED if answer.accepted else FeedState.REFUSED
                values = {"state": state, "reason": answer.reason, "answered_at": now}
                row = (*_of(home, key, FeedState.SENT), FeedRow.record_id == records[record])
                await session.execute(_change(*row, **values))
                done += 1
            good = [record for record, answer in told.items() if answer.accepted]
            bad = [record for record, answer in told.items() if not answer.accepted]
            await close_issues(session, home, IssueKind.FEED_REFUSED, good, at=now)
            await open_issues(session, home, IssueKind.FEED_REFUSED, bad, at=now)
            if len(told) == len(records):
                await close_issues(session, home, IssueKind.FEED_UNANSWERED, [str(key)], at=now)
        return done

    async def _alarm(self, home: Home, pack: PolicyPack) -> None:
        """What has had no answer for as long as a source may be silent is somebody's to ask about."""
        now = self.clock()
        late = now - timedelta(days=pack.number(_SILENCE))
        async with self.sessions.system(JOB) as session:
            unanswered = await _late(session, home, FeedRow.sent_at <= late)
            await open_issues(session, home, IssueKind.FEED_UNANSWERED, unanswered, at=now)
        if unanswered:
            log.error("rows are not answered", source=home.source, pushes=len(unanswered), alarm=True)


async def _late(session: SystemSession, home: Home, late: ColumnElement[bool]) -> list[str]:
    keys = await session.scalars(
        select(FeedRow.push_key)
        .where(FeedRow.source == home.source, FeedRow.state == FeedState.SENT, late)
        .distinct()
        .order_by(FeedRow.push_key)
    )
    return [str(key) for key in keys]


def _of(home: Home, key: UUID, state: FeedState) -> tuple[ColumnElement[bool], ...]:
    return FeedRow.source == home.source, FeedRow.push_key == key, FeedRow.state == state


def _change(*which: ColumnElement[bool], **values: Any) -> Update:
    return update(FeedRow).where(*which).values(**values).execution_options(synchronize_session=False)

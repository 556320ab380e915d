"""A round of the way in: take in what waits, apply it, compare snapshots, tell the sources what came of it."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

import structlog
from sqlalchemy import exists, func, select, update

from hub.canonical.connector import Connector, Outgoing, Unreachable
from hub.canonical.exchange_codes import BatchKind, BatchStatus, InboxStatus, IssueKind, SubjectMatchStatus
from hub.core.clock import Clock
from hub.core.errors import Refused
from hub.core.keyring import KeyRing
from hub.db.models import ConnectorState, InboxBatch, InboxMessage, Reconciliation, SubjectMatch
from hub.db.session import Sessions
from hub.ingest.issues import close_issues
from hub.ingest.processing import LEASE, Processor
from hub.ingest.receiving import Receiver
from hub.ingest.reconciling import reconcile_waiting
from hub.ingest.standing import alarm_silence, polled
from hub.policy.store import PolicyStore
from hub.subjects.home import home_of

log = structlog.get_logger("hub.ingest")

JOB = "ingest"


@dataclass(frozen=True, slots=True)
class Inbox:
    sessions: Sessions
    keyring: KeyRing
    policy: PolicyStore
    clock: Clock
    stopped: asyncio.Event = field(default_factory=asyncio.Event)
    lease: timedelta = LEASE

    async def round(self, connectors: Sequence[Connector]) -> int:
        """Everything once; how many deliveries were answered and messages settled."""
        done = 0
        for connector in connectors:
            done += await self._poll(connector)
        by_source = {connector.source: connector for connector in connectors}
        await self._requeue()
        processor = Processor(self.sessions, self.keyring, self.policy, self.clock, self.stopped, self.lease)
        done += await processor.run(by_source)
        if self.stopped.is_set():
            return done
        await reconcile_waiting(self.sessions, self.policy, self.clock)
        await self._tell_results(by_source)
        async with self.sessions.system(JOB) as session:
            silent = await alarm_silence(session, self.clock())
        if silent:
            log.error("sources are silent", sources=silent, alarm=True)
        return done

    async def _poll(self, connector: Connector) -> int:
        """Take in what waits at one system. One that fails does not keep the others from being heard."""
        code: str | None = None
        done = 0
        receiver = Receiver(self.sessions, self.keyring, self.policy, self.clock)
        try:
            for delivery in await asyncio.to_thread(connector.pull, await self._cursor(connector)):
                if self.stopped.is_set():
                    break
                receipt = await receiver.receive(connector, delivery)
                log.info("batch answered", source=connector.source, batch=receipt.batch, accepted=receipt.accepted)
                done += 1
        except Unreachable as lost:
            code = lost.code
        except Refused as refused:
            code = refused.code
        except Exception as error:
            log.exception("connector failed", source=connector.source, kind=type(error).__name__)
            code = "CONNECTOR_FAILED"
        await self._stand(connector, code)
        return done

    async def _cursor(self, connector: Connector) -> int | None:
        async with self.sessions.system(JOB) as session:
            found: int | None = await session.scalar(
                select(ConnectorState.last_batch).where(ConnectorState.source == connector.source)
            )
        return found

    async def _stand(self, connector: Connector, code: str | None) -> None:
        try:
            async with self.sessions.system(JOB) as session:
                await polled(session, await home_of(session, connector.source), connector, code, at=self.clock())
        except Refused:
            log.warning("a folder of no known court is left alone", source=connector.source)

    async def _requeue(self) -> None:
        """Messages that waited for a person to recognise a body, and are answered."""
        decided = select(SubjectMatch.id).where(SubjectMatch.status == SubjectMatchStatus.MATCHED)
        waiting = (InboxMessage.state == InboxStatus.NEEDS_INFORMATION, InboxMessage.match_id.in_(decided))
        async with self.sessions.system(JOB) as session:
            rows = await session.execute(
                update(InboxMessage)
                .where(*waiting)
                .values(state=InboxStatus.RECEIVED, attempt=0, settled_at=None)
                .returning(InboxMessage.source, InboxMessage.match_id)
                .execution_options(synchronize_session=False)
            )
            for source, match in set(rows.tuples().all()):
                home = await home_of(session, source)
                await close_issues(session, home, IssueKind.SUBJECT_UNMATCHED, [str(match)], at=self.clock())

    async def _tell_results(self, connectors: Mapping[str, Connector]) -> None:
        """When all of a batch is settled its source is told, once or more often, and always the same."""
        waiting = exists().where(InboxMessage.batch_id == InboxBatch.id, InboxMessage.state == InboxStatus.RECEIVED)
        compared = exists().where(Reconciliation.batch_id == InboxBatch.id)
        async with self.sessions.system(JOB) as session:
            batches = await session.scalars(
                select(InboxBatch)
                .where(
                    InboxBatch.settled_at.is_(None),
                    InboxBatch.status == BatchStatus.ACCEPTED,
                    InboxBatch.source.in_(connectors),
                    ~waiting,
                    (InboxBatch.kind != BatchKind.SNAPSHOT) | compared,
                )
                .order_by(InboxBatch.received_at)
                .with_for_update(of=InboxBatch, skip_locked=True)
            )
            for batch in batches.all():
                counts = await session.execute(
                    select(InboxMessage.state, func.count())
                    .where(InboxMessage.batch_id == batch.id)
                    .group_by(InboxMessage.state)
                )
                states: dict[str, object] = {state.value: number for state, number in counts}
                body = {"receipt": batch.receipt_number, "batch": batch.number, "messages": states}
                try:
                    await asyncio.to_thread(
                        connectors[batch.source].push, Outgoing(batch.receipt_number, "result", body)
                    )
                except Unreachable as lost:
                    log.warning("a result waits", source=batch.source, code=lost.code)
                    continue
                batch.settled_at = self.clock()

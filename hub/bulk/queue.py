"""The queue of exports in PostgreSQL: claimed with a lease and a fencing token, shared by any number of workers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import and_, func, or_, select, update
from sqlalchemy.orm import aliased

from hub.audit.catalogue import AuditAction, Outcome
from hub.audit.reads import Sensitive
from hub.audit.recorder import Target, record
from hub.bulk.files import Name
from hub.bulk.operations import KIND
from hub.canonical.codes import BulkStatus
from hub.core.principal import Principal
from hub.db.models import BulkOperation
from hub.db.session import Sessions, SystemSession

JOB = "bulk"


class LostError(Exception):
    """The work is no longer this worker's: cancelled, or taken up by another after the lease ran out."""


@dataclass(slots=True)
class Job:
    """An export under way. Only the worker that claimed it last may write what came of it."""

    id: UUID
    attempt: int
    client_id: str
    organization_id: UUID
    token_id: str
    token_scopes: frozenset[str]
    query: str
    root_field: str
    purpose: str
    home_path: str
    rows: int = 0
    size: int = 0
    masked: set[str] = field(default_factory=set)
    sensitive: set[Sensitive] = field(default_factory=set)

    @classmethod
    def of(cls, row: BulkOperation) -> Job:
        return cls(
            id=row.id,
            attempt=row.attempt,
            client_id=row.client_id,
            organization_id=row.organization_id,
            token_id=row.token_id,
            token_scopes=frozenset(row.token_scopes),
            query=row.query,
            root_field=row.field,
            purpose=row.purpose,
            home_path=row.home_path,
        )

    @property
    def name(self) -> Name:
        return self.id, self.attempt

    @property
    def principal(self) -> Principal:
        """Whose act it is, for the audit log; without any right."""
        return Principal(subject=self.client_id, organization_id=self.organization_id, purpose=self.purpose)


class Queue:
    """Claims the oldest export whose client has fewer than ``running`` under way."""

    def __init__(self, sessions: Sessions, *, lease: timedelta, running: int, attempts: int) -> None:
        self._sessions = sessions
        self._lease = lease
        self._running = running
        self._attempts = attempts

    async def claim(self, at: datetime) -> Job | None:
        """The next export, taken up from its start; None when there is none. One that failed too often is given up."""
        async with self._sessions.system(JOB) as session:
            # Two workers that counted at once would both find a client idle.
            await session.execute(select(func.pg_advisory_xact_lock(func.hashtext("bulk_claim"))))
            row = await session.scalar(self._next(at))
            if row is None:
                return None
            if row.attempt >= self._attempts:
                await self._end(session, Job.of(row), BulkStatus.FAILED, at, error_code="BULK_GIVEN_UP")
                return None
            row.status, row.attempt, row.lease_until = BulkStatus.RUNNING, row.attempt + 1, at + self._lease
            row.started_at = row.started_at or at
            row.row_count = row.byte_count = 0
            await session.flush()
            return Job.of(row)

    def _next(self, at: datetime) -> Any:
        row, other = BulkOperation, aliased(BulkOperation)
        busy = (
            select(func.count())
            .select_from(other)
            .where(other.client_id == row.client_id, other.status == BulkStatus.RUNNING, other.lease_until > at)
            .scalar_subquery()
        )
        abandoned = and_(row.status == BulkStatus.RUNNING, row.lease_until <= at)
        waiting = or_(row.status == BulkStatus.CREATED, abandoned)
        return (
            select(row)
            .where(waiting, busy < self._running)
            .order_by(row.created_at, row.id)
            .limit(1)
            .with_for_update(skip_locked=True)
        )

    async def progress(self, job: Job, at: datetime, *, rights: Mapping[str, Any] | None = None) -> None:
        """Renew the lease and tell how far it is. Raises ``LostError``."""
        values: dict[str, Any] = {"lease_until": at + self._lease, "row_count": job.rows, "byte_count": job.size}
        if rights is not None:
            values["rights"] = dict(rights)
        async with self._sessions.system(JOB) as session:
            await self._write(session, job, values)

    async def give_back(self, job: Job, at: datetime) -> None:
        """Let another worker take it up at once."""
        async with self._sessions.system(JOB) as session:
            await self._write(session, job, {"lease_until": at})

    async def fail(self, job: Job, code: str, at: datetime) -> None:
        async with self._sessions.system(JOB) as session:
            await self._end(session, job, BulkStatus.FAILED, at, error_code=code)

    async def complete(self, session: SystemSession, job: Job, at: datetime, *, expires: datetime) -> None:
        """Completed, with its audit entries, in the transaction given. Raises ``LostError``."""
        more = {"masked": sorted(job.masked), "expires_at": expires}
        await self._end(session, job, BulkStatus.COMPLETED, at, **more)
        target = Target(KIND, job.id, job.home_path)
        for action in sorted({action for action, _ in job.sensitive}):
            names = sorted(name for each, name in job.sensitive if each is action)
            await record(session, job.principal, action, at=at, target=target, detail={"read": names})

    async def _end(self, session: SystemSession, job: Job, status: BulkStatus, at: datetime, **values: Any) -> None:
        ended = {"status": status, "completed_at": at, "lease_until": None}
        await self._write(session, job, {**ended, "row_count": job.rows, "byte_count": job.size, **values})
        done = status is BulkStatus.COMPLETED
        await record(
            session,
            job.principal,
            AuditAction.BULK_COMPLETED if done else AuditAction.BULK_FAILED,
            at=at,
            target=Target(KIND, job.id, job.home_path),
            outcome=Outcome.DONE if done else Outcome.REFUSED,
            reason=values.get("error_code"),
            detail={"field": job.root_field, "rows": job.rows, "bytes": job.size},
        )

    async def _write(self, session: SystemSession, job: Job, values: Mapping[str, Any]) -> None:
        row = BulkOperation
        mine = (row.id == job.id, row.attempt == job.attempt, row.status.in_([BulkStatus.CREATED, BulkStatus.RUNNING]))
        written = await session.scalars(update(row).where(*mine).values(**values).returning(row.id))
        if written.one_or_none() is None:
            raise LostError

    async def kept(self, names: Iterable[Name]) -> set[Name]:
        """Of the files named, those that an export still has."""
        row = BulkOperation
        alive = (BulkStatus.RUNNING, BulkStatus.COMPLETED)
        keys = {key for key, _ in names}
        async with self._sessions.system(JOB) as session:
            found = await session.execute(select(row.id, row.attempt).where(row.id.in_(keys), row.status.in_(alive)))
            return {(each.id, each.attempt) for each in found}

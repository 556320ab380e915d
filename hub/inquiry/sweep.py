"""What background work on rows with clocks shares: one transaction of the scheduler, its packs asked for once, its
traces, in the name of ``by``."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, select

from hub.audit.catalogue import AuditAction
from hub.audit.recorder import Target, record
from hub.core.clock import local_date
from hub.core.keyring import KeyRing
from hub.core.principal import Principal
from hub.db.session import SystemSession
from hub.events.outbox import publish
from hub.policy.pack import PolicyPack
from hub.policy.store import PolicyStore

WORKER = Principal(subject="system:inquiry", organization_id=None)
PORTION = 500
"""Rows taken up in one run; the next run takes the next."""
Row = TypeVar("Row")


@dataclass(slots=True)
class Sweep:
    session: SystemSession
    policy: PolicyStore
    master: KeyRing
    at: datetime
    by: Principal = WORKER
    _packs: dict[UUID, PolicyPack] = field(default_factory=dict)

    @property
    def today(self) -> date:
        return local_date(self.at)

    async def pack(self, jurisdiction_id: UUID) -> PolicyPack:
        if jurisdiction_id not in self._packs:
            self._packs[jurisdiction_id] = await self.policy.pack(self.session, jurisdiction_id, self.today)
        return self._packs[jurisdiction_id]

    async def due(self, model: type[Row], *conditions: ColumnElement[bool]) -> list[Row]:
        """A portion of the rows, locked, for a step that leaves none of them due."""
        key: Any = model
        found = select(model).where(*conditions).order_by(key.id).limit(PORTION).with_for_update(skip_locked=True)
        return list(await self.session.scalars(found))

    async def trace(self, action: AuditAction, row: Any, *, type_: str, **detail: object) -> None:
        """Audit entry and event of a change of a query or order."""
        kind = type(row).__name__
        target = Target(kind, row.id, row.jurisdiction_path)
        await record(self.session, self.by, action, at=self.at, target=target, detail={"event": type_, **detail})
        ids = {"id": str(row.id), "version": row.version}
        await publish(self.session, tenant_id=row.tenant_id, type_=type_, key=f"{kind}:{row.id}", ids=ids)

    def move(self, row: Any, status: object) -> None:
        if row.status != status:
            row.status, row.status_since = status, self.at
        row.version += 1
        row.updated_at = self.at

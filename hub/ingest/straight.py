"""Large batches are applied as they are taken in: each row is written once, with what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import structlog
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from hub.canonical.exchange_codes import InboxStatus
from hub.core.keyring import KeyRing
from hub.db.bulk import among
from hub.db.models import InboxMessage
from hub.db.session import SystemSession
from hub.ingest.applying import Arrived, Outcome
from hub.ingest.bringing import bring
from hub.ingest.prepared import Prepared
from hub.policy.store import PolicyStore
from hub.subjects.home import Home

log = structlog.get_logger("hub.ingest")


@dataclass(frozen=True, slots=True)
class Straight:
    session: SystemSession
    keyring: KeyRing
    home: Home
    policy: PolicyStore
    now: datetime

    async def settle(self, keyed: Mapping[UUID, Prepared]) -> dict[UUID, Outcome]:
        """What came of those that could be applied. What is left waits in the inbox as usual: rows about what an
        earlier message is about that has not been applied, and a portion that could not be applied as a whole."""
        arrived = self._first_of_each(keyed, await self._waiting(keyed))
        if not arrived:
            return {}
        try:
            async with self.session.begin_nested():
                return await bring(self.session, self.policy, self.keyring, self.home, self.now, arrived)
        except SQLAlchemyError as error:
            log.warning("a portion is applied later", rows=len(arrived), kind=type(error).__name__)
            return {}

    async def _waiting(self, keyed: Mapping[UUID, Prepared]) -> set[str]:
        """Keys that messages wait for: these come first."""
        found = await self.session.scalars(
            select(InboxMessage.business_key).where(
                InboxMessage.source == self.home.source,
                InboxMessage.state == InboxStatus.RECEIVED,
                among(InboxMessage.business_key, {each.key for each in keyed.values()}),
            )
        )
        return set(found)

    def _first_of_each(self, keyed: Mapping[UUID, Prepared], taken: set[str]) -> list[Arrived]:
        arrived = []
        for key, each in keyed.items():
            if each.message is not None and each.key not in taken:
                taken.add(each.key)
                arrived.append(Arrived(key, each.message, each.key, each.row.content_digest, self.now))
        return arrived

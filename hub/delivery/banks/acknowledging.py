"""Acknowledgements: asked for, written down, chased when they do not come, alarmed when chasing does not help."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Protocol

import structlog
from sqlalchemy import ColumnElement, Select, exists, select, update
from sqlalchemy.orm import aliased

from hub.canonical.broadcasts import Acknowledged
from hub.canonical.codes import Acknowledgement, BroadcastKind, Channel, DeliveryStatus, EndpointStatus
from hub.canonical.connector import Unreachable
from hub.core.clock import Clock, local_date
from hub.core.errors import Reason
from hub.core.ids import new_id
from hub.core.keyring import KeyRing
from hub.core.principal import Principal
from hub.db.models import Broadcast, Delivery, WebhookEndpoint
from hub.db.session import Sessions, SystemSession
from hub.delivery.banks.planning import CHASE, banks, queue
from hub.delivery.secrets import newest
from hub.evidence.digests import canonical
from hub.evidence.recorder import Message, received
from hub.policy.store import PolicyStore

log = structlog.get_logger("hub.delivery")

DIFFERS = "DIGEST_DIFFERS"
_REASONS_KEPT = 100
_AT_ONCE = 50
"""Broadcasts of one bank asked about in one round."""


class Bank(Protocol):
    def acknowledged(self, number: int) -> Acknowledged | None: ...


@dataclass(frozen=True, slots=True)
class Acknowledging:
    """One per worker process; several may ask at once, the first answer written stays."""

    sessions: Sessions
    keyring: KeyRing
    clock: Clock
    bank: Callable[[WebhookEndpoint, str], Bank]

    async def round(self) -> int:
        """Ask every bank about what it has and has not acknowledged; how many answers were new. A bank that is away
        keeps none of the others from being asked."""
        async with self.sessions.system("banks") as session:
            waiting = await _waiting(session)
            secrets = {each.id: await newest(session, self.keyring, each.id) or "" for each, _ in waiting}
        return sum([await self._ask(endpoint, secrets[endpoint.id], found) for endpoint, found in waiting])

    async def _ask(self, endpoint: WebhookEndpoint, secret: str, found: Sequence[Broadcast]) -> int:
        bank, new = self.bank(endpoint, secret), 0
        for each in found:
            try:
                said = await asyncio.to_thread(bank.acknowledged, each.number)
            except Unreachable as away:
                log.warning("bank not asked", endpoint=str(endpoint.id), code=away.code)
                break
            if said is not None:
                async with self.sessions.system("banks") as session:
                    new += await _write(session, endpoint, each, said, self.clock())
        return new


async def _waiting(session: SystemSession) -> list[tuple[WebhookEndpoint, list[Broadcast]]]:
    """Banks that are served, and what was delivered to each and is not acknowledged, oldest first."""
    served = (WebhookEndpoint.channel == Channel.BANK, WebhookEndpoint.status == EndpointStatus.ACTIVE)
    found = []
    for endpoint in await session.scalars(select(WebhookEndpoint).where(*served).order_by(WebhookEndpoint.id)):
        rows = await session.scalars(_silent(endpoint).limit(_AT_ONCE))
        if broadcasts := list(rows):
            found.append((endpoint, broadcasts))
    return found


def _silent(endpoint: WebhookEndpoint) -> Select[Broadcast, datetime | None]:
    """Broadcasts that a bank has and has not acknowledged, each with when it was delivered."""
    delivered = (Delivery.endpoint_id == endpoint.id, Delivery.status == DeliveryStatus.DELIVERED)
    return (
        select(Broadcast, Delivery.ended_at)
        .join(Delivery, Delivery.event_id == Broadcast.id)
        .where(Broadcast.endpoint_id == endpoint.id, Broadcast.acknowledged_at.is_(None), *delivered)
        .order_by(Broadcast.number)
    )


async def _write(
    session: SystemSession, endpoint: WebhookEndpoint, made: Broadcast, said: Acknowledged, at: datetime
) -> bool:
    """Written once, with its entry in the exchange log. An acknowledgement of other rows than were sent is a
    refusal."""
    reasons = [{"record": each.record, "code": each.code} for each in said.refusals[:_REASONS_KEPT]]
    outcome = said.outcome
    if said.digest != made.digest:
        outcome, reasons = Acknowledgement.REFUSED, [{"record": "", "code": DIFFERS}, *reasons]
    written = await session.scalar(
        update(Broadcast)
        .where(Broadcast.id == made.id, Broadcast.acknowledged_at.is_(None))
        .values(acknowledged_at=at, acknowledgement=outcome, refused_rows=len(said.refusals), reasons=reasons)
        .returning(Broadcast.id)
        .execution_options(synchronize_session=False)
    )
    if written is None:
        return False
    bank = Principal(f"destination:{endpoint.id}", endpoint.organization_id)
    digest = hashlib.sha256(canonical(asdict(said))).hexdigest()
    message = Message("bank.acknowledgement", digest, target_id=made.id)
    await received(session, bank, message, at=at, path=endpoint.jurisdiction_path)
    return True


async def chase(session: SystemSession, policies: PolicyStore, at: datetime) -> int:
    """Ask the banks that are silent past their time, as often as the policy says; how many chases."""
    calendar, chased = await policies.calendar(session), 0
    for bank in await banks(session):
        pack = await policies.pack(session, bank.jurisdiction_id, local_date(at))
        for each, delivered_at in (await session.execute(_silent(bank))).tuples().all():
            since = local_date(each.chased_at or delivered_at or each.made_at)
            late = at >= pack.deadline("broadcast.acknowledge", since, calendar).due_at
            if late and each.chases < pack.number("broadcast.chases"):
                each.chases, each.chased_at = each.chases + 1, at
                await queue(session, bank, each, CHASE, key=new_id(), at=at)
                chased += 1
    return chased


async def bank_alarms(session: SystemSession, policies: PolicyStore, at: datetime) -> list[Reason]:
    """Banks that stay silent though they were chased, and those that could not take rows, until a list of everything
    has been acknowledged since."""
    most = await policies.shortest(session, "broadcast.chases", local_date(at))
    silent = select(Broadcast).where(Broadcast.acknowledged_at.is_(None), Broadcast.chases >= most)
    refused = select(Broadcast).where(Broadcast.acknowledgement == Acknowledgement.REFUSED)
    raised = []
    for code, statement in (("ALARM_BANK_SILENT", silent), ("ALARM_BANK_REFUSED", refused)):
        for each in await session.scalars(
            statement.where(~_made_good()).order_by(Broadcast.endpoint_id, Broadcast.number)
        ):
            about = {"endpoint": str(each.endpoint_id), "number": each.number, "rows": each.refused_rows}
            raised.append(Reason(code, params=about))
    return raised


def _made_good() -> ColumnElement[bool]:
    later = aliased(Broadcast)
    return exists().where(
        later.endpoint_id == Broadcast.endpoint_id,
        later.number > Broadcast.number,
        later.kind == BroadcastKind.SNAPSHOT,
        later.acknowledgement == Acknowledgement.ACCEPTED,
    )

"""Sending a query to its holders: one order each, numbered in the holder's form, with a deadline of its own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from hub.canonical.execution_codes import ExecutionOrderStatus, QueryType, QueryUrgency
from hub.core.clock import local_date
from hub.core.ids import new_id
from hub.core.keyring import KeyRing
from hub.db.models import Court, ExecutionOrder, ExecutionQuery, Jurisdiction
from hub.db.tenant_keys import TenantKeys
from hub.events.outbox import publish
from hub.inquiry.numbers import order_number
from hub.inquiry.targets import Target, target_context
from hub.policy.deadlines import Deadline
from hub.policy.rule_data import deadline_to_plain
from hub.policy.store import PolicyStore
from hub.workflow.rows import within


@dataclass(frozen=True, slots=True)
class Dispatcher:
    """Sends in one transaction, whether an officer's or the scheduler's."""

    session: AsyncSession
    policy: PolicyStore
    master: KeyRing
    at: datetime

    @property
    def today(self) -> date:
        return local_date(self.at)

    async def send(self, query: ExecutionQuery, target: Target, keys: TenantKeys) -> list[ExecutionOrder]:
        """Make the orders of the query's present round."""
        region, court_code = await place_of(self.session, query.jurisdiction_id, query.court_id)
        deadline = await self.deadline(query)
        made = []
        for ask in query.asks:
            kind, key = QueryType(ask["type"]), new_id()
            order = ExecutionOrder(
                id=key,
                query_id=query.id,
                court_id=query.court_id,
                holder_id=UUID(ask["holder"]),
                query_type=kind,
                round=query.round,
                order_number=await order_number(self.session, region, self.today, court_code, kind),
                case_number=query.case_number,
                target_sealed=keys.seal(target.plain, context=target_context(key)),
                target_index=query.target_index,
                status=ExecutionOrderStatus.DISPATCHED,
                status_since=self.at,
                version=1,
                urge_count=0,
                **within(query),
            )
            set_deadline(order, deadline)
            made.append(order)
        self.session.add_all(made)
        await self.session.flush()
        await tell_holders(self.session, made, type_="execorder.sent")
        return made

    async def deadline(self, query: ExecutionQuery) -> Deadline:
        """When a holder that gets its order today has to answer."""
        pack = await self.policy.pack(self.session, query.jurisdiction_id, self.today)
        key = "inquiry.answer_emergency" if query.urgency is QueryUrgency.EMERGENCY else "inquiry.answer"
        return pack.deadline(key, self.today, await self.policy.calendar(self.session))

    async def send_again(self, query: ExecutionQuery, orders: Sequence[ExecutionOrder]) -> None:
        """Orders that had come back start anew, with a new deadline."""
        deadline = await self.deadline(query)
        for order in orders:
            order.status, order.status_since = ExecutionOrderStatus.DISPATCHED, self.at
            order.version += 1
            set_deadline(order, deadline)
        await self.session.flush()
        await tell_holders(self.session, orders, type_="execorder.sent")


async def place_of(session: AsyncSession, jurisdiction_id: UUID, court_id: UUID) -> tuple[str, str]:
    """Code of the region and of the court, as numbers of orders have them."""
    row = (
        await session.execute(
            select(Jurisdiction.code, Court.court_code)
            .outerjoin(Court, Court.organization_id == court_id)
            .where(Jurisdiction.id == jurisdiction_id)
        )
    ).one()
    return row[0], row[1] or ""


async def tell_holders(session: AsyncSession, orders: Iterable[Any], *, type_: str) -> None:
    """An event for each order: holders' systems learn of their work by it, and see no more than that."""
    for order in orders:
        ids = {"id": str(order.id), "version": order.version}
        await publish(session, tenant_id=order.tenant_id, type_=type_, key=f"ExecutionOrder:{order.id}", ids=ids)


class Dated(Protocol):
    """A row with a deadline of its holder."""

    due_on: Any
    due_at: Any
    due_provisional: Any
    deadline_basis: Any


def set_deadline(order: Dated, deadline: Deadline) -> None:
    order.due_on, order.due_at = deadline.due_on, deadline.due_at
    order.due_provisional, order.deadline_basis = deadline.provisional, deadline_to_plain(deadline)

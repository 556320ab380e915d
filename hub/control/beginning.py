"""The control that a first order begins: of an item that a query found, open for those who may read it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from hub.canonical.control_codes import AssetControlStatus
from hub.control.assets import CLASS_OF, identity
from hub.control.chain import ENDED
from hub.control.commands import ControlDraft
from hub.control.orders import asset_context
from hub.core.errors import Denied, NotFound, Reason
from hub.core.ids import new_id
from hub.db.models import (
    AssetControl,
    ExecutionOfficer,
    ExecutionOrder,
    ExecutionQuery,
    ExecutionResult,
)
from hub.db.tenant_keys import tenant_keys
from hub.inquiry.order_effects import result_context
from hub.inquiry.reading import may_read
from hub.inquiry.reading import state_problems as query_problems
from hub.inquiry.targets import Target, target_context
from hub.workflow.rows import within
from hub.workflow.unit import Unit


@dataclass(frozen=True, slots=True)
class Found:
    """An item of an answer with the order that asked for it."""

    query: ExecutionQuery
    order: ExecutionOrder
    kind: str
    item: dict[str, Any]


async def found(unit: Unit, officer: ExecutionOfficer, draft: ControlDraft) -> Found:
    row = (
        await unit.session.execute(
            select(ExecutionQuery, ExecutionOrder, ExecutionResult)
            .join(ExecutionOrder, ExecutionOrder.query_id == ExecutionQuery.id)
            .join(ExecutionResult, ExecutionResult.id == ExecutionOrder.id)
            .where(ExecutionOrder.id == draft.order_id, ExecutionOrder.court_id == officer.court_id)
        )
    ).one_or_none()
    if row is None:
        raise NotFound(path=("orderId",))
    query, order, result = row
    if not may_read(officer, query):
        raise Denied(Reason("FORBIDDEN"))
    keys = await tenant_keys(unit.session, unit.keyring, query.tenant_id, unit.at)
    items = json.loads(keys.open(result.content_sealed, context=result_context(order.id)))["items"]
    assert draft.item_number is not None
    if draft.item_number > len(items):
        raise NotFound(path=("itemNumber",))
    ((kind, item),) = items[draft.item_number - 1].items()
    return Found(query, order, kind, item)


def beginning_problems(found: Found) -> Iterator[Reason]:
    if found.order.query_type not in CLASS_OF:
        yield Reason("ASSET_UNCONTROLLABLE", ("orderId",))
    for reason in query_problems(found.query):
        yield Reason(reason.code, ("orderId",), reason.params)


async def begun(unit: Unit, draft: ControlDraft, officer: ExecutionOfficer, found: Found) -> AssetControl:
    """The control that the order begins; kept when nothing keeps the order from being taken in."""
    query, order, key = found.query, found.order, new_id()
    keys = await tenant_keys(unit.session, unit.keyring, query.tenant_id, unit.at)
    assert order.target_sealed is not None
    target = Target.parse(keys.open(order.target_sealed, context=target_context(order.id)))
    asset = {"kind": found.kind, "item": found.item, "target": {"name": target.name, "number": target.number}}
    return AssetControl(
        id=key,
        control_number="",
        court_id=query.court_id,
        holder_id=order.holder_id,
        case_id=query.case_id,
        case_number=query.case_number,
        query_id=query.id,
        execution_order_id=order.id,
        subject_id=query.subject_id,
        target_index=query.target_index,
        requester_id=officer.id,
        co_handler_ids=sorted({query.requester_id, *query.co_handler_ids} - {officer.id}),
        query_type=order.query_type,
        asset_class=CLASS_OF[order.query_type],
        asset_index=keys.index(identity(order.holder_id, found.kind, found.item, target.number)),
        asset_sealed=keys.seal(json.dumps(asset, ensure_ascii=False), context=asset_context(key)),
        status=AssetControlStatus.REQUESTED,
        status_since=unit.at,
        months=draft.months,
        currency=draft.currency,
        amount_transferred=0,
        over_controlled=False,
        version=1,
        **within(query),
    )


async def double_problems(unit: Unit, control: AssetControl) -> tuple[Reason, ...]:
    """One court controls one asset once in one case; more is renewed or asked for by the original number."""
    standing = select(AssetControl.id).where(
        AssetControl.asset_index == control.asset_index,
        AssetControl.case_id == control.case_id,
        AssetControl.status.not_in(ENDED),
    )
    twice = await unit.session.scalar(select(standing.exists()))
    return (Reason("CONTROL_TWICE", ("orderId",)),) if twice else ()

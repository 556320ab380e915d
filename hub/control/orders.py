"""Events of a control order, decided by its table; what a holder and a reader get to see of the asset."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from hub.audit.catalogue import AuditAction
from hub.audit.recorder import Target as AuditTarget
from hub.canonical.control_codes import ControlAction, ControlOrderStatus
from hub.control.effects import neighbours
from hub.control.workflow import CONTROL, COURSE, ControlFacts
from hub.core.errors import NotFound, Reason
from hub.core.payload import required
from hub.core.principal import Principal
from hub.core.workflow import Actor, Availability
from hub.db.models import AssetControl, ControlOrder, ExecutionOfficer, LegalCase
from hub.db.tenant_keys import TenantKeys, tenant_keys
from hub.inquiry.officers import find_officer
from hub.inquiry.rows import court_actors
from hub.inquiry.standing import standing_problems
from hub.inquiry.submitting import case_problems
from hub.workflow.firing import fire
from hub.workflow.rows import locked
from hub.workflow.unit import Unit

LETTING_GO = (ControlAction.RELEASE, ControlAction.RELEASE_QUEUED)


@dataclass(frozen=True, slots=True)
class ControlOpening:
    """查看控制请求 (opening what is to be controlled)."""

    order_id: UUID = required("财产控制请求标识", "id of the control order", node="CO")


@dataclass(frozen=True, slots=True)
class OpenedControl:
    order: ControlOrder
    control: AssetControl
    asset: dict[str, Any]
    document: str | None


def asset_context(key: object) -> str:
    return f"asset_control|asset_sealed|{key}"


def ruling_context(key: object) -> str:
    return f"control_order|document_sealed|{key}"


async def fire_control(
    unit: Unit, order_id: UUID, event: str, payload: object, *, expected_version: int | None = None
) -> ControlOrder:
    """Move a control order. Raises ``NotFound``, ``Denied`` or ``Refused`` with every reason."""
    row: ControlOrder = await locked(unit, ControlOrder, order_id)
    control: AssetControl = await locked(unit, AssetControl, row.control_id)
    answering = row.holder_id == unit.principal.organization_id
    others = await neighbours(unit.session, control) if answering else ()
    officer = await find_officer(unit.session, unit.principal)
    await fire(
        unit,
        CONTROL,
        COURSE,
        row,
        event,
        payload,
        actors=actors_of(unit.principal, row, officer, unit.today),
        facts=ControlFacts(
            row,
            control,
            others,
            None if officer is None else officer.id,
            await problems_now(unit.session, row, unit.today),
            await tenant_keys(unit.session, unit.keyring, row.tenant_id, unit.at),
            unit.today,
        ),
        expected_version=expected_version,
    )
    return row


def actors_of(
    principal: Principal, row: ControlOrder, officer: ExecutionOfficer | None, today: date
) -> frozenset[Actor]:
    if row.holder_id == principal.organization_id:
        return frozenset({Actor.HOLDER})
    return court_actors(today, row, officer)


async def problems_now(session: AsyncSession, row: ControlOrder, today: date) -> tuple[Reason, ...]:
    """What keeps an order that waits from being approved. What is to be let go is let go in a closed case too."""
    if row.status is not ControlOrderStatus.PENDING_APPROVAL or row.action in LETTING_GO:
        return ()
    case = await session.scalar(select(LegalCase).where(LegalCase.id == row.case_id))
    return (*(() if case is None else case_problems(case)), *await standing_problems(session, row, today))


async def control_events(
    session: AsyncSession, principal: Principal, rows: Sequence[ControlOrder], today: date
) -> dict[UUID, tuple[Availability, ...]]:
    """Which events the caller may fire on each order now, and why not the others."""
    officer = await find_officer(session, principal)
    found = await session.scalars(select(AssetControl).where(AssetControl.id.in_({row.control_id for row in rows})))
    controls = {control.id: control for control in found}
    key = None if officer is None else officer.id
    return {
        row.id: CONTROL.available(
            row.status,
            actors=actors_of(principal, row, officer, today),
            scopes=principal.scopes,
            facts=ControlFacts(
                row, controls[row.control_id], (), key, await problems_now(session, row, today), None, today
            ),
        )
        for row in rows
        if row.control_id in controls
    }


async def open_control(unit: Unit, asked: ControlOpening) -> OpenedControl:
    """Give the holder what it is to control, with a trace first. Raises ``NotFound`` for whoever is not the holder."""
    order = await unit.session.scalar(
        select(ControlOrder).where(ControlOrder.id == asked.order_id, ControlOrder.holder_id == unit.organization_id)
    )
    if order is None:
        raise NotFound(path=("orderId",))
    return await opened(unit, order)


async def opened(unit: Unit, order: ControlOrder) -> OpenedControl:
    """An order as its holder reads it; the reading is on record. Raises ``NotFound`` once it is destroyed."""
    control = await unit.session.scalar(select(AssetControl).where(AssetControl.id == order.control_id))
    if control is None or control.asset_sealed is None:
        raise NotFound(path=("orderId",))
    await unit.audit(AuditAction.CONTROL_ORDER_OPENED, AuditTarget("ControlOrder", order.id, order.jurisdiction_path))
    keys = await tenant_keys(unit.session, unit.keyring, order.tenant_id, unit.at)
    sealed = order.document_sealed
    document = None if sealed is None else keys.open(sealed, context=ruling_context(order.id))
    return OpenedControl(order, control, asset_of(keys, control), document)


def asset_of(keys: TenantKeys, control: AssetControl) -> dict[str, Any]:
    """The asset as it was found: ``{"kind": …, "item": {…}, "target": {…}}``."""
    assert control.asset_sealed is not None
    found: dict[str, Any] = json.loads(keys.open(control.asset_sealed, context=asset_context(control.id)))
    return found

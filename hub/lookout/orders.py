"""Events of lookouts and hits, decided by their tables; and what the police get to see of a lookout."""

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
from hub.canonical.control_codes import LookoutOutcome, LookoutStatus
from hub.core.errors import NotFound, Reason
from hub.core.payload import required
from hub.core.principal import Principal
from hub.core.workflow import Actor, Availability
from hub.db.models import ExecutionOfficer, LegalCase, LookoutHit, LookoutOrder
from hub.db.tenant_keys import TenantKeys, tenant_keys
from hub.inquiry.officers import find_officer
from hub.inquiry.rows import court_actors
from hub.inquiry.standing import standing_problems
from hub.inquiry.submitting import case_problems
from hub.lookout.workflow import COURSE, HIT, HIT_COURSE, LOOKOUT, HitFacts, LookoutFacts
from hub.workflow.firing import fire
from hub.workflow.rows import locked
from hub.workflow.unit import Unit

Possible = dict[UUID, tuple[Availability, ...]]


@dataclass(frozen=True, slots=True)
class LookoutOpening:
    """查看临控内容 (opening a lookout)."""

    lookout_id: UUID = required("临控标识", "id of the lookout", node="LO")


@dataclass(frozen=True, slots=True)
class OpenedLookout:
    """``target`` is ``{"name": …, "number": …, "plate": …}``."""

    row: LookoutOrder
    target: dict[str, Any]
    contact: str
    document: str | None


def target_context(key: object) -> str:
    return f"lookout_order|target_sealed|{key}"


def duty_context(key: object) -> str:
    return f"lookout_order|contact_sealed|{key}"


def document_context(key: object) -> str:
    return f"lookout_order|document_sealed|{key}"


async def fire_lookout(
    unit: Unit, lookout_id: UUID, event: str, payload: object, *, expected_version: int | None = None
) -> LookoutOrder:
    """Move a lookout. Raises ``NotFound``, ``Denied`` or ``Refused`` with every reason."""
    row: LookoutOrder = await locked(unit, LookoutOrder, lookout_id)
    officer = await find_officer(unit.session, unit.principal)
    keys = await tenant_keys(unit.session, unit.keyring, row.tenant_id, unit.at)
    await fire(
        unit,
        LOOKOUT,
        COURSE,
        row,
        event,
        payload,
        actors=_actors(unit.principal, row, officer, unit.today),
        facts=await _facts(unit.session, row, officer, unit.today, keys),
        expected_version=expected_version,
    )
    return row


async def fire_hit(
    unit: Unit, hit_id: UUID, event: str, payload: object, *, expected_version: int | None = None
) -> LookoutHit:
    """Move a hit. Raises ``NotFound``, ``Denied`` or ``Refused`` with every reason."""
    row: LookoutHit = await locked(unit, LookoutHit, hit_id)
    lookout = await unit.session.scalar(select(LookoutOrder).where(LookoutOrder.id == row.lookout_id))
    assert lookout is not None
    officer = await find_officer(unit.session, unit.principal)
    await fire(
        unit,
        HIT,
        HIT_COURSE,
        row,
        event,
        payload,
        actors=_actors(unit.principal, lookout, officer, unit.today),
        facts=HitFacts(row, unit.today),
        expected_version=expected_version,
    )
    return row


def _actors(principal: Principal, row: LookoutOrder, officer: ExecutionOfficer | None, today: date) -> frozenset[Actor]:
    if row.police_id == principal.organization_id:
        return frozenset({Actor.HOLDER})
    return court_actors(today, row, officer)


async def _facts(
    session: AsyncSession, row: LookoutOrder, officer: ExecutionOfficer | None, today: date, keys: TenantKeys | None
) -> LookoutFacts:
    handed = select(LookoutHit.id).where(
        LookoutHit.lookout_id == row.id, LookoutHit.outcome == LookoutOutcome.HANDED_OVER
    )
    problems: tuple[Reason, ...] = ()
    if row.status is LookoutStatus.PENDING_APPROVAL:
        case = await session.scalar(select(LegalCase).where(LegalCase.id == row.case_id))
        problems = (
            *(() if case is None else case_problems(case)),
            *await standing_problems(session, row, today),
        )
    key = None if officer is None else officer.id
    return LookoutFacts(row, key, problems, bool(await session.scalar(select(handed.exists()))), keys)


async def lookout_events(
    session: AsyncSession, principal: Principal, rows: Sequence[LookoutOrder], today: date
) -> Possible:
    """Which events the caller may fire on each lookout now, and why not the others."""
    officer = await find_officer(session, principal)
    return {
        row.id: LOOKOUT.available(
            row.status,
            actors=_actors(principal, row, officer, today),
            scopes=principal.scopes,
            facts=await _facts(session, row, officer, today, None),
        )
        for row in rows
    }


async def hit_events(session: AsyncSession, principal: Principal, rows: Sequence[LookoutHit], today: date) -> Possible:
    officer = await find_officer(session, principal)
    found = await session.scalars(select(LookoutOrder).where(LookoutOrder.id.in_({row.lookout_id for row in rows})))
    lookouts = {lookout.id: lookout for lookout in found}
    return {
        row.id: HIT.available(
            row.status,
            actors=_actors(principal, lookouts[row.lookout_id], officer, today),
            scopes=principal.scopes,
            facts=HitFacts(row, today),
        )
        for row in rows
        if row.lookout_id in lookouts
    }


async def open_lookout(unit: Unit, asked: LookoutOpening) -> OpenedLookout:
    """Tell the police whom or what to look out for, with a trace first. Raises ``NotFound`` for anybody else."""
    row = await unit.session.scalar(
        select(LookoutOrder).where(LookoutOrder.id == asked.lookout_id, LookoutOrder.police_id == unit.organization_id)
    )
    if row is None or row.target_sealed is None:
        raise NotFound(path=("lookoutId",))
    await unit.audit(AuditAction.LOOKOUT_OPENED, AuditTarget("LookoutOrder", row.id, row.jurisdiction_path))
    return opened_lookout(await tenant_keys(unit.session, unit.keyring, row.tenant_id, unit.at), row)


def opened_lookout(keys: TenantKeys, row: LookoutOrder) -> OpenedLookout:
    assert row.target_sealed is not None
    assert row.contact_sealed is not None
    document = row.document_sealed
    return OpenedLookout(
        row,
        json.loads(keys.open(row.target_sealed, context=target_context(row.id))),
        keys.open(row.contact_sealed, context=duty_context(row.id)),
        None if document is None else keys.open(document, context=document_context(row.id)),
    )

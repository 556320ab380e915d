"""Courts with an open case about an addressee are told when one of his addresses comes to stand or falls."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

import structlog
from sqlalchemy import ColumnElement, select, union

from hub.canonical.addresses import ServiceAddressStatus
from hub.core.ids import new_id
from hub.core.principal import Principal
from hub.db.models import (
    AddressChange,
    AddressReading,
    CaseListEntry,
    DishonestyRecord,
    LegalCase,
    ServiceAddress,
    Subject,
)
from hub.events.outbox import publish
from hub.inquiry.sweep import PORTION, Sweep
from hub.workflow.rows import within

log = structlog.get_logger("hub.addresses")

WORKER = Principal(subject="system:addresses", organization_id=None)
S = ServiceAddressStatus
TOLD = frozenset({S.ACTIVE, S.CHANGED, S.INVALID})
"""States whose coming concerns whoever has something to serve."""


async def watch_addresses(sweep: Sweep) -> int:
    """Tell courts what changed since they were told last, and alarm referrals past their day; how many were told."""
    found = await sweep.session.scalars(
        select(ServiceAddress)
        .where(ServiceAddress.told_version != ServiceAddress.version)
        .order_by(ServiceAddress.id)
        .limit(PORTION)
        .with_for_update(skip_locked=True)
    )
    done = 0
    for row in found.all():
        row.told_version = row.version
        if row.status in TOLD:
            courts = await _courts(sweep, row)
            for court in courts:
                await _tell(sweep, row, court)
            done += len(courts)
    await _warn(sweep)
    return done


async def _courts(sweep: Sweep, row: ServiceAddress) -> Sequence[UUID]:
    """Courts that asked for it in a case that is open, and those that have an open case about its subject."""
    read = (
        select(AddressReading.court_id)
        .join(LegalCase, LegalCase.id == AddressReading.case_id)
        .join(ServiceAddress, ServiceAddress.id == AddressReading.address_id)
        .where(_same(row, ServiceAddress), LegalCase.closed_on.is_(None))
    )
    listed = [
        select(mirror.court_id)
        .join(Subject, Subject.id == mirror.subject_id)
        .join(LegalCase, LegalCase.id == mirror.case_id)
        .where(_same(row, Subject), LegalCase.closed_on.is_(None))
        for mirror in (CaseListEntry, DishonestyRecord)
    ]
    found = await sweep.session.scalars(union(read, *listed))
    return sorted(found)


def _same(row: ServiceAddress, model: type[ServiceAddress | Subject]) -> ColumnElement[bool]:
    code = model.uscc == row.uscc if row.uscc is not None else model.identity_hash == row.identity_hash
    return (model.tenant_id == row.tenant_id) & code


async def _tell(sweep: Sweep, row: ServiceAddress, court: UUID) -> None:
    change = AddressChange(
        id=new_id(),
        court_id=court,
        address_id=row.id,
        uscc=row.uscc,
        kind=row.kind,
        status=row.status,
        changed_at=sweep.at,
        **within(row),
    )
    sweep.session.add(change)
    await sweep.session.flush()
    key, ids = f"AddressChange:{change.id}", {"id": str(change.id), "version": 1}
    await publish(sweep.session, tenant_id=row.tenant_id, type_="addresschange.told", key=key, ids=ids)


async def _warn(sweep: Sweep) -> None:
    late = await sweep.session.scalars(
        select(ServiceAddress.id).where(
            ServiceAddress.status == S.ABNORMAL_OPERATION_REFERRED,
            ServiceAddress.referral_outcome.is_(None),
            ServiceAddress.referral_due_at < sweep.at,
        )
    )
    for key in late:
        log.error("the register has not answered a referral", address=str(key), alarm=True)

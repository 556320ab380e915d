"""Rotation: data keys grow old and are replaced, and what older ones sealed is sealed anew."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import LargeBinary, func, select

from hub.db.models import (
    AssetControl,
    ControlOrder,
    ExecutionDocument,
    ExecutionOrder,
    ExecutionResult,
    KeyUse,
    LookoutHit,
    LookoutOrder,
    TenantKey,
)
from hub.db.tenant_keys import TenantKeys, renew, tenant_keys, wrap_anew
from hub.inquiry.sweep import PORTION, Sweep

SEALED: tuple[tuple[Any, str], ...] = (
    (ExecutionResult, "content_sealed"),
    (ExecutionDocument, "content_sealed"),
    (ExecutionOrder, "target_sealed"),
    (ExecutionOrder, "return_contact_sealed"),
    (AssetControl, "asset_sealed"),
    (ControlOrder, "document_sealed"),
    (ControlOrder, "return_contact_sealed"),
    (LookoutOrder, "target_sealed"),
    (LookoutOrder, "contact_sealed"),
    (LookoutOrder, "document_sealed"),
    (LookoutOrder, "return_contact_sealed"),
    (LookoutHit, "place_sealed"),
)
"""Every column that a tenant's data key seals."""


async def rotate(sweep: Sweep) -> int:
    """Wrap keys with the current master, renew old data keys, and seal one portion of old values anew; how many."""
    done = await wrap_anew(sweep.session, sweep.master)
    days = await sweep.policy.shortest(sweep.session, "inquiry.key_days", sweep.today)
    await renew(sweep.session, sweep.master, sweep.at, age=timedelta(days=days))
    tenants = await sweep.session.execute(
        select(TenantKey.tenant_id, func.max(TenantKey.version))
        .where(TenantKey.use == KeyUse.DATA)
        .group_by(TenantKey.tenant_id)
        .having(func.max(TenantKey.version) > 1)
    )
    for tenant_id, version in tenants.all():
        keys = await tenant_keys(sweep.session, sweep.master, tenant_id, sweep.at)
        for model, column in SEALED:
            done += await _seal_anew(sweep, model, column, keys, tenant_id, version)
    return done


async def _seal_anew(sweep: Sweep, model: Any, column: str, keys: TenantKeys, tenant_id: Any, version: int) -> int:
    sealed = getattr(model, column)
    prefix = f"t{version}.".encode()
    found = await sweep.session.scalars(
        select(model)
        .where(
            model.tenant_id == tenant_id,
            sealed.is_not(None),
            func.substr(sealed, 1, len(prefix), type_=LargeBinary) != prefix,
        )
        .limit(PORTION)
        .with_for_update(skip_locked=True)
    )
    rows = found.all()
    for row in rows:
        context = f"{model.__tablename__}|{column}|{row.id}"
        setattr(row, column, keys.seal(keys.open(getattr(row, column), context=context), context=context))
    await sweep.session.flush()
    return len(rows)

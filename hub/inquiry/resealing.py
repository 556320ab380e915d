"""Rotation: data keys grow old and are replaced, and what older ones sealed is sealed anew."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, LargeBinary, func, select

from hub.canonical.exchange_codes import SubjectType
from hub.core.keyring import KeyRing
from hub.db.models import (
    AssetControl,
    CampaignCase,
    ControlOrder,
    EvasionClueEvidence,
    EvasionClueStep,
    ExecutionDocument,
    ExecutionOrder,
    ExecutionResult,
    FundClueItem,
    HolderAnswer,
    InboxMessage,
    IntegrityComplainant,
    IntegrityPerson,
    KeyUse,
    Liaison,
    LookoutHit,
    LookoutOrder,
    MarriageItem,
    ReliefApplicant,
    RestrictedPerson,
    ServiceAddress,
    Subject,
    TenantKey,
)
from hub.db.tenant_keys import renew, tenant_keys, wrap_anew
from hub.inquiry.sweep import PORTION, Sweep
from hub.organizations.liaisons import email_context, phone_context
from hub.subjects.resolving import name_context

SEALED: tuple[tuple[Any, str], ...] = (
    (ExecutionResult, "content_sealed"),
    (ExecutionDocument, "content_sealed"),
    (ExecutionOrder, "target_sealed"),
    (ExecutionOrder, "return_contact_sealed"),
    (HolderAnswer, "content_sealed"),
    (CampaignCase, "debtor_sealed"),
    (MarriageItem, "parties_sealed"),
    (ServiceAddress, "value_sealed"),
    (AssetControl, "asset_sealed"),
    (ControlOrder, "document_sealed"),
    (ControlOrder, "return_contact_sealed"),
    (FundClueItem, "account_sealed"),
    (EvasionClueStep, "content_sealed"),
    (EvasionClueEvidence, "content_sealed"),
    (LookoutOrder, "target_sealed"),
    (LookoutOrder, "contact_sealed"),
    (LookoutOrder, "document_sealed"),
    (LookoutOrder, "return_contact_sealed"),
    (LookoutHit, "place_sealed"),
)
"""Every column that a tenant's data key seals."""
MASTER_SEALED: tuple[tuple[Any, str], ...] = (
    (Subject, "identity_sealed"),
    (Subject, "name_sealed"),
    (Liaison, "phone_sealed"),
    (Liaison, "email_sealed"),
    (InboxMessage, "body_sealed"),
    (IntegrityComplainant, "name_sealed"),
    (IntegrityComplainant, "contact_sealed"),
    (IntegrityComplainant, "statement_sealed"),
    (IntegrityPerson, "name_sealed"),
    (ReliefApplicant, "name_sealed"),
    (ReliefApplicant, "identity_sealed"),
    (RestrictedPerson, "name_sealed"),
)
"""Every column of personal data that the master key ring seals itself, but for what is never changed: a refused message
keeps its key, which may go once those messages are gone."""


_CONTEXTS: dict[tuple[Any, str], Callable[[UUID], str]] = {
    (Liaison, "phone_sealed"): phone_context,
    (Liaison, "email_sealed"): email_context,
}
"""What values are bound to where that is not table, column and key."""


async def rotate(sweep: Sweep) -> int:
    """Wrap keys with the current master, renew old data keys, and seal one portion of old values anew; how many."""
    done = await wrap_anew(sweep.session, sweep.master)
    days = await sweep.policy.shortest(sweep.session, "inquiry.key_days", sweep.today)
    await renew(sweep.session, sweep.master, sweep.at, age=timedelta(days=days))
    found = await sweep.session.scalars(
        select(TenantKey.tenant_id)
        .where(TenantKey.use == KeyUse.DATA)
        .group_by(TenantKey.tenant_id)
        .having(func.max(TenantKey.version) > 1)
    )
    for tenant_id in found.all():
        keys = await tenant_keys(sweep.session, sweep.master, tenant_id, sweep.at)
        for model, column in SEALED:
            done += await _seal_anew(sweep, model, column, keys.data, model.tenant_id == tenant_id)
    for model, column in MASTER_SEALED:
        done += await _seal_anew(sweep, model, column, sweep.master)
    return done + await _seal_names(sweep)


async def _seal_anew(sweep: Sweep, model: Any, column: str, ring: KeyRing, *of: ColumnElement[bool]) -> int:
    sealed = getattr(model, column)
    found = await sweep.session.scalars(
        select(model)
        .where(
            *of,
            sealed.is_not(None),
            func.substr(sealed, 1, len(ring.prefix), type_=LargeBinary) != ring.prefix,
        )
        .limit(PORTION)
        .with_for_update(skip_locked=True)
    )
    rows = found.all()
    for row in rows:
        context = _context(model, column, row.id)
        setattr(row, column, ring.seal(ring.open(getattr(row, column), context=context), context=context))
    await sweep.session.flush()
    return len(rows)


def _context(model: Any, column: str, key: UUID) -> str:
    bound = _CONTEXTS.get((model, column))
    return bound(key) if bound else f"{model.__tablename__}|{column}|{key}"


async def _seal_names(sweep: Sweep) -> int:
    """Names of persons that were told before names were sealed."""
    found = await sweep.session.scalars(
        select(Subject)
        .where(Subject.kind == SubjectType.NATURAL, Subject.name_sealed.is_(None), Subject.identity_hash.is_not(None))
        .limit(PORTION)
        .with_for_update(skip_locked=True)
    )
    rows = found.all()
    for row in rows:
        row.name_sealed = sweep.master.seal(row.name, context=name_context(row.id))
        row.name = row.name_masked
    await sweep.session.flush()
    return len(rows)

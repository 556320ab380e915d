"""Whom a notice is addressed to, and who may see it when."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from hub.canonical.supervision_codes import NoticeCapacity, NoticeSigner, RecipientRole
from hub.core.principal import RoleName
from hub.db.models import (
    NoticeRecipient,
    OrganizationFunction,
    OrganizationSuperior,
    SupervisionNotice,
    SupervisionNoticeParty,
)
from hub.supervision.policies import SupervisionPolicy
from hub.workflow.rows import within
from hub.workflow.unit import Unit


async def address(session: AsyncSession, notice: SupervisionNotice, recipients: Mapping[UUID, RecipientRole]) -> None:
    """Enter the recipients of a notice; they see nothing of it before it is issued."""
    for organization_id, role in recipients.items():
        session.add(NoticeRecipient(notice_id=notice.id, organization_id=organization_id, role=role, **within(notice)))
    await session.flush()


async def admit_issuers(session: AsyncSession, notice: SupervisionNotice, policy: SupervisionPolicy) -> None:
    """Who drafts and who signs is party to the draft."""
    capacities = dict.fromkeys(notice.co_issuer_ids, NoticeCapacity.CO_ISSUER)
    if policy.signer is NoticeSigner.GOVERNMENT:
        office = await function_holder(session, notice.jurisdiction_id, RoleName.GOVERNMENT_OFFICE)
        capacities |= {} if office is None else {office: NoticeCapacity.SIGNATORY}
    await _admit(session, notice, {**capacities, notice.issuer_id: NoticeCapacity.ISSUER})


async def admit_recipients(unit: Unit, notice: SupervisionNotice) -> None:
    """From its issue on the recipients see the notice."""
    rows = await unit.session.execute(
        select(NoticeRecipient.organization_id, NoticeRecipient.role).where(NoticeRecipient.notice_id == notice.id)
    )
    known = await _known(unit.session, notice)
    await _admit(unit.session, notice, {key: NoticeCapacity(role.value) for key, role in rows if key not in known})


async def superiors(session: AsyncSession, organization_id: UUID) -> list[UUID]:
    rows = await session.scalars(
        select(OrganizationSuperior.superior_id)
        .where(OrganizationSuperior.organization_id == organization_id, OrganizationSuperior.depth == 1)
        .order_by(OrganizationSuperior.superior_id)
    )
    return list(dict.fromkeys(rows))


async def function_holder(session: AsyncSession, jurisdiction_id: UUID, role: RoleName) -> UUID | None:
    """The organisation with a function in a jurisdiction."""
    return await session.scalar(
        select(OrganizationFunction.organization_id)
        .where(
            OrganizationFunction.jurisdiction_id == jurisdiction_id,
            OrganizationFunction.role == role,
            OrganizationFunction.valid_to.is_(None),
        )
        .order_by(OrganizationFunction.organization_id)
        .limit(1)
    )


async def _known(session: AsyncSession, notice: SupervisionNotice) -> set[UUID]:
    rows = await session.scalars(
        select(SupervisionNoticeParty.organization_id).where(SupervisionNoticeParty.notice_id == notice.id)
    )
    return set(rows)


async def _admit(session: AsyncSession, notice: SupervisionNotice, capacities: Mapping[UUID, NoticeCapacity]) -> None:
    for organization_id, capacity in capacities.items():
        session.add(
            SupervisionNoticeParty(
                notice_id=notice.id,
                organization_id=organization_id,
                tenant_id=notice.tenant_id,
                capacity=capacity,
                due_sort=notice.due_sort,
                jurisdiction_path=notice.jurisdiction_path,
            )
        )
    await session.flush()

"""The roster of a coordination body, changed only by an approved change."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select, update

from hub.canonical.codes import MembershipChangeKind, MembershipRole
from hub.core.errors import Reason, Refused
from hub.db.models import BodyMembership, MembershipChange
from hub.workflow.unit import Unit


async def current_membership(
    unit: Unit, body_id: UUID, organization_id: UUID, role: MembershipRole, *, wanted: bool
) -> BodyMembership | None:
    """The standing membership. Raises ``Refused``: MEMBER_MISSING when it is ``wanted``, else MEMBER_ALREADY."""
    current: BodyMembership | None = await unit.session.scalar(
        select(BodyMembership).where(
            BodyMembership.body_id == body_id,
            BodyMembership.organization_id == organization_id,
            BodyMembership.role == role,
            BodyMembership.valid_to.is_(None),
        )
    )
    if wanted is not (current is not None):
        raise Refused(Reason("MEMBER_MISSING" if wanted else "MEMBER_ALREADY", ("organizationId",)))
    return current


async def put_into_effect(unit: Unit, change: MembershipChange) -> None:
    """End, open or rewrite a membership. Raises ``Refused`` when the roster no longer fits the change."""
    adding = change.kind is MembershipChangeKind.ADD
    current = await current_membership(unit, change.body_id, change.organization_id, change.role, wanted=not adding)
    if current is not None:
        await unit.session.execute(
            update(BodyMembership)
            .where(BodyMembership.id == current.id)
            .values(valid_to=change.effective_on, updated_at=unit.at)
        )
    if change.kind is not MembershipChangeKind.REMOVE:
        _open(unit, change, acting_id=current.acting_organization_id if current else None)


def _open(unit: Unit, change: MembershipChange, *, acting_id: object = None) -> None:
    unit.session.add(
        BodyMembership(
            tenant_id=change.tenant_id,
            jurisdiction_id=change.jurisdiction_id,
            jurisdiction_path=change.jurisdiction_path,
            body_id=change.body_id,
            organization_id=change.organization_id,
            acting_organization_id=acting_id,
            role=change.role,
            post=change.post,
            valid_from=change.effective_on,
        )
    )

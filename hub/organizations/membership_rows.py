"""The roster of a coordination body, changed only by an approved change."""

from __future__ import annotations

from sqlalchemy import select, update

from hub.canonical.codes import MembershipChangeKind
from hub.core.errors import Reason, Refused
from hub.db.models import BodyMembership, MembershipChange
from hub.workflow.unit import Unit


async def put_into_effect(unit: Unit, change: MembershipChange) -> None:
    """End, open or rewrite a membership. Raises ``Refused`` when the roster no longer fits the change."""
    current = await unit.session.scalar(
        select(BodyMembership).where(
            BodyMembership.body_id == change.body_id,
            BodyMembership.organization_id == change.organization_id,
            BodyMembership.role == change.role,
            BodyMembership.valid_to.is_(None),
        )
    )
    match change.kind:
        case MembershipChangeKind.ADD:
            if current is not None:
                raise Refused(Reason("MEMBER_ALREADY"))
            _open(unit, change)
        case MembershipChangeKind.REMOVE | MembershipChangeKind.CHANGE_POST:
            if current is None:
                raise Refused(Reason("MEMBER_MISSING"))
            await unit.session.execute(
                update(BodyMembership)
                .where(BodyMembership.id == current.id)
                .values(valid_to=change.effective_on, updated_at=unit.at)
            )
            if change.kind is MembershipChangeKind.CHANGE_POST:
                _open(unit, change, acting_id=current.acting_organization_id)


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

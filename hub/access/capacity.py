"""In what capacity a caller meets a coordination body: its office, its convenor, the government."""

from __future__ import annotations

from collections import defaultdict
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from hub.canonical.codes import MembershipRole
from hub.core.principal import Principal, RoleName
from hub.db.models import BodyMembership


def is_office(principal: Principal, path: str) -> bool:
    """Whether the caller runs the joint-meeting office of the jurisdiction at ``path``, or of one above it."""
    return any(path.startswith(covered) for covered in principal.paths(RoleName.JOINT_MEETING_OFFICE))


def is_government(principal: Principal, path: str) -> bool:
    """Whether the caller speaks for the government of the jurisdiction at ``path``."""
    return path in principal.paths(RoleName.GOVERNMENT_OFFICE)


async def convenors(session: AsyncSession, body_ids: set[UUID]) -> dict[UUID, frozenset[UUID]]:
    """Organisations that hold the convenor's post or record its decisions, by body id."""
    found: defaultdict[UUID, set[UUID]] = defaultdict(set)
    rows = await session.execute(
        select(BodyMembership.body_id, BodyMembership.organization_id, BodyMembership.acting_organization_id).where(
            BodyMembership.body_id.in_(body_ids),
            BodyMembership.role == MembershipRole.CONVENOR,
            BodyMembership.valid_to.is_(None),
        )
    )
    for body_id, holder, acting in rows:
        found[body_id] |= {holder, acting or holder}
    return {body_id: frozenset(found[body_id]) for body_id in body_ids}

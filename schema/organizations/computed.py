"""Fields of coordination bodies that need Python: sealed telephone numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import or_, select

from hub.access.capacity import is_office
from hub.audit.catalogue import AuditAction
from hub.audit.recorder import Target, record
from hub.db.models import BodyMembership, Liaison
from hub.organizations.liaisons import open_phone

if TYPE_CHECKING:
    from hub.db.session import ReadSession
    from schema.operation import HubContext


async def open_phones(context: HubContext, rows: Sequence[Mapping[str, Any]]) -> list[str | None]:
    """Numbers in clear for members of the same body and its office, each reading audited before it is released."""
    ids = [UUID(row["id"]) for row in rows]
    async with context.reading() as session:
        liaisons = list(await session.scalars(select(Liaison).where(Liaison.id.in_(ids))))
        bodies = await _own_bodies(session, context, {each.body_id for each in liaisons})
    found = {
        each.id: each
        for each in liaisons
        if each.body_id in bodies or is_office(context.principal, each.jurisdiction_path)
    }
    async with context.sessions.write(context.principal) as session:
        for liaison in found.values():
            if liaison.phone_sealed is not None:
                await record(
                    session,
                    context.principal,
                    AuditAction.LIAISON_PHONE_READ,
                    at=context.now,
                    target=Target("Liaison", liaison.id, liaison.jurisdiction_path),
                )
    return [_phone(context, found.get(key)) for key in ids]


async def _own_bodies(session: ReadSession, context: HubContext, bodies: set[UUID]) -> set[UUID]:
    own = context.principal.organization_id
    rows = await session.scalars(
        select(BodyMembership.body_id).where(
            BodyMembership.body_id.in_(bodies),
            or_(BodyMembership.organization_id == own, BodyMembership.acting_organization_id == own),
            BodyMembership.valid_to.is_(None),
        )
    )
    return set(rows)


def _phone(context: HubContext, liaison: Liaison | None) -> str | None:
    if liaison is None or liaison.phone_sealed is None:
        return None
    return open_phone(context.standing.keyring, liaison.id, liaison.phone_sealed)

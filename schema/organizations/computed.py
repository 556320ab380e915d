"""Fields of coordination bodies that need Python: sealed telephone numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import select

from hub.audit.catalogue import AuditAction
from hub.audit.recorder import Target, record
from hub.db.models import Liaison
from hub.organizations.liaisons import open_phone

if TYPE_CHECKING:
    from schema.operation import HubContext


async def open_phones(context: HubContext, rows: Sequence[Mapping[str, Any]]) -> list[str | None]:
    """Numbers in clear (L3), each reading audited before it is released."""
    ids = [UUID(row["id"]) for row in rows]
    async with context.reading() as session:
        found = {each.id: each for each in await session.scalars(select(Liaison).where(Liaison.id.in_(ids)))}
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


def _phone(context: HubContext, liaison: Liaison | None) -> str | None:
    if liaison is None or liaison.phone_sealed is None:
        return None
    return open_phone(context.keyring, liaison.id, liaison.phone_sealed)

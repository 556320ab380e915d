"""What an endpoint may be told of: the rows that the client behind it can read now."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping
from itertools import groupby
from uuid import UUID

from sqlalchemy import select

from hub.access.coverage import row_scope
from hub.access.scopes import Scope
from hub.core.principal import Principal
from hub.db.session import Sessions
from hub.events.audience import Audience
from hub.events.catalogue import FAMILIES, Family, family_of

Holder = Callable[[str, UUID], Awaitable[Principal | None]]
"""``holder(client_id, organization_id)``: the client as it stands now; None when it is disabled."""

Told = tuple[str, UUID]
"""Event type and the id of its object."""


async def receiver(holder: Holder, client_id: str, organization_id: UUID) -> Principal | None:
    """The client behind an endpoint; None when it may no longer be told of anything."""
    found = await holder(client_id, organization_id)
    return found if found is not None and Scope.WEBHOOK_MANAGE in found.scopes else None


def may_concern(principal: Principal, family: Family, audience: Audience | None) -> bool:
    """False only for what the client could not read anyhow; row security has the last word."""
    if audience is None or not principal.scopes.intersection(scope.value for scope in family.scopes):
        return False
    return audience.may_include(row_scope(principal), family.topic.area)


async def readable(sessions: Sessions, principal: Principal, told: Iterable[Told]) -> set[Told]:
    """Of these objects, those whose rows the client can read now, by its scopes and under its row security."""
    by_family = _by_family(told)
    found: set[Told] = set()
    async with sessions.read(principal) as session:
        for name, wanted in by_family.items():
            family = FAMILIES[name]
            if not principal.scopes.intersection(scope.value for scope in family.scopes):
                continue
            key = family.topic.table.c.id
            seen = set(await session.scalars(select(key).where(key.in_({each for _, each in wanted}))))
            found |= {each for each in wanted if each[1] in seen}
    return found


def _by_family(told: Iterable[Told]) -> Mapping[str, set[Told]]:
    known = ((family.name, each) for each in told if (family := family_of(each[0])) is not None)
    ordered = sorted(known, key=lambda pair: pair[0])
    return {name: {each for _, each in group} for name, group in groupby(ordered, key=lambda pair: pair[0])}

"""Whom orders in force restrict, as checks find them: kept with every move of an order, by keyed hashes alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from hub.canonical.exchange_codes import MirrorStatus
from hub.core.ids import new_id
from hub.core.keyring import KeyRing
from hub.db.bulk import among, insert_rows
from hub.db.models import ConsumptionRestriction, RestrictedPerson, StandingRestriction
from hub.subjects.found_by import Mark, marks
from hub.subjects.keys import name_key

ORDER, PERSON, STANDING = ConsumptionRestriction, RestrictedPerson, StandingRestriction


def name_context(person_id: UUID) -> str:
    """What a sealed name is bound to."""
    return f"restricted_person|name_sealed|{person_id}"


async def keep_restricting(session: AsyncSession, keyring: KeyRing, orders: Sequence[UUID]) -> set[bytes]:
    """Bring what checks find to how these orders stand now; by what they were found before, or are now."""
    before = await standing_keys(session, orders)
    await session.execute(delete(STANDING).where(among(STANDING.restriction_id, orders)))
    rows = await session.execute(
        select(ORDER.id, ORDER.tenant_id, ORDER.jurisdiction_path, ORDER.listed_on, ORDER.subject_id).where(
            among(ORDER.id, orders), ORDER.status == MirrorStatus.ACTIVE
        )
    )
    stand = rows.tuples().all()
    found = await marks(session, keyring, {row[4] for row in stand})
    persons = await _persons(session, keyring, [row[0] for row in stand])
    standing: list[dict[str, Any]] = [
        {
            "restriction_id": order,
            "tenant_id": tenant,
            "root": path.partition("/")[0],
            "identity": mark.identity,
            "name": mark.name,
            "since": since,
        }
        for order, tenant, path, since, subject in stand
        for mark in (*found[subject], *persons.get(order, ()))
    ]
    await insert_rows(session, STANDING, [{"id": new_id(), **row} for row in standing])
    return before | {key for row in standing for key in (row["identity"], row["name"]) if key is not None}


async def _persons(session: AsyncSession, keyring: KeyRing, orders: Sequence[UUID]) -> dict[UUID, list[Mark]]:
    """Persons restricted beside a unit, by the order."""
    rows = await session.execute(
        select(PERSON.id, PERSON.restriction_id, PERSON.name_sealed, PERSON.identity_hash).where(
            among(PERSON.restriction_id, orders)
        )
    )
    found: dict[UUID, list[Mark]] = {}
    for key, order, sealed, identity in rows.tuples():
        name = keyring.open(sealed, context=name_context(key))
        found.setdefault(order, []).append(Mark(identity, name_key(keyring, name)))
    return found


async def standing_keys(session: AsyncSession, orders: Sequence[object]) -> set[bytes]:
    """By what checks find these orders."""
    rows = await session.execute(select(STANDING.identity, STANDING.name).where(among(STANDING.restriction_id, orders)))
    return {key for pair in rows.tuples() for key in pair if key is not None}

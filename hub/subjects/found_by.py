"""By which keyed hashes checks find a subject: the code it was told of with, and those of the unit it is now, with its
name under each. A unit that was merged into another keeps its code as one more by which that other is found."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from hub.canonical.uscc import is_uscc
from hub.core.keyring import KeyRing
from hub.db.bulk import among
from hub.db.models import Organization, OrganizationAlias, Subject, SubjectTransfer
from hub.subjects.keys import code_key, name_key
from hub.subjects.resolving import whole_name
from hub.subjects.succession import LAST

_KEPT = (
    Subject.id,
    Subject.name,
    Subject.name_sealed,
    Subject.uscc,
    Subject.identity_hash,
    Subject.organization_id,
)


@dataclass(frozen=True, slots=True)
class Mark:
    """``identity`` is absent of a body without any code and of a person without a number."""

    identity: bytes | None
    name: bytes


async def marks(session: AsyncSession, keyring: KeyRing, subjects: Iterable[UUID]) -> dict[UUID, list[Mark]]:
    """What each subject is found by, no identity twice; at least one for each."""
    rows = (await session.execute(select(*_KEPT).where(among(Subject.id, set(subjects))))).all()
    units = await _units(session, {row.organization_id for row in rows if row.organization_id is not None})
    former = await _former(session, [row.id for row in rows if row.organization_id is not None], units)
    found: dict[UUID, list[Mark]] = {}
    for row in rows:
        name = name_key(keyring, whole_name(keyring, row.id, row.name, row.name_sealed))
        if row.identity_hash is not None:
            found[row.id] = [Mark(row.identity_hash, name)]
            continue
        borne = dict.fromkeys([row.uscc] if row.uscc else [], name)
        for code, bearer in _codes(row.organization_id, former.get(row.id, ()), units):
            # What was told without a code keeps its own name beside the unit's code.
            borne.setdefault(code, name_key(keyring, bearer) if borne else name)
        found[row.id] = [Mark(code_key(keyring, code), of) for code, of in borne.items()] or [Mark(None, name)]
    return found


@dataclass(frozen=True, slots=True)
class _Unit:
    name: str
    codes: tuple[str, ...]
    successor_id: UUID | None


def _codes(present: UUID | None, former: Sequence[UUID], units: Mapping[UUID, _Unit]) -> Iterable[tuple[str, str]]:
    """Codes with the names of their units, the present one first."""
    for key in (*([] if present is None else [present]), *former):
        for code in units[key].codes:
            yield code, units[key].name


async def _units(session: AsyncSession, keys: set[UUID]) -> dict[UUID, _Unit]:
    """Units with their codes: the one in force, and those kept among what they answer to."""
    aliases: defaultdict[UUID, list[str]] = defaultdict(list)
    kept = select(OrganizationAlias.organization_id, OrganizationAlias.alias).where(
        among(OrganizationAlias.organization_id, keys)
    )
    for key, alias in (await session.execute(kept.order_by(OrganizationAlias.alias))).tuples():
        if is_uscc(alias):
            aliases[key].append(alias)
    rows = await session.execute(
        select(Organization.id, Organization.name, Organization.uscc, Organization.successor_id).where(
            among(Organization.id, keys)
        )
    )
    return {
        key: _Unit(name, tuple(dict.fromkeys([*([uscc] if uscc else []), *aliases[key]])), after)
        for key, name, uscc, after in rows.tuples()
    }


async def _former(
    session: AsyncSession, subjects: Sequence[UUID], units: dict[UUID, _Unit]
) -> dict[UUID, tuple[UUID, ...]]:
    """Units that a subject was before, as their successions stand; taken into ``units``."""
    row = SubjectTransfer
    moves = await session.execute(
        select(row.subject_id, row.from_id, row.to_id, row.reason)
        .where(among(row.subject_id, subjects))
        .order_by(row.moved_at, row.id)
    )
    began: dict[UUID, tuple[UUID, UUID]] = {}
    for subject, from_, to, reason in moves.tuples():
        if reason not in LAST:
            began.pop(subject, None)
        elif from_ is not None and to is not None:
            began[subject] = (began.get(subject, (from_, to))[0], to)
    chains = {subject: await _chain(session, first, last, units) for subject, (first, last) in began.items()}
    return {subject: chain for subject, chain in chains.items() if chain}


async def _chain(session: AsyncSession, first: UUID, last: UUID, units: dict[UUID, _Unit]) -> tuple[UUID, ...]:
    """From the unit it all began with, to the one before the last; nothing when the way does not lead there."""
    passed: list[UUID] = []
    at: UUID | None = first
    while at is not None and at != last and at not in passed:
        if at not in units:
            units |= await _units(session, {at})
        passed.append(at)
        at = units[at].successor_id
    return tuple(passed) if at == last else ()

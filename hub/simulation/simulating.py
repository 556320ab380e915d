"""``simulate``: what a pack would move if it were adopted today. It reads, and writes nothing."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from hub.core.errors import Reason, Refused
from hub.db.models import Jurisdiction
from hub.policy.documents import read_yaml
from hub.policy.loader import parse_pack
from hub.policy.pack import ChangeKind, PolicyPack, diff_packs, pack_to_plain
from hub.policy.store import PolicyStore
from hub.simulation.duties import moved_duties
from hub.simulation.matters import Recount
from hub.simulation.moves import Change, Move


@dataclass(frozen=True, slots=True)
class Simulation:
    """``before`` is the pack in force on the day, ``after`` the one asked about."""

    before: PolicyPack
    after: PolicyPack
    changes: tuple[Change, ...]
    moves: tuple[Move, ...]


async def simulate(session: AsyncSession, store: PolicyStore, raw: bytes, today: date) -> Simulation:
    """What the caller of the session may see of it, duties first, then open matters by their new day. Raises
    ``Refused`` with every reason when it is no pack, or its jurisdiction is unknown."""
    after = parse_pack(read_yaml(raw))
    place = await session.scalar(select(Jurisdiction).where(Jurisdiction.code == after.jurisdiction_code))
    if place is None:
        raise Refused(Reason("JURISDICTION_UNKNOWN", ("pack",), {"code": after.jurisdiction_code}))
    before = await store.pack(session, place.id, today)
    calendar = await store.calendar(session)
    matters = [move async for move in Recount(session, before, after, calendar, place.path).moved()]
    matters.sort(key=lambda move: (move.new_due_on or date.max, move.title))
    return Simulation(
        before,
        after,
        _changes(before, after),
        (*moved_duties(before, after, calendar, today), *matters),
    )


def _changes(before: PolicyPack, after: PolicyPack) -> tuple[Change, ...]:
    old, new = _values(before), _values(after)
    return tuple(
        Change(change.key, old.get(change.key), new.get(change.key), after.basis(change.key).clause)
        for change in diff_packs(before, after)
        if change.kind is ChangeKind.PARAMETER and old.get(change.key) != new.get(change.key)
    )


def _values(pack: PolicyPack) -> dict[str, str]:
    plain = pack_to_plain(pack)["parameters"]
    assert isinstance(plain, dict)
    return {key: json.dumps(each.get("value"), ensure_ascii=False) for key, each in plain.items()}

"""Which entries of a folder are entries that stand: units by USCC, else by name within their jurisdiction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from hub.core.errors import Reason
from hub.core.ids import new_id
from hub.organizations.register.entries import Body, Group, Register, Unit


@dataclass(frozen=True, slots=True)
class Ids:
    """Ids of rows, standing or to be, by the keys of a folder."""

    units: Mapping[str, str]
    bodies: Mapping[str, str]


def match(register: Register, standing: Register) -> Ids:
    """The ids that stand, and new ones for the rest. Ask ``find_match_problems`` first."""
    return Ids(
        units={**{unit.key: str(new_id()) for unit in register.units}, **_known_units(register, standing)},
        bodies=_bodies(register, standing),
    )


def find_match_problems(register: Register, standing: Register) -> Iterator[Reason]:
    """What never changes and would, and entries that fit several that stand."""
    yield from _fixed(register, standing)
    for wanted, fitting in _by_name(register, standing, _by_uscc(register, standing)):
        if len(wanted) > 1 or len(fitting) > 1:
            yield from (Reason("REGISTER_UNIT_AMBIGUOUS", ("units", u.key), {"value": u.name}) for u in wanted)
    known = _known_units(register, standing)
    holders = {unit.court_code: unit for unit in standing.units if unit.court_code is not None}
    for unit in register.units:
        holder = holders.get(unit.court_code or "")
        if holder is not None and known.get(unit.key) != holder.key:
            params = {"value": unit.court_code, "other": holder.name}
            yield Reason("REGISTER_COURT_CODE_TAKEN", ("units", unit.key, "court_code"), params)


def rekey(register: Register, ids: Ids) -> Register:
    """The register with ids in the place of its keys."""

    def key_of(key: str | None) -> str | None:
        return None if key is None else ids.units[key]

    def unit_of(unit: Unit) -> Unit:
        return replace(
            unit,
            key=ids.units[unit.key],
            parent=key_of(unit.parent),
            business_superior=key_of(unit.business_superior),
            successor=key_of(unit.successor),
        )

    def group_of(group: Group) -> Group:
        return replace(group, members=tuple(ids.units[key] for key in group.members))

    def body_of(body: Body) -> Body:
        seats = tuple(
            replace(seat, organization=ids.units[seat.organization], acting=key_of(seat.acting))
            for seat in body.memberships
        )
        return replace(body, key=ids.bodies[body.key], memberships=seats)

    return Register(
        jurisdictions=register.jurisdictions,
        units=tuple(map(unit_of, register.units)),
        groups=tuple(map(group_of, register.groups)),
        bodies=tuple(map(body_of, register.bodies)),
        liaisons=tuple(
            replace(each, organization=ids.units[each.organization], body=ids.bodies[each.body])
            for each in register.liaisons
        ),
    )


def _fixed(register: Register, standing: Register) -> Iterator[Reason]:
    """Tenant and path of a jurisdiction never change, so neither do its parent and its code."""
    by_code = {each.code: each for each in standing.jurisdictions}
    by_name = {(each.parent, each.name): each for each in standing.jurisdictions}
    for each in register.jurisdictions:
        place = ("jurisdictions", each.code)
        known = by_code.get(each.code)
        if known is not None and known.parent != each.parent:
            params = {"code": each.code, "standing": known.parent or "—", "value": each.parent or "—"}
            yield Reason("REGISTER_PARENT_CHANGED", (*place, "parent"), params)
        other = by_name.get((each.parent, each.name))
        if known is None and other is not None:
            params = {"name": each.name, "standing": other.code, "value": each.code}
            yield Reason("REGISTER_CODE_CHANGED", (*place, "code"), params)


def _known_units(register: Register, standing: Register) -> dict[str, str]:
    known = _by_uscc(register, standing)
    for wanted, fitting in _by_name(register, standing, known):
        if len(wanted) == len(fitting) == 1:
            known[wanted[0].key] = fitting[0].key
    return known


def _by_uscc(register: Register, standing: Register) -> dict[str, str]:
    known = {unit.uscc: unit.key for unit in standing.units if unit.uscc is not None}
    return {unit.key: known[unit.uscc] for unit in register.units if unit.uscc in known}


def _by_name(register: Register, standing: Register, known: Mapping[str, str]) -> list[tuple[list[Unit], list[Unit]]]:
    """Entries of one name and jurisdiction, with the standing units that no USCC has matched.

    A unit that has ended is not begun again: another one of its name is a new unit.
    """
    taken = set(known.values())
    free: defaultdict[tuple[str, str], list[Unit]] = defaultdict(list)
    for each in standing.units:
        if each.key not in taken:
            free[_place(each)].append(each)
    wanted: defaultdict[tuple[str, str], list[Unit]] = defaultdict(list)
    for unit in register.units:
        if unit.key not in known:
            wanted[_place(unit)].append(unit)
    pairs = []
    for place, units in wanted.items():
        ended = all(unit.valid_to is not None for unit in units)
        fitting = [each for each in free[place] if ended or each.valid_to is None]
        if fitting:
            pairs.append((units, fitting))
    return pairs


def _place(unit: Unit) -> tuple[str, str]:
    return unit.jurisdiction, unit.name


def _bodies(register: Register, standing: Register) -> dict[str, str]:
    known = {(body.jurisdiction, body.kind, body.name): body.key for body in standing.bodies}
    return {body.key: known.get((body.jurisdiction, body.kind, body.name), str(new_id())) for body in register.bodies}

"""Finds how a folder's register differs from what stands."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from typing import TypeVar

from hub.canonical.phone import parse_phone
from hub.core.errors import refuse_if
from hub.core.keyring import KeyRing
from hub.organizations.liaisons import PHONE_DIGEST
from hub.organizations.register.checks import find_ambiguous_wordings, noticed
from hub.organizations.register.entries import Body, Group, Jurisdiction, Liaison, Register, Unit
from hub.organizations.register.matching import Ids, find_match_problems, match, rekey
from hub.organizations.register.plan import Changed, Delta, Differences, Plan
from hub.organizations.register.standing import Standing
from hub.organizations.register.wordings import Claims
from hub.policy.loader import load_shipped_packs
from hub.policy.pack import PolicyPack

Entry = TypeVar("Entry", Jurisdiction, Unit, Group)


def plan_import(register: Register, standing: Standing, keyring: KeyRing) -> Plan:
    """What importing the register would change. Raises ``Refused`` with every reason."""
    refuse_if(find_match_problems(register, standing.register))
    ids = match(register, standing.register)
    wanted = _with_kept_wordings(_one_group_a_wording(rekey(register, ids)), standing.register)
    codes = {each.code for each in wanted.jurisdictions}
    merged = _merge(wanted, standing.register)
    refuse_if(find_ambiguous_wordings(merged, (code for code in noticed(merged) if code in codes)))
    return _compare(wanted, standing, merged, ids, keyring)


def _compare(wanted: Register, standing: Standing, merged: Register, ids: Ids, keyring: KeyRing) -> Plan:
    stands, codes = standing.register, {each.code for each in wanted.jurisdictions}
    known = {body.key for body in stands.bodies}
    named, unnamed = _liaisons(wanted, standing, keyring)
    installed, offered = _packs(codes, standing)
    return Plan(
        standing=standing,
        merged=merged,
        ids=ids,
        jurisdictions=_delta(wanted.jurisdictions, stands.jurisdictions, lambda each: each.code, ()),
        units=_delta(wanted.units, stands.units, lambda each: each.key, codes),
        groups=_delta(wanted.groups, stands.groups, lambda each: f"{each.jurisdiction}/{each.name}", codes),
        bodies=tuple(body for body in wanted.bodies if body.key not in known),
        missing_bodies=_missing_bodies(wanted, stands, codes),
        liaisons=named,
        differences=_differences(wanted, stands, unnamed),
        packs=installed,
        offered=offered,
    )


def _one_group_a_wording(register: Register) -> Register:
    """As they stand: every wording of a collective is a group with the same members."""
    return replace(
        register,
        groups=tuple(
            Group(wording, group.jurisdiction, tuple(sorted(group.members)))
            for group in register.groups
            for wording in group.wordings
        ),
    )


def _with_kept_wordings(wanted: Register, standing: Register) -> Register:
    claims, before = Claims.of(wanted), standing.units_by_key
    units = (claims.keep(unit, before[unit.key]) if unit.key in before else unit.tidy() for unit in wanted.units)
    return replace(wanted, units=tuple(units))


def _merge(wanted: Register, standing: Register) -> Register:
    """What stands, with the folder's entries over it; a body that stands keeps its seats."""
    codes = {each.code for each in wanted.jurisdictions}
    keys = {unit.key for unit in wanted.units}
    names = {(group.jurisdiction, group.name) for group in wanted.groups}
    known = {body.key for body in standing.bodies}
    return Register(
        jurisdictions=(*wanted.jurisdictions, *(each for each in standing.jurisdictions if each.code not in codes)),
        units=(*wanted.units, *(unit for unit in standing.units if unit.key not in keys)),
        groups=(*wanted.groups, *(g for g in standing.groups if (g.jurisdiction, g.name) not in names)),
        bodies=(*standing.bodies, *(body for body in wanted.bodies if body.key not in known)),
    )


def _delta(
    wanted: Iterable[Entry], standing: Iterable[Entry], key: Callable[[Entry], str], codes: Collection[str]
) -> Delta[Entry]:
    """``codes`` are the jurisdictions whose living entries the folder should name."""
    before, entries = {key(each): each for each in standing}, tuple(wanted)
    named = {key(each) for each in entries}
    both = (Changed(before[key(each)], each) for each in entries if key(each) in before)
    return Delta(
        added=tuple(each for each in entries if key(each) not in before),
        changed=tuple(each for each in both if each.before != each.after),
        missing=tuple(
            each
            for name, each in before.items()
            if name not in named
            and not isinstance(each, Jurisdiction)
            and each.jurisdiction in codes
            and not (isinstance(each, Unit) and each.valid_to is not None)
        ),
    )


def _missing_bodies(wanted: Register, standing: Register, codes: Collection[str]) -> tuple[Body, ...]:
    named = {body.key for body in wanted.bodies}
    return tuple(body for body in standing.bodies if body.jurisdiction in codes and body.key not in named)


def _liaisons(
    wanted: Register, standing: Standing, keyring: KeyRing
) -> tuple[tuple[Liaison, ...], dict[str, list[Liaison]]]:
    """Liaisons to be entered, and those of standing bodies that differ from the one who stands, by body.

    A unit that is a member and has no liaison in a standing body gets the folder's; who stands is the unit's to change.
    """
    bodies = {body.key: body for body in standing.register.bodies}
    held = defaultdict(list)
    for liaison, row in zip(standing.register.liaisons, standing.liaison_rows, strict=True):
        held[liaison.body, liaison.organization].append((liaison, row.phone_hash))
    named, differing = [], defaultdict(list)
    for each in wanted.liaisons:
        body = bodies.get(each.body)
        there = held[each.body, each.organization]
        member = body is None or any(seat.organization == each.organization for seat in body.current())
        if member and not there:
            named.append(each)
        elif not any(_same(each, liaison, digest, keyring) for liaison, digest in there):
            differing[each.body].append(each)
    return tuple(named), differing


def _same(wanted: Liaison, liaison: Liaison, digest: bytes | None, keyring: KeyRing) -> bool:
    if replace(wanted, phone=None) != liaison:
        return False
    if wanted.phone is None:
        return True
    return keyring.digest(parse_phone(wanted.phone, path=("phone",)), purpose=PHONE_DIGEST) == digest


def _differences(wanted: Register, standing: Register, liaisons: dict[str, list[Liaison]]) -> tuple[Differences, ...]:
    before = {body.key: body for body in standing.bodies}
    found = []
    for body in wanted.bodies:
        if body.key not in before:
            continue
        there = before[body.key]
        seats = tuple((Counter(body.memberships) - Counter(there.memberships)).elements())
        unknown = tuple((Counter(there.current()) - Counter(body.memberships)).elements())
        each = Differences(body, seats, unknown, tuple(liaisons.get(body.key, ())))
        if each.seats_wanted or each.seats_unknown or each.liaisons:
            found.append(each)
    return tuple(found)


def _packs(codes: Collection[str], standing: Standing) -> tuple[tuple[PolicyPack, ...], tuple[PolicyPack, ...]]:
    shipped = [pack for pack in load_shipped_packs() if pack.jurisdiction_code in codes]
    new = [pack for pack in shipped if pack.jurisdiction_code not in standing.jurisdictions]
    known = [pack for pack in shipped if pack not in new]
    return tuple(new), tuple(p for p in known if (p.jurisdiction_code, p.version) not in standing.packs)

"""What must hold before any rule can be asked: keys are unique, references lead somewhere, no chain is closed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from hub.core.errors import Reason
from hub.organizations.register.entries import Register

Place = tuple[str | int, ...]
Reference = tuple[Place, str | None]


def find_reference_problems(register: Register) -> Iterator[Reason]:
    """Duplicate keys, unknown keys, closed chains of the register."""
    yield from _duplicates(register)
    yield from find_unknown({unit.key for unit in register.units}, _unit_references(register))
    yield from find_unknown({each.code for each in register.jurisdictions}, _jurisdiction_references(register))
    yield from find_unknown({body.key for body in register.bodies}, _body_references(register))
    yield from _cycles("jurisdictions", {each.code: each.parent for each in register.jurisdictions})
    yield from _cycles("units", {unit.key: unit.parent for unit in register.units})
    yield from _cycles("units", {unit.key: unit.business_superior for unit in register.units})
    yield from _cycles("units", {unit.key: unit.successor for unit in register.units})


def find_duplicates(unique: Iterable[tuple[Place, Iterable[object]]]) -> Iterator[Reason]:
    """Values that occur more than once among those of one place."""
    for place, values in unique:
        for value, count in Counter(values).items():
            if count > 1:
                yield Reason("REGISTER_KEY_DUPLICATE", place, {"value": _shown(value)})


def find_unknown(known: set[str], references: Iterable[Reference]) -> Iterator[Reason]:
    """References that lead nowhere."""
    for place, key in references:
        if key is not None and key not in known:
            yield Reason("REGISTER_KEY_UNKNOWN", place, {"value": key})


def _shown(value: object) -> str:
    return " ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _duplicates(register: Register) -> Iterator[Reason]:
    yield from find_duplicates(
        [
            (("jurisdictions",), (each.code for each in register.jurisdictions)),
            (("units",), (unit.key for unit in register.units)),
            (("groups",), ((group.jurisdiction, group.name) for group in register.groups)),
            (("bodies",), (body.key for body in register.bodies)),
            (("bodies",), ((body.jurisdiction, body.kind, body.name) for body in register.bodies)),
        ]
    )
    yield from _twice_used("uscc", ((unit.key, unit.uscc) for unit in register.units))
    yield from _twice_used("court_code", ((unit.key, unit.court_code) for unit in register.units))
    names = Counter((unit.jurisdiction, unit.name) for unit in register.units)
    for unit in register.units:
        if unit.uscc is None and names[unit.jurisdiction, unit.name] > 1:
            yield Reason("REGISTER_UNIT_AMBIGUOUS", ("units", unit.key), {"value": unit.name})
        held = ((function.role, function.jurisdiction) for function in unit.functions)
        yield from find_duplicates([(("units", unit.key, "functions"), held)])
    for group in register.groups:
        yield from find_duplicates([(("groups", group.name, "members"), group.members)])


def _twice_used(column: str, used: Iterable[tuple[str, str | None]]) -> Iterator[Reason]:
    """One reason for each unit that uses what another one before it has."""
    holders: dict[str, str] = {}
    for key, value in used:
        if value is not None and holders.setdefault(value, key) != key:
            yield Reason("REGISTER_VALUE_TWICE", ("units", key, column), {"value": value, "other": holders[value]})


def _unit_references(register: Register) -> Iterator[Reference]:
    for unit in register.units:
        yield ("units", unit.key, "parent"), unit.parent
        yield ("units", unit.key, "business_superior"), unit.business_superior
        yield ("units", unit.key, "successor"), unit.successor
    for group in register.groups:
        yield from ((("groups", group.name, "members"), key) for key in group.members)
    for body in register.bodies:
        for membership in body.memberships:
            yield ("bodies", body.key, "organization"), membership.organization
            yield ("bodies", body.key, "acting"), membership.acting
    yield from ((("liaisons", each.organization), each.organization) for each in register.liaisons)


def _jurisdiction_references(register: Register) -> Iterator[Reference]:
    for jurisdiction in register.jurisdictions:
        yield ("jurisdictions", jurisdiction.code, "parent"), jurisdiction.parent
    for unit in register.units:
        yield ("units", unit.key, "jurisdiction"), unit.jurisdiction
        yield from ((("units", unit.key, "functions"), function.jurisdiction) for function in unit.functions)
    yield from ((("groups", group.name, "jurisdiction"), group.jurisdiction) for group in register.groups)
    yield from ((("bodies", body.key, "jurisdiction"), body.jurisdiction) for body in register.bodies)


def _body_references(register: Register) -> Iterator[Reference]:
    yield from ((("liaisons", liaison.organization, "body"), liaison.body) for liaison in register.liaisons)


def _cycles(section: str, above: Mapping[str, str | None]) -> Iterator[Reason]:
    """One reason for each closed chain, at its smallest key."""
    for start in sorted(above):
        chain = [start]
        while (following := above.get(chain[-1])) is not None and following not in chain:
            chain.append(following)
        if following == start == min(chain):
            yield Reason("REGISTER_CYCLE", (section, start), {"value": " → ".join([*chain, start])})

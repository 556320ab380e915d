"""Rules of the register: jurisdictions, units, wordings, bodies, liaisons.

References must be sound, except where it is said that they need not be.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from hub.canonical.characters import round_brackets
from hub.canonical.codes import JurisdictionLevel, MembershipRole, OrganizationKind
from hub.canonical.phone import find_phone_problems
from hub.canonical.region import RegionCode, find_region_code_problems, normalize_region_code
from hub.canonical.uscc import find_uscc_problems, parse_uscc
from hub.core.errors import Reason
from hub.core.principal import RoleName
from hub.organizations.register.entries import Body, Jurisdiction, Register, Unit
from hub.organizations.register.lengths import find_length_problems

_USCC_PREFIX = {
    OrganizationKind.PUBLIC_INSTITUTION: "12",
    OrganizationKind.MASS_ORG: "13",
    OrganizationKind.VILLAGE_COMMITTEE: "54",
    OrganizationKind.RESIDENT_COMMITTEE: "54",
    OrganizationKind.VILLAGE_COLLECTIVE: "N2",
    OrganizationKind.SOE: "91",
    OrganizationKind.STATE_CAPITAL_ENTERPRISE: "91",
    OrganizationKind.FINANCIAL_INSTITUTION: "91",
    OrganizationKind.TELECOM_OPERATOR: "91",
    OrganizationKind.ENTERPRISE: "91",
    OrganizationKind.MEDIATION_ORG: "52",
}
_ORGAN_PREFIX = "11"

_RANKS = (
    JurisdictionLevel.PROVINCE,
    JurisdictionLevel.PREFECTURE,
    JurisdictionLevel.COUNTY,
    JurisdictionLevel.TOWNSHIP,
    JurisdictionLevel.VILLAGE,
)


def find_register_problems(register: Register) -> Iterator[Reason]:
    """Everything in the register that breaks a rule of the field."""
    yield from find_entry_problems(register)
    yield from find_relation_problems(register)


def find_entry_problems(register: Register) -> Iterator[Reason]:
    """What is wrong with an entry by itself; references need not be sound."""
    yield from find_length_problems(register)
    for jurisdiction in register.jurisdictions:
        yield from _jurisdiction(jurisdiction)
    for unit in register.units:
        yield from _unit(unit)


def find_relation_problems(register: Register) -> Iterator[Reason]:
    """What is wrong between entries."""
    yield from find_ambiguous_wordings(register, noticed(register))
    for body in register.bodies:
        yield from _body(body, register.units_by_key)
    yield from _liaisons(register)


def find_register_doubts(register: Register) -> Iterator[Reason]:
    """What is probably a slip, though such codes have been issued: an unlisted kind, the kind of another body."""
    for unit in register.units:
        place = ("units", unit.key)
        if unit.uscc is None or find_uscc_problems(unit.uscc):
            continue
        yield from parse_uscc(unit.uscc, path=place).warnings
        if not unit.uscc.startswith(_USCC_PREFIX.get(unit.kind, _ORGAN_PREFIX)):
            yield Reason("REGISTER_USCC_KIND", place, {"value": unit.uscc})


def noticed(register: Register) -> tuple[str, ...]:
    """Jurisdictions whose notices are read: a body or collective wordings are theirs."""
    homes = [*(body.jurisdiction for body in register.bodies), *(group.jurisdiction for group in register.groups)]
    return tuple(dict.fromkeys(homes))


def _jurisdiction(jurisdiction: Jurisdiction) -> Iterator[Reason]:
    place = ("jurisdictions", jurisdiction.code)
    if problems := find_region_code_problems(jurisdiction.code, path=place):
        yield from problems
        return
    if (shortest := normalize_region_code(jurisdiction.code)) != jurisdiction.code:
        yield Reason("REGISTER_VALUE_INVALID", (*place, "code"), {"value": jurisdiction.code, "expected": shortest})
        return
    by_digits = RegionCode(jurisdiction.code).level
    top = jurisdiction.level is JurisdictionLevel.PROVINCE
    sound = jurisdiction.level in (by_digits, JurisdictionLevel.ZONE) and top is (jurisdiction.parent is None)
    if not sound or not _stands_below(jurisdiction):
        yield Reason("REGISTER_LEVEL", place)


def _stands_below(jurisdiction: Jurisdiction) -> bool:
    """Whether the parent is of a higher level by its digits, and of the same province."""
    if jurisdiction.parent is None or find_region_code_problems(jurisdiction.parent):
        return True
    rank = _RANKS.index(RegionCode(jurisdiction.code).level)
    above = _RANKS.index(RegionCode(jurisdiction.parent).level)
    return above < rank and jurisdiction.parent[:2] == jurisdiction.code[:2]


def _unit(unit: Unit) -> Iterator[Reason]:
    place = ("units", unit.key)
    if unit.uscc is not None:
        yield from find_uscc_problems(unit.uscc, path=place)
    if (unit.kind is OrganizationKind.COURT) is (unit.court_code is None):
        yield Reason("REGISTER_COURT", place)
    ended = unit.valid_to is not None
    inverted = unit.valid_to is not None and unit.valid_from is not None and unit.valid_from > unit.valid_to
    if inverted or (unit.successor is not None and not ended):
        yield Reason("REGISTER_VALIDITY", place)
    if ended and unit.functions:
        yield Reason("REGISTER_UNIT_ENDED", (*place, "functions"), {"value": unit.name})
    if any(function.role is RoleName.SUPERIOR_DEPARTMENT for function in unit.functions):
        yield Reason("REGISTER_ROLE_DERIVED", (*place, "functions"))


def find_ambiguous_wordings(register: Register, codes: Iterable[str]) -> Iterator[Reason]:
    """In the notices of a jurisdiction a wording stands for one unit or one collective."""
    for code in codes:
        meant: defaultdict[str, dict[str, str]] = defaultdict(dict)
        for unit in register.local_units(code):
            present = register.unit(register.present(unit.key))
            for wording in unit.wordings:
                meant[round_brackets(wording)][present.key] = present.name
        for group in register.groups:
            if group.jurisdiction == code:
                for wording in group.wordings:
                    meant[round_brackets(wording)][f"{code}/{group.name}"] = group.name
        for wording, meanings in meant.items():
            if len(meanings) > 1:
                params = {"value": wording, "units": "、".join(sorted(meanings.values()))}
                yield Reason("REGISTER_WORDING_AMBIGUOUS", ("units", code), params)


def _body(body: Body, units: dict[str, Unit]) -> Iterator[Reason]:
    place = ("bodies", body.key)
    if not body.current(MembershipRole.CONVENOR) or len(body.current(MembershipRole.OFFICE)) != 1:
        yield Reason("REGISTER_BODY_INCOMPLETE", place)
    held = Counter((membership.organization, membership.role) for membership in body.current())
    for (organization, role), count in held.items():
        if count > 1:
            yield Reason("REGISTER_KEY_DUPLICATE", (*place, "memberships"), {"value": f"{organization} {role}"})
    for membership in body.memberships:
        ends = units[membership.organization].valid_to
        if membership.valid_to is None:
            if ends is not None:
                yield Reason("REGISTER_UNIT_ENDED", place, {"value": units[membership.organization].name})
        elif membership.valid_to < membership.valid_from or (ends is not None and ends < membership.valid_to):
            yield Reason("REGISTER_VALIDITY", (*place, membership.organization))


def _liaisons(register: Register) -> Iterator[Reason]:
    members = {(body.key, membership.organization) for body in register.bodies for membership in body.current()}
    primary: Counter[tuple[str, str]] = Counter()
    for liaison in register.liaisons:
        place = ("liaisons", liaison.organization)
        if liaison.phone is not None:
            yield from find_phone_problems(liaison.phone, path=(*place, "phone"))
        if (liaison.body, liaison.organization) not in members:
            yield Reason("REGISTER_NOT_MEMBER", (*place, "body"), {"value": liaison.body})
        if liaison.primary:
            primary[liaison.body, liaison.organization] += 1
    for (_, organization), count in primary.items():
        if count > 1:
            yield Reason("REGISTER_KEY_DUPLICATE", ("liaisons", organization, "primary"), {"value": organization})

"""Rules of the register: jurisdictions, units, wordings, clients, bodies, liaisons. References must be sound."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from hub.access.coverage import grantable_scopes
from hub.canonical.characters import round_brackets
from hub.canonical.codes import JurisdictionLevel, MembershipRole, OrganizationKind
from hub.canonical.phone import find_phone_problems
from hub.canonical.region import RegionCode, find_region_code_problems
from hub.canonical.uscc import find_uscc_problems, parse_uscc
from hub.core.errors import Reason
from hub.core.principal import RoleName
from hub.demo.register import Body, Client, Jurisdiction, Unit
from hub.demo.world import DemoWorld

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


def find_register_problems(world: DemoWorld) -> Iterator[Reason]:
    """Everything in the register of the world that breaks a rule of the field."""
    for jurisdiction in world.jurisdictions:
        yield from _jurisdiction(jurisdiction)
    for unit in world.units:
        yield from _unit(unit)
    for code in dict.fromkeys(body.jurisdiction for body in world.bodies):
        yield from _wordings(world, code)
    units = world.units_by_key()
    superiors = {key for unit in world.units for key in (unit.parent, unit.business_superior)}
    for client in world.clients:
        yield from _client(client, units[client.organization], superior=client.organization in superiors)
    for body in world.bodies:
        yield from _body(body, units)
    yield from _liaisons(world)


def _jurisdiction(jurisdiction: Jurisdiction) -> Iterator[Reason]:
    place = ("jurisdictions", jurisdiction.code)
    if problems := find_region_code_problems(jurisdiction.code, path=place):
        yield from problems
        return
    by_digits = RegionCode(jurisdiction.code).level
    top = jurisdiction.level is JurisdictionLevel.PROVINCE
    if jurisdiction.level not in (by_digits, JurisdictionLevel.ZONE) or top is (jurisdiction.parent is not None):
        yield Reason("DEMO_LEVEL", place)


def _unit(unit: Unit) -> Iterator[Reason]:
    place = ("units", unit.key)
    yield from find_uscc_problems(unit.uscc, path=place) or parse_uscc(unit.uscc, path=place).warnings
    if not unit.uscc.startswith(_USCC_PREFIX.get(unit.kind, _ORGAN_PREFIX)):
        yield Reason("DEMO_USCC_KIND", place, {"value": unit.uscc})
    if (unit.kind is OrganizationKind.COURT) is (unit.court_code is None):
        yield Reason("DEMO_COURT", place)
    ended = unit.valid_to is not None
    inverted = unit.valid_to is not None and unit.valid_from is not None and unit.valid_from > unit.valid_to
    if inverted or (unit.successor is not None and not ended):
        yield Reason("DEMO_VALIDITY", place)
    if ended and unit.functions:
        yield Reason("DEMO_UNIT_ENDED", (*place, "functions"), {"value": unit.name})
    if any(function.role is RoleName.SUPERIOR_DEPARTMENT for function in unit.functions):
        yield Reason("DEMO_ROLE_DERIVED", (*place, "functions"))


def _wordings(world: DemoWorld, code: str) -> Iterator[Reason]:
    """In the notices of a jurisdiction a wording stands for one unit or one collective."""
    meant: defaultdict[str, set[str]] = defaultdict(set)
    for unit in world.local_units(code):
        for wording in unit.wordings:
            meant[round_brackets(wording)].add(world.present(unit.key))
    for group in world.groups:
        if group.jurisdiction == code:
            for wording in group.wordings:
                meant[round_brackets(wording)].add(group.name)
    for wording, meanings in meant.items():
        if len(meanings) > 1:
            params = {"value": wording, "units": "、".join(sorted(meanings))}
            yield Reason("DEMO_WORDING_AMBIGUOUS", ("units", code), params)


def _client(client: Client, unit: Unit, *, superior: bool) -> Iterator[Reason]:
    place = ("clients", client.client_id)
    if unit.valid_to is not None:
        yield Reason("DEMO_UNIT_ENDED", place, {"value": unit.name})
    for role in client.roles:
        held = superior if role is RoleName.SUPERIOR_DEPARTMENT else unit.holds(role, client.jurisdiction)
        if not held:
            yield Reason("DEMO_ROLE_NOT_HELD", (*place, "roles"), {"value": role})
    for scope in client.scopes:
        if scope not in grantable_scopes(client.roles):
            yield Reason("DEMO_SCOPE_NOT_GRANTABLE", (*place, "scopes"), {"value": scope})


def _body(body: Body, units: dict[str, Unit]) -> Iterator[Reason]:
    place = ("bodies", body.key)
    if not body.current(MembershipRole.CONVENOR) or len(body.current(MembershipRole.OFFICE)) != 1:
        yield Reason("DEMO_BODY_INCOMPLETE", place)
    held = Counter((membership.organization, membership.role) for membership in body.current())
    for (organization, role), count in held.items():
        if count > 1:
            yield Reason("DEMO_KEY_DUPLICATE", (*place, "memberships"), {"value": f"{organization} {role}"})
    for membership in body.memberships:
        ends = units[membership.organization].valid_to
        if membership.valid_to is None:
            if ends is not None:
                yield Reason("DEMO_UNIT_ENDED", place, {"value": units[membership.organization].name})
        elif membership.valid_to < membership.valid_from or (ends is not None and ends < membership.valid_to):
            yield Reason("DEMO_VALIDITY", (*place, membership.organization))


def _liaisons(world: DemoWorld) -> Iterator[Reason]:
    members = {(body.key, membership.organization) for body in world.bodies for membership in body.current()}
    primary: Counter[tuple[str, str]] = Counter()
    for liaison in world.liaisons:
        place = ("liaisons", liaison.organization)
        yield from find_phone_problems(liaison.phone, path=(*place, "phone"))
        if (liaison.body, liaison.organization) not in members:
            yield Reason("DEMO_KEY_UNKNOWN", (*place, "body"), {"value": liaison.body})
        if liaison.primary:
            primary[liaison.body, liaison.organization] += 1
    for (_, organization), count in primary.items():
        if count > 1:
            yield Reason("DEMO_KEY_DUPLICATE", ("liaisons", organization, "primary"), {"value": organization})

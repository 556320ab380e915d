"""A small world: a city with two counties, their organisations, bodies, and the principals that act for them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from hub.access.coverage import clearance_of, grantable_scopes
from hub.canonical.codes import (
    BodyKind,
    JurisdictionLevel,
    MembershipRole,
    OrganizationKind,
    OrganizationLevel,
    SuperiorKind,
)
from hub.core.ids import new_id
from hub.core.keyring import KeyRing
from hub.core.principal import Function, Principal, RoleName
from hub.db.models import (
    BodyMembership,
    CoordinationBody,
    Jurisdiction,
    Organization,
    OrganizationAlias,
    OrganizationFunction,
    OrganizationSuperior,
)
from hub.db.session import Sessions
from hub.policy.store import PolicyStore
from hub.workflow.gate import Gate
from tests.support.clock import MovableClock

START = date(2020, 1, 1)
COUNTY, NEIGHBOUR, CITY = "410825", "410882", "410800"
PATHS = {CITY: "410800/", COUNTY: "410800/410825/", NEIGHBOUR: "410800/410882/"}

MEMBER = (RoleName.MEMBER_DEPARTMENT,)
SUPERIOR_COURT = (RoleName.COURT, RoleName.SUPERIOR_DEPARTMENT)
UNITS: dict[str, tuple[str, OrganizationKind, tuple[RoleName, ...]]] = {
    "office": ("司法局", OrganizationKind.GOV_DEPARTMENT, (RoleName.JOINT_MEETING_OFFICE, RoleName.MEMBER_DEPARTMENT)),
    "government": ("政府办公室", OrganizationKind.GOV_DEPARTMENT, (RoleName.GOVERNMENT_OFFICE,)),
    "court": ("人民法院", OrganizationKind.COURT, (RoleName.COURT,)),
    "police": ("公安局", OrganizationKind.GOV_DEPARTMENT, (RoleName.MEMBER_DEPARTMENT,)),
    "finance": ("财政局", OrganizationKind.GOV_DEPARTMENT, (RoleName.MEMBER_DEPARTMENT,)),
    "civil": ("民政局", OrganizationKind.GOV_DEPARTMENT, (RoleName.MEMBER_DEPARTMENT,)),
    "credit": ("发展和改革委员会", OrganizationKind.GOV_DEPARTMENT, (RoleName.CREDIT_OFFICE,)),
    "audit": ("审计局", OrganizationKind.GOV_DEPARTMENT, (RoleName.AUDITOR,)),
    "portal": ("政务服务和大数据局", OrganizationKind.GOV_DEPARTMENT, (RoleName.PORTAL,)),
    "admin": ("信息中心", OrganizationKind.PUBLIC_INSTITUTION, (RoleName.ADMINISTRATOR,)),
}


@dataclass
class World:
    """Ids by key (``"county.police"``) and principals by key."""

    sessions: Sessions
    keyring: KeyRing
    clock: MovableClock
    jurisdictions: dict[str, UUID] = field(default_factory=dict)
    organizations: dict[str, UUID] = field(default_factory=dict)
    bodies: dict[str, UUID] = field(default_factory=dict)
    principals: dict[str, Principal] = field(default_factory=dict)
    policy: PolicyStore = field(default_factory=PolicyStore)

    def __getitem__(self, key: str) -> Principal:
        return self.principals[key]

    @property
    def gate(self) -> Gate:
        return Gate(self.sessions, self.clock, self.policy, self.keyring)

    def without_scope(self, key: str, scope: str) -> Principal:
        return replace(self[key], scopes=self[key].scopes - {scope})


async def build_world(sessions: Sessions, keyring: KeyRing, clock: MovableClock) -> World:
    """City 焦作 with 温县 (county) and 沁阳 (neighbour); the city's 司法局 is superior of both counties' offices."""
    world = World(sessions, keyring, clock)
    async with sessions.system("test") as session:
        tenant = new_id()
        for code, name, parent in ((CITY, "焦作市", None), (COUNTY, "温县", CITY), (NEIGHBOUR, "沁阳市", CITY)):
            key = tenant if parent is None else new_id()
            world.jurisdictions[code] = key
            level = JurisdictionLevel.COUNTY if parent else JurisdictionLevel.PREFECTURE
            session.add(
                Jurisdiction(
                    id=key,
                    code=code,
                    name=name,
                    short_name=name,
                    level=level,
                    parent_id=world.jurisdictions.get(parent or ""),
                    tenant_id=tenant,
                    path=PATHS[code],
                )
            )
            await session.flush()
        for prefix, code in (("county", COUNTY), ("neighbour", NEIGHBOUR)):
            for key, (name, kind, roles) in UNITS.items():
                _add_unit(world, session, f"{prefix}.{key}", code, name, kind, roles)
        _add_unit(world, session, "city.justice", CITY, "焦作市司法局", OrganizationKind.GOV_DEPARTMENT, ())
        _add_unit(world, session, "city.police", CITY, "焦作市公安局", OrganizationKind.GOV_DEPARTMENT, ())
        _add_unit(world, session, "city.court", CITY, "焦作市中级人民法院", OrganizationKind.COURT, SUPERIOR_COURT[:1])
        await session.flush()
        for prefix in ("county", "neighbour"):
            _add_superior(world, session, f"{prefix}.office", "city.justice")
        _add_superior(world, session, "county.police", "city.police")
        _add_superior(world, session, "county.court", "city.court")
        for prefix, code in (("county", COUNTY), ("neighbour", NEIGHBOUR)):
            await _add_body(world, session, prefix, code, tenant)
    for key in ("city.justice", "city.police"):
        world.principals[key] = _principal(key, world.organizations[key], (RoleName.SUPERIOR_DEPARTMENT,), "")
    world.principals["city.court"] = _principal(
        "city.court", world.organizations["city.court"], SUPERIOR_COURT, PATHS[CITY]
    )
    return world


def _add_unit(world, session, key, code, name, kind, roles) -> None:
    organization_id = new_id()
    world.organizations[key] = organization_id
    place = {CITY: "", COUNTY: "温县", NEIGHBOUR: "沁阳市"}[code]
    session.add(
        Organization(
            id=organization_id,
            name=place + name,
            short_name=name,
            sort_key=key,
            kind=kind,
            level=OrganizationLevel.CITY if code == CITY else OrganizationLevel.COUNTY,
            jurisdiction_id=world.jurisdictions[code],
            jurisdiction_path=PATHS[code],
        )
    )
    session.add(OrganizationAlias(organization_id=organization_id, alias=name))
    for role in roles:
        session.add(
            OrganizationFunction(
                organization_id=organization_id,
                jurisdiction_id=world.jurisdictions[code],
                role=role,
                valid_from=START,
            )
        )
    world.principals[key] = _principal(key, organization_id, roles, PATHS[code])


def _principal(key: str, organization_id: UUID, roles: tuple[RoleName, ...], path: str) -> Principal:
    return Principal(
        subject=key,
        organization_id=organization_id,
        functions=tuple(Function(role, path) for role in roles),
        scopes=frozenset(scope.value for scope in grantable_scopes(roles)),
        clearance=clearance_of(roles),
    )


def _add_superior(world: World, session, unit: str, superior: str) -> None:
    session.add(
        OrganizationSuperior(
            organization_id=world.organizations[unit],
            superior_id=world.organizations[superior],
            kind=SuperiorKind.BUSINESS,
            depth=1,
        )
    )


async def _add_body(world: World, session, prefix: str, code: str, tenant: UUID) -> None:
    placed = {
        "tenant_id": tenant,
        "jurisdiction_id": world.jurisdictions[code],
        "jurisdiction_path": PATHS[code],
    }
    body = CoordinationBody(id=new_id(), kind=BodyKind.JOINT_MEETING, name=f"{code}联席会议", **placed)
    world.bodies[prefix] = body.id
    session.add(body)
    await session.flush()
    posts = [
        ("government", MembershipRole.CONVENOR, "县长"),
        ("court", MembershipRole.DEPUTY_CONVENOR, "院长"),
        ("office", MembershipRole.OFFICE, "局长"),
        ("police", MembershipRole.MEMBER, "局长"),
        ("finance", MembershipRole.MEMBER, "局长"),
        ("civil", MembershipRole.MEMBER, "局长"),
    ]
    for unit, role, post in posts:
        session.add(
            BodyMembership(
                body_id=body.id,
                organization_id=world.organizations[f"{prefix}.{unit}"],
                role=role,
                post=post,
                valid_from=START,
                **placed,
            )
        )


async def add_members(world: World, prefix: str, code: str, count: int) -> list[str]:
    """Further member departments of a county's body, ``unit01`` and on; their keys without the prefix."""
    keys = [f"unit{number:02d}" for number in range(1, count + 1)]
    async with world.sessions.system("test") as session:
        for key in keys:
            _add_unit(world, session, f"{prefix}.{key}", code, key, OrganizationKind.GOV_DEPARTMENT, MEMBER)
        await session.flush()
        city = world.jurisdictions[CITY]
        placed = {"tenant_id": city, "jurisdiction_id": world.jurisdictions[code], "jurisdiction_path": PATHS[code]}
        for key in keys:
            session.add(
                BodyMembership(
                    body_id=world.bodies[prefix],
                    organization_id=world.organizations[f"{prefix}.{key}"],
                    role=MembershipRole.MEMBER,
                    post="局长",
                    valid_from=START,
                    **placed,
                )
            )
    return keys

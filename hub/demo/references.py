"""What must hold before any rule can be asked: keys are unique, references lead somewhere, no chain is closed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from hub.core.errors import Reason
from hub.demo.linkage import Meeting
from hub.demo.world import DemoWorld

Place = tuple[str | int, ...]
Reference = tuple[Place, str | None]


def find_reference_problems(world: DemoWorld) -> Iterator[Reason]:
    """Duplicate keys, unknown keys, closed chains of the whole world."""
    yield from _duplicates(world)
    units = {unit.key for unit in world.units}
    yield from _unknown(units, _unit_references(world))
    yield from _unknown(units, _linkage_unit_references(world))
    yield from _unknown({j.code for j in world.jurisdictions}, _jurisdiction_references(world))
    yield from _unknown({body.key for body in world.bodies}, _body_references(world))
    yield from _unknown({each.key for each in world.lists}, _list_references(world))
    yield from _unknown({each.key for each in world.matters}, _matter_references(world))
    yield from _cycles("jurisdictions", {j.code: j.parent for j in world.jurisdictions})
    yield from _cycles("units", {unit.key: unit.parent for unit in world.units})
    yield from _cycles("units", {unit.key: unit.business_superior for unit in world.units})
    yield from _cycles("units", {unit.key: unit.successor for unit in world.units})


def _duplicates(world: DemoWorld) -> Iterator[Reason]:
    unique: list[tuple[Place, Iterable[object]]] = [
        (("jurisdictions",), (j.code for j in world.jurisdictions)),
        (("units",), (unit.key for unit in world.units)),
        (("units", "uscc"), (unit.uscc for unit in world.units)),
        (("units", "court_code"), (unit.court_code for unit in world.units if unit.court_code)),
        (("groups",), ((group.jurisdiction, group.name) for group in world.groups)),
        (("clients",), (client.client_id for client in world.clients)),
        (("bodies",), (body.key for body in world.bodies)),
        (("lists",), (each.key for each in world.lists)),
        (("lists", "year"), ((each.jurisdiction, each.year) for each in world.lists)),
        (("meetings",), (meeting.key for meeting in world.meetings)),
        (("matters",), (matter.key for matter in world.matters)),
        (("coordination_requests",), (each.key for each in world.coordination_requests)),
    ]
    unique += [(("units", unit.key, "functions"), unit.functions) for unit in world.units]
    unique += [(("clients", client.client_id, "roles"), client.roles) for client in world.clients]
    unique += [(("clients", client.client_id, "scopes"), client.scopes) for client in world.clients]
    unique += [(("lists", each.key, "items"), (item.no for item in each.items)) for each in world.lists]
    for meeting in world.meetings:
        unique.append((("meetings", meeting.key, "resolutions"), (r.no for r in meeting.resolutions)))
        unique.append((("meetings", meeting.key, "attendance"), (a.organization for a in meeting.attendance)))
    for place, values in unique:
        for value, count in Counter(values).items():
            if count > 1:
                yield Reason("DEMO_KEY_DUPLICATE", place, {"value": value})


def _unknown(known: set[str], references: Iterable[Reference]) -> Iterator[Reason]:
    for place, key in references:
        if key is not None and key not in known:
            yield Reason("DEMO_KEY_UNKNOWN", place, {"value": key})


def _unit_references(world: DemoWorld) -> Iterator[Reference]:
    for unit in world.units:
        yield ("units", unit.key, "parent"), unit.parent
        yield ("units", unit.key, "business_superior"), unit.business_superior
        yield ("units", unit.key, "successor"), unit.successor
    for group in world.groups:
        yield from ((("groups", group.name, "members"), key) for key in group.members)
    for client in world.clients:
        yield ("clients", client.client_id, "organization"), client.organization
    for body in world.bodies:
        for membership in body.memberships:
            yield ("bodies", body.key, "organization"), membership.organization
            yield ("bodies", body.key, "acting"), membership.acting
    yield from ((("liaisons", each.organization), each.organization) for each in world.liaisons)


def _linkage_unit_references(world: DemoWorld) -> Iterator[Reference]:
    for each in world.lists:
        for item in each.items:
            place: Place = ("lists", each.key, "items", item.no)
            yield from (((*place, "lead"), key) for key in (item.lead,))
            yield from (((*place, "cooperating"), key) for key in item.cooperating)
            yield from (((*place, "reports"), report.by) for report in item.reports)
    for meeting in world.meetings:
        yield from _meeting_unit_references(meeting)
    for matter in world.matters:
        place = ("matters", matter.key)
        yield from (((*place, "proposer"), key) for key in (matter.proposer,))
        yield from (((*place, "lead"), key) for key in (matter.lead, *matter.cooperating))
    for request in world.coordination_requests:
        place = ("coordination_requests", request.key)
        yield from ((place, key) for key in (request.requester, *request.counterparts))


def _meeting_unit_references(meeting: Meeting) -> Iterator[Reference]:
    place: Place = ("meetings", meeting.key)
    yield from (((*place, "agenda"), agenda.proposer) for agenda in meeting.agenda)
    yield from (((*place, "attendance"), each.organization) for each in meeting.attendance)
    yield (*place, "chair"), meeting.chair.organization if meeting.chair else None
    for resolution in meeting.resolutions:
        yield from (((*place, "resolutions", resolution.no), key) for key in (resolution.lead, *resolution.cooperating))


def _jurisdiction_references(world: DemoWorld) -> Iterator[Reference]:
    for jurisdiction in world.jurisdictions:
        yield ("jurisdictions", jurisdiction.code, "parent"), jurisdiction.parent
    for unit in world.units:
        yield ("units", unit.key, "jurisdiction"), unit.jurisdiction
        yield from ((("units", unit.key, "functions"), function.jurisdiction) for function in unit.functions)
    yield from ((("groups", group.name, "jurisdiction"), group.jurisdiction) for group in world.groups)
    yield from ((("clients", client.client_id, "jurisdiction"), client.jurisdiction) for client in world.clients)
    yield from ((("bodies", body.key, "jurisdiction"), body.jurisdiction) for body in world.bodies)
    yield from ((("lists", each.key, "jurisdiction"), each.jurisdiction) for each in world.lists)
    yield from ((("coordination_requests", each.key), each.jurisdiction) for each in world.coordination_requests)


def _body_references(world: DemoWorld) -> Iterator[Reference]:
    yield from ((("liaisons", liaison.organization, "body"), liaison.body) for liaison in world.liaisons)
    yield from ((("lists", each.key, "body"), each.body) for each in world.lists)
    yield from ((("meetings", meeting.key, "body"), meeting.body) for meeting in world.meetings)
    yield from ((("matters", matter.key, "body"), matter.body) for matter in world.matters)


def _list_references(world: DemoWorld) -> Iterator[Reference]:
    for meeting in world.meetings:
        yield from ((("meetings", meeting.key, "agenda"), agenda.double_list) for agenda in meeting.agenda)
        yield from ((("meetings", meeting.key, "resolutions", r.no), r.approves) for r in meeting.resolutions)
    for request in world.coordination_requests:
        yield ("coordination_requests", request.key, "double_list"), request.double_list


def _matter_references(world: DemoWorld) -> Iterator[Reference]:
    for meeting in world.meetings:
        yield from ((("meetings", meeting.key, "agenda"), agenda.matter) for agenda in meeting.agenda)
        yield from ((("meetings", meeting.key, "resolutions", r.no), r.matter) for r in meeting.resolutions)


def _cycles(section: str, above: Mapping[str, str | None]) -> Iterator[Reason]:
    """One reason for each closed chain, at its smallest key."""
    for start in sorted(above):
        chain = [start]
        while (following := above.get(chain[-1])) is not None and following not in chain:
            chain.append(following)
        if following == start == min(chain):
            yield Reason("DEMO_CYCLE", (section, start), {"value": " → ".join([*chain, start])})

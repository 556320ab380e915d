"""References of the demonstration's clients and work: keys are unique and lead somewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from hub.core.errors import Reason
from hub.demo.linkage import Meeting
from hub.demo.world import DemoWorld
from hub.organizations.register.references import Place, Reference, find_duplicates, find_unknown


def find_work_reference_problems(world: DemoWorld) -> Iterator[Reason]:
    """Duplicate and unknown keys of clients, lists, meetings, matters and coordination requests."""
    yield from find_duplicates(_unique(world))
    yield from find_unknown({unit.key for unit in world.units}, _unit_references(world))
    yield from find_unknown({each.code for each in world.jurisdictions}, _jurisdiction_references(world))
    yield from find_unknown({body.key for body in world.bodies}, _body_references(world))
    yield from find_unknown({each.key for each in world.lists}, _list_references(world))
    yield from find_unknown({each.key for each in world.matters}, _matter_references(world))


def _unique(world: DemoWorld) -> Iterator[tuple[Place, Iterable[object]]]:
    yield ("clients",), (client.client_id for client in world.clients)
    yield ("lists",), (each.key for each in world.lists)
    yield ("lists", "year"), ((each.jurisdiction, each.year) for each in world.lists)
    yield ("meetings",), (meeting.key for meeting in world.meetings)
    yield ("matters",), (matter.key for matter in world.matters)
    yield ("coordination_requests",), (each.key for each in world.coordination_requests)
    for client in world.clients:
        yield ("clients", client.client_id, "roles"), client.roles
        yield ("clients", client.client_id, "scopes"), client.scopes
    for each in world.lists:
        yield ("lists", each.key, "items"), (item.no for item in each.items)
    for meeting in world.meetings:
        yield ("meetings", meeting.key, "resolutions"), (r.no for r in meeting.resolutions)
        yield ("meetings", meeting.key, "attendance"), (a.organization for a in meeting.attendance)


def _unit_references(world: DemoWorld) -> Iterator[Reference]:
    for client in world.clients:
        yield ("clients", client.client_id, "organization"), client.organization
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
    yield from ((("clients", client.client_id, "jurisdiction"), client.jurisdiction) for client in world.clients)
    yield from ((("lists", each.key, "jurisdiction"), each.jurisdiction) for each in world.lists)
    yield from ((("coordination_requests", each.key), each.jurisdiction) for each in world.coordination_requests)


def _body_references(world: DemoWorld) -> Iterator[Reference]:
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

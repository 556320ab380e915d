"""The demonstration's data files: read, dated into a year, checked against each other. No database."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from hub.core.errors import refuse_if
from hub.demo.linkage import Coordination, DoubleList, Matter, Meeting, Resolution
from hub.demo.linkage_checks import find_linkage_problems
from hub.demo.reading import Reader
from hub.demo.references import find_reference_problems
from hub.demo.register import Body, Client, Group, Jurisdiction, Liaison, Unit
from hub.demo.register_checks import find_register_problems
from hub.demo.world import DemoWorld

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class OrganizationFile:
    """``organizations/<code>.yaml``."""

    units: tuple[Unit, ...]
    groups: tuple[Group, ...] = ()


@dataclass(frozen=True, slots=True)
class BodyFile:
    """``bodies.yaml``."""

    bodies: tuple[Body, ...]
    liaisons: tuple[Liaison, ...]


@dataclass(frozen=True, slots=True)
class LinkageFile:
    """``wenxian_items.yaml`` and ``zhumadian_meetings.yaml``."""

    lists: tuple[DoubleList, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    matters: tuple[Matter, ...] = ()
    coordination_requests: tuple[Coordination, ...] = ()


def load_demo(year: int, *, folder: Path = DATA) -> DemoWorld:
    """The demonstration world with every ``MM-DD`` of the files dated into ``year``.

    Raises ``Refused`` with every reason of the first stage that fails: form of the files (path: file and place in
    it), references (path: section and key), rules of the field (codes of the identifiers and DEMO_*).
    """
    reader = Reader(year)
    jurisdictions = reader.read_file(folder / "jurisdictions.yaml", tuple[Jurisdiction, ...])
    organizations = [
        reader.read_file(path, OrganizationFile) for path in sorted((folder / "organizations").glob("*.yaml"))
    ]
    clients = reader.read_file(folder / "clients.yaml", tuple[Client, ...])
    bodies = reader.read_file(folder / "bodies.yaml", BodyFile)
    linkage = [
        reader.read_file(folder / name, LinkageFile) for name in ("wenxian_items.yaml", "zhumadian_meetings.yaml")
    ]
    refuse_if(reader.reasons)
    world = DemoWorld(
        year=year,
        jurisdictions=jurisdictions,
        units=tuple(unit for file in organizations for unit in file.units),
        groups=tuple(group for file in organizations for group in file.groups),
        clients=clients,
        bodies=bodies.bodies,
        liaisons=bodies.liaisons,
        lists=tuple(each for file in linkage for each in file.lists),
        meetings=tuple(meeting for file in linkage for meeting in file.meetings),
        matters=tuple(matter for file in linkage for matter in file.matters),
        coordination_requests=tuple(each for file in linkage for each in file.coordination_requests),
    )
    world = _expand_groups(world)
    refuse_if(find_reference_problems(world))
    refuse_if([*find_register_problems(world), *find_linkage_problems(world)])
    return world


def _expand_groups(world: DemoWorld) -> DemoWorld:
    """A collective wording among cooperating units stands for the members of that group of the jurisdiction."""
    members = {(group.jurisdiction, group.name): group.members for group in world.groups}
    homes = {body.key: body.jurisdiction for body in world.bodies}

    def expand(keys: Iterable[str], body: str, lead: str) -> tuple[str, ...]:
        home = homes.get(body, "")
        named = [key for entry in keys for key in members.get((home, entry), (entry,))]
        collective = {key for entry in keys for key in members.get((home, entry), ())}
        return tuple(key for key in named if key != lead or key not in collective)

    def resolved(resolution: Resolution, body: str) -> Resolution:
        return replace(resolution, cooperating=expand(resolution.cooperating, body, resolution.lead))

    return replace(
        world,
        lists=tuple(
            replace(
                each,
                items=tuple(replace(i, cooperating=expand(i.cooperating, each.body, i.lead)) for i in each.items),
            )
            for each in world.lists
        ),
        meetings=tuple(
            replace(m, resolutions=tuple(resolved(r, m.body) for r in m.resolutions)) for m in world.meetings
        ),
        matters=tuple(replace(m, cooperating=expand(m.cooperating, m.body, m.lead)) for m in world.matters),
    )

"""The demonstration's data files: read, dated into a year, checked against each other. No database."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from hub.core.errors import Reason, refuse_if
from hub.demo.clients import Client, find_client_problems
from hub.demo.dated import DatedReader
from hub.demo.linkage import Coordination, DoubleList, Matter, Meeting, Resolution
from hub.demo.linkage_checks import find_linkage_problems
from hub.demo.references import find_work_reference_problems
from hub.demo.world import DemoWorld
from hub.organizations.register.checks import find_register_doubts, find_register_problems
from hub.organizations.register.files import read_register
from hub.organizations.register.references import find_reference_problems

DATA = Path(__file__).parent / "data"


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
    it), references (path: section and key), rules of the field (codes of the identifiers, REGISTER_* and DEMO_*).
    """
    reader = DatedReader(folder, aliases=True, year=year)
    register = read_register(reader)
    clients = reader.read_file(folder / "clients.yaml", tuple[Client, ...])
    linkage = [
        reader.read_file(folder / name, LinkageFile) for name in ("wenxian_items.yaml", "zhumadian_meetings.yaml")
    ]
    refuse_if(reader.reasons)
    world = DemoWorld(
        jurisdictions=register.jurisdictions,
        units=register.units,
        groups=register.groups,
        bodies=register.bodies,
        liaisons=register.liaisons,
        year=year,
        clients=clients,
        lists=tuple(each for file in linkage for each in file.lists),
        meetings=tuple(meeting for file in linkage for meeting in file.meetings),
        matters=tuple(matter for file in linkage for matter in file.matters),
        coordination_requests=tuple(each for file in linkage for each in file.coordination_requests),
    )
    world = _expand_groups(world)
    refuse_if([*find_reference_problems(world), *find_work_reference_problems(world)])
    refuse_if(_rules(world))
    return world


def _rules(world: DemoWorld) -> Iterator[Reason]:
    """A doubt that a real register may have is a slip in the demonstration."""
    yield from find_register_problems(world)
    yield from find_register_doubts(world)
    yield from find_client_problems(world.clients, world)
    yield from find_linkage_problems(world)


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

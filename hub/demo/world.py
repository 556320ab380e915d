"""The demonstration world as one value: what the data files say, dated into one year.

The facts are those of the five notices in our own words; holders of posts are named by their post, telephone numbers
and USCCs are artificial.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from hub.canonical.characters import round_brackets
from hub.demo.linkage import Coordination, DoubleList, Matter, Meeting
from hub.demo.register import Body, Client, Group, Jurisdiction, Liaison, Unit


@dataclass(frozen=True, slots=True)
class DemoWorld:
    """Everything of the data files, dated into ``year``, with every reference checked."""

    year: int
    jurisdictions: tuple[Jurisdiction, ...]
    units: tuple[Unit, ...]
    groups: tuple[Group, ...]
    clients: tuple[Client, ...]
    bodies: tuple[Body, ...]
    liaisons: tuple[Liaison, ...]
    lists: tuple[DoubleList, ...]
    meetings: tuple[Meeting, ...]
    matters: tuple[Matter, ...]
    coordination_requests: tuple[Coordination, ...]

    def unit(self, key: str) -> Unit:
        """The unit of a key. Raises ``KeyError``."""
        return self.units_by_key()[key]

    def units_by_key(self) -> dict[str, Unit]:
        return {unit.key: unit for unit in self.units}

    def path(self, code: str) -> tuple[str, ...]:
        """Codes from the province down to ``code``. Raises ``KeyError`` on an unknown code."""
        parents = {j.code: j.parent for j in self.jurisdictions}
        path = [code]
        while (parent := parents[path[-1]]) is not None:
            path.append(parent)
        return tuple(reversed(path))

    def local_units(self, code: str) -> Iterator[Unit]:
        """Units of a jurisdiction and below, and those from elsewhere that hold a function in it."""
        inside = {j.code for j in self.jurisdictions if code in self.path(j.code)}
        for unit in self.units:
            if unit.jurisdiction in inside or any(f.jurisdiction == code for f in unit.functions):
                yield unit

    def present(self, key: str) -> str:
        """Key of the unit that stands for ``key`` today: itself, or the last of its successors."""
        units = self.units_by_key()
        while (successor := units[key].successor) is not None:
            key = successor
        return key

    def named(self, code: str, wording: str) -> tuple[str, ...]:
        """Units of a jurisdiction that a wording of its notice stands for, former ones by their successors.

        One key for a unit, all members for a collective wording, nothing for a wording the files do not know.
        """
        wanted = round_brackets(wording)
        for group in self.groups:
            if group.jurisdiction == code and wanted in map(round_brackets, group.wordings):
                return group.members
        found = (unit.key for unit in self.local_units(code) if wanted in map(round_brackets, unit.wordings))
        return tuple(dict.fromkeys(map(self.present, found)))

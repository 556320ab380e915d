"""Wordings over time: a unit keeps every name it had, until the register gives the wording to another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace

from hub.canonical.characters import round_brackets
from hub.organizations.register.entries import Register, Unit


@dataclass(frozen=True, slots=True)
class Claims:
    """Who uses a wording in a folder: units by what they answer to, jurisdictions by collective wordings."""

    register: Register
    units: Mapping[str, list[Unit]]
    groups: Mapping[str, set[str]]

    @classmethod
    def of(cls, register: Register) -> Claims:
        units: defaultdict[str, list[Unit]] = defaultdict(list)
        groups: defaultdict[str, set[str]] = defaultdict(set)
        for unit in register.units:
            for wording in unit.wordings:
                units[round_brackets(wording)].append(unit)
        for group in register.groups:
            for wording in group.wordings:
                groups[round_brackets(wording)].add(group.jurisdiction)
        return cls(register, units, groups)

    def keep(self, unit: Unit, before: Unit) -> Unit:
        """The unit with every wording it answered to before, except those the folder gives to another.

        A USCC the folder leaves out stays too; one it replaces stays among what the unit answers to.
        """
        kept = [wording for wording in before.wordings if not self._claimed(wording, unit)]
        replaced = before.uscc is not None and unit.uscc not in (None, before.uscc)
        if replaced and all(other.uscc != before.uscc for other in self.register.units):
            kept.append(str(before.uscc))
        return replace(unit, uscc=unit.uscc or before.uscc, aliases=(*unit.aliases, *kept)).tidy()

    def _claimed(self, wording: str, unit: Unit) -> bool:
        places = _places(unit)
        key = round_brackets(wording)
        if places & self.groups.get(key, set()):
            return True
        present = self.register.present
        return any(
            present(other.key) != present(unit.key) and places & _places(other) for other in self.units.get(key, ())
        )


def _places(unit: Unit) -> set[str]:
    return {unit.jurisdiction, *(function.jurisdiction for function in unit.functions)}

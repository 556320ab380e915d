"""The closure of superiors: every unit above another on a line, with its depth (1 = direct)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from uuid import UUID

from hub.canonical.codes import SuperiorKind
from hub.organizations.register.entries import Unit

Link = tuple[UUID, UUID, SuperiorKind, int]
"""Unit, superior, line, depth."""

_LINES = {"parent": SuperiorKind.ADMINISTRATIVE, "business_superior": SuperiorKind.BUSINESS}


def closure(units: Iterable[Unit]) -> set[Link]:
    """Both lines of all units, whose keys are ids. The lines must be open (no cycles)."""
    by_key = {unit.key: unit for unit in units}
    return {link for unit in by_key.values() for line in _LINES for link in _above(unit, by_key, line)}


def _above(unit: Unit, units: Mapping[str, Unit], line: str) -> Iterator[Link]:
    depth, above = 1, getattr(unit, line)
    while above is not None:
        yield UUID(unit.key), UUID(above), _LINES[line], depth
        depth, above = depth + 1, getattr(units[above], line)

"""The folder of a register: ``jurisdictions.yaml``, ``organizations/*.yaml``, ``bodies.yaml``. No database."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from hub.canonical.uscc import normalize_uscc
from hub.core.errors import Reason, refuse_if
from hub.organizations.register.checks import find_entry_problems, find_register_doubts, find_relation_problems
from hub.organizations.register.entries import Body, Group, Jurisdiction, Liaison, Register, Unit
from hub.organizations.register.reading import Reader
from hub.organizations.register.references import find_reference_problems

JURISDICTIONS = "jurisdictions.yaml"
ORGANIZATIONS = "organizations"
BODIES = "bodies.yaml"

Source = tuple[str, str]
"""Section and key of an entry."""


@dataclass(frozen=True, slots=True)
class OrganizationFile:
    """``organizations/<code>.yaml``."""

    units: tuple[Unit, ...] = ()
    groups: tuple[Group, ...] = ()


@dataclass(frozen=True, slots=True)
class BodyFile:
    """``bodies.yaml``."""

    bodies: tuple[Body, ...] = ()
    liaisons: tuple[Liaison, ...] = ()


@dataclass(frozen=True, slots=True)
class RegisterFolder:
    """A folder as read: its register, its doubts, what in it was not read."""

    register: Register
    doubts: tuple[Reason, ...]
    unread: tuple[str, ...]
    sources: Mapping[Source, str] = field(repr=False)

    def placed(self, reasons: Iterable[Reason]) -> Iterator[Reason]:
        """The reasons with the file of their entry in front."""
        return _placed(reasons, self.sources)


def load_register(folder: Path) -> RegisterFolder:
    """The register of a folder, every reference and rule checked.

    Raises ``Refused`` with every reason (codes of the identifiers and REGISTER_*), its path beginning with the file.
    Rules are asked once the form is right, and those between entries once references lead somewhere.
    """
    reader = Reader(folder)
    sources: dict[Source, str] = {}
    register = read_register(reader, sources)
    refuse_if(reader.reasons)
    loose = [*find_reference_problems(register)]
    problems = [*loose, *find_entry_problems(register), *([] if loose else find_relation_problems(register))]
    refuse_if(_placed(problems, sources))
    doubts = tuple(_placed(find_register_doubts(register), sources))
    return RegisterFolder(register, doubts, _unread(folder), sources)


def read_register(reader: Reader, sources: dict[Source, str] | None = None) -> Register:
    """The register as written, unchecked; nothing to use while the reader has reasons.

    ``sources`` is told which file an entry comes from.
    """
    folder = reader.folder
    jurisdictions = reader.read_file(folder / JURISDICTIONS, tuple[Jurisdiction, ...])
    paths = sorted((folder / ORGANIZATIONS).glob("*.yaml"))
    organizations = [reader.read_file(path, OrganizationFile) for path in paths]
    bodies = reader.read_file(folder / BODIES, BodyFile)
    if reader.reasons:
        return Register()
    for path, file in zip(paths, organizations, strict=True):
        name = path.relative_to(folder).as_posix()
        for section, keys in (("units", (u.key for u in file.units)), ("groups", (g.name for g in file.groups))):
            (sources if sources is not None else {}).update({(section, key): name for key in keys})
    return Register(
        jurisdictions=jurisdictions,
        units=tuple(_normal(unit) for file in organizations for unit in file.units),
        groups=tuple(group for file in organizations for group in file.groups),
        bodies=bodies.bodies,
        liaisons=bodies.liaisons,
    )


def _normal(unit: Unit) -> Unit:
    return unit if unit.uscc is None else replace(unit, uscc=normalize_uscc(unit.uscc))


def _placed(reasons: Iterable[Reason], sources: Mapping[Source, str]) -> Iterator[Reason]:
    whole = {"jurisdictions": JURISDICTIONS, "bodies": BODIES, "liaisons": BODIES}
    for reason in reasons:
        section, *keys = [*map(str, reason.path), str(reason.params.get("value"))]
        file = whole.get(section) or sources.get((section, keys[0] if keys else ""))
        yield Reason(reason.code, (file, *reason.path), reason.params) if file else reason


def _unread(folder: Path) -> tuple[str, ...]:
    """YAML files that are no part of a register, so that a misspelt name is noticed."""
    read = {folder / JURISDICTIONS, folder / BODIES, *(folder / ORGANIZATIONS).glob("*.yaml")}
    there = (path for pattern in ("*.y*ml", f"{ORGANIZATIONS}/*.y*ml") for path in folder.glob(pattern))
    return tuple(sorted(path.relative_to(folder).as_posix() for path in there if path not in read))

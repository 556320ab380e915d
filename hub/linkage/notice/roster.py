"""The units a notice may name, and the resolution of printed names to them.

A name is tried in four tiers, and the first tier with a hit decides: the name as registered (name, short name, alias);
the same without jurisdiction; a national abbreviation (``abbreviations.yaml``); a name that differs in 局/委/办/厅 or
contracts a registered one. The last tier is marked ``inferred``. Two units in one tier are ambiguous, never chosen.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from hub.linkage.notice.characters import squeeze
from hub.linkage.notice.naming import Core, Places, expand, stem_of

_LONGEST_NAME = 40
_LONGEST_PREFIX = 24
_GROUP_NOISE = re.compile(
    r"[()、,;/和与及\s]|人民政府|政府|党工委|党委|工委|办事处|办公处|^全[省市县区]|^[省市县区](?=各)"
)
_COUNTIES = re.compile(r"各?(?:级)?[县市区旗州]{1,4}")
_TOWNSHIPS = re.compile(r"各?[乡镇街道办]{1,5}")


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of the roster. ``kind`` and ``level`` are values of OrganizationKind and OrganizationLevel.

    ``former`` are names of the units it has succeeded: they lead to it, and are shown as printed.
    """

    key: str
    name: str
    short_name: str
    aliases: tuple[str, ...]
    kind: str
    level: str
    former: tuple[str, ...] = ()

    def wording(self, printed: str) -> str:
        """How to show the unit where a notice names it: by its short name, or by the former name the notice prints."""
        return printed if squeeze(printed) in map(squeeze, self.former) else self.short_name


@dataclass(frozen=True, slots=True)
class Resolved:
    """One unit. ``inferred`` when the printed name only resembles a registered one."""

    unit: Unit
    inferred: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Several units under one collective name (各乡镇)."""

    units: tuple[Unit, ...]


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """The name fits several units."""

    units: tuple[Unit, ...]


@dataclass(frozen=True, slots=True)
class Unknown:
    """The name fits no unit. ``collective`` when it is a group the roster does not hold."""

    collective: bool = False


_Tier = dict[str, list[Unit]]
Resolution = Resolved | Group | Ambiguous | Unknown


class Roster:
    """Units of a jurisdiction with its place names (own first, then ancestors) and groups (name → unit keys).

    Groups 各乡镇(街道) and 各县(市、区) that are not given follow from the kinds of the units.
    Raises ``ValueError`` when two units share a key or a group names an unknown one.
    """

    def __init__(
        self, units: Iterable[Unit], *, places: Sequence[str] = (), groups: Mapping[str, Iterable[str]] | None = None
    ) -> None:
        self._units: dict[str, Unit] = {}
        self.places = Places(places)
        self._registered: _Tier = defaultdict(list)
        self._bare: _Tier = defaultdict(list)
        self._abbreviated: _Tier = defaultdict(list)
        self._stems: _Tier = defaultdict(list)
        self._contractible: dict[str, list[tuple[str, str, Unit]]] = defaultdict(list)
        for unit in units:
            if unit.key in self._units:
                raise ValueError(f"two units with the key {unit.key}")
            self._units[unit.key] = unit
            self._index(unit)
        self._groups = {
            _group_core(name): tuple(self.unit(key) for key in keys) for name, keys in (groups or {}).items()
        }
        forms = [*self._registered, *self._bare, *self._abbreviated]
        self._starts = {form[0] for form in forms} | self.places.starts()
        self._known: dict[str, Resolution] = {}

    def unit(self, key: str) -> Unit:
        """The unit of a key. Raises ``ValueError`` when there is none."""
        if key not in self._units:
            raise ValueError(f"no unit with the key {key}")
        return self._units[key]

    def units(self) -> tuple[Unit, ...]:
        return tuple(self._units.values())

    def resolve(self, name: str) -> Resolution:
        """The unit, group or failure behind a printed name (one name, not a list)."""
        printed = squeeze(name)
        if not printed or len(printed) > _LONGEST_NAME:
            return Unknown()
        if printed not in self._known:
            self._known[printed] = self._resolve(printed)
        return self._known[printed]

    def match_prefix(self, text: str) -> tuple[Unit, int] | None:
        """The longest beginning of a squeezed text that is surely a unit's name, with its length."""
        if not text or text[0] not in self._starts:
            return None
        for length in range(min(len(text), _LONGEST_PREFIX), 1, -1):
            found = self._certain(text[:length], self.places.cores(text[:length]))
            if isinstance(found, Resolved):
                return found.unit, length
        return None

    def _index(self, unit: Unit) -> None:
        cores: dict[str, None] = {}
        for form in (unit.name, unit.short_name, *unit.aliases, *unit.former):
            _add(self._registered, squeeze(form), unit)
            cores |= {core.text: None for core in self.places.cores(form) if len(core.text) > 1}
        for core in cores:
            _add(self._bare, core, unit)
            stem = stem_of(core)
            if len(stem) > 1 and stem != core:
                self._contractible[stem[0]].append((stem, core[-1], unit))
        abbreviations = expand(cores or {core.text for core in self.places.cores(unit.name)})
        for core in abbreviations:
            _add(self._abbreviated, core, unit)
        for core in (*cores, *abbreviations):
            if len(stem_of(core)) > 1:
                _add(self._stems, stem_of(core), unit)

    def _resolve(self, printed: str) -> Resolution:
        cores = self.places.cores(printed)
        certain = self._certain(printed, cores)
        if certain is not None:
            return certain
        group = self._group(printed)
        if group is not None:
            return group
        return self._inferred(cores) or Unknown()

    def _certain(self, printed: str, cores: Sequence[Core]) -> Resolved | Ambiguous | None:
        return (
            _choose(self._registered.get(printed, ()))
            or self._tier(self._bare, cores)
            or self._tier(self._abbreviated, cores)
        )

    def _tier(self, tier: _Tier, cores: Sequence[Core]) -> Resolved | Ambiguous | None:
        hits: dict[str, Unit] = {}
        for core in cores:
            found = [unit for unit in tier.get(core.text, ()) if core.scope in (None, unit.level)]
            if core.own and len(found) > 1:
                found = [unit for unit in found if unit.level == self.places.own_level] or found
            hits |= {unit.key: unit for unit in found}
        return _choose(hits.values())

    def _inferred(self, cores: Sequence[Core]) -> Resolved | Ambiguous | None:
        stems = [Core(stem_of(core.text), core.scope, core.own) for core in cores if len(stem_of(core.text)) > 1]
        found = self._tier(self._stems, stems) or self._contracted(cores)
        return Resolved(found.unit, inferred=True) if isinstance(found, Resolved) else found

    def _contracted(self, cores: Sequence[Core]) -> Resolved | Ambiguous | None:
        """人防办 for 人民防空办公室: the same first character, the others in order, the same ending if possible."""
        hits: dict[str, tuple[bool, Unit]] = {}
        for core in cores:
            stem = stem_of(core.text)
            if len(stem) < 2 or stem == core.text:
                continue
            for full, ending, unit in self._contractible.get(stem[0], ()):
                if core.scope in (None, unit.level) and len(stem) < len(full) and _is_subsequence(stem, full):
                    same = hits.get(unit.key, (False, unit))[0] or ending == core.text[-1]
                    hits[unit.key] = (same, unit)
        best = [unit for same, unit in hits.values() if same] or [unit for _, unit in hits.values()]
        return _choose(best)

    def _group(self, printed: str) -> Group | Unknown | None:
        core = _group_core(printed)
        if core in self._groups:
            return Group(self._groups[core])
        for shape, members in ((_TOWNSHIPS, self._townships), (_COUNTIES, self._counties)):
            if not shape.fullmatch(core) or (not core.startswith("各") and len(core) < 2):
                continue
            given = [units for name, units in self._groups.items() if shape.fullmatch(name)]
            units = _of_kinds(given[0], _named_kinds(core)) if len(given) == 1 else members(core)
            return Group(units) if units else Unknown(collective=True)
        return None

    def _townships(self, core: str) -> tuple[Unit, ...]:
        return tuple(unit for unit in self._units.values() if unit.kind in _named_kinds(core))

    def _counties(self, core: str) -> tuple[Unit, ...]:
        if not core.startswith("各") or self.places.own_level == "COUNTY":
            return ()
        return tuple(unit for unit in self._units.values() if unit.kind == "GOVERNMENT" and unit.level == "COUNTY")


def _choose(units: Iterable[Unit]) -> Resolved | Ambiguous | None:
    found = tuple(units)
    if not found:
        return None
    return Resolved(found[0]) if len(found) == 1 else Ambiguous(found)


def _add(tier: _Tier, form: str, unit: Unit) -> None:
    if form and unit not in tier[form]:
        tier[form].append(unit)


def _named_kinds(core: str) -> set[str]:
    """The kinds of units a collective name of townships names: 各乡镇 leaves the subdistricts out."""
    kinds = {"TOWNSHIP_GOV"} if set(core) & set("乡镇") else set()
    return kinds | ({"SUBDISTRICT"} if set(core) & set("街道办") else set())


def _of_kinds(units: tuple[Unit, ...], kinds: set[str]) -> tuple[Unit, ...]:
    """The units of a registered group that a narrower name means; all of them when it names no kind."""
    narrower = {"TOWNSHIP_GOV", "SUBDISTRICT"} - kinds
    return tuple(unit for unit in units if not kinds or unit.kind not in narrower)


def _group_core(name: str) -> str:
    return _GROUP_NOISE.sub("", squeeze(name))


def _is_subsequence(short: str, long: str) -> bool:
    remaining = iter(long)
    return all(char in remaining for char in short)

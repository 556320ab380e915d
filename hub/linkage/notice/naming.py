"""Names of units as official documents print them, reduced to comparable cores.

A *core* is the name without jurisdiction (温县, 县, 驻马店市 …), without 中共, with one spelling of the common endings
(委员会 → 委, 办公室 → 办, 人民法院 → 法院) and without 和/与/及. ``scope`` remembers that the name was printed with the
prefix of a higher or lower level (市公安局 in a county's notice is not the county's 公安局).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

import yaml

from hub.linkage.notice.characters import squeeze

_QUOTES = re.compile(r"[“”\"'‘’「」『』《》<>*#]")
_PARTY = re.compile(r"^(?:中共|中国共产党)(?=.{2})")
_PARTY_ORGAN = re.compile(r"^委(?!员会|办)(?=.{3})")
_SPELLINGS = (
    (re.compile(r"人民(?=政府|法院|检察院)"), ""),
    (re.compile(r"(?<=.)[和与及暨](?=.)"), ""),
    (re.compile(r"管理委员会$"), "管委会"),
    (re.compile(r"委员会办公室$"), "委办"),
    (re.compile(r"委员会$"), "委"),
    (re.compile(r"办公室$"), "办"),
    (re.compile(r"街道办事处$"), "街道办"),
)
_GENERIC = {"省": "PROVINCE", "市": "CITY", "州": "CITY", "县": "COUNTY", "区": "COUNTY", "旗": "COUNTY"}
_SHORTENABLE = re.compile(r"(?:自治[区州县]|省|市|县|区|州|旗|盟|地区)$")
_SUFFIX = re.compile(r"(?:局|委|办|厅)$")
_ORGAN_ENDING = re.compile(
    r"(?:局|委|办|厅|院|会|府|行|部|处|室|科|队|所|站|社|司|厂|校|馆|台|组|团|联|署|关|中心|支局|分局|管委会|集聚区|开发区"
    r"|经开区|高新区|示范区|乡|镇|街道|集团|银行|学会|协会|法庭|组织|机构|部门|单位)$"
)


@dataclass(frozen=True, slots=True)
class Core:
    """A reduced name. ``scope`` is the level its prefix named when that is not the roster's own; ``own`` says that
    the prefix named the roster's own jurisdiction."""

    text: str
    scope: str | None = None
    own: bool = False


class Places:
    """The names of a jurisdiction and its ancestors, own first: ``("温县", "焦作市", "河南省")``.

    Short forms (驻马店, 河南) follow from the full ones and may also be given. Generic prefixes (县, 市, 区, 省) are
    built in; the own one is the last character of the own name.
    """

    def __init__(self, names: Sequence[str]) -> None:
        full = [squeeze(name) for name in names if len(squeeze(name)) > 1]
        self.own_names = self._with_shorts(full[:1])
        self.own_generic = full[0][-1] if full else ""
        self.own_level = _level_of(full)
        self.ancestors = [
            (form, _GENERIC.get(name[-1], "PROVINCE"))
            for name in full[1:]
            for form in self._with_shorts([name])
            if form not in self.own_names
        ]
        self.ancestors.sort(key=lambda pair: -len(pair[0]))

    @staticmethod
    def _with_shorts(names: Iterable[str]) -> list[str]:
        forms = set(names)
        forms |= {_SHORTENABLE.sub("", name) for name in forms}
        return sorted((form for form in forms if len(form) > 1), key=len, reverse=True)

    def starts(self) -> set[str]:
        """First characters a printed name may begin with because of a prefix."""
        names = [*self.own_names, *(name for name, _ in self.ancestors), *_GENERIC, "中"]
        return {name[0] for name in names}

    def cores(self, printed: str) -> list[Core]:
        """Every reading of a printed name, the fullest first. Empty when nothing is left of the name."""
        name = _PARTY.sub("", _QUOTES.sub("", squeeze(printed)))
        name, scope, own = self._without_places(name)
        found = [Core(spell(name), scope, own)]
        if name[:1] in _GENERIC and len(name) > 1:
            rest, generic = name[1:], name[0]
            generic_own = generic == self.own_generic
            inner = scope if generic_own or own else _GENERIC[generic]
            found.append(Core(spell(rest), inner, own or generic_own))
        found += [
            Core(_PARTY_ORGAN.sub("", core.text), core.scope, core.own)
            for core in found
            if _PARTY_ORGAN.match(core.text)
        ]
        return [core for core in found if core.text]

    def _without_places(self, name: str) -> tuple[str, str | None, bool]:
        bare, own, scope = name, False, None
        for place in self.own_names:
            if place in bare and len(bare) > len(place):
                bare, own = bare.replace(place, ""), True
        for place, level in self.ancestors:
            if place in bare and len(bare) > len(place):
                bare, scope = bare.replace(place, ""), level
        return (bare, None if own else scope, own) if bare else (name, None, False)


def _level_of(full: Sequence[str]) -> str | None:
    """A city under a city is a county-level city."""
    if not full:
        return None
    own = full[0]
    if own.endswith("市") and any(name.endswith(("市", "州", "盟", "地区")) for name in full[1:]):
        return "COUNTY"
    return _GENERIC.get(own[-1])


def spell(name: str) -> str:
    """One spelling of the endings that documents write in two ways."""
    for pattern, replacement in _SPELLINGS:
        name = pattern.sub(replacement, name)
    return name


def stem_of(core: str) -> str:
    """A core without 局/委/办/厅; empty when the core has another ending of an organisation."""
    if _SUFFIX.search(core):
        return core[:-1]
    return "" if looks_like_unit(core) else core


def looks_like_unit(name: str) -> bool:
    """Whether a printed name ends the way names of organisations do."""
    return len(name) > 1 and _ORGAN_ENDING.search(name) is not None


@dataclass(frozen=True, slots=True)
class Concept:
    """One entry of ``abbreviations.yaml``, as cores."""

    members: frozenset[str]
    looser: frozenset[str]


@cache
def concepts() -> tuple[Concept, ...]:
    """The national abbreviations shipped beside this module."""
    source = resources.files(__package__).joinpath("abbreviations.yaml").read_text("utf-8")
    return tuple(
        Concept(frozenset(map(spell, entry["names"])), frozenset(map(spell, entry.get("also", ()))))
        for entry in yaml.safe_load(source)
    )


def expand(cores: Iterable[str]) -> set[str]:
    """Every other core under which a unit with these cores is known."""
    own = set(cores)
    known: set[str] = set()
    for concept in concepts():
        if own & concept.members:
            known |= concept.members | concept.looser
    return known - own

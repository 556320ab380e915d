"""A plan in the words an operator reads, Chinese with the English term."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from hub.core.texts.register import REGISTER_FIELDS
from hub.organizations.register.entries import Body, Liaison, Membership, UnitFunction
from hub.organizations.register.plan import Changed, Differences, Plan
from hub.policy.loader import shipped_file

_KEYS = frozenset({"parent", "business_superior", "successor", "members"})
_SETS = frozenset({"aliases", "functions", "members"})


@dataclass(frozen=True, slots=True)
class Telling:
    """Lines of a plan: ``+`` new, ``~`` changed, ``×`` ended, ``!`` left alone."""

    plan: Plan

    def lines(self) -> Iterator[str]:
        yield from _section("区划 (jurisdictions)", self._jurisdictions())
        yield from _section("单位 (organisations)", self._units())
        yield from _section("集体称谓 (collective wordings)", self._groups())
        yield from _section("协调机构 (coordination bodies)", self._bodies())
        yield from _section("联络员 (liaisons)", self._liaisons())
        yield from _section("政策包 (policy packs)", self._packs())
        yield from _section("未列入本目录，保持不变 (not in the folder, left as they are)", self._missing())
        yield self._sum()

    def _jurisdictions(self) -> Iterator[str]:
        for each in self.plan.jurisdictions.added:
            yield f"+ {each.code} {each.name}"
        for changed in self.plan.jurisdictions.changed:
            yield from self._changed(f"~ {changed.after.code} {changed.after.name}", changed)

    def _units(self) -> Iterator[str]:
        for unit in self.plan.units.added:
            functions = "、".join(map(_function, unit.functions))
            ended = f"，已于 {unit.valid_to} 撤并 (ended)" if unit.valid_to else ""
            yield f"+ {unit.name} {unit.uscc or '—'}{' ' + functions if functions else ''}{ended}"
        for changed in self.plan.units.changed:
            ends = changed.before.valid_to is None and changed.after.valid_to is not None
            yield from self._changed(f"{'×' if ends else '~'} {changed.before.name}", changed)

    def _groups(self) -> Iterator[str]:
        for group in self.plan.groups.added:
            yield f"+ {group.name} [{group.jurisdiction}] {len(group.members)} 个单位 (units)"
        for changed in self.plan.groups.changed:
            yield from self._changed(f"~ {changed.after.name} [{changed.after.jurisdiction}]", changed)

    def _bodies(self) -> Iterator[str]:
        for body in self.plan.bodies:
            yield f"+ {body.name} [{body.jurisdiction}]"
            yield from (f"    + {self._seat(seat)}" for seat in body.memberships)
        for each in self.plan.differences:
            yield from self._differences(each)

    def _differences(self, each: Differences) -> Iterator[str]:
        if each.seats_wanted or each.seats_unknown:
            yield f"! {each.body.name}：成员名单不同，须经成员调整 (rosters differ; use membership changes)"
            yield from (f"    待增 (wanted) {self._seat(seat)}" for seat in each.seats_wanted)
            yield from (f"    待减 (not in the folder) {self._seat(seat)}" for seat in each.seats_unknown)
        for liaison in each.liaisons:
            name = f"{self._name(liaison.organization)} {liaison.person_name}"
            yield f"! {each.body.name}：联络员不同，由单位自行指定 (liaison differs; the unit names its own) {name}"

    def _seat(self, seat: Membership) -> str:
        days = f"{seat.valid_from}—{seat.valid_to or ''}"
        acting = f"，{self._name(seat.acting)} 代录 (recorded by)" if seat.acting else ""
        return f"{self._name(seat.organization)} {seat.role.value} {seat.post} {days}{acting}"

    def _liaisons(self) -> Iterator[str]:
        bodies = {body.key: body for body in self.plan.merged.bodies}
        for each in self.plan.liaisons:
            yield f"+ {self._liaison(each, bodies[each.body])}"

    def _liaison(self, each: Liaison, body: Body) -> str:
        return f"{self._name(each.organization)} {each.person_name}（{each.post}） {body.name}"

    def _packs(self) -> Iterator[str]:
        for pack in self.plan.packs:
            yield f"+ {pack.jurisdiction_code} {pack.version} {pack.title}"
        for pack in self.plan.offered:
            yield f"! 可导入 (may be imported): hub policy import-pack {shipped_file(pack)}"

    def _missing(self) -> Iterator[str]:
        yield from (f"! {unit.name} {unit.uscc or '—'}" for unit in self.plan.units.missing)
        yield from (f"! {group.name} [{group.jurisdiction}]" for group in self.plan.groups.missing)
        yield from (f"! {body.name} [{body.jurisdiction}]" for body in self.plan.missing_bodies)

    def _changed(self, head: str, changed: Changed[Any]) -> Iterator[str]:
        yield head
        for name, before, after in changed.fields():
            label = REGISTER_FIELDS[name]
            yield f"    {label.zh} ({label.en}): {self._difference(name, before, after)}"

    def _difference(self, name: str, before: Any, after: Any) -> str:
        if name in _SETS:
            new = [f"+{self._shown(name, each)}" for each in after if each not in before]
            gone = [f"-{self._shown(name, each)}" for each in before if each not in after]
            return " ".join([*new, *gone])
        return f"{self._shown(name, before)} → {self._shown(name, after)}"

    def _shown(self, name: str, value: Any) -> str:
        if value is None:
            return "—"
        if isinstance(value, UnitFunction):
            return _function(value)
        if isinstance(value, bool):
            return "是 (yes)" if value else "否 (no)"
        return self._name(value) if name in _KEYS and value in self.plan.merged.units_by_key else str(value)

    def _name(self, key: str) -> str:
        return self.plan.merged.unit(key).name

    def _sum(self) -> str:
        deltas = (self.plan.jurisdictions, self.plan.units, self.plan.groups)
        added = sum(len(each.added) for each in deltas) + len(self.plan.bodies) + len(self.plan.liaisons)
        changed = sum(len(each.changed) for each in deltas)
        return f"新增 (added) {added}，变更 (changed) {changed}"


def _section(title: str, lines: Iterator[str]) -> Iterator[str]:
    found = list(lines)
    if found:
        yield title
        yield from (f"  {line}" for line in found)


def _function(function: UnitFunction) -> str:
    return f"{function.role.value}@{function.jurisdiction}"

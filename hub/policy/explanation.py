"""The answer to "why is this due?" as data: one bilingual sentence for every step of a computation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from hub.core.texts import Text
from hub.core.texts.policy import DAY_REASONS, DEADLINE_STEPS, PERIOD_END_TEXTS, POLICY_LABELS, RULE_TEXTS
from hub.policy.calendar import OVERRIDE_SOURCE, Day, Restday, Workday
from hub.policy.rules import (
    Anchor,
    Basis,
    DeadlineRule,
    Direction,
    OccurrenceRule,
    Origin,
    PeriodEndRule,
    PeriodRule,
    Rule,
    Start,
)

_WEEKDAYS_ZH = "一二三四五六日"
_WEEKDAYS_EN = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


@dataclass(frozen=True, slots=True)
class Step:
    """One step. ``code`` is a key of the explanation sentences; ``on`` the date it is about, if it is about one."""

    code: str
    text: Text
    on: date | None = None


def make_step(code: str, on: date | None = None, **params: Text | str | int) -> Step:
    """Step with its sentence filled in; ``on`` is also the parameter ``date``."""
    if on is not None:
        params["date"] = date_text(on)
    return Step(code, fill(DEADLINE_STEPS[code], **params), on)


def fill(template: Text, **params: Text | str | int) -> Text:
    """A bilingual sentence; a bilingual parameter gives each language its own."""
    zh = {name: value.zh if isinstance(value, Text) else value for name, value in params.items()}
    en = {name: value.en if isinstance(value, Text) else value for name, value in params.items()}
    return Text(template.zh.format_map(zh), template.en.format_map(en))


def date_text(on: date) -> Text:
    weekday = on.weekday()
    return Text(
        f"{on.year}年{on.month}月{on.day}日（周{_WEEKDAYS_ZH[weekday]}）", f"{on.isoformat()} ({_WEEKDAYS_EN[weekday]})"
    )


def basis_steps(basis: Basis | None) -> list[Step]:
    """The clause a deadline rests on with what is to be known of it, or the honest statement that there is none."""
    if basis is None:
        return []
    pack = f"{basis.jurisdiction_code or ''} {basis.pack_version or ''}".strip()
    if basis.origin is Origin.DEFAULT:
        return [make_step("BASIS_DEFAULT", pack=pack, key=basis.key, note=basis.note or "")]
    clause = basis.clause or ""
    first = make_step("BASIS_PACK", clause=clause, pack=pack, key=basis.key)
    steps = [first if pack else make_step("BASIS_CLAUSE", clause=clause)]
    return [*steps, make_step("NOTE", note=basis.note)] if basis.note else steps


def day_text(day: Day) -> Text:
    """Why a day is worked or not."""
    match day:
        case Restday(source=source) if source == OVERRIDE_SOURCE:
            return DAY_REASONS["OVERRIDE"]
        case Restday(name=Text() as name):
            return fill(DAY_REASONS["FESTIVAL"], name=name)
        case Restday():
            return DAY_REASONS["WEEKEND"]
        case Workday(name=Text() as name):
            return name
        case Workday():
            return DAY_REASONS["WORK_OVERRIDE"]
    return fill(DAY_REASONS["UNKNOWN"], year=day.year)


def anchor_text(anchor: Anchor) -> Text:
    """The event a count starts from, in words."""
    return POLICY_LABELS[f"Anchor.{anchor}"]


def rule_text(rule: Rule) -> Text:
    """A rule in words."""
    match rule:
        case DeadlineRule():
            return fill(RULE_TEXTS[_count_template(rule)], **_count_params(rule))
        case PeriodRule():
            params = _count_params(rule.count)
            return fill(RULE_TEXTS["PERIOD"], **params, period=POLICY_LABELS[f"Period.{rule.period}"])
        case PeriodEndRule():
            return fill(PERIOD_END_TEXTS[rule.reading], period=POLICY_LABELS[f"Period.{rule.period}"])
        case OccurrenceRule():
            return fill(
                RULE_TEXTS["OCCURRENCE"],
                rrule=str(rule.recurrence),
                starts_on=date_text(rule.starts_on),
                roll=POLICY_LABELS[f"Roll.{rule.roll}"],
            )


def _count_template(rule: DeadlineRule) -> str:
    if rule.n == 0:
        return "ON"
    if rule.direction is Direction.BEFORE and rule.start is Start.SAME_DAY:
        return "BEFORE_SAME_DAY"
    return rule.direction.value


def _count_params(rule: DeadlineRule) -> dict[str, Text | str | int]:
    return {
        "n": rule.n,
        "anchor": anchor_text(rule.anchor),
        "unit": POLICY_LABELS[f"Unit.{rule.unit}"],
        "start": POLICY_LABELS[f"Start.{rule.start}"],
        "roll": POLICY_LABELS[f"Roll.{rule.roll}"],
    }

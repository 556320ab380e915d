"""Rules, bases and deadlines as plain data (JSON, YAML), and back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from hub.core.errors import Reason, Refused, refuse_if
from hub.policy.calendar import WorkingCalendar
from hub.policy.deadlines import Deadline, compute, state
from hub.policy.fields import Fields, Path
from hub.policy.periods import Period
from hub.policy.recurrence import Frequency, Recurrence, parse_recurrence
from hub.policy.rules import (
    MAX_COUNT,
    Anchor,
    Basis,
    DeadlineRule,
    Direction,
    OccurrenceRule,
    Origin,
    PeriodEnd,
    PeriodEndRule,
    PeriodRule,
    Roll,
    Rule,
    Start,
    Unit,
)


def rule_to_plain(rule: Rule) -> dict[str, object]:
    """A rule as a mapping of plain values; the kind shows in its keys."""
    match rule:
        case DeadlineRule():
            return {
                "n": rule.n,
                "unit": rule.unit.value,
                "anchor": rule.anchor.value,
                "start": rule.start.value,
                "roll": rule.roll.value,
                "direction": rule.direction.value,
            }
        case PeriodRule():
            return {
                "period": rule.period.value,
                "n": rule.n,
                "unit": rule.unit.value,
                "roll": rule.roll.value,
            }
        case PeriodEndRule():
            return {"period": rule.period.value, "reading": rule.reading.value}
        case OccurrenceRule():
            return {
                "rrule": str(rule.recurrence),
                "starts_on": rule.starts_on.isoformat(),
                "roll": rule.roll.value,
            }


def read_rule(data: object, path: Path, reasons: list[Reason]) -> Rule:
    """A rule from plain data; problems go to ``reasons``."""
    keys = data if isinstance(data, Mapping) else {}
    if "rrule" in keys:
        return _read_occurrence(Fields(data, path, reasons, ("rrule", "starts_on", "roll")))
    if "reading" in keys:
        fields = Fields(data, path, reasons, ("period", "reading"))
        return PeriodEndRule(fields.choice("period", Period), fields.choice("reading", PeriodEnd))
    if "period" in keys:
        fields = Fields(data, path, reasons, ("period", "n", "unit", "roll"))
        return PeriodRule(
            fields.choice("period", Period),
            fields.integer("n", 1, MAX_COUNT),
            fields.choice("unit", Unit, default=Unit.NATURAL_DAY),
            fields.choice("roll", Roll, default=Roll.NONE),
        )
    return _read_count(Fields(data, path, reasons, ("n", "unit", "anchor", "start", "roll", "direction")))


def parse_rule(data: object, *, path: Path = ()) -> Rule:
    """A rule from plain data. Raises ``Refused`` with every reason."""
    reasons: list[Reason] = []
    rule = read_rule(data, path, reasons)
    refuse_if(reasons)
    return rule


def deadline_to_plain(deadline: Deadline) -> dict[str, object]:
    """A deadline as stored beside its due date: the answer to "why is this due?", and what a recomputation needs."""
    return {
        "due_on": deadline.due_on.isoformat(),
        "nominal_on": deadline.nominal_on.isoformat(),
        "anchor_on": deadline.anchor_on.isoformat(),
        "provisional": deadline.provisional,
        "missing_years": list(deadline.missing_years),
        "rule": None if deadline.rule is None else rule_to_plain(deadline.rule),
        "basis": None if deadline.basis is None else _basis_to_plain(deadline.basis),
        "steps": [
            {
                "code": step.code,
                "on": None if step.on is None else step.on.isoformat(),
                "zh": step.text.zh,
                "en": step.text.en,
            }
            for step in deadline.explanation
        ],
    }


def stored_clause(stored: Mapping[str, Any] | None) -> str | None:
    """The clause that a stored deadline rests on, when it names one."""
    clause = ((stored or {}).get("basis") or {}).get("clause")
    return str(clause) if clause else None


def recompute(stored: Mapping[str, object], calendar: WorkingCalendar) -> Deadline:
    """The deadline of stored data, reckoned again with another calendar.

    ``stored`` is what ``deadline_to_plain`` gave. Raises ``Refused`` with every reason when it is not, and what
    ``compute`` raises.
    """
    reasons: list[Reason] = []
    known = ("due_on", "nominal_on", "anchor_on", "provisional", "missing_years", "rule", "basis", "steps")
    fields = Fields(stored, (), reasons, known)
    due_on, anchor_on = fields.day("due_on"), fields.day("anchor_on")
    rule = read_rule(fields.get("rule"), ("rule",), reasons) if fields.has("rule") else None
    basis = _read_basis(Fields(fields.get("basis"), ("basis",), reasons, _BASIS)) if fields.has("basis") else None
    refuse_if(reasons)
    if rule is None:
        return state(due_on, basis=basis)
    return compute(rule, anchor_on, calendar, basis=basis)


_BASIS = ("key", "origin", "clause", "note", "jurisdiction_code", "pack_version")


def _basis_to_plain(basis: Basis) -> dict[str, object]:
    return {
        "key": basis.key,
        "origin": basis.origin.value,
        "clause": basis.clause,
        "note": None if basis.note is None else {"zh": basis.note.zh, "en": basis.note.en},
        "jurisdiction_code": basis.jurisdiction_code,
        "pack_version": basis.pack_version,
    }


def _read_basis(fields: Fields) -> Basis:
    return Basis(
        fields.text("key"),
        fields.choice("origin", Origin),
        fields.optional_text("clause"),
        fields.optional_bilingual("note"),
        fields.optional_text("jurisdiction_code"),
        fields.optional_text("pack_version"),
    )


def _read_count(fields: Fields) -> DeadlineRule:
    start = fields.choice("start", Start, default=Start.NEXT_DAY)
    return DeadlineRule(
        fields.integer("n", 1 if start is Start.SAME_DAY else 0, MAX_COUNT),
        fields.choice("unit", Unit),
        fields.choice("anchor", Anchor),
        start,
        fields.choice("roll", Roll, default=Roll.NONE),
        fields.choice("direction", Direction, default=Direction.AFTER),
    )


def _read_occurrence(fields: Fields) -> OccurrenceRule:
    recurrence = Recurrence(Frequency.YEARLY)
    starts_on: date = fields.day("starts_on")
    try:
        recurrence = parse_recurrence(fields.text("rrule"), path=(*fields.path, "rrule"))
    except Refused as refusal:
        fields.reasons.extend(refusal.reasons)
    return OccurrenceRule(recurrence, starts_on, fields.choice("roll", Roll, default=Roll.NONE))

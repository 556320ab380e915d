"""A jurisdiction's policy pack: versioned values, each with where it comes from."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from hub.core.texts import Text
from hub.policy.calendar import WorkingCalendar
from hub.policy.deadlines import Deadline, compute
from hub.policy.parameters import REGISTRY
from hub.policy.periods import Period
from hub.policy.rules import Basis, DeadlineRule, Origin, PeriodEndRule, PeriodRule
from hub.policy.specification import Approver
from hub.policy.values import MonthDay, PackRule, Value, ValueKind, value_to_plain

_LABEL = "label."


@dataclass(frozen=True, slots=True)
class Parameter:
    """One value. ``clause`` names the place in the notice or law; ``note`` explains a default, or a doubt about
    how the clause is to be read. A value of ``None``: the jurisdiction has no such practice."""

    value: Value | None
    origin: Origin
    clause: str | None = None
    note: Text | None = None


@dataclass(frozen=True, slots=True)
class PolicyPack:
    """One version of a jurisdiction's rules; it holds every registered parameter.

    The typed readers raise ``KeyError`` on an unregistered key and ``TypeError`` where the parameter is of another
    kind or has no value: both are mistakes of the caller, not of the data.
    """

    jurisdiction_code: str
    version: str
    title: str
    document_no: str | None
    issued_on: date | None
    effective_from: date
    effective_to: date | None
    parameters: Mapping[str, Parameter]
    date_note: Text | None = None

    def number(self, key: str) -> int:
        value = self.parameters[key].value
        if isinstance(value, int) and not isinstance(value, bool):
            return value
        raise _wrong_kind(key, ValueKind.INTEGER)

    def find_number(self, key: str) -> int | None:
        """The number, or ``None`` where the jurisdiction sets none."""
        return None if self.parameters[key].value is None else self.number(key)

    def days(self, key: str) -> tuple[int, ...]:
        """Day counts, ascending."""
        value = self.parameters[key].value
        if REGISTRY[key].domain.kind is ValueKind.DAYS and isinstance(value, tuple):
            return tuple(int(day) for day in value)
        raise _wrong_kind(key, ValueKind.DAYS)

    def flag(self, key: str) -> bool:
        value = self.parameters[key].value
        if isinstance(value, bool):
            return value
        raise _wrong_kind(key, ValueKind.FLAG)

    def text(self, key: str) -> Text:
        value = self.parameters[key].value
        if isinstance(value, Text):
            return value
        raise _wrong_kind(key, ValueKind.TEXT)

    def choice(self, key: str) -> str:
        value = self.parameters[key].value
        if isinstance(value, str):
            return value
        raise _wrong_kind(key, ValueKind.CHOICE)

    def approver(self, key: str) -> Approver:
        """Who decides; only for the parameters of approvers."""
        return Approver(self.choice(key))

    def codes(self, key: str) -> tuple[str, ...]:
        value = self.parameters[key].value
        if REGISTRY[key].domain.kind is ValueKind.CODES and isinstance(value, tuple):
            return tuple(str(code) for code in value)
        raise _wrong_kind(key, ValueKind.CODES)

    def month_day(self, key: str) -> MonthDay:
        value = self.parameters[key].value
        if isinstance(value, MonthDay):
            return value
        raise _wrong_kind(key, ValueKind.MONTH_DAY)

    def rule(self, key: str) -> PackRule:
        value = self.parameters[key].value
        if isinstance(value, DeadlineRule | PeriodRule | PeriodEndRule):
            return value
        raise _wrong_kind(key, ValueKind.RULE)

    def find_rule(self, key: str) -> PackRule | None:
        """The rule, or ``None`` where the jurisdiction has no such practice."""
        return None if self.parameters[key].value is None else self.rule(key)

    def period_rule(self, key: str) -> PeriodRule | PeriodEndRule:
        """A rule that recurs with a period."""
        rule = self.rule(key)
        if isinstance(rule, DeadlineRule):
            raise _wrong_kind(key, ValueKind.RULE)
        return rule

    def period(self, key: str) -> Period:
        """The period of a rule that recurs with one."""
        return self.period_rule(key).period

    @property
    def labels(self) -> dict[str, Text]:
        """Every label by its key without the prefix (``body``, ``side.COURT_LED``)."""
        return {key.removeprefix(_LABEL): self.text(key) for key in self.parameters if key.startswith(_LABEL)}

    def basis(self, key: str) -> Basis:
        """What a decision by this parameter rests on."""
        parameter = self.parameters[key]
        place = self.jurisdiction_code or None  # the product's own values belong to no jurisdiction
        return Basis(key, parameter.origin, parameter.clause, parameter.note, place, self.version)

    def deadline(self, key: str, anchor_on: date, calendar: WorkingCalendar) -> Deadline:
        """The deadline of a rule parameter, with its basis. Raises like ``compute``."""
        return compute(self.rule(key), anchor_on, calendar, basis=self.basis(key))

    def in_force(self, on: date) -> bool:
        return self.effective_from <= on and (self.effective_to is None or on <= self.effective_to)

    @property
    def digest(self) -> str:
        """SHA-256 of everything the pack says, defaults included: equal digests mean equal rules."""
        content = json.dumps(pack_to_plain(self), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(content.encode()).hexdigest()


class ChangeKind(StrEnum):
    HEADER = "HEADER"
    PARAMETER = "PARAMETER"


@dataclass(frozen=True, slots=True)
class PackChange:
    """One difference between two packs: a field of the header or a parameter, as plain data."""

    kind: ChangeKind
    key: str
    before: object
    after: object


def diff_packs(before: PolicyPack, after: PolicyPack) -> tuple[PackChange, ...]:
    """Every difference, header first, then parameters in the order of the registry."""
    old, new = pack_to_plain(before), pack_to_plain(after)
    old_parameters, new_parameters = _parameters_to_plain(before), _parameters_to_plain(after)
    changes = [
        PackChange(ChangeKind.HEADER, key, old[key], new[key])
        for key in old
        if key != "parameters" and old[key] != new[key]
    ]
    changes += [
        PackChange(ChangeKind.PARAMETER, key, old_parameters[key], new_parameters[key])
        for key in REGISTRY
        if old_parameters[key] != new_parameters[key]
    ]
    return tuple(changes)


def find_pack(packs: Iterable[PolicyPack], jurisdiction_code: str, on: date) -> PolicyPack | None:
    """The version of a jurisdiction in force on a day."""
    return next((pack for pack in packs if pack.jurisdiction_code == jurisdiction_code and pack.in_force(on)), None)


def pack_to_plain(pack: PolicyPack) -> dict[str, object]:
    """A pack as plain data, defaults included, that ``parse_pack`` reads back."""
    return {
        "jurisdiction_code": pack.jurisdiction_code,
        "version": pack.version,
        "title": pack.title,
        "document_no": pack.document_no,
        "issued_on": None if pack.issued_on is None else pack.issued_on.isoformat(),
        "effective_from": pack.effective_from.isoformat(),
        "effective_to": None if pack.effective_to is None else pack.effective_to.isoformat(),
        "date_note": value_to_plain(pack.date_note),
        "parameters": _parameters_to_plain(pack),
    }


def _parameters_to_plain(pack: PolicyPack) -> dict[str, dict[str, object]]:
    return {
        key: {
            "value": value_to_plain(parameter.value),
            "origin": parameter.origin.value,
            "clause": parameter.clause,
            "note": value_to_plain(parameter.note),
        }
        for key, parameter in pack.parameters.items()
    }


def _wrong_kind(key: str, kind: ValueKind) -> TypeError:
    return TypeError(f"{key} has no value of kind {kind}")

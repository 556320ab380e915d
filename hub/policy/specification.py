"""What is registered of a policy parameter."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from hub.core.texts import Text
from hub.policy.periods import Period
from hub.policy.rules import Origin
from hub.policy.values import Domain, ValueKind


class Measure(StrEnum):
    """Unit of a number."""

    NONE = "NONE"
    DAY = "DAY"
    TIME = "TIME"
    MINUTE = "MINUTE"
    HOUR = "HOUR"
    MONTH = "MONTH"
    PERCENT = "PERCENT"
    CHARACTER = "CHARACTER"
    COUNT = "COUNT"


class Approver(StrEnum):
    """Who decides. ``BODY`` is the joint meeting or leading group itself, in session."""

    BODY = "BODY"
    CONVENOR = "CONVENOR"
    OFFICE = "OFFICE"
    GOVERNMENT = "GOVERNMENT"


@dataclass(frozen=True, slots=True)
class ParameterSpec:
    """A known parameter.

    ``default`` is plain data; ``None`` means that the practice does not exist unless a pack says so, and makes the
    parameter optional. ``reason`` says why the default is what it is; ``clause`` is set where a law gives it.
    """

    key: str
    domain: Domain
    text: Text
    default: object
    reason: Text
    measure: Measure = Measure.NONE
    clause: str | None = None

    @property
    def optional(self) -> bool:
        return self.default is None

    @property
    def origin(self) -> Origin:
        return Origin.DEFAULT if self.clause is None else Origin.LAW


SILENT = Text("通知未作规定。", "The notice is silent.")
NO_SUCH_PRACTICE = Text("通知未设此项，默认不启用。", "The notice has no such practice; it is off by default.")


def label(key: str, text: Text, default: Text, reason: Text = SILENT) -> ParameterSpec:
    """A name users read."""
    return ParameterSpec(key, Domain(ValueKind.TEXT), text, {"zh": default.zh, "en": default.en}, reason)


def flag(key: str, text: Text, *, default: bool, reason: Text) -> ParameterSpec:
    return ParameterSpec(key, Domain(ValueKind.FLAG), text, default, reason)


def rule(
    key: str,
    text: Text,
    default: dict[str, object] | None,
    reason: Text,
    *,
    clause: str | None = None,
    periods: tuple[Period, ...] = (),
) -> ParameterSpec:
    """A deadline rule; with ``periods`` only a rule of one of these periods."""
    domain = Domain(ValueKind.RULE, choices=tuple(period.value for period in periods))
    return ParameterSpec(key, domain, text, default, reason, clause=clause)


def days(key: str, text: Text, default: list[int], reason: Text) -> ParameterSpec:
    return ParameterSpec(key, Domain(ValueKind.DAYS, 0, 366), text, default, reason, Measure.DAY)


def number(
    key: str,
    text: Text,
    default: int | None,
    reason: Text,
    *,
    measure: Measure,
    bounds: tuple[int, int],
    clause: str | None = None,
) -> ParameterSpec:
    return ParameterSpec(key, Domain(ValueKind.INTEGER, *bounds), text, default, reason, measure, clause)


def percent(key: str, text: Text, reason: Text = NO_SUCH_PRACTICE) -> ParameterSpec:
    """A target in percent; none unless a pack sets it."""
    return ParameterSpec(key, Domain(ValueKind.INTEGER, 0, 100), text, None, reason, Measure.PERCENT)


def choice(key: str, text: Text, kind: type[StrEnum], default: StrEnum | None, reason: Text) -> ParameterSpec:
    domain = Domain(ValueKind.CHOICE, choices=tuple(member.value for member in kind))
    return ParameterSpec(key, domain, text, None if default is None else default.value, reason)


def codes(key: str, text: Text, choices: type[StrEnum], default: tuple[StrEnum, ...], reason: Text) -> ParameterSpec:
    domain = Domain(ValueKind.CODES, choices=tuple(member.value for member in choices))
    return ParameterSpec(key, domain, text, [member.value for member in default], reason)

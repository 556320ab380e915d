"""What a client may ask about in a day, and what it has asked about so far."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from hub.core.errors import Reason, Refused
from hub.policy.pack import PolicyPack


@dataclass(frozen=True, slots=True)
class Limits:
    """Of a day and a client. More than ``percent`` of at least ``minimum`` subjects matched is more than licensing
    ever meets."""

    asked: int
    named: int
    percent: int
    minimum: int


@dataclass(frozen=True, slots=True)
class Used:
    """What the client has asked about that day, this check included; ``refused`` is why it is not answered, a code."""

    day: date
    asked: int
    named: int
    alarmed: bool
    refused: str | None


def limits_of(pack: PolicyPack) -> Limits:
    names = ("check.day.subjects", "check.day.names", "check.hits.percent", "check.hits.minimum")
    return Limits(*map(pack.number, names))


def spent(used: Used | None, limits: Limits, day: date, *, asked: int, named: int, many: bool) -> bool:
    """Whether so much more is sure to be refused: what a client has used in a day only grows."""
    if used is None or used.day != day:
        return False
    return used.asked + asked > limits.asked or used.named + named > limits.named or (many and used.alarmed)


def require_answerable(used: Used, limits: Limits) -> None:
    """Nothing is told beyond the budget; that it was asked for is on record."""
    allowed = {"CHECK_BUDGET": limits.asked, "CHECK_BUDGET_NAMES": limits.named}
    if used.refused is not None:
        most = allowed.get(used.refused)
        raise Refused(Reason(used.refused, (), {} if most is None else {"maximum": most}))

"""Whether the schema may follow the released one: no unannounced break, no removal before its date."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import yaml
from graphql import GraphQLSchema
from graphql.utilities import BreakingChange, find_schema_changes

from hub.core.deprecation import removal_date
from hub.core.errors import Reason, Refused
from schema.deprecated import coordinates, deprecations

REMOVALS = ("FIELD_REMOVED", "ARG_REMOVED", "VALUE_REMOVED_FROM_ENUM")


@dataclass(frozen=True, slots=True)
class Accepted:
    """A breaking change that was decided on. ``change`` is the sentence ``hub schema check`` prints."""

    change: str
    reason: str


def read_accepted(path: Path) -> list[Accepted]:
    """Entries of the file. Raises ``Refused`` (SCHEMA_ACCEPTED_INVALID) on anything but ``change`` and ``reason``."""
    invalid = Refused(Reason("SCHEMA_ACCEPTED_INVALID"))
    try:
        given = yaml.safe_load(path.read_text(encoding="utf-8")) or []
    except (OSError, UnicodeError, yaml.YAMLError):
        raise invalid from None
    if not isinstance(given, list):
        raise invalid
    for each in given:
        sound = isinstance(each, dict) and set(each) == {"change", "reason"}
        if not sound or not all(isinstance(text, str) and text.strip() for text in each.values()):
            raise invalid
    return [Accepted(each["change"], each["reason"]) for each in given]


def find_faults(
    released: GraphQLSchema, current: GraphQLSchema, accepted: Sequence[Accepted], *, today: date
) -> list[Reason]:
    """Everything that keeps the current schema from being released; empty when nothing does."""
    faults = [*_undated(current), *_too_early(released, current, today)]
    due = _due(released, today)
    breaking = {
        f"{change.type.name}: {change.description}"
        for change in find_schema_changes(released, current)
        if isinstance(change, BreakingChange)
        and not (change.type.name in REMOVALS and _place(change.description) in due)
    }
    known = {each.change for each in accepted}
    faults += [Reason("SCHEMA_BREAKING", (), {"change": change}) for change in sorted(breaking - known)]
    faults += [Reason("SCHEMA_ACCEPTANCE_STALE", (), {"change": change}) for change in sorted(known - breaking)]
    return faults


def _undated(current: GraphQLSchema) -> Iterator[Reason]:
    for coordinate, reason in deprecations(current).items():
        if removal_date(reason) is None:
            yield Reason("SCHEMA_DEPRECATION_UNDATED", (), {"name": coordinate})


def _too_early(released: GraphQLSchema, current: GraphQLSchema, today: date) -> Iterator[Reason]:
    standing = {coordinate for coordinate, _ in coordinates(current)}
    for coordinate, reason in deprecations(released).items():
        day = removal_date(reason)
        if coordinate not in standing and day is not None and today < day:
            yield Reason("SCHEMA_REMOVED_EARLY", (), {"name": coordinate, "day": day})


def _due(released: GraphQLSchema, today: date) -> set[str]:
    """What was announced to be gone by today."""
    days = {coordinate: removal_date(reason) for coordinate, reason in deprecations(released).items()}
    return {coordinate for coordinate, day in days.items() if day is not None and day <= today}


def _place(description: str) -> str:
    """The coordinate in ``Field A.b was removed.``"""
    return next((word for word in description.split() if "." in word.rstrip(".")), "")

"""One thing that a changed pack would move: an open deadline, or a duty that recurs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID


class PolicyMoveKind(StrEnum):
    """DEADLINE of an open matter; DUTY of a period to come. What is done, issued or met is never among them."""

    DEADLINE = "DEADLINE"
    DUTY = "DUTY"


@dataclass(frozen=True, slots=True)
class Move:
    """``old_due_on`` is None for what the changed pack adds, ``new_due_on`` for what it takes away. ``target_kind`` and
    ``target_id`` name an open matter; a duty has its ``period``."""

    kind: PolicyMoveKind
    key: str
    title: str
    old_due_on: date | None
    new_due_on: date | None
    old_clause: str | None
    new_clause: str | None
    provisional: bool = False
    period: str | None = None
    target_kind: str | None = None
    target_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """A parameter that differs, both values as JSON."""

    key: str
    old_value: str | None
    new_value: str | None
    clause: str | None

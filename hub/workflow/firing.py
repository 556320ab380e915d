"""Fires an event on an aggregate: decides by the table, then writes everything the decision entails."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol, TypeVar
from uuid import UUID

from hub.audit.catalogue import AuditAction
from hub.audit.recorder import Target
from hub.core.errors import VersionConflict, refuse_if
from hub.core.payload import find_problems
from hub.core.workflow import Actor, Machine, Transition
from hub.events.outbox import publish
from hub.workflow.unit import Unit

F = TypeVar("F")


class Aggregate(Protocol):
    """What the engine needs of a row. Rows are locked (``FOR UPDATE``) before they are handed in."""

    id: Any
    tenant_id: Any
    jurisdiction_path: Any
    status: Any
    status_since: Any
    version: Any
    updated_at: Any


class Counted(Protocol):
    """A row of a tenant whose version grows with every change."""

    id: Any
    tenant_id: Any
    version: Any
    updated_at: Any


@dataclass(frozen=True, slots=True)
class Firing:
    """What an effect gets: the unit of work, the row after the change of state, the facts, the payload."""

    unit: Unit
    row: Any
    facts: Any
    payload: Any
    transition: Transition[Any]


@dataclass(frozen=True, slots=True)
class Course:
    """How one kind of aggregate is recorded: audit action, event type, name."""

    kind: str
    action: AuditAction
    event_type: str


async def fire(
    unit: Unit,
    machine: Machine[F],
    course: Course,
    row: Aggregate,
    event: str,
    payload: object,
    *,
    actors: frozenset[Actor],
    facts: F,
    expected_version: int | None,
) -> None:
    """Move ``row`` by ``event``. Raises ``VersionConflict`` or ``Refused`` before anything is written."""
    check_version(row, expected_version)
    refuse_if(find_problems(payload))
    transition = machine.decide(
        row.status, event, actors=actors, scopes=unit.principal.scopes, facts=facts, payload=payload
    )
    source = str(row.status)
    move(unit, row, machine.states(transition.target))
    firing = Firing(unit, row, facts, payload, transition)
    for effect in transition.effects:
        await effect.apply(firing)
    await unit.session.flush()
    await unit.audit(
        course.action,
        Target(course.kind, row.id, row.jurisdiction_path),
        event=event,
        left=source,
        reached=str(row.status),
        version=row.version,
    )
    await announce(unit, course, row, event)


def check_version(row: Counted, expected: int | None) -> None:
    """Raise ``VersionConflict`` when the caller read another version than the one stored."""
    if expected is not None and expected != row.version:
        raise VersionConflict(expected=expected, current=row.version)


def move(unit: Unit, row: Aggregate, status: object) -> None:
    """Put the row into a state; how long it has stood there starts anew when the state is another."""
    if row.status != status:
        row.status, row.status_since = status, unit.at
    touch(unit, row)


def touch(unit: Unit, row: Counted) -> None:
    row.version += 1
    row.updated_at = unit.at


async def announce(unit: Unit, course: Course, row: Counted, change: str) -> UUID:
    """Outbox event ``<type>.<change>`` with ids only, ordered per aggregate."""
    return await publish(
        unit.session,
        tenant_id=row.tenant_id,
        type_=f"{course.event_type}.{change}",
        key=f"{course.kind}:{row.id}",
        ids={"id": str(row.id), "version": row.version},
    )

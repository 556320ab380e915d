"""What a mutation is: its words, its input, what it does in a unit of work, and the object it gives back."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from graphql import GraphQLObjectType, GraphQLSchema

from hub.access.scopes import Scope
from hub.core.deprecation import Deprecation
from hub.core.texts import Text
from hub.core.workflow import Machine
from hub.workflow.gate import Request
from hub.workflow.unit import Unit

Create = Callable[[Unit, Any], Awaitable[UUID]]
"""Makes something of a payload; gives the id of what it made."""

Fire = Callable[..., Awaitable[Any]]
"""``fire_*(unit, id, event, payload, *, expected_version)`` of a service."""


@dataclass(frozen=True, slots=True)
class Making:
    """A mutation with one payload: ``name(input:, idempotencyKey:, onBehalfOf:)``."""

    name: str
    text: Text
    scope: Scope
    result: str
    payload: type
    create: Create
    deprecated: Deprecation | None = None


@dataclass(frozen=True, slots=True)
class Editing:
    """A mutation that rewrites one object: ``name(id:, input:, expectedVersion:, idempotencyKey:, onBehalfOf:)``."""

    name: str
    text: Text
    scope: Scope
    result: str
    payload: type
    edit: Fire
    deprecated: Deprecation | None = None


@dataclass(frozen=True, slots=True)
class Advancing:
    """A workflow: ``name(id:, event:, expectedVersion:, idempotencyKey:, onBehalfOf:)``, events from its table.

    ``scope`` is what anybody needs who works with the object; each event's own scope is checked by the engine.
    """

    name: str
    text: Text
    scope: Scope
    result: str
    machine: Machine[Any]
    fire: Fire
    deprecated: Deprecation | None = None


@dataclass(frozen=True, slots=True)
class Answering:
    """A mutation with a result of its own. ``run`` goes through the gate itself; ``result`` makes the type once."""

    name: str
    text: Text
    scope: Scope
    payload: type
    result: Callable[[GraphQLSchema], GraphQLObjectType]
    run: Callable[[Any, Any, Request], Awaitable[Any]]
    deprecated: Deprecation | None = None


Mutation = Making | Editing | Advancing | Answering
MUTATIONS: dict[str, Mutation] = {}


def declare(*mutations: Mutation) -> None:
    """Put mutations into the schema. Raises ``ValueError`` on a name used twice."""
    for mutation in mutations:
        if mutation.name in MUTATIONS:
            raise ValueError(f"{mutation.name} is declared twice")
        MUTATIONS[mutation.name] = mutation


def payloads(machine: Machine[Any]) -> dict[str, type]:
    """Payload type by event. Raises ``ValueError`` when rows of one event differ in it."""
    found: dict[str, type] = {}
    for transition in machine.transitions:
        if found.setdefault(transition.event, transition.payload) is not transition.payload:
            raise ValueError(f"{machine.name}.{transition.event} has two payloads")
    return found

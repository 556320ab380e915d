"""Work whose outcome is told, and is done again each time it is asked for."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar
from uuid import UUID

from hub.core.ids import new_id
from hub.workflow.gate import Request
from hub.workflow.unit import Unit

if TYPE_CHECKING:
    from schema.operation import HubContext

A = TypeVar("A")


async def once(context: HubContext, request: Request, work: Callable[[Unit], Awaitable[A]]) -> A:
    """Do it behind the gate and give what it found, after the commit. Never by an idempotency key: a reading that is
    repeated is another reading, with a trace of its own."""
    found: list[A] = []

    async def action(unit: Unit) -> UUID:
        found.append(await work(unit))
        return new_id()

    await context.services.gate.perform(context.principal, replace(request, key=None), action)
    return found[0]

"""Generated operations of every caller, one after the other, both executors compared."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from random import Random

from sqlalchemy.ext.asyncio import AsyncEngine
from strawberry.utils.str_converters import to_camel_case

from hub.core.principal import Principal
from hub.runtime import Runtime
from schema.binding.declare import ROOTS
from schema.build import build_schema
from tests.support.comparing import Comparison, Difference
from tests.support.content import draw_content, enlarge
from tests.support.operations import OTHERS, UNASKED, Drawer, Operation
from tests.support.rows import Content
from tests.support.shrinking import shrink
from tests.support.values import Pool
from tests.support.world import World

PAGES = 3
"""Further pages read of a list."""
ALIKE = 3
"""Callers of equal rights that ask the same operation."""


class Soak:
    """``run`` compares operations until the count is reached or two answers differ; the same seed runs the same."""

    def __init__(
        self, world: World, content: Content, runtime: Runtime, owner: AsyncEngine, *, others: int = OTHERS
    ) -> None:
        self.callers = sorted(world.principals.items())
        self.drawn_for = [*self.callers, *(each for each in self.callers if each[0].startswith("city."))]
        self.pool = Pool(world, content)
        self.drawer = Drawer(build_schema().graphql, self.pool, others)
        self.comparison = Comparison(world, runtime, owner, content)
        self.asked: set[int] = set()
        self._allowed = {name: allowed_roots(principal) for name, principal in self.callers}

    async def run(self, seed: int, count: int) -> AsyncIterator[Difference | None]:
        """One step per comparison of an operation not asked before; a difference is shrunk."""
        done = number = 0
        while done < count:
            random = Random(f"{seed}/{number}")
            first = self.drawn_for[number % len(self.drawn_for)]
            drawn = self.drawer.draw(random, first[0], self._allowed[first[0]])
            number += 1
            for caller, principal in self._asking(first, random).items():
                async for difference in self._asked_by(caller, principal, drawn):
                    done += 1
                    yield difference
                    if done == count:
                        return

    async def _asked_by(self, caller: str, principal: Principal, drawn: Operation) -> AsyncIterator[Difference | None]:
        """The operation, further pages of it, and the same document with other values."""
        operation: Operation | None = drawn
        for _ in range(PAGES + 1):
            if operation is None or not self._new(caller, operation):
                break
            yield await self._step(caller, principal, operation)
            operation = self._next(operation)
        for other in drawn.asked_again():
            if self._new(caller, other):
                yield await self._step(caller, principal, other)

    def _asking(self, first: tuple[str, Principal], random: Random) -> dict[str, Principal]:
        """The caller an operation was drawn for and another, each with others of equal rights: those share a plan,
        and differ in every value."""
        asking: dict[str, Principal] = {}
        for name, principal in (first, random.choice(self.callers)):
            alike = [each for each in self.callers if _rights(each[1]) == _rights(principal)]
            asking |= {name: principal, **dict(random.sample(alike, min(len(alike), ALIKE)))}
        return asking

    def _new(self, caller: str, operation: Operation) -> bool:
        key = hash((caller, operation.query, repr(operation.variables)))
        known = key in self.asked
        self.asked.add(key)
        return not known

    async def _step(self, caller: str, principal: Principal, operation: Operation) -> Difference | None:
        difference = await self.comparison.differ(caller, principal, operation)
        if difference is None:
            self.pool.keep_cursors(caller, self.comparison.answer.get("data"))
            return None

        async def fails(smaller: Operation) -> bool:
            return await self.comparison.differ(caller, principal, smaller) is not None

        return await self.comparison.differ(caller, principal, await shrink(operation, fails)) or difference

    def _next(self, operation: Operation) -> Operation | None:
        if not operation.pages:
            return None
        root = (self.comparison.answer.get("data") or {}).get("root") or {}
        cursor = (root.get("pageInfo") or {}).get("endCursor")
        return operation.after(cursor) if cursor else None


def _rights(principal: Principal) -> object:
    return principal.scopes, principal.clearance, {function.role for function in principal.functions}


def allowed_roots(principal: Principal) -> list[str]:
    """Root fields whose scopes the caller holds."""
    fields = [(name, binding) for declaration in ROOTS for name, binding in declaration.fields.items()]
    return sorted(
        to_camel_case(name)
        for name, binding in fields
        if to_camel_case(name) not in UNASKED and (not binding.scopes or principal.scopes & set(binding.scopes))
    )


@asynccontextmanager
async def filled(world: World, owner: AsyncEngine, seed: int, size: int = 8) -> AsyncIterator[Content]:
    """The world with content drawn from the seed."""
    await enlarge(world)
    content = draw_content(world, seed, size=size)
    async with owner.begin() as connection:
        await connection.run_sync(content.insert)
    yield content

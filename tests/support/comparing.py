"""Runs one operation with and without pass-through, and says where the answers differ."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncEngine

from hub.core.principal import Principal
from hub.db.models import AuditEvent
from hub.runtime import Runtime
from schema.build import build_schema
from schema.execution import Answer, Asked, Executor
from tests.support.asking import Asker
from tests.support.operations import Operation
from tests.support.rows import Content
from tests.support.world import World


@dataclass(frozen=True)
class Difference:
    caller: str
    operation: Operation
    passed: str
    completed: str

    def __str__(self) -> str:
        variables = json.dumps(self.operation.variables, ensure_ascii=False)
        return f"{self.caller}\n{self.operation.query}\n{variables}\n  {self.passed}\n  {self.completed}"


def canonical(answer: Answer) -> str:
    """The response as it goes out, without insignificant space; the order of keys is kept."""
    return json.dumps(json.loads(answer.content()), ensure_ascii=False)


def _nulled(answer: dict[str, Any]) -> bool:
    """Whether an error nulled all of the data. Of several fields that fail beside one another whichever comes first
    ends the others (GraphQL, October 2021, section 6.4.4): which is told is open then."""
    return "data" in answer and answer["data"] is None and bool(answer.get("errors"))


@dataclass
class Comparison:
    """Both executors over one world. ``counts`` tells how often what happened."""

    world: World
    runtime: Runtime
    owner: AsyncEngine
    content: Content
    counts: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.passing = Asker(self.world, build_schema(), self.runtime)
        self.completing = Asker(self.world, build_schema(), self.runtime, pass_through=False)
        self.completing._preparer = self.passing._preparer  # parsing and validation are the same for both
        self.completing._published = self.passing._published
        self._known = [row["id"] for row in self.content.of(AuditEvent)]

    async def differ(self, caller: str, principal: Principal, operation: Operation) -> Difference | None:
        """None when both give the same; ``self.answer`` is the parsed answer."""
        asked = Asked(operation.query, operation.variables)
        audited = "audit" in operation.query.lower()
        fast = await self._run(self.passing, asked, principal, audited=audited)
        slow = await self._run(self.completing, asked, principal, audited=audited)
        passed, completed = canonical(fast), canonical(slow)
        self.answer: dict[str, Any] = json.loads(passed)
        self._count(fast)
        alike = passed == completed or (_nulled(self.answer) and _nulled(json.loads(completed)))
        same = alike and fast.sensitive == slow.sensitive and '"INTERNAL"' not in passed + completed
        return None if same else Difference(caller, operation, passed, completed)

    async def _run(self, executor: Executor, asked: Asked, principal: Principal, *, audited: bool) -> Answer:
        """The log of who read what grows by reading; an operation about it finds it as it was. Counts of earlier reads
        are written before, and none beside it: the next are due a minute later at the soonest."""
        if audited:
            await self.runtime.reads.aclose()
            async with self.owner.begin() as connection:
                await connection.execute(delete(AuditEvent).where(AuditEvent.id.not_in(self._known)))
        try:
            return await executor.run(asked, principal)
        except Exception as error:  # noqa: BLE001 - what escapes the executor is a difference like any other
            return Answer([{"message": f"raised {type(error).__name__}: {error}"[:200]}])

    def _count(self, answer: Answer) -> None:
        self.counts["compared"] += 1
        self.counts["passed through"] += answer.text is not None
        self.counts["with errors"] += bool(answer.errors)
        self.counts["masked"] += bool(answer.masked)
        self.counts["refused documents"] += any(
            error.get("extensions", {}).get("code", "").startswith(("DOCUMENT", "GRAPHQL")) for error in answer.errors
        )

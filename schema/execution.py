"""Runs one operation: prepared, charged, then answered by SQL whole or by graphql-core over the planner's answers."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from inspect import isawaitable

import asyncpg
import structlog
from graphql import ExecutionResult, GraphQLError, OperationType, execute

from hub.auth.quota import Level, QuotaExhausted
from hub.core.errors import Denied, Reason, Refused
from hub.core.principal import Principal
from hub.db.faults import BUSY, Busy
from hub.http.metrics import LIMITED
from hub.runtime import Runtime
from hub.workflow.gate import Request
from schema import problems
from schema.answer import Answer, Asked, Charge
from schema.build import HubSchema
from schema.deprecated import DeprecatedUse
from schema.operation import HubContext
from schema.planner.whole import Bound
from schema.preparing import RUN, Prepared, Preparer, Unprepared
from schema.rate_limit import RATE_LIMIT, rate_limit_of
from schema.standing import Standing

log = structlog.get_logger("schema.execution")

BUSY_RETRY_SECONDS = 1

__all__ = ["Answer", "Asked", "Executor", "Prepared", "Unprepared", "busy"]


class Executor:
    """One per process.

    ``run`` answers a request. What streams or works in the background takes its steps apart: ``prepare`` gives the
    checked operation with its cost, ``charge`` takes that from the caller's quota.

    ``pass_through`` lets a query that SQL answers whole go out as PostgreSQL wrote it; without it graphql-core
    completes every answer. Both give the same.
    """

    def __init__(self, schema: HubSchema, runtime: Runtime, *, pass_through: bool = True) -> None:
        self._pass = pass_through
        self.schema = schema
        self.runtime = runtime
        self._deprecated = DeprecatedUse(schema.graphql)
        self._preparer = Preparer(schema, runtime)

    async def run(self, asked: Asked, principal: Principal) -> Answer:
        """The answer; raises for nothing a request may hold. Cancelled, its SQL stops and what it began is undone."""
        try:
            prepared = await self.prepare(asked, principal)
            level = await self.charge(prepared)
        except Unprepared as unprepared:
            return _counted(unprepared.answer)
        return await self._run(prepared, level)

    async def prepare(self, asked: Asked, principal: Principal, *, kinds: Collection[OperationType] = RUN) -> Prepared:
        """The operation a request names, within all limits, valid, its variables coerced, its cost known.

        Raises ``Unprepared`` with the request error to send. Nothing has been charged or read.
        """
        return await self._preparer.prepare(asked, principal, kinds=kinds)

    async def charge(self, prepared: Prepared) -> Level:
        """Take the cost from the caller's quota; what is left of it. Raises ``Unprepared`` (429) when too little is."""
        try:
            return await self.runtime.quota.take(prepared.principal.subject, prepared.cost)
        except QuotaExhausted as exhausted:
            charge = Charge(prepared.cost, 0, exhausted.level)
            errors = problems.of_refusal(exhausted)
            answer = Answer(errors, charge=charge, status=429, retry_after=exhausted.retry_after)
            raise Unprepared(answer) from None
        except Refused as refused:
            raise Unprepared(Answer(problems.of_refusal(refused), charge=Charge(prepared.cost, 0))) from None

    async def _run(self, prepared: Prepared, level: Level) -> Answer:
        now = self.runtime.clock()
        fields = prepared.document.root_fields(prepared.operation)
        rate_limit = rate_limit_of(prepared.cost, level) if RATE_LIMIT in fields else None
        try:
            passed = await self._pass_through(prepared, now, rate_limit) if self._pass and prepared.reads else None
            answer = passed or await self._complete(prepared, now, rate_limit)
        except Busy:
            self.runtime.quota.give_back(prepared.principal.subject, prepared.cost)
            return _counted(replace(busy(), charge=Charge(prepared.cost, 0, level)))
        if answer.executed:
            read = fields if prepared.reads else ()
            await self.runtime.reads.keep(prepared.principal, read, answer.sensitive, at=now)
            used = self._deprecated.of(prepared.document, prepared.operation, prepared.asked.variables)
            self.runtime.usage.keep(prepared.principal.subject, used, at=now)
        answer.charge = Charge(prepared.cost, prepared.cost, level)
        return answer

    async def _pass_through(self, prepared: Prepared, now: datetime, rate_limit: str | None) -> Answer | None:
        """The answer of a query that SQL answers whole; None leaves it, and every refusal, to graphql-core."""
        bound = prepared.bound or self._bound(prepared)
        if bound is None:
            return None
        parameters = bound.parameters({"now": now, "rate_limit": rate_limit})
        try:
            text = await self.runtime.sessions.scoped.fetch(bound.plan.sql, parameters)
        except asyncpg.QueryCanceledError:
            return Answer([problems.formatted(Reason("TIMEOUT"))], executed=True)
        return Answer(executed=True, masked=bound.plan.masked, sensitive=bound.plan.sensitive, text=text)

    def _bound(self, prepared: Prepared) -> Bound | None:
        planner = self.schema.planner.whole
        whole = planner.whole(prepared.document, prepared.operation, prepared.coerced)
        try:
            prepared.bound = planner.bound(whole, prepared.standing, prepared.variables) if whole is not None else None
        except Refused:
            return None
        return prepared.bound

    def standing(self, principal: Principal) -> Standing:
        return self._preparer.standing(principal)

    def context(self, prepared: Prepared, standing: Standing, now: datetime, rate_limit: str | None) -> HubContext:
        """What one execution knows and holds; whoever made it closes it."""
        return HubContext(
            standing=standing,
            sessions=self.runtime.sessions,
            now=now,
            planner=self.schema.planner,
            document=prepared.document,
            services=self.runtime,
            message_digest=prepared.asked.digest,
            rate_limit=rate_limit,
        )

    async def _complete(self, prepared: Prepared, now: datetime, rate_limit: str | None) -> Answer:
        context = self.context(prepared, prepared.standing, now, rate_limit)
        try:
            return await self._execute(prepared, context)
        finally:
            await context.aclose()

    async def _execute(self, prepared: Prepared, context: HubContext) -> Answer:
        result = execute(
            self.schema.graphql,
            context.document.node,
            context_value=context,
            variable_values=dict(prepared.asked.variables or {}),
            operation_name=prepared.asked.operation_name,
            hide_suggestions=True,
        )
        if isawaitable(result):
            result = await result
        assert isinstance(result, ExecutionResult)
        errors = result.errors or []
        if prepared.reads and any(isinstance(error.original_error, BUSY) for error in errors):
            raise Busy
        return await self.answer_of(context, result)

    async def answer_of(self, context: HubContext, result: ExecutionResult) -> Answer:
        """What graphql-core found, as an answer; refused reads go on record."""
        errors = result.errors or []
        await self._audit_denials(context, errors)
        started = result.data is not None or not any(error.path is None for error in errors)
        return Answer(
            problems.of_execution(errors),
            result.data,
            executed=started,
            masked=tuple(sorted(context.masked)),
            sensitive=frozenset(context.sensitive),
        )

    async def _audit_denials(self, context: HubContext, errors: list[GraphQLError]) -> None:
        """Refused reads are audited in a transaction of their own, as refused changes are."""
        for error in errors:
            denied = error.original_error
            if isinstance(denied, Denied):
                name = str(error.path[0]) if error.path else "query"
                await self.runtime.gate.record_refusal(context.principal, Request(name[:40], ""), denied)
                return


def busy() -> Answer:
    """No connection became free in time: nothing was run, and soon the same request may pass."""
    return Answer([problems.formatted(Reason("BUSY"))], status=503, retry_after=BUSY_RETRY_SECONDS)


def _counted(answer: Answer) -> Answer:
    for error in answer.errors:
        LIMITED.labels(error["extensions"]["code"]).inc()
    return answer

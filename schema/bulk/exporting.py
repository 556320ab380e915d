"""Reads one portion of an export: the page of the list as GraphQL would answer it, a line of JSON for every row."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from inspect import isawaitable
from typing import Any

import orjson
from graphql import ExecutionResult, execute
from graphql.execution.values import VariableValues

from hub.auth.quota import QuotaExhausted, TooCostly
from hub.bulk.running import LaterError, Portion
from hub.core.errors import Reason, Refused
from hub.core.principal import Principal
from hub.runtime import Runtime
from schema import problems
from schema.build import HubSchema
from schema.bulk.exports import Export, portion_size, read_export
from schema.caching import Bounded
from schema.operation import HubContext
from schema.standing import Standing

EXPORTS = 100


class Exporter:
    """One per worker process; what is kept holds nothing of a client."""

    def __init__(self, schema: HubSchema, runtime: Runtime) -> None:
        self._schema = schema
        self._runtime = runtime
        self._exports: Bounded[str, Export] = Bounded(EXPORTS)

    async def portion(self, query: str, principal: Principal, after: str | None, at: datetime) -> Portion:
        """Rows behind ``after`` as the principal sees them now; ``at`` is the instant the whole export speaks of.

        Raises ``LaterError`` while the quota does not cover them, ``Refused`` on what the principal may not read.
        """
        export = self._exports.get(query) or self._exports.put(query, read_export(self._schema, query))
        standing = Standing.of(principal, self._runtime.keyring)
        first, pause = await self._paid(export, standing)
        variables = export.variables(self._schema, first, after)
        context = HubContext(
            standing=standing,
            sessions=self._runtime.sessions,
            now=at,
            planner=self._schema.planner,
            document=export.document,
            services=self._runtime,
        )
        try:
            data = await self._in_sql(export, context, variables)
            if data is None:
                data = await self._complete(export, context, export.given(first, after))
        finally:
            await context.aclose()
        return replace(_portion(export, data, context), pause=pause)

    async def _paid(self, export: Export, standing: Standing) -> tuple[int, float]:
        """Rows of the next portion, charged like any operation, and the seconds to wait after it: half of the bucket is
        left to what the client asks meanwhile."""
        maximum = self._runtime.settings.maximum_cost
        while True:
            first, cost = portion_size(self._schema, export, standing, maximum_cost=maximum)
            try:
                level = await self._runtime.quota.take(standing.principal.subject, cost)
            except QuotaExhausted as exhausted:
                raise LaterError(exhausted.retry_after) from None
            except TooCostly as costly:
                # The client's bucket is smaller than an operation may cost: in smaller portions, down to single rows.
                maximum = costly.capacity
            else:
                return first, max(level.capacity / 2 - level.available, 0) / level.restore_rate

    async def _in_sql(self, export: Export, context: HubContext, variables: VariableValues) -> Any:
        planner = self._schema.planner.whole
        whole = planner.whole(export.document, export.operation, variables.coerced)
        bound = planner.bound(whole, context.standing, variables) if whole else None
        if bound is None:
            return None
        context.masked.update(bound.plan.masked)
        context.sensitive.update(bound.plan.sensitive)
        found = await context.sessions.scoped.fetch(bound.plan.sql, bound.parameters(context.moment))
        return orjson.loads(found or "null")

    async def _complete(self, export: Export, context: HubContext, given: dict[str, Any]) -> Any:
        result = execute(
            self._schema.graphql,
            export.document.node,
            context_value=context,
            variable_values=given,
            hide_suggestions=True,
        )
        if isawaitable(result):
            result = await result
        assert isinstance(result, ExecutionResult)
        if result.errors:
            # A row that is not whole would look as if it were: the export fails instead.
            raise Refused(Reason(problems.of_execution(result.errors)[0]["extensions"]["code"]))
        return result.data


def _portion(export: Export, data: Any, context: HubContext) -> Portion:
    page = data[export.root]
    rows = page[export.rows]
    if export.node is not None:
        rows = [row[export.node] for row in rows]
    end = page[export.names.page]
    return Portion(
        lines=b"".join(orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE | orjson.OPT_NON_STR_KEYS) for row in rows),
        rows=len(rows),
        after=end["endCursor"] if end["hasNextPage"] else None,
        masked=frozenset(context.masked),
        sensitive=frozenset(context.sensitive),
    )

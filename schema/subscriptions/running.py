"""Answers of an operation over a connection that lasts: one of a query or mutation, one per event of a subscription."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from inspect import isawaitable
from typing import Any

from graphql import (
    ExecutionResult,
    OperationType,
    create_source_event_stream,
    execute_subscription_event,
)
from graphql import Executor as CoreExecutor

from hub.core.errors import Denied, Refused
from hub.workflow.gate import Request
from schema import problems
from schema.execution import Answer, Asked, Executor, Unprepared
from schema.operation import HubContext
from schema.preparing import RUN
from schema.rate_limit import rate_limit_of
from schema.subscriptions.telling import CONTEXT, Caller, Listening

TOKEN = frozenset({"UNAUTHENTICATED", "TOKEN_EXPIRED", "TOKEN_INVALID"})
"""Refusals that end the whole connection."""
KINDS = (*RUN, OperationType.SUBSCRIPTION)


async def answers(executor: Executor, asked: Asked, caller: Caller) -> AsyncGenerator[Answer]:
    """Raises ``Refused`` with a code of ``TOKEN`` when the token no longer holds; every other refusal is an answer."""
    try:
        prepared = await executor.prepare(asked, await caller(), kinds=KINDS)
        if prepared.operation.operation is OperationType.SUBSCRIPTION:
            level = await executor.charge(prepared)
    except Unprepared as unprepared:
        yield unprepared.answer
        return
    if prepared.operation.operation is not OperationType.SUBSCRIPTION:
        yield await executor.run(asked, await caller())
        return
    listening = Listening(executor, prepared, caller, rate_limit_of(prepared.cost, level))
    made = CoreExecutor.build(
        executor.schema.graphql,
        prepared.document.node,
        context_value=listening,
        raw_variable_values=dict(asked.variables or {}),
        operation_name=asked.operation_name,
        hide_suggestions=True,
    )
    if isinstance(made, list):
        yield Answer(problems.of_execution(made))
        return
    source: Any = create_source_event_stream(made)
    if isawaitable(source):
        source = await source
    if isinstance(source, ExecutionResult):
        yield Answer(problems.of_execution(source.errors or []))
        return
    fields = prepared.document.root_fields(prepared.operation)
    try:
        async for told in source:
            await executor.charge(prepared)
            yield await _completed(made, told, executor, fields)
    except Unprepared as unprepared:
        yield unprepared.answer
    except Refused as refused:
        if refused.code in TOKEN:
            raise
        if isinstance(refused, Denied):
            await executor.runtime.gate.record_refusal(await caller(), Request(fields[0][:40], ""), refused)
        yield Answer(problems.of_refusal(refused))
    finally:
        await source.aclose()


async def _completed(made: Any, told: Any, executor: Executor, fields: tuple[str, ...]) -> Answer:
    context: HubContext = told[CONTEXT]
    once = made.build_per_event_executor(told)
    once.context_value = context
    result = execute_subscription_event(once)
    if isawaitable(result):
        result = await result
    assert isinstance(result, ExecutionResult)
    answer = await executor.answer_of(context, result)
    await context.aclose()
    await executor.runtime.reads.keep(context.principal, fields, answer.sensitive, at=context.now)
    return answer

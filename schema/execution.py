"""Runs one operation: parse, limits, validation, then graphql-core over the planner's answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from inspect import isawaitable
from typing import Any

import orjson
import structlog
from graphql import (
    ExecutionResult,
    GraphQLError,
    GraphQLSyntaxError,
    OperationDefinitionNode,
    OperationType,
    execute,
    parse,
    validate,
)
from graphql.execution.values import VariableValues, get_variable_values

from hub.audit.reads import Sensitive
from hub.core.errors import Denied, Reason, Refused, refuse_if
from hub.core.principal import Principal
from hub.runtime import Runtime
from hub.workflow.gate import Request
from schema import problems
from schema.build import HubSchema
from schema.caching import Bounded
from schema.documents import Document
from schema.limits import TOKENS, check_document
from schema.operation import HubContext
from schema.standing import Standing

log = structlog.get_logger("schema.execution")

DOCUMENTS = 1_000
STANDINGS = 2_000
LONGEST_KEPT = 20_000
MAXIMUM_ERRORS = 20
Errors = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Asked:
    """A GraphQL request as read from its body; ``digest`` is the hexadecimal SHA-256 of the bytes."""

    query: str
    variables: Mapping[str, Any] | None = None
    operation_name: str | None = None
    digest: str | None = None


def read_asked(given: Mapping[str, Any], digest: str) -> Asked:
    """A request from its JSON object. Raises ``Refused`` (REQUEST_INVALID) on a member of the wrong type."""
    query, variables = given.get("query"), given.get("variables")
    name, extensions = given.get("operationName"), given.get("extensions")
    checks = {
        "query": isinstance(query, str) and bool(query.strip()),
        "variables": variables is None or isinstance(variables, dict),
        "operationName": name is None or isinstance(name, str),
        "extensions": extensions is None or isinstance(extensions, dict),
    }
    refuse_if(Reason("REQUEST_INVALID", (member,), {"name": member}) for member, sound in checks.items() if not sound)
    return Asked(str(query), variables, name or None, digest)


@dataclass(frozen=True, slots=True)
class Answer:
    """``data`` is absent when the operation never ran: a request error."""

    errors: Errors = field(default_factory=list)
    data: Any = None
    executed: bool = False
    masked: tuple[str, ...] = ()
    sensitive: frozenset[Sensitive] = frozenset()
    text: str | None = None

    def content(self) -> bytes:
        """The response body; what PostgreSQL wrote goes out unread."""
        if self.text is None:
            return orjson.dumps(self.body(), option=orjson.OPT_NON_STR_KEYS)
        more = f',"extensions":{{"masked":{orjson.dumps(list(self.masked)).decode()}}}' if self.masked else ""
        return f'{{"data":{self.text}{more}}}'.encode()

    def body(self) -> dict[str, Any]:
        found: dict[str, Any] = {}
        if self.errors:
            found["errors"] = self.errors
        if self.executed:
            found["data"] = self.data
        if self.masked:
            found["extensions"] = {"masked": list(self.masked)}
        return found


class Executor:
    """One per process. Valid documents are kept by their text; nothing of a caller is.

    ``pass_through`` lets a query that SQL answers whole go out as PostgreSQL wrote it; without it graphql-core
    completes every answer. Both give the same.
    """

    def __init__(self, schema: HubSchema, runtime: Runtime, *, pass_through: bool = True) -> None:
        self._pass = pass_through
        self._schema = self.schema = schema
        self._runtime = self.runtime = runtime
        self._documents: Bounded[str, Document] = Bounded(DOCUMENTS)
        self._standings: Bounded[Principal, Standing] = Bounded(STANDINGS)

    async def run(self, asked: Asked, principal: Principal) -> Answer:
        """The answer; never raises for what a request may hold."""
        opened = self.opened(asked)
        if isinstance(opened, Answer):
            return opened
        document, operation = opened
        standing = self.standing(principal)
        now = self._runtime.clock()
        passed = await self._pass_through(asked, standing, document, operation, now) if self._pass else None
        answer = passed or await self._complete(asked, standing, document, now)
        if answer.executed:
            fields = document.root_fields(operation) if operation.operation is OperationType.QUERY else ()
            await self._runtime.reads.keep(principal, fields, answer.sensitive, at=now)
        return answer

    def opened(self, asked: Asked, *, streaming: bool = False) -> tuple[Document, OperationDefinitionNode] | Answer:
        """The valid document with the operation that is asked for, or the answer that refuses it."""
        try:
            document = self._document(asked.query)
            return document, document.operation(asked.operation_name, streaming=streaming)
        except Refused as refused:
            return Answer(problems.of_refusal(refused))
        except GraphQLSyntaxError as error:
            return Answer(problems.of_document([error], problems.SYNTAX))
        except _Invalid as invalid:
            return Answer(problems.of_document(invalid.errors, problems.VALIDATION))

    def standing(self, principal: Principal) -> Standing:
        known = self._standings.get(principal)
        return known or self._standings.put(principal, Standing.of(principal, self._runtime.keyring))

    def context(self, standing: Standing, document: Document, now: datetime, digest: str | None = None) -> HubContext:
        """What one execution knows and holds; whoever made it closes it."""
        return HubContext(
            standing=standing,
            sessions=self._runtime.sessions,
            now=now,
            planner=self._schema.planner,
            document=document,
            services=self._runtime,
            message_digest=digest,
        )

    async def _pass_through(
        self, asked: Asked, standing: Standing, document: Document, operation: OperationDefinitionNode, now: datetime
    ) -> Answer | None:
        """The answer of a query that SQL answers whole; None leaves it, and every refusal, to graphql-core."""
        if operation.operation is not OperationType.QUERY:
            return None
        variables: VariableValues | None = None
        if operation.variable_definitions:
            given = dict(asked.variables or {})
            coerced = get_variable_values(self._schema.graphql, operation.variable_definitions, given)
            if isinstance(coerced, list):
                return None
            variables = coerced
        planner = self._schema.planner.whole
        whole = planner.whole(document, operation, variables.coerced if variables else {})
        if whole is None:
            return None
        try:
            statement = planner.statement(whole, standing, variables, now)
        except Refused:
            return None
        if statement is None:
            return None
        text = await self._runtime.sessions.scoped.fetch(statement.sql, statement.parameters)
        return Answer(executed=True, masked=statement.masked, sensitive=statement.sensitive, text=text)

    def _document(self, text: str) -> Document:
        known = self._documents.get(text)
        if known is not None:
            return known
        try:
            node = parse(text, max_lexical_tokens=TOKENS, max_tokens=TOKENS, allow_empty_selection_sets=False)
            check_document(node)
            errors = validate(self._schema.graphql, node, max_errors=MAXIMUM_ERRORS, hide_suggestions=True)
        except RecursionError:
            raise Refused(Reason("DOCUMENT_TOO_DEEP", (), {"limit": 0})) from None
        if errors:
            raise _Invalid(errors)
        document = Document.of(text, node)
        return self._documents.put(text, document) if len(text) <= LONGEST_KEPT else document

    async def _complete(self, asked: Asked, standing: Standing, document: Document, now: datetime) -> Answer:
        context = self.context(standing, document, now, asked.digest)
        try:
            return await self._execute(asked, context)
        finally:
            await context.aclose()

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

    async def _execute(self, asked: Asked, context: HubContext) -> Answer:
        result = execute(
            self._schema.graphql,
            context.document.node,
            context_value=context,
            variable_values=dict(asked.variables or {}),
            operation_name=asked.operation_name,
            hide_suggestions=True,
        )
        if isawaitable(result):
            result = await result
        assert isinstance(result, ExecutionResult)
        return await self.answer_of(context, result)

    async def _audit_denials(self, context: HubContext, errors: list[GraphQLError]) -> None:
        """Refused reads are audited in a transaction of their own, as refused changes are."""
        for error in errors:
            denied = error.original_error
            if isinstance(denied, Denied):
                name = str(error.path[0]) if error.path else "query"
                await self._runtime.gate.record_refusal(context.principal, Request(name[:40], ""), denied)
                return


class _Invalid(Exception):
    def __init__(self, errors: list[GraphQLError]) -> None:
        super().__init__("invalid document")
        self.errors = errors

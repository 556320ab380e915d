"""Runs root fields: finds or makes the plan, binds the values, fetches the JSON."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from uuid import UUID

import orjson
from graphql import (
    FragmentDefinitionNode,
    GraphQLObjectType,
    GraphQLResolveInfo,
    GraphQLSchema,
    OperationDefinitionNode,
)
from graphql.execution.values import VariableValues
from sqlalchemy import Uuid, bindparam
from sqlalchemy.types import TypeEngine

from schema.binding.ambient import AMBIENT
from schema.binding.declare import Declaration
from schema.binding.fields import Answered, Binding
from schema.caching import Bounded
from schema.planner.arguments import Given, Reader, Values
from schema.planner.compiler import Compiler
from schema.planner.plan import Plan, compile_plan
from schema.planner.questions import Asking, Bindings, Question
from schema.planner.selection import TYPENAME, Collector, Selected

if TYPE_CHECKING:
    from schema.operation import HubContext

QUESTIONS = 2_000
PLANS = 2_000
NODE_KEY = "node_key"
Info = GraphQLResolveInfo[Any]
Place = tuple[Any, ...]
Roots = tuple[tuple[str, Question | None], ...]
"""Root fields by response key; None stands for ``__typename``."""
Asked = tuple[Place, Roots | None]
"""Where an operation stands in the caches, and its root fields; None when something in it needs Python."""


class Planner:
    """One per schema and process. Questions and plans are kept, bounded; they hold no caller's data."""

    def __init__(
        self,
        schema: GraphQLSchema,
        objects: Mapping[str, Declaration],
        bindings: Mapping[tuple[str, str], Binding],
    ) -> None:
        self._schema = schema
        self.bindings = Bindings(objects, bindings)
        self._questions: Bounded[tuple[Any, ...], Question] = Bounded(QUESTIONS)
        self._operations: Bounded[Place, Asked] = Bounded(QUESTIONS)
        self._plans: Bounded[tuple[Any, ...], Plan] = Bounded(PLANS)

    async def root(self, context: HubContext, info: Info) -> Any:
        """The value of a root field. Raises ``Refused`` on what the caller may not ask or asked wrongly."""
        place, question = self._question(context, info)
        values = self._read(context, question, info)
        key = (place, context.permission, values.key)
        plan = self._plans.get(key)
        if plan is None:
            plan = self._plans.put(key, self._plan(context, question, values))
        return await self._fetch(context, plan, values)

    async def node(self, context: HubContext, info: Info, type_name: str, node_key: UUID) -> Any:
        """One node as the selection of ``info``'s field asks for it; None when not visible."""
        declaration = self.bindings.objects[type_name]
        place, question = self._question(context, info)
        values = self._read(context, question, info)
        values.binds[NODE_KEY] = node_key
        key = (place, context.permission, values.key)
        plan = self._plans.get(key)
        if plan is None:
            compiler = Compiler(self.bindings, context.permission, values.shapes)
            statement = compiler.node_statement(question.root, declaration, bindparam(NODE_KEY, None, type_=Uuid()))
            plan = self._plans.put(key, _compiled(statement, compiler, question, values))
        return await self._fetch(context, plan, values)

    def _question(self, context: HubContext, info: Info) -> tuple[tuple[Any, ...], Question]:
        variables = info.variable_values.coerced
        path = tuple(part for part in info.path.as_list() if isinstance(part, str))
        name = info.operation.name.value if info.operation.name else None
        directives = tuple(variables.get(each) for each in context.document.directive_variables)
        place = (context.document.key, name, path, directives)
        question = self._questions.get(place)
        if question is None:
            question = self._questions.put(place, self._collect(info, path[-1], variables))
        return place, question

    def _collect(self, info: Info, key: str, variables: Mapping[str, Any]) -> Question:
        parent = info.parent_type
        assert isinstance(parent, GraphQLObjectType)
        collector = Collector(self._schema, info.fragments, variables)
        root = collector.field(parent, key, list(info.field_nodes))
        return self.bindings.question(root, self.bindings.of(root))

    def _read(self, context: HubContext, question: Question, info: Info) -> Values:
        reader = Reader(self._target, context.cursor_key, self._key_types)
        return reader.read(question, info.variable_values)

    def _plan(self, context: HubContext, question: Question, values: Values) -> Plan:
        compiler = Compiler(self.bindings, context.permission, values.shapes)
        return _compiled(compiler.statement(question), compiler, question, values)

    def questions(self, context: HubContext, operation: OperationDefinitionNode, coerced: Mapping[str, Any]) -> Asked:
        """Every root field of a query as a question, or None when something in it needs Python."""
        name = operation.name.value if operation.name else None
        directives = tuple(coerced.get(each) for each in context.document.directive_variables)
        place = (context.document.key, name, (), directives)
        known = self._operations.get(place)
        if known is None:
            known = self._operations.put(place, (place, self._ask(context, operation, coerced)))
        return known

    def _ask(self, context: HubContext, operation: OperationDefinitionNode, coerced: Mapping[str, Any]) -> Roots | None:
        parent = self._schema.query_type
        assert parent is not None
        fragments = {
            each.name.value: each
            for each in context.document.node.definitions
            if isinstance(each, FragmentDefinitionNode)
        }
        roots = Collector(self._schema, fragments, coerced).roots(parent, operation)
        found: list[tuple[str, Question | None]] = []
        for key, nodes in roots.items():
            if nodes[0].name.value == TYPENAME:
                found.append((key, None))
                continue
            root = Collector(self._schema, fragments, coerced).field(parent, key, nodes)
            binding = self.bindings.of(root)
            if binding is None or isinstance(binding, Answered):
                return None
            question = self.bindings.question(root, binding)
            if not question.in_sql:
                return None
            found.append((key, question))
        return tuple(found)

    async def final(
        self, context: HubContext, place: Place, question: Question | None, variables: VariableValues
    ) -> str:
        """The value of a root field as the JSON text that goes out. Raises ``Refused`` as ``root`` does."""
        if question is None:
            return '"Query"'
        values = Reader(self._target, context.cursor_key, self._key_types).read(question, variables)
        key = (place, question.root.key, context.permission, values.key)
        plan = self._plans.get(key)
        if plan is None:
            compiler = Compiler(self.bindings, context.permission, values.shapes, final=True)
            plan = self._plans.put(key, _compiled(compiler.statement(question), compiler, question, values))
        answer = await self._text(context, plan, values)
        return "null" if answer is None else str(answer)

    async def _fetch(self, context: HubContext, plan: Plan, values: Values) -> Any:
        answer = await self._text(context, plan, values)
        return None if answer is None else orjson.loads(answer)

    async def _text(self, context: HubContext, plan: Plan, values: Values) -> Any:
        context.masked.update(plan.masked)
        parameters = plan.bind({**context.ambient, **values.binds})
        async with context.reading() as session:
            connection = await session.connection()
            return (await connection.exec_driver_sql(plan.sql, parameters)).scalar()

    def _target(self, asking: Asking) -> Declaration:
        return self.bindings.declaration(asking.selected)

    def _key_types(self, asking: Asking, given: Given) -> Mapping[str, TypeEngine[Any]]:
        rows = getattr(asking.binding, "rows", None)
        if rows is not None:
            return {column.key: column.type for column in rows(AMBIENT, dict(given)).selected_columns}
        table = self._target(asking).table
        return {} if table is None else {column.key: column.type for column in table.c}


def _compiled(statement: Any, compiler: Compiler, question: Question, values: Values) -> Plan:
    return compile_plan(
        statement, frozenset(values.binds), in_sql=question.in_sql, masked=tuple(dict.fromkeys(compiler.masked))
    )


__all__ = ["Planner", "Selected"]

"""Runs root fields one by one for graphql-core: finds or makes the plan, binds the values, fetches the JSON."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from uuid import UUID

import orjson
from graphql import GraphQLObjectType, GraphQLResolveInfo, GraphQLSchema
from sqlalchemy import Uuid, bindparam

from schema.binding.declare import Declaration
from schema.binding.fields import Binding
from schema.caching import Bounded
from schema.planner.arguments import Reader, Values
from schema.planner.compiler import Compiler
from schema.planner.plan import Plan, compile_plan
from schema.planner.questions import Bindings, Question
from schema.planner.selection import Collector
from schema.planner.whole import WholePlanner

if TYPE_CHECKING:
    from schema.operation import HubContext

QUESTIONS = 2_000
PLANS = 2_000
NODE_KEY = "node_key"
Info = GraphQLResolveInfo[Any]


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
        self._reader = Reader(self.bindings)
        self.whole = WholePlanner(schema, self.bindings)
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
            plan = self._plans.put(key, _compiled(statement, compiler, values))
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
        return self._reader.read((question,), info.variable_values, context.standing.cursor_key)

    def _plan(self, context: HubContext, question: Question, values: Values) -> Plan:
        compiler = Compiler(self.bindings, context.permission, values.shapes)
        return _compiled(compiler.statement(question), compiler, values)

    async def _fetch(self, context: HubContext, plan: Plan, values: Values) -> Any:
        context.masked.update(plan.masked)
        context.sensitive.update(plan.sensitive)
        parameters = plan.bind({**context.standing.ambient, **values.binds, **context.moment})
        async with context.reading() as session:
            connection = await session.connection()
            answer = (await connection.exec_driver_sql(plan.sql, parameters)).scalar()
        return None if answer is None else orjson.loads(answer)


def _compiled(statement: Any, compiler: Compiler, values: Values) -> Plan:
    return compile_plan(
        statement,
        frozenset(values.binds),
        masked=tuple(dict.fromkeys(compiler.masked)),
        sensitive=frozenset(compiler.sensitive),
    )

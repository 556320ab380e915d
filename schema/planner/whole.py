"""Operations that SQL answers whole: one statement, whose text is the value of ``data``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graphql import GraphQLError, GraphQLSchema, OperationDefinitionNode
from graphql.execution.values import VariableValues
from sqlalchemy import ColumnElement

from hub.core.errors import Denied
from hub.db.scoped import under_scope
from schema.binding.ambient import MOMENTARY_NAMES
from schema.binding.fields import Answered
from schema.caching import Bounded
from schema.documents import Document
from schema.planner.arguments import Reader
from schema.planner.compiler import Compiler
from schema.planner.plan import Plan, compile_plan
from schema.planner.questions import Bindings, Question
from schema.planner.selection import TYPENAME, Collector
from schema.planner.sql import JsonObject, text_literal
from schema.standing import Standing

OPERATIONS = 2_000
PLANS = 2_000
Place = tuple[Any, ...]
_LATER = dict.fromkeys(MOMENTARY_NAMES)
Roots = tuple[tuple[str, Question | None], ...]
"""Root fields by response key; None stands for ``__typename``."""


@dataclass(frozen=True, slots=True)
class Whole:
    """A query every field of which is bound to SQL; ``place`` is where it stands in the plan cache."""

    place: Place
    roots: Roots
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Bound:
    """A plan and its values for one caller, but for those of the moment it runs in."""

    plan: Plan
    values: tuple[Any, ...]

    def parameters(self, moment: Mapping[str, Any]) -> Sequence[Any]:
        found = list(self.values)
        for place, name in self.plan.momentary:
            found[place] = moment[name]
        return found


class WholePlanner:
    """One per schema and process. What is kept is bounded and holds no caller's data."""

    def __init__(self, schema: GraphQLSchema, bindings: Bindings) -> None:
        self._schema = schema
        self._bindings = bindings
        self._reader = Reader(bindings)
        self._operations: Bounded[Place, Whole | None] = Bounded(OPERATIONS)
        self._plans: Bounded[Place, Plan | None] = Bounded(PLANS)

    def whole(self, document: Document, operation: OperationDefinitionNode, coerced: Mapping[str, Any]) -> Whole | None:
        """The operation as questions to SQL; None when something in it needs Python, or a directive asks for null."""
        name = operation.name.value if operation.name else None
        if any(each in coerced and coerced[each] is None for each in document.directive_variables):
            return None
        place = (document.key, name, *(coerced.get(each) for each in document.directive_variables))
        if place in self._operations:
            return self._operations.get(place)
        return self._operations.put(place, self._collect(place, document, operation, coerced))

    def _collect(
        self, place: Place, document: Document, operation: OperationDefinitionNode, coerced: Mapping[str, Any]
    ) -> Whole | None:
        parent = self._schema.query_type
        assert parent is not None
        collector = Collector(self._schema, document.fragments, coerced)
        roots: list[tuple[str, Question | None]] = []
        for key, nodes in collector.roots(parent, operation).items():
            if nodes[0].name.value == TYPENAME:
                roots.append((key, None))
                continue
            root = collector.field(parent, key, nodes)
            binding = self._bindings.of(root)
            if binding is None or isinstance(binding, Answered):
                return None
            question = self._bindings.question(root, binding)
            if not question.in_sql:
                return None
            roots.append((key, question))
        return Whole(place, tuple(roots), tuple(question for _, question in roots if question is not None))

    def bound(self, whole: Whole, standing: Standing, variables: VariableValues | None) -> Bound | None:
        """The statement for this caller and these values, ready to run: the text PostgreSQL writes is the answer. None
        when the caller may not ask a part of it, or when a variable does not fit where it stands: graphql-core says
        what is wrong.

        Raises ``Refused`` as ``Reader.read`` does.
        """
        try:
            values = self._reader.read(whole.questions, variables, standing.cursor_key)
        except GraphQLError:
            return None
        key = (whole.place, standing.permission, values.key)
        plan = self._plans.get(key) if key in self._plans else self._plans.put(key, self._plan(whole, standing, values))
        if plan is None:
            return None
        return Bound(plan, plan.bind({**standing.ambient, **values.binds, **_LATER}))

    def _plan(self, whole: Whole, standing: Standing, values: Any) -> Plan | None:
        compiler = Compiler(self._bindings, standing.permission, values.shapes, final=True)
        members: list[tuple[str, ColumnElement[Any]]] = []
        try:
            for key, question in whole.roots:
                members.append((key, text_literal("Query") if question is None else compiler.value(question)))
        except Denied:
            return None
        return compile_plan(
            under_scope(JsonObject(members)),
            frozenset(values.binds),
            masked=tuple(sorted(set(compiler.masked))),
            sensitive=frozenset(compiler.sensitive),
        )

"""What an operation costs: weights declared beside the fields, summed over aliases, fragments and root fields, and
multiplied by page sizes along a path.

One linear pass: a fragment is weighed once, however often it is spread. A field written twice is charged twice.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from graphql import (
    FieldNode,
    FragmentSpreadNode,
    GraphQLCompositeType,
    GraphQLField,
    GraphQLSchema,
    InlineFragmentNode,
    IntValueNode,
    ListValueNode,
    OperationDefinitionNode,
    OperationType,
    SelectionNode,
    SelectionSetNode,
    VariableNode,
    get_named_type,
    get_nullable_type,
    is_composite_type,
    is_list_type,
)

from schema.binding.fields import (
    Answered,
    AnyNode,
    Binding,
    Caller,
    Children,
    InPython,
    JsonNode,
    NodeLookup,
    One,
    Paged,
    ToEach,
    ToOne,
)
from schema.binding.realise import MAXIMUM_PAGE, PAGE_TYPES
from schema.caching import Bounded
from schema.documents import SIZES, Document
from schema.planner.questions import Bindings
from schema.planner.selection import included

WEIGHTS: Mapping[type[Binding], int] = {
    ToOne: 1,
    ToEach: 1,
    Children: 1,
    Paged: 1,
    One: 1,
    NodeLookup: 1,
    AnyNode: 1,
    JsonNode: 1,
    Caller: 1,
    InPython: 2,
    Answered: 5,
}
"""Weights of the kinds of fields; a column or a value of the same row weighs nothing."""
OBJECT, TOTAL, MUTATION, INTROSPECTION = 1, 5, 10, 100
LIST_SIZE = 5
"""Assumed length of a list without pages, which is short by nature."""
ROWS = frozenset({"nodes", "edges"})
KEPT = 4_000


@dataclass(frozen=True, slots=True)
class Amount:
    """``each`` is charged per row of the page around it."""

    fixed: int = 0
    each: int = 0

    def __add__(self, other: Amount) -> Amount:
        return Amount(self.fixed + other.fixed, self.each + other.each)


class Costs:
    """One per schema and process. What is kept holds no caller's data but page sizes."""

    def __init__(self, schema: GraphQLSchema, bindings: Bindings) -> None:
        self._schema = schema
        self._bindings = bindings
        self._known: Bounded[tuple[Any, ...], int] = Bounded(KEPT)

    def of(self, document: Document, operation: OperationDefinitionNode, coerced: Mapping[str, Any]) -> int:
        """Cost of a valid operation with these values, at least 1."""
        sizes = tuple(_size(coerced.get(name)) for name in document.size_variables)
        decided = tuple(coerced.get(name) for name in document.directive_variables)
        place = (document.key, operation.name.value if operation.name else None, sizes, decided)
        known = self._known.get(place)
        if known is None:
            weigher = _Weigher(self._schema, self._bindings, document, coerced)
            known = self._known.put(place, weigher.operation(operation))
        return known


class _Weigher:
    def __init__(
        self, schema: GraphQLSchema, bindings: Bindings, document: Document, coerced: Mapping[str, Any]
    ) -> None:
        self._schema = schema
        self._bindings = bindings
        self._document = document
        self._coerced = coerced
        self._fragments: dict[str, Amount] = {}

    def operation(self, operation: OperationDefinitionNode) -> int:
        root = self._schema.get_root_type(operation.operation)
        assert root is not None
        found = self._of(operation.selection_set, root).fixed
        if operation.operation is OperationType.MUTATION:
            found += MUTATION * len(operation.selection_set.selections)
        return max(found, 1)

    def _of(self, selections: SelectionSetNode | None, parent: GraphQLCompositeType) -> Amount:
        total = Amount()
        for each in selections.selections if selections else ():
            if included(each, self._coerced):
                total += self._selection(each, parent)
        return total

    def _selection(self, selection: SelectionNode, parent: GraphQLCompositeType) -> Amount:
        match selection:
            case FieldNode():
                return self._field(selection, parent)
            case InlineFragmentNode():
                condition = selection.type_condition
                within = self._composite(condition.name.value) if condition else parent
                return self._of(selection.selection_set, within)
            case FragmentSpreadNode():
                return self._fragment(selection.name.value)
        return Amount()

    def _fragment(self, name: str) -> Amount:
        if name not in self._fragments:
            definition = self._document.fragments[name]
            within = self._composite(definition.type_condition.name.value)
            self._fragments[name] = self._of(definition.selection_set, within)
        return self._fragments[name]

    def _composite(self, name: str) -> GraphQLCompositeType:
        named = self._schema.get_type(name)
        assert is_composite_type(named)
        return named

    def _field(self, node: FieldNode, parent: GraphQLCompositeType) -> Amount:
        name = node.name.value
        if name.startswith("__"):
            return Amount(INTROSPECTION if node.selection_set else 0)
        definition = self._schema.get_field(parent, name)
        assert definition is not None
        named = get_named_type(definition.type)
        inner = self._of(node.selection_set, named) if is_composite_type(named) else Amount()
        if parent.name in PAGE_TYPES:
            if name in ROWS:
                return Amount(each=OBJECT + inner.fixed)
            return Amount(TOTAL if name == "totalCount" else inner.fixed)
        binding = self._bindings.named(parent.name, name)
        weight = _weight(binding, composite=is_composite_type(named))
        if isinstance(binding, Paged):
            return Amount(weight + inner.fixed + self._given("first", node, definition, MAXIMUM_PAGE) * inner.each)
        rows = 1
        if isinstance(binding, NodeLookup) and binding.many:
            rows = self._given("ids", node, definition, LIST_SIZE)
        elif is_list_type(get_nullable_type(definition.type)) and node.selection_set:
            rows = LIST_SIZE
        return Amount(rows * (weight + inner.fixed))

    def _given(self, name: str, node: FieldNode, definition: GraphQLField, otherwise: int) -> int:
        """Rows an argument asks for; what is out of range is refused later, and counts at most as a full page."""
        assert name in SIZES
        value = next((each.value for each in node.arguments or () if each.name.value == name), None)
        match value:
            case IntValueNode():
                return min(int(value.value), MAXIMUM_PAGE)
            case ListValueNode():
                return min(len(value.values), MAXIMUM_PAGE)
            case VariableNode() if self._coerced.get(value.name.value) is not None:
                return _size(self._coerced[value.name.value])
        default = definition.args[name].default_value
        return default if isinstance(default, int) else otherwise


def _size(value: object) -> int:
    if isinstance(value, list):
        return min(len(value), MAXIMUM_PAGE)
    return max(min(value, MAXIMUM_PAGE), 0) if isinstance(value, int) else -1


def _weight(binding: Binding | None, *, composite: bool) -> int:
    if binding is None:
        return OBJECT if composite else 0
    return WEIGHTS.get(type(binding), 0) if binding.cost is None else binding.cost

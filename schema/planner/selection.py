"""What an operation asks of one root field: fields merged over fragments, as the specification collects them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLField,
    GraphQLObjectType,
    GraphQLSchema,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionNode,
    SelectionSetNode,
    VariableNode,
    get_named_type,
    is_abstract_type,
    is_object_type,
)
from graphql.language import BooleanValueNode, DirectiveNode

TYPENAME = "__typename"


@dataclass(slots=True)
class Selected:
    """One response key of an object.

    ``variants`` holds the sub-selection by runtime type: one entry for an object type, one per possible type for an
    interface, none for a leaf. ``index`` numbers the fields of a root field in the order they are met.
    """

    key: str
    name: str
    parent: str
    type_name: str
    definition: GraphQLField | None
    nodes: list[FieldNode]
    index: int
    variants: dict[str, tuple[Selected, ...]]

    @property
    def children(self) -> tuple[Selected, ...]:
        return next(iter(self.variants.values()), ())

    def walk(self) -> Iterator[Selected]:
        yield self
        for children in self.variants.values():
            for child in children:
                yield from child.walk()


class Collector:
    """Collects the selection below a field for one set of directive variables."""

    def __init__(
        self,
        schema: GraphQLSchema,
        fragments: Mapping[str, FragmentDefinitionNode],
        variables: Mapping[str, object],
    ) -> None:
        self._schema = schema
        self._fragments = fragments
        self._variables = variables
        self._count = 0

    def roots(self, parent: GraphQLObjectType, operation: OperationDefinitionNode) -> dict[str, list[FieldNode]]:
        """Nodes of every root field by response key, in order."""
        grouped: dict[str, list[FieldNode]] = {}
        self._collect(parent, operation.selection_set, grouped, set())
        return grouped

    def field(self, parent: GraphQLObjectType, key: str, nodes: list[FieldNode]) -> Selected:
        name = nodes[0].name.value
        definition = parent.fields.get(name)
        index = self._count
        self._count += 1
        if definition is None:
            return Selected(key, name, parent.name, "String", None, nodes, index, {})
        named = get_named_type(definition.type)
        variants: dict[str, tuple[Selected, ...]] = {}
        if is_object_type(named):
            variants[named.name] = self._object(named, nodes)
        elif is_abstract_type(named):
            for possible in self._schema.get_possible_types(named):
                variants[possible.name] = self._object(possible, nodes)
        return Selected(key, name, parent.name, named.name, definition, nodes, index, variants)

    def _object(self, runtime: GraphQLObjectType, nodes: Sequence[FieldNode]) -> tuple[Selected, ...]:
        grouped: dict[str, list[FieldNode]] = {}
        visited: set[str] = set()
        for node in nodes:
            if node.selection_set:
                self._collect(runtime, node.selection_set, grouped, visited)
        return tuple(self.field(runtime, key, found) for key, found in grouped.items())

    def _collect(
        self,
        runtime: GraphQLObjectType,
        selections: SelectionSetNode,
        grouped: dict[str, list[FieldNode]],
        visited: set[str],
    ) -> None:
        for selection in selections.selections:
            if not included(selection, self._variables):
                continue
            match selection:
                case FieldNode():
                    key = selection.alias.value if selection.alias else selection.name.value
                    grouped.setdefault(key, []).append(selection)
                case InlineFragmentNode():
                    condition = selection.type_condition
                    if condition is None or self._applies(condition.name.value, runtime):
                        self._collect(runtime, selection.selection_set, grouped, visited)
                case FragmentSpreadNode() if selection.name.value not in visited:
                    fragment = self._fragments[selection.name.value]
                    if self._applies(fragment.type_condition.name.value, runtime):
                        visited.add(selection.name.value)
                        self._collect(runtime, fragment.selection_set, grouped, visited)

    def _applies(self, condition: str, runtime: GraphQLObjectType) -> bool:
        if condition == runtime.name:
            return True
        named = self._schema.get_type(condition)
        return named is not None and is_abstract_type(named) and self._schema.is_sub_type(named, runtime)


def included(selection: SelectionNode, variables: Mapping[str, object]) -> bool:
    """Whether ``@skip`` and ``@include`` leave a selection in."""
    for directive in selection.directives or ():
        if directive.name.value == "skip" and _condition(directive, variables):
            return False
        if directive.name.value == "include" and not _condition(directive, variables):
            return False
    return True


def _condition(directive: DirectiveNode, variables: Mapping[str, object]) -> bool:
    (argument,) = directive.arguments or ()
    value = argument.value
    if isinstance(value, VariableNode):
        return bool(variables.get(value.name.value))
    return isinstance(value, BooleanValueNode) and value.value

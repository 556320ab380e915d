"""A root field's selection joined with its declarations: what is asked, and which fields take arguments."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from graphql import VariableNode, get_argument_values
from graphql.language import ListValueNode, ObjectValueNode, ValueNode

from schema.binding.declare import Declaration
from schema.binding.fields import Binding, Children, InPython, NodeLookup, One, Paged
from schema.planner.selection import Selected

TakesArguments = Paged | One | Children | NodeLookup
CONNECTION = "Connection"


@dataclass(frozen=True, slots=True)
class Asking:
    """A field with arguments. ``constant`` holds the coerced values when no variable takes part."""

    selected: Selected
    binding: TakesArguments
    constant: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class Question:
    """``in_sql``: every selected field is answered by SQL, so that the JSON is the whole answer."""

    root: Selected
    binding: Binding | None
    asking: tuple[Asking, ...]
    in_sql: bool


class Bindings:
    """Finds bindings and declarations by the names of the GraphQL schema."""

    def __init__(self, objects: Mapping[str, Declaration], bindings: Mapping[tuple[str, str], Binding]) -> None:
        self.objects = objects
        self._bindings = bindings

    def of(self, selected: Selected) -> Binding | None:
        return self.named(selected.parent, selected.name)

    def named(self, parent: str, name: str) -> Binding | None:
        return self._bindings.get((parent, name))

    def declaration(self, selected: Selected) -> Declaration:
        """The type whose rows a field gives: the node type of a connection, else its own."""
        return self.objects.get(selected.type_name) or self.objects[selected.type_name.removesuffix(CONNECTION)]

    def question(self, root: Selected, binding: Binding | None) -> Question:
        asking: list[Asking] = []
        in_sql = self._visit(root, binding, asking)
        return Question(root, binding, tuple(asking), in_sql)

    def _visit(self, selected: Selected, binding: Binding | None, asking: list[Asking]) -> bool:
        if isinstance(binding, InPython):
            return False
        if isinstance(binding, TakesArguments):
            asking.append(Asking(selected, binding, _constant(selected)))
        answered = [
            self._visit(child, self.of(child), asking) for children in selected.variants.values() for child in children
        ]
        return all(answered)


def _constant(selected: Selected) -> Mapping[str, Any] | None:
    node = selected.nodes[0]
    if selected.definition is None or any(_varies(argument.value) for argument in node.arguments or ()):
        return None
    return get_argument_values(selected.definition, node)


def _varies(value: ValueNode) -> bool:
    match value:
        case VariableNode():
            return True
        case ListValueNode():
            return any(_varies(each) for each in value.values)
        case ObjectValueNode():
            return any(_varies(field.value) for field in value.fields)
    return False

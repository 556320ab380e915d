"""Parsed and validated requests, kept by their text."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    OperationDefinitionNode,
    OperationType,
    SelectionSetNode,
    VariableNode,
    Visitor,
    visit,
)
from graphql.language import DirectiveNode

from hub.core.errors import Reason, Refused

SIZES = frozenset({"first", "ids"})
"""Arguments that say how many rows a field gives."""

NEEDS_STREAM = "SUBSCRIPTION_NEEDS_STREAM"


@dataclass(frozen=True, slots=True)
class Document:
    """``key`` is a digest of the text; ``directive_variables`` are what decides ``@skip`` and ``@include``, and
    ``size_variables`` how many rows are asked for."""

    key: str
    node: DocumentNode
    directive_variables: tuple[str, ...]
    size_variables: tuple[str, ...]
    operations: tuple[OperationDefinitionNode, ...]
    fragments: Mapping[str, FragmentDefinitionNode]
    roots: Mapping[str | None, tuple[str, ...]]

    @classmethod
    def of(cls, text: str, node: DocumentNode) -> Document:
        finder = _Variables()
        visit(node, finder)
        key = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
        operations = tuple(each for each in node.definitions if isinstance(each, OperationDefinitionNode))
        fragments = {each.name.value: each for each in node.definitions if isinstance(each, FragmentDefinitionNode)}
        roots = {_name(each): tuple(_named(each.selection_set, fragments, set())) for each in operations}
        deciding, sizing = tuple(sorted(finder.deciding)), tuple(sorted(finder.sizing))
        return cls(key, node, deciding, sizing, operations, fragments, roots)

    def root_fields(self, operation: OperationDefinitionNode) -> tuple[str, ...]:
        """Names of the root fields an operation selects, in order; directives are not weighed."""
        return self.roots[_name(operation)]

    def operation(
        self, name: str | None, kinds: Collection[OperationType] = (OperationType.QUERY, OperationType.MUTATION)
    ) -> OperationDefinitionNode:
        """The operation a request names.

        Raises ``Refused``: OPERATION_UNCLEAR unless there is just one of ``kinds``; SUBSCRIPTION_NEEDS_STREAM for a
        subscription where the transport cannot stream.
        """
        named = [
            each for each in self.operations if name is None or (each.name is not None and each.name.value == name)
        ]
        if len(named) == 1 and named[0].operation is OperationType.SUBSCRIPTION and named[0].operation not in kinds:
            raise Refused(Reason(NEEDS_STREAM))
        if len(named) != 1 or named[0].operation not in kinds:
            raise Refused(Reason("OPERATION_UNCLEAR", ("operationName",)))
        return named[0]


def _name(operation: OperationDefinitionNode) -> str | None:
    return operation.name.value if operation.name else None


def _named(
    selections: SelectionSetNode, fragments: Mapping[str, FragmentDefinitionNode], visited: set[str]
) -> Iterator[str]:
    for each in selections.selections:
        match each:
            case FieldNode():
                yield each.name.value
            case InlineFragmentNode():
                yield from _named(each.selection_set, fragments, visited)
            case FragmentSpreadNode() if each.name.value not in visited:
                visited.add(each.name.value)
                yield from _named(fragments[each.name.value].selection_set, fragments, visited)


class _Variables(Visitor):
    def __init__(self) -> None:
        super().__init__()
        self.deciding: set[str] = set()
        self.sizing: set[str] = set()

    def enter_directive(self, node: DirectiveNode, *_: object) -> None:
        self.deciding |= {
            argument.value.name.value for argument in node.arguments or () if isinstance(argument.value, VariableNode)
        }

    def enter_field(self, node: FieldNode, *_: object) -> None:
        self.sizing |= {
            argument.value.name.value
            for argument in node.arguments or ()
            if argument.name.value in SIZES and isinstance(argument.value, VariableNode)
        }

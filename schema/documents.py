"""Parsed and validated requests, kept by their text."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from graphql import DocumentNode, OperationDefinitionNode, OperationType, VariableNode, Visitor, visit
from graphql.language import DirectiveNode

from hub.core.errors import Reason, Refused


@dataclass(frozen=True, slots=True)
class Document:
    """``key`` is a digest of the text; ``directive_variables`` are what decides ``@skip`` and ``@include``."""

    key: str
    node: DocumentNode
    directive_variables: tuple[str, ...]
    operations: tuple[OperationDefinitionNode, ...]

    @classmethod
    def of(cls, text: str, node: DocumentNode) -> Document:
        finder = _DirectiveVariables()
        visit(node, finder)
        key = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
        operations = tuple(each for each in node.definitions if isinstance(each, OperationDefinitionNode))
        return cls(key, node, tuple(sorted(finder.found)), operations)

    def operation(self, name: str | None) -> OperationDefinitionNode:
        """The query or mutation a request names. Raises ``Refused`` (OPERATION_UNCLEAR) unless there is just one."""
        named = [
            each for each in self.operations if name is None or (each.name is not None and each.name.value == name)
        ]
        if len(named) != 1 or named[0].operation is OperationType.SUBSCRIPTION:
            raise Refused(Reason("OPERATION_UNCLEAR", ("operationName",)))
        return named[0]


def _name(operation: OperationDefinitionNode) -> str | None:
    return operation.name.value if operation.name else None


class _DirectiveVariables(Visitor):
    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def enter_directive(self, node: DirectiveNode, *_: object) -> None:
        self.found |= {
            argument.value.name.value for argument in node.arguments or () if isinstance(argument.value, VariableNode)
        }

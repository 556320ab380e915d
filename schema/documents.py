"""Parsed and validated requests, kept by their text."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from graphql import DocumentNode, VariableNode, Visitor, visit
from graphql.language import DirectiveNode


@dataclass(frozen=True, slots=True)
class Document:
    """``key`` is a digest of the text; ``directive_variables`` are what decides ``@skip`` and ``@include``."""

    key: str
    node: DocumentNode
    directive_variables: tuple[str, ...]

    @classmethod
    def of(cls, text: str, node: DocumentNode) -> Document:
        finder = _DirectiveVariables()
        visit(node, finder)
        key = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
        return cls(key, node, tuple(sorted(finder.found)))


class _DirectiveVariables(Visitor):
    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def enter_directive(self, node: DirectiveNode, *_: object) -> None:
        self.found |= {
            argument.value.name.value for argument in node.arguments or () if isinstance(argument.value, VariableNode)
        }

"""What an operation may be, before anything of it runs: by the method it came with and by who asks."""

from __future__ import annotations

from graphql import OperationDefinitionNode, OperationType

from hub.access.coverage import may_introspect
from hub.core.errors import Reason, refuse_if
from hub.core.principal import Principal
from schema.documents import Document

NEEDS_POST = "CHANGE_NEEDS_POST"
_INTROSPECTION = frozenset({"__schema", "__type"})


def admit(
    document: Document,
    operation: OperationDefinitionNode,
    principal: Principal,
    *,
    reads_only: bool,
    production: bool,
) -> None:
    """Raises ``Refused``: CHANGE_NEEDS_POST for anything but a query where only reads are allowed,
    INTROSPECTION_REFUSED for a caller who may not read the schema. Names count, not aliases; ``__typename`` is free.
    """
    reasons: list[Reason] = []
    if reads_only and operation.operation is not OperationType.QUERY:
        reasons.append(Reason(NEEDS_POST))
    introspects = not _INTROSPECTION.isdisjoint(document.root_fields(operation))
    if introspects and not may_introspect(principal, production=production):
        reasons.append(Reason("INTROSPECTION_REFUSED"))
    refuse_if(reasons)

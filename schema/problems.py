"""Failures as GraphQL errors: a stable code, a sentence in both languages, nothing of the inside, no value sent."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import structlog
from graphql import GraphQLError, NameNode, Node, VariableDefinitionNode

from hub.core.correlation import correlation_id
from hub.core.errors import Reason, Refused
from hub.db.faults import BUSY, is_timeout
from schema.validation import OTHER, RULE

log = structlog.get_logger("schema.problems")

SYNTAX = "GRAPHQL_PARSE_FAILED"
VALIDATION = "GRAPHQL_VALIDATION_FAILED"
SYNTAX_RULE = "SYNTAX"
LONGEST_NAME = 60


def formatted(reason: Reason, *, path: Iterable[str | int] | None = None, **more: Any) -> dict[str, Any]:
    """One entry of ``errors`` for a reason. ``extensions.path`` names the input field."""
    extensions: dict[str, Any] = {"code": reason.code, "messageEn": reason.text.en}
    if reason.path:
        extensions["inputPath"] = [str(part) for part in reason.path]
    error: dict[str, Any] = {"message": reason.text.zh, **more, "extensions": extensions}
    if path is not None:
        error["path"] = list(path)
    return error


def of_refusal(refused: Refused, **more: Any) -> list[dict[str, Any]]:
    return [formatted(reason, **more) for reason in refused.reasons]


def of_execution(errors: Iterable[GraphQLError]) -> list[dict[str, Any]]:
    """Errors of an executed operation: expected ones by their codes, bad variables by place, all others masked."""
    found: list[dict[str, Any]] = []
    for error in errors:
        where = _where(error)
        cause = _cause(error)
        if isinstance(cause, Refused):
            found += of_refusal(cause, path=error.path, **where)
        elif cause is not None and is_timeout(cause):
            found.append(formatted(Reason("TIMEOUT"), path=error.path, **where))
        elif isinstance(cause, BUSY):
            found.append(formatted(Reason("BUSY"), path=error.path, **where))
        elif error.path is None:
            found.append(_variable(error, where))
        elif isinstance(cause, GraphQLError) or cause is None:
            found.append(formatted(Reason("ARGUMENT_INVALID"), path=error.path, **where))
        else:
            log.error("field failed", kind=type(cause).__name__, place=error.path, exc_info=cause)
            found.append(_internal(path=error.path, **where))
    return found


def of_document(errors: Iterable[GraphQLError], code: str) -> list[dict[str, Any]]:
    """Errors of a document under one code; ``extensions.rule`` says which rule it breaks.

    graphql-core's own sentences are not sent: some repeat literals. Names are those of the document's elements.
    """
    found = []
    for error in errors:
        cause = _cause(error)
        reason = cause.reasons[0] if isinstance(cause, Refused) else _of_rule(error, code)
        each = formatted(reason, **_where(error))
        each["extensions"] |= {"code": code, "rule": reason.code}
        found.append(each)
    return found


def _of_rule(error: GraphQLError, code: str) -> Reason:
    rule = SYNTAX_RULE if code == SYNTAX else str((error.extensions or {}).get(RULE, OTHER))
    return Reason(rule, (), {"name": next(filter(None, map(_name, error.nodes or ())), "?")})


def _name(node: Node) -> str:
    """Name of an element of the document; empty for a value, even where it is a name by its grammar."""
    element = node.variable if isinstance(node, VariableDefinitionNode) else node
    named = element if isinstance(element, NameNode) else getattr(element, "name", None)
    return str(named.value)[:LONGEST_NAME] if isinstance(named, NameNode) else ""


def internal() -> dict[str, Any]:
    return _internal()


def _internal(**more: Any) -> dict[str, Any]:
    error = formatted(Reason("INTERNAL"), **more)
    error["extensions"]["correlationId"] = correlation_id.get()
    return error


def of_variables(found: Iterable[tuple[VariableDefinitionNode, Reason]]) -> list[dict[str, Any]]:
    """Places of variables that do not fit, each with where its variable is declared."""
    return [formatted(reason, **_where(GraphQLError("", definition))) for definition, reason in found]


def _variable(error: GraphQLError, where: dict[str, Any]) -> dict[str, Any]:
    """A variable that does not fit: only its name is repeated, never its value."""
    name = next((_name(node) for node in error.nodes or () if isinstance(node, VariableDefinitionNode)), "")
    return formatted(Reason("VARIABLE_INVALID", (name,) if name else (), {"name": name or "?"}), **where)


def _where(error: GraphQLError) -> dict[str, Any]:
    locations = error.locations
    return {"locations": [{"line": at.line, "column": at.column} for at in locations]} if locations else {}


def _cause(error: GraphQLError) -> BaseException | None:
    cause: BaseException | None = error.original_error
    while isinstance(cause, GraphQLError) and cause.original_error is not None:
        cause = cause.original_error
    return cause

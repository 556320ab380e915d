"""Failures as GraphQL errors: a stable code, a sentence in both languages, nothing of the inside, no value sent."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import structlog
from graphql import GraphQLError

from hub.core.correlation import correlation_id
from hub.core.errors import Reason, Refused
from hub.db.faults import BUSY, is_timeout

log = structlog.get_logger("schema.problems")

SYNTAX = "GRAPHQL_PARSE_FAILED"
VALIDATION = "GRAPHQL_VALIDATION_FAILED"
VARIABLES = "BAD_USER_INPUT"


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
    """Errors of a document: graphql-core's sentences speak of the schema and the document only, without values."""
    return [{"message": _plain(error), **_where(error), "extensions": {"code": code}} for error in errors]


def internal() -> dict[str, Any]:
    return _internal()


def _internal(**more: Any) -> dict[str, Any]:
    error = formatted(Reason("INTERNAL"), **more)
    error["extensions"]["correlationId"] = correlation_id.get()
    return error


def _variable(error: GraphQLError, where: dict[str, Any]) -> dict[str, Any]:
    """A variable that does not fit: only its name is repeated, never its value."""
    name = next((part.split("'")[0] for part in error.message.split("$")[1:2]), "")
    name = name.split(" ")[0].split('"')[0].rstrip(":.,;")[:60]
    return formatted(Reason("VARIABLE_INVALID", (name,) if name else (), {"name": name or "?"}), **where)


def _plain(error: GraphQLError) -> str:
    return error.message[:300]


def _where(error: GraphQLError) -> dict[str, Any]:
    locations = error.locations
    return {"locations": [{"line": at.line, "column": at.column} for at in locations]} if locations else {}


def _cause(error: GraphQLError) -> BaseException | None:
    cause: BaseException | None = error.original_error
    while isinstance(cause, GraphQLError) and cause.original_error is not None:
        cause = cause.original_error
    return cause

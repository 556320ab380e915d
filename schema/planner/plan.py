"""A compiled statement: text and parameters, made once and run as often as asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from sqlalchemy import Select
from sqlalchemy.dialects.postgresql.asyncpg import PGDialect_asyncpg
from sqlalchemy.sql.compiler import SQLCompiler

from hub.audit.reads import Sensitive
from hub.db.scoped import SCOPE_BINDS
from schema.binding.ambient import AMBIENT_NAMES, MOMENTARY_NAMES

_DIALECT = PGDialect_asyncpg()  # type: ignore[no-untyped-call]


@dataclass(frozen=True, slots=True)
class Plan:
    """``parameters`` are names of values of the request, or constants of the statement.

    ``momentary`` are the places among them of what differs each time it runs. ``masked`` are fields this caller sees
    only as null; ``sensitive`` is what of it goes on record when it runs.
    """

    sql: str
    parameters: tuple[tuple[str | None, Any], ...]
    momentary: tuple[tuple[int, str], ...]
    masked: tuple[str, ...]
    sensitive: frozenset[Sensitive]

    def bind(self, values: Mapping[str, Any]) -> tuple[Any, ...]:
        return tuple(constant if name is None else values[name] for name, constant in self.parameters)


def compile_plan(
    statement: Select[Any], names: frozenset[str], *, masked: tuple[str, ...], sensitive: frozenset[Sensitive]
) -> Plan:
    """``names`` are the bind parameters whose values come with each request, besides the ambient ones."""
    compiled = statement.compile(dialect=_DIALECT, compile_kwargs={"render_postcompile": True})
    assert isinstance(compiled, SQLCompiler)
    varying = names | AMBIENT_NAMES | SCOPE_BINDS
    parameters = tuple(
        (name, None) if name in varying else (None, _constant(compiled.params[name]))
        for name in compiled.positiontup or ()
    )
    momentary = tuple((place, name) for place, (name, _) in enumerate(parameters) if name in MOMENTARY_NAMES)
    return Plan(compiled.string, parameters, momentary, masked, sensitive)


def _constant(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, list | tuple | set | frozenset):
        return [_constant(each) for each in value]
    return value

"""Where a list starts: from its table, or, for a caller who sees only its own rows, from the audience table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from sqlalchemy import Alias, ColumnElement, FromClause, Table, and_, exists, func, or_, select
from sqlalchemy.sql.visitors import iterate

from schema.access import Permission
from schema.binding.ambient import AMBIENT, Row
from schema.binding.declare import Audience, Declaration


@dataclass(frozen=True, slots=True)
class JoinedRow:
    """Columns of a row, some of them read from the audience table that the list starts from."""

    c: Any


@dataclass(frozen=True, slots=True)
class Source:
    """``row`` is where conditions and orders find their columns; ``where`` is what the start itself demands."""

    selectable: FromClause
    row: Row
    where: tuple[ColumnElement[bool], ...]
    party: FromClause | None = None

    def counted_from(self, conditions: list[ColumnElement[bool]], around: Row | None) -> FromClause:
        """The audience table alone when no condition looks further: a party row stands for a visible row."""
        if self.party is None:
            return self.selectable
        tables = {getattr(part, "table", None) for condition in conditions for part in iterate(condition)}
        return self.party if tables <= {self.party, around, None} else self.selectable


def plain(table: Alias | FromClause) -> Source:
    return Source(table, table, ())


def list_source(declaration: Declaration, permission: Permission, *, own: bool, name: str) -> Source:
    """Start of a list of the type. ``own`` asks for rows the caller's organisation is party to, and no others."""
    table = _table(declaration)
    alias = table.alias(name)
    audience = declaration.audience
    if audience is None or not (own or permission.only_own(audience.area)):
        return plain(alias)
    if audience.party is None:
        return Source(alias, alias, (_own(audience, alias),))
    return _from_party(alias, audience, name)


def _from_party(alias: FromClause, audience: Audience, name: str) -> Source:
    assert audience.party is not None
    party = audience.party.alias(f"{name}p")
    shared: Mapping[str, str] = audience.shared or {}
    columns = {column.key: column for column in alias.c}
    columns |= {mine: party.c[theirs] for mine, theirs in shared.items()}
    columns["id"] = party.c[audience.key]
    joined = party.join(alias, and_(alias.c.id == party.c[audience.key], alias.c.tenant_id == party.c.tenant_id))
    mine = party.c.organization_id == AMBIENT.organization
    return Source(joined, JoinedRow(_Columns(columns)), (mine,), party)


class _Columns(SimpleNamespace):
    """Columns by attribute and by key, as SQLAlchemy's own collections give them."""

    def __init__(self, columns: Mapping[str, ColumnElement[Any]]) -> None:
        super().__init__(**columns)

    def __getitem__(self, key: str) -> ColumnElement[Any]:
        column: ColumnElement[Any] = getattr(self, key)
        return column


def sees_content(declaration: Declaration, permission: Permission, row: Row) -> ColumnElement[bool]:
    """Whether the caller sees the row in its own right, not only through a subordinate."""
    audience = declaration.audience
    if audience is None:
        raise TypeError(f"{declaration.name} has content but no audience")
    grounds = [row.c[column] == AMBIENT.organization for column in audience.own]
    if audience.area in permission.covered:
        paths = func.any(AMBIENT.paths(audience.area))
        grounds.append(row.c.jurisdiction_path.op("^@", is_comparison=True)(paths))
    if audience.party is not None:
        party = audience.party.alias("sees")
        mine = and_(party.c[audience.key] == row.c[audience.row_key], party.c.organization_id == AMBIENT.organization)
        grounds.append(exists(select(party.c.organization_id).where(mine)))
    return or_(*grounds)


def _own(audience: Audience, row: Row) -> ColumnElement[bool]:
    return or_(*(row.c[column] == AMBIENT.organization for column in audience.own))


def _table(declaration: Declaration) -> Table:
    if declaration.table is None:
        raise TypeError(f"{declaration.name} has no table")
    return declaration.table

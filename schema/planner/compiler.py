"""Builds the SQL of a question: one expression whose JSON has the keys and the form of the answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

from sqlalchemy import ColumnElement, FromClause, Select, Text, Uuid, case, func, literal_column, null, select
from sqlalchemy import cast as sql_cast
from sqlalchemy.dialects.postgresql import JSONB

from hub.audit.catalogue import AuditAction
from hub.audit.reads import Sensitive
from hub.core.errors import Denied, Reason
from hub.core.principal import Clearance
from schema.access import Permission
from schema.binding import codecs
from schema.binding.ambient import AMBIENT, Row
from schema.binding.declare import Declaration
from schema.binding.fields import (
    AnyNode,
    Binding,
    Caller,
    Children,
    ColumnOf,
    ExpressionOf,
    FromJson,
    InPython,
    JsonMembers,
    JsonNode,
    JsonValue,
    NodeLookup,
    NodeRef,
    One,
    Paged,
    Same,
    ToEach,
    ToOne,
)
from schema.planner import lists, pages
from schema.planner.arguments import Shape
from schema.planner.questions import Bindings, Question
from schema.planner.selection import TYPENAME, Selected
from schema.planner.sources import sees_content
from schema.planner.sql import JsonObject, elements, json_list, text_literal

TYPE_KEY = "#type"
"""Reserved key: the type of a node, for the executor to complete it. No GraphQL name starts with ``#``."""

MASKED = "#masked_"
"""Prefix of the reserved key that tells a masked Python field, by its response key."""


class Compiler:
    """Compiles one question for one shape of rights and of arguments.

    ``final`` leaves out the reserved keys: the JSON then is the answer itself. Raises ``Denied`` (SCOPE_REQUIRED,
    CLEARANCE_REQUIRED, FILTER_FORBIDDEN) on what the caller may not ask.
    """

    def __init__(
        self, bindings: Bindings, permission: Permission, shapes: Mapping[int, Shape], *, final: bool = False
    ) -> None:
        self.bindings = bindings
        self.permission = permission
        self.shapes = shapes
        self.final = final
        self.masked: list[str] = []
        self.sensitive: set[Sensitive] = set()
        self._aliases = 0

    def statement(self, question: Question) -> Select[Any]:
        """``select … ::text`` of a root field."""
        return select(sql_cast(self.value(question), Text).label("answer"))

    def value(self, question: Question) -> ColumnElement[Any]:
        """The value of a root field."""
        if question.binding is None:
            raise TypeError(f"{question.root.parent}.{question.root.name} is not bound")
        self._require(question.binding, question.root)
        return self._value(question.root, question.binding, None)

    def node_statement(self, selected: Selected, declaration: Declaration, key: ColumnElement[Any]) -> Select[Any]:
        """``select … ::text`` of one node by its key, for the result of a mutation."""
        self.require_type(declaration)
        value = self.linked(selected, declaration, None, "id", key)
        return select(sql_cast(value, Text).label("answer"))

    def alias(self) -> str:
        self._aliases += 1
        return f"t{self._aliases}"

    def object(self, children: Sequence[Selected], declaration: Declaration, row: Row, *, typed: bool = False) -> Any:
        """The JSON object of a row. ``typed`` adds the type for an abstract field."""
        members: dict[str, ColumnElement[Any]] = {}
        if typed and not self.final:
            members[TYPE_KEY] = text_literal(declaration.name)
        for child in children:
            binding = self.bindings.of(child)
            if child.name == TYPENAME:
                members[child.key] = text_literal(declaration.name)
            elif isinstance(binding, InPython):
                members |= self._needs(child, binding, declaration, row)
            elif binding is not None:
                members[child.key] = self._protected(child, binding, declaration, row)
        return JsonObject(list(members.items()))

    def _needs(
        self, child: Selected, binding: InPython, declaration: Declaration, row: Row
    ) -> dict[str, ColumnElement[Any]]:
        """What a Python field reads of its row, and whether it is masked from the caller."""
        self._require(binding, child)
        needed = {f"#{name}": row.c[name] for name in binding.needs}
        if self._above(binding, declaration):
            self.masked.append(f"{child.parent}.{child.name}")
            needed[f"{MASKED}{child.key}"] = text_literal("masked")
        else:
            self._note(child, binding, declaration)
        if binding.content and self.permission.superior and not self._above(binding, declaration):
            seen = sees_content(declaration, self.permission, row)
            needed[f"{MASKED}{child.key}"] = case((seen, null()), else_=text_literal("masked"))
        return needed

    def _above(self, binding: Binding, declaration: Declaration) -> bool:
        return _level(binding, declaration) > self.permission.clearance

    def _note(self, child: Selected, binding: Binding, declaration: Declaration) -> None:
        """What is read in full from L3 on goes on record."""
        if _level(binding, declaration) >= Clearance.L3:
            self.sensitive.add((AuditAction.SENSITIVE_READ, f"{child.parent}.{child.name}"))

    def linked(
        self, selected: Selected, target: Declaration, row: Row | None, remote: str, key: Any, *, typed: bool = False
    ) -> ColumnElement[Any]:
        """The row of ``target`` whose column ``remote`` equals ``key``, as an object; null when not visible."""
        if target.table is None:
            raise TypeError(f"{target.name} has no table")
        alias = target.table.alias(self.alias())
        found = self.object(selected.variants[target.name], target, alias, typed=typed)
        return self.nested(select(found).select_from(alias).where(alias.c[remote] == key), row)

    def nested(self, statement: Select[Any], row: Row | None) -> ColumnElement[Any]:
        """A scalar subquery that may look at ``row``."""
        if row is not None:
            statement = statement.correlate(cast("FromClause", row))
        return statement.scalar_subquery()

    def require_type(self, declaration: Declaration) -> None:
        self.permission.require(declaration.scopes, declaration.name)
        if declaration.level > self.permission.clearance:
            raise Denied(Reason("CLEARANCE_REQUIRED"), audit_note=declaration.name)
        if declaration.recorded is not None:
            self.sensitive.add((declaration.recorded, declaration.name))

    def _require(self, binding: Binding, selected: Selected) -> None:
        self.permission.require(binding.scopes, f"{selected.parent}.{selected.name}")
        if not isinstance(binding, NodeLookup | AnyNode | InPython) and selected.variants:
            self.require_type(self.bindings.declaration(selected))

    def _protected(self, child: Selected, binding: Binding, declaration: Declaration, row: Row) -> ColumnElement[Any]:
        self._require(binding, child)
        if self._above(binding, declaration):
            self.masked.append(f"{child.parent}.{child.name}")
            return null()
        self._note(child, binding, declaration)
        value = self._value(child, binding, row)
        if binding.content and self.permission.superior:
            return case((sees_content(declaration, self.permission, row), value), else_=null())
        return value

    def _value(self, selected: Selected, binding: Binding, row: Row | None) -> ColumnElement[Any]:
        match binding:
            case Paged():
                return pages.page(self, selected, binding, row)
            case Children():
                return lists.children(self, selected, binding, row)
            case One():
                return lists.one(self, selected, binding)
            case NodeLookup(many=True):
                return lists.nodes(self, selected)
            case NodeLookup():
                return lists.node(self, selected)
            case Caller(about=about):
                viewer = select(sql_cast(getattr(AMBIENT, about), JSONB).label("value")).subquery(self.alias())
                return self._json_object(selected, viewer, None)
        if row is None:
            raise TypeError(f"{selected.parent}.{selected.name} needs a row")
        return self._of_row(selected, binding, row)

    def _of_row(self, selected: Selected, binding: Binding, row: Row) -> ColumnElement[Any]:
        codec = codecs.BY_SCALAR.get(selected.type_name, codecs.PLAIN)
        match binding:
            case ColumnOf():
                return codec.to_json(row.c[binding.column])
            case ExpressionOf():
                return codec.to_json(binding.make(row, AMBIENT))
            case NodeRef():
                return codecs.node_id(binding.tag, row.c[binding.column])
            case ToOne():
                target = self.bindings.declaration(selected)
                return self.linked(selected, target, row, binding.remote, row.c[binding.local])
            case ToEach():
                return lists.each(self, selected, binding, row)
            case AnyNode():
                return self._any_node(selected, binding, row)
            case Same():
                value = self.object(selected.children, self.bindings.declaration(selected), row)
                return value if binding.when is None else case((binding.when(row, AMBIENT), value), else_=null())
            case _:
                return self._of_json(selected, binding, row)

    def _of_json(self, selected: Selected, binding: Binding, row: Row) -> ColumnElement[Any]:
        match binding:
            case FromJson(many=many):
                source = row.c[binding.column]
            case JsonMembers(many=many):
                source = row.c.value.op("->")(binding.key)
            case JsonValue():
                return cast("ColumnElement[Any]", row.c.value.op("->")(binding.key))
            case JsonNode():
                key = sql_cast(row.c.value.op("->>")(binding.key), Uuid)
                return self.linked(selected, self.bindings.declaration(selected), row, "id", key)
            case _:
                raise TypeError(f"{selected.parent}.{selected.name} has no binding for a row")
        if many:
            return self._json_objects(selected, source, row)
        value = select(source.label("value")).correlate(cast("FromClause", row)).subquery(self.alias())
        return self._json_object(selected, value, row)

    def _json_object(self, selected: Selected, value: FromClause, row: Row | None) -> ColumnElement[Any]:
        found = self.object(selected.children, self.bindings.declaration(selected), value)
        is_object = func.jsonb_typeof(value.c.value) == literal_column("'object'")
        return self.nested(select(found).select_from(value).where(is_object), row)

    def _json_objects(self, selected: Selected, source: ColumnElement[Any], row: Row) -> ColumnElement[Any]:
        each = elements(sql_cast(source, JSONB), self.alias())
        found = self.object(selected.children, self.bindings.declaration(selected), each)
        return self.nested(select(json_list(found, each.c.position)).select_from(each), row)

    def _any_node(self, selected: Selected, binding: AnyNode, row: Row) -> ColumnElement[Any]:
        found = []
        for kind, name in binding.kinds.items():
            target = self.bindings.objects[name]
            if self.permission.allows(target.scopes) and target.level <= self.permission.clearance:
                value = self.linked(selected, target, row, "id", row.c[binding.id_column], typed=True)
                found.append((row.c[binding.kind_column] == kind, value))
        return case(*found, else_=null()) if found else null()


def _level(binding: Binding, declaration: Declaration) -> Clearance:
    return declaration.level if binding.level is None else binding.level

"""Operations drawn from the schema: variables, fragments, aliases, merged fields, directives, pages, filters, nodes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from random import Random
from typing import Any

from graphql import (
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
    get_named_type,
    get_nullable_type,
    is_abstract_type,
    is_leaf_type,
    is_list_type,
    is_non_null_type,
)
from graphql.pyutils import Undefined
from strawberry.utils.str_converters import to_camel_case

from schema.binding.declare import ROOTS
from schema.binding.fields import Answered
from tests.support.values import Pool, Values, literal

PYTHON = {"availableEvents", "phone", "parameters"}
"""Fields that only Python answers, besides those of the root: drawn seldom, so that most operations are SQL's alone."""
UNASKED = {"explainAccess", "rateLimit"}
"""Root fields that write, or tell what earlier requests left: asking twice would differ by itself."""
DEPTH = 6
NAMES = "abcdefgh"
OTHERS = 4
"""How often the variables of an operation are drawn anew: one plan answers them all, each with its own values."""


@dataclass(frozen=True)
class Operation:
    query: str
    variables: dict[str, Any] = field(default_factory=dict)
    pages: bool = False
    """``$after`` is the cursor of a root page, whose end is answered as ``root.pageInfo.endCursor``."""
    others: tuple[dict[str, Any], ...] = ()
    """Other variables to ask the same document with."""

    def asked_again(self) -> list[Operation]:
        return [replace(self, variables=each, pages=False, others=()) for each in self.others]

    def after(self, cursor: str) -> Operation:
        return replace(self, variables={**self.variables, "after": cursor})


class Drawer:
    """Draws operations for a caller; the same seed draws the same."""

    def __init__(self, schema: GraphQLSchema, pool: Pool, others: int = OTHERS) -> None:
        self.schema = schema
        self.others = others
        self.pool = pool
        assert schema.query_type is not None
        self.roots = sorted(set(schema.query_type.fields) - UNASKED)
        self.python = PYTHON | {
            to_camel_case(name)
            for declaration in ROOTS
            for name, binding in declaration.fields.items()
            if isinstance(binding, Answered)
        }

    def draw(self, random: Random, caller: str, allowed: list[str] | None = None) -> Operation:
        """``allowed`` are the root fields preferred: those whose scopes the caller holds."""
        return _Drawing(self, random, caller).draw(allowed or self.roots)


class _Drawing:
    def __init__(self, drawer: Drawer, random: Random, caller: str) -> None:
        self.schema = drawer.schema
        self.repeated = drawer.others
        self.python = drawer.python
        self.roots = drawer.roots
        self.random = random
        self.values = Values(drawer.pool, random, caller)
        self.chance = self.values.chance
        self.budget = random.choice((2, 3, 4, 5, 7, 10, 16))
        self.declared: dict[str, str] = {}
        self.variables: dict[str, Any] = {}
        self.again: dict[str, Callable[[], Any]] = {}
        self.fragments: dict[str, tuple[str, str]] = {}
        self.names = 0

    def draw(self, preferred: list[str]) -> Operation:
        assert self.schema.query_type is not None
        fields = self.schema.query_type.fields
        pages = self.chance(0.25)
        parts = [self._paged_root(fields)] if pages else []
        for _ in range(self.random.choice((1, 1, 1, 2, 3))):
            if pages and self.chance(0.7):
                continue
            name = self.random.choice(preferred if self.chance(0.9) else self.roots)
            if name in self.python and not self.chance(0.1):
                continue
            parts.append(self.field(self.schema.query_type, name, fields[name], DEPTH, key=f"r{len(parts)}"))
        if not parts or self.chance(0.15):
            parts.append(self.random.choice(("__typename", "t: __typename", "...Root")))
        body = " ".join(parts)
        if "...Root" in body:
            self.fragments["Root"] = ("Query", "{ __typename viewer { __typename clientId } }")
        head = ", ".join(f"${name}: {kind}" for name, kind in self.declared.items())
        text = f"query Q{f'({head})' if head else ''} {{ {body} }}"
        for name, (kind, selection) in self.fragments.items():
            text += f"\nfragment {name} on {kind} {selection}"
        others = tuple(self._others() for _ in range(self.repeated if self.again else 0))
        return Operation(text, self.variables, pages, others)

    def _others(self) -> dict[str, Any]:
        return {**self.variables, **{name: draw() for name, draw in self.again.items()}}

    def name(self, start: str) -> str:
        self.names += 1
        return f"{start}{self.names}"

    def _paged_root(self, fields: dict[str, GraphQLField]) -> str:
        paged = [name for name in self.roots if "after" in fields[name].args]
        name = self.random.choice(paged)
        self.declared["after"] = "String"
        arguments = self.arguments(fields[name], without={"after", "first"})
        arguments.append("after: $after")
        arguments.append(f"first: {self.random.choice((1, 2, 3))}")
        rows = get_named_type(fields[name].type)
        inner = self.selection(rows, DEPTH - 1)
        return f"root: {name}({', '.join(arguments)}) {{ pageInfo {{ endCursor hasNextPage }} ...on {rows} {inner} }}"

    def field(self, parent: Any, name: str, found: GraphQLField, depth: int, key: str = "") -> str:
        """One field, or the same field twice: merged, or under another alias with other arguments."""
        self.budget -= 1
        given = self.arguments(found)
        if found.args and not key:
            key = self.name("k") if given or self.chance(0.5) else self.name(f"{name}_")
        if name in {"endCursor", "startCursor", "cursor"} and parent.name.endswith(("Edge", "PageInfo")):
            key = ""
        shown = f"{key}: {name}" if key and key != name else name
        call = f"{shown}({', '.join(given)})" if given else shown
        text = f"{call}{self.directives()}{self.below(found, depth)}"
        if self.chance(0.08):
            text += f" {call}{self.directives()}{self.below(found, depth)}"
        if self.chance(0.06) and self.budget > 0:
            text += " " + self.field(parent, name, found, depth, key=self.name("again"))
        return text

    def below(self, found: GraphQLField, depth: int) -> str:
        named = get_named_type(found.type)
        if is_leaf_type(named):
            return ""
        return " " + self.selection(named, depth - 1)

    def selection(self, named: Any, depth: int) -> str:
        if is_abstract_type(named):
            return self._abstract(named, depth)
        known = [(kind, text) for kind, text in self.fragments.items() if text[0] == named.name]
        if known and self.chance(0.3):
            return f"{{ ...{self.random.choice(known)[0]}{self.directives()} __typename }}"
        parts = self.parts(named, depth)
        if self.chance(0.12):
            return "{ " + self._fragment(named, parts) + " }"
        if len(parts) > 1 and self.chance(0.2):
            cut = self.random.randrange(1, len(parts))
            inner = " ".join(parts[cut:])
            kind = f" on {self.random.choice([named.name, named.name, *(i.name for i in named.interfaces)])}"
            wrapped = f"...{'' if self.chance(0.3) else f' on {named.name}'}{self.directives()} {{ {inner} }}"
            if kind != f" on {named.name}":
                wrapped += f" ...{kind} {{ id __typename }}"
            parts = [*parts[:cut], wrapped]
        return "{ " + " ".join(parts) + " }"

    def _fragment(self, named: Any, parts: list[str]) -> str:
        name = self.name("F")
        self.fragments[name] = (named.name, "{ " + " ".join(parts) + " }")
        return f"...{name}{self.directives()}"

    def parts(self, named: GraphQLObjectType, depth: int, suffix: str = "") -> list[str]:
        """Fields of an object type. ``suffix`` keeps response keys of different types apart."""
        leaves = [name for name, each in named.fields.items() if is_leaf_type(get_named_type(each.type))]
        inner = [name for name in named.fields if name not in leaves and depth > 0 and self.budget > 0]
        chosen = self.random.sample(leaves, min(len(leaves), self.random.choice((0, 1, 2, 2, 3))))
        chosen += self.random.sample(inner, min(len(inner), self.random.choice((0, 1, 1, 1, 2))))
        if named.name.endswith("Connection") and depth > 0:
            chosen = self.random.sample(sorted(named.fields), self.random.choice((1, 2, 2, 3, 4)))
        self.random.shuffle(chosen)
        parts = ["__typename"] if not chosen or self.chance(0.25) else []
        for name in chosen:
            if name in self.python and not self.chance(0.08):
                continue
            if name == "endCursor":
                parts.append("endCursor")
                continue
            key = f"{name}_{suffix}" if suffix else ""
            if not key and self.chance(0.15):
                key = f"{self.random.choice(NAMES)}_{name}"
            if key and named.fields[name].args:
                key = self.name("k")
            parts.append(self.field(named, name, named.fields[name], depth, key=key))
        if named.name.endswith("Connection") and self.chance(0.3):
            parts.append(f"pageInfo {{ cur_{named.name.removesuffix('Connection')}: endCursor hasNextPage }}")
        return parts or ["__typename"]

    def _abstract(self, named: Any, depth: int) -> str:
        possible = sorted(each.name for each in self.schema.get_possible_types(named))
        parts = ["__typename"] if self.chance(0.5) else ["id"]
        for name in self.random.sample(possible, self.random.choice((1, 2, 3))):
            kind = self.schema.get_type(name)
            inner = self.parts(kind, min(depth, 3), suffix=name)
            if self.chance(0.3):
                parts.append(self._fragment(kind, inner))
            else:
                parts.append(f"... on {name}{self.directives()} {{ {' '.join(inner)} }}")
        if self.chance(0.2):
            parts.append("... on Node { n: id m: __typename }")
        return "{ " + " ".join(parts) + " }"

    def directives(self) -> str:
        if not self.chance(0.12):
            return ""
        kind = self.random.choice(("include", "skip", "include"))
        condition = self.random.choice(("true", "false", "$yes", "$no", "$maybe"))
        if condition.startswith("$"):
            self._flag(condition[1:])
        return f" @{kind}(if: {condition})"

    def _flag(self, name: str) -> None:
        if name in self.declared:
            return
        self.declared[name] = {"yes": "Boolean!", "no": "Boolean!", "maybe": "Boolean = true"}[name]
        if name != "maybe":
            self.variables[name] = name == "yes"
        elif self.chance(0.5):
            self.variables[name] = None if self.chance(0.05) else self.chance(0.5)

    def arguments(self, found: GraphQLField, without: set[str] = frozenset()) -> list[str]:
        """Arguments as written: literals, variables, or left out."""
        given = []
        of_type = get_named_type(found.type).name.removesuffix("Connection")
        for name, argument in found.args.items():
            needed = is_non_null_type(argument.type) and argument.default_value is Undefined
            if name in without or not (needed or self.chance(0.35 if name != "first" else 0.7)):
                continue
            value = self.values.of(argument.type, name, of_type)
            given.append(f"{name}: {self._written(argument, value, name, of_type)}")
        return given

    def _written(self, argument: Any, value: Any, name: str, of_type: str) -> str:
        if self.chance(0.55):
            return self._inner(argument.type, value)
        return self._variable(argument, value, name, of_type)

    def _inner(self, kind: Any, value: Any) -> str:
        """A literal; members of an object may be variables themselves."""
        nullable = get_nullable_type(kind)
        if isinstance(nullable, GraphQLInputObjectType) and isinstance(value, dict):
            members = []
            for name, each in value.items():
                member = nullable.fields[name]
                variable = self.chance(0.3)
                written = self._variable(member, each, name, "") if variable else literal(member.type, each)
                members.append(f"{name}: {written}")
            return "{" + ", ".join(members) + "}"
        if is_list_type(nullable) and isinstance(value, list) and value and self.chance(0.2):
            first = self._variable_of(str(nullable.of_type), value[0])
            return "[" + ", ".join([first, *(literal(nullable.of_type, each) for each in value[1:])]) + "]"
        return literal(kind, value)

    def _variable(self, argument: Any, value: Any, name: str, of_type: str) -> str:
        """A variable of the type, or of its nullable form where a default stands in; given, null or absent."""
        kind = str(argument.type)
        defaulted = argument.default_value is not Undefined
        if defaulted and is_non_null_type(argument.type) and self.chance(0.5):
            kind = kind.removesuffix("!")
        if value is None and kind.endswith("!"):
            return literal(argument.type, value)

        def again() -> Any:
            return self._given(argument.type, name, of_type, needed=kind.endswith("!"))

        if kind.endswith("!"):
            return self._variable_of(kind, value, again=again)
        drawn = self.random.random()
        if drawn < 0.15:
            return self._variable_of(kind, None, absent=True)
        if drawn < 0.2:
            return self._variable_of(kind, None)
        if drawn < 0.35 and value is not None:
            written = literal(get_nullable_type(argument.type), value)
            return self._variable_of(f"{kind} = {written}", None, absent=True)
        return self._variable_of(kind, value, again=again)

    def _given(self, kind: Any, name: str, of_type: str, *, needed: bool) -> Any:
        """A value for a variable; null only where it may be."""
        value = self.values.of(kind, name, of_type)
        return (
            self.values.of(GraphQLNonNull(get_nullable_type(kind)), name, of_type)
            if needed and value is None
            else value
        )

    def _variable_of(
        self, kind: str, value: Any, *, absent: bool = False, again: Callable[[], Any] | None = None
    ) -> str:
        name = self.name("v")
        self.declared[name] = kind
        if again is not None:
            self.again[name] = again
        if not absent:
            self.variables[name] = value
        return f"${name}"

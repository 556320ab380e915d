"""Values that generated operations ask with: real ones of the world, and now and then one that must be refused."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random
from typing import Any
from uuid import UUID

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInputType,
    get_named_type,
    get_nullable_type,
    is_list_type,
    is_non_null_type,
)

from hub.core.ids import decode_node_id, encode_node_id
from hub.db import models
from schema.binding.declare import OBJECTS
from tests.support.content import node_ids
from tests.support.drawing import NOW
from tests.support.rows import Content
from tests.support.world import PATHS, World

BAD_IDS = ("", "REkB", "REkBog36CDZ_W7O-nRCh_adH", "WFhBog36CDZ_W7O-nRCh_adH", "\x00")
BAD_TEXTS = ("a", "", "%%", "__", "'; drop table", "\x00\x00", "无此文字", "x" * 101)
BAD_DAYS = ("2026-02-30", "2026-9-1", "", "20260901")
ABOUT = {
    "organizationId": "OR",
    "leadOrganizationId": "OR",
    "courtId": "OR",
    "issuerId": "OR",
    "subjectId": "SU",
    "batchId": "IB",
    "listId": "DL",
    "itemId": "DI",
    "parentId": "JU",
}
"""Tags of the ids that arguments are about."""
NOBODY = UUID("0197a000-0000-7000-8000-000000000000")
"""A key that no row bears."""
BAD_INSTANTS = ("2026-01-01", "2026-13-01T00:00:00Z", "")


@dataclass
class Pool:
    """What there is to ask about, whoever may see it. ``cursors`` were given to callers, by caller and type."""

    world: World
    content: Content
    cursors: dict[tuple[str, str], list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.ids = node_ids(self.world, self.content)
        self.by_tag: dict[str, list[str]] = {}
        for each in self.ids:
            self.by_tag.setdefault(decode_node_id(each)[0], []).append(each)
        self.organizations = [each for each in self.ids if each.startswith("T1I")]
        self.items = [each for each in self.ids if each.startswith("REk")]
        titles = [row["title"] for rows in self.content.rows.values() for row in rows if "title" in row]
        self.texts = ["事项", "执行联动", "100%", "_共", "公安局", "温县", *titles, *(title[2:7] for title in titles)]
        self.codes = [row["code"] for row in self.content.of(models.DoubleListItem)]

    def kind_of(self, name: str, of_type: str) -> list[str]:
        """Ids that the argument called ``name`` of a field of ``of_type`` is about."""
        declared = OBJECTS.get(of_type) if name == "id" else None
        tag = (declared.tag if declared else None) or ABOUT.get(name)
        if tag is None:
            return self.ids
        return self.by_tag.get(tag) or [encode_node_id(tag, NOBODY)]

    def keep_cursors(self, caller: str, value: Any) -> None:
        """Remember the cursors of an answer; ``cur_<type>`` is how operations name them."""
        if isinstance(value, dict):
            for key, each in value.items():
                if key.startswith("cur_") and isinstance(each, str):
                    kept = self.cursors.setdefault((caller, key[4:]), [])
                    kept.append(each)
                    del kept[:-20]
                else:
                    self.keep_cursors(caller, each)
        elif isinstance(value, list):
            for each in value:
                self.keep_cursors(caller, each)


class Values:
    """Draws values of input types. Enum values are Python strings in variables and bare names in documents."""

    def __init__(self, pool: Pool, random: Random, caller: str) -> None:
        self.pool = pool
        self.random = random
        self.caller = caller

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    def of(self, kind: GraphQLInputType, name: str, of_type: str = "") -> Any:
        """A value, null where that is allowed and drawn; a list may be a single value, which is coerced."""
        if not is_non_null_type(kind) and self.chance(0.08):
            return None
        kind = get_nullable_type(kind)
        if is_list_type(kind):
            return self._list(kind, name)
        if isinstance(kind, GraphQLInputObjectType):
            names = self.random.sample(sorted(kind.fields), min(len(kind.fields), self.random.choice((0, 1, 1, 2, 3))))
            return {each: self.of(kind.fields[each].type, each) for each in names}
        if isinstance(kind, GraphQLEnumType):
            return self.random.choice(sorted(kind.values))
        return self._scalar(get_named_type(kind).name, name, of_type)

    def _list(self, kind: Any, name: str) -> Any:
        if self.chance(0.2):
            return self.of(kind.of_type, name)
        return [self.of(kind.of_type, name) for _ in range(self.random.choice((0, 1, 2, 2, 5)))]

    def _scalar(self, kind: str, name: str, of_type: str) -> Any:
        match kind:
            case "Int" if name == "first":
                return self.random.choice((1, 2, 3, 5, 8) * 4 + (100, 0, 101, -1))
            case "Int":
                return self.random.choice((2025, 2026, 2026, 2027, 0, 2147483647))
            case "Boolean":
                return self.chance(0.5)
            case "ID":
                return self._id(name, of_type)
            case "Date":
                day = NOW.date() + timedelta(days=self.random.randrange(-60, 120))
                return self.random.choice(BAD_DAYS) if self.chance(0.05) else str(day)
            case "DateTime":
                at = NOW - timedelta(days=self.random.randrange(40))
                return self.random.choice(BAD_INSTANTS) if self.chance(0.05) else at.isoformat()
        return self._text(name, of_type)

    def _id(self, name: str, of_type: str) -> str:
        if self.chance(0.05):
            return self.random.choice(BAD_IDS)
        known = self.pool.kind_of(name, of_type) if self.chance(0.9) else ()
        return self.random.choice(known or self.pool.ids)

    def _text(self, name: str, of_type: str) -> Any:
        if name == "after":
            return self._cursor(of_type)
        if self.chance(0.05):
            return self.random.choice(BAD_TEXTS)
        if name in {"jurisdictionCode", "code"} and (name == "jurisdictionCode" or not of_type):
            return self.random.choice([*sorted(PATHS), "999999"] + self.pool.codes * (name == "code"))
        if name == "code":
            return self.random.choice(sorted(PATHS))
        if name == "subject":
            return self.random.choice(("county.court", "county.police", "neighbour.court"))
        if name == "event":
            return self.random.choice(("item:transition", "audit:read"))
        if name == "uscc":
            return self.random.choice(("11410825005840271J", "91350211M000100Y43"))
        return self.random.choice(self.pool.texts)

    def _cursor(self, of_type: str) -> str | None:
        """Mostly one that this caller got for this type; else of another caller or type, or changed."""
        own = self.pool.cursors.get((self.caller, of_type), [])
        if own and self.chance(0.8):
            return self.random.choice(own)
        known = [each for kept in self.pool.cursors.values() for each in kept]
        if not known or self.chance(0.7):
            return None
        cursor = self.random.choice(known)
        return cursor if self.chance(0.5) else cursor[:-3] + "AAA"


def literal(kind: GraphQLInputType, value: Any) -> str:
    """The value as it stands in a document."""
    if value is None:
        return "null"
    kind = get_nullable_type(kind)
    if is_list_type(kind):
        if not isinstance(value, list):
            return literal(kind.of_type, value)
        return "[" + ", ".join(literal(kind.of_type, each) for each in value) + "]"
    if isinstance(kind, GraphQLInputObjectType):
        return "{" + ", ".join(f"{name}: {literal(kind.fields[name].type, each)}" for name, each in value.items()) + "}"
    return value if isinstance(kind, GraphQLEnumType) else json.dumps(value, ensure_ascii=True)

"""Declared subscriptions: one call per field in the ``subscriptions`` module of a slice."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from graphql import GraphQLBoolean, GraphQLID, GraphQLList, GraphQLNonNull
from sqlalchemy import ColumnElement, or_, select, true
from strawberry.utils.str_converters import to_camel_case

from hub.core.errors import Reason, Refused
from hub.core.principal import Principal
from hub.core.texts import Text
from hub.events.audience import Topic
from schema.binding.declare import Declaration
from schema.mutations.reading import read_id

MAXIMUM_IDS = 100


@dataclass(frozen=True, slots=True)
class Filter:
    """An argument. ``read`` gives the condition of a value on rows of the topic, for the caller. Raises ``Refused``."""

    type: Any
    text: Text
    read: Callable[[Topic, Any, Principal], ColumnElement[bool]]


@dataclass(frozen=True, slots=True)
class Subscription:
    """``prefix`` begins the types of its events. ``topic`` is told only where the type declares no audience."""

    name: str
    type_name: str
    text: Text
    prefix: str
    filters: Mapping[str, Filter] = field(default_factory=dict)
    topic: Topic | None = None

    def topic_of(self, declaration: Declaration) -> Topic:
        if self.topic is not None:
            return self.topic
        audience, table = declaration.audience, declaration.table
        if audience is None or table is None or (audience.party is not None and audience.row_key != "id"):
            raise ValueError(f"{self.name}: {declaration.name} has no audience of its own; give a topic")
        return Topic(self.prefix, table, audience.area, audience.party, audience.key, audience.own)


SUBSCRIPTIONS: dict[str, Subscription] = {}


def subscription(declared: Subscription) -> None:
    """Declare a root field. Raises ``ValueError`` when its name is taken."""
    if declared.name in SUBSCRIPTIONS:
        raise ValueError(f"{declared.name} is declared twice")
    SUBSCRIPTIONS[declared.name] = declared


def mine() -> Filter:
    """Only rows the caller's organisation is itself party to."""
    return Filter(
        GraphQLBoolean, Text("仅本单位为当事单位的", "only what the caller's organisation is party to"), _mine
    )


def ids(tag: str) -> Filter:
    """Only the named objects."""
    about = Text("仅限所列标识的对象", "only the objects with these ids")
    return Filter(GraphQLList(GraphQLNonNull(GraphQLID)), about, lambda topic, value, _: _within(topic, value, tag))


def related(column: str, tag: str, zh: str, en: str) -> Filter:
    """Only rows whose ``column`` names the given object."""
    return Filter(
        GraphQLID,
        Text(zh, en),
        lambda topic, value, _: topic.table.c[column] == read_id(value, tag, (to_camel_case(column),)),
    )


def _mine(topic: Topic, value: Any, principal: Principal) -> ColumnElement[bool]:
    if not value:
        return true()
    organization = principal.organization_id
    found: list[ColumnElement[bool]] = [topic.table.c[name] == organization for name in topic.own]
    if topic.party is not None:
        of = select(topic.party.c[topic.key]).where(topic.party.c.organization_id == organization)
        found.append(topic.table.c.id.in_(of))
    return or_(*found)


def _within(topic: Topic, value: list[str], tag: str) -> ColumnElement[bool]:
    if len(value) > MAXIMUM_IDS:
        raise Refused(Reason("LIST_TOO_LONG", ("ids",), {"limit": MAXIMUM_IDS}))
    return topic.table.c.id.in_([read_id(each, tag, ("ids", at)) for at, each in enumerate(value)])

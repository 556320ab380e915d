"""Orders a list may be read in. Every one ends with the id, so that no two rows are equal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy.orm import InstrumentedAttribute

from hub.core.texts import Text


@dataclass(frozen=True, slots=True)
class Order:
    """Columns that are never null, all in one direction, so that a page starts with one row comparison."""

    text: Text
    columns: tuple[str, ...]
    descending: bool = False


@dataclass(frozen=True, slots=True)
class Orders:
    """The orders of a connection by value of its ``orderBy`` enum; the first is the default.

    Without an enum there is one order and no argument.
    """

    enum: type[StrEnum] | None
    text: Text
    by_value: Mapping[str, Order]

    @property
    def default(self) -> str:
        return next(iter(self.by_value))


def ascending(zh: str, en: str, *columns: InstrumentedAttribute[object]) -> Order:
    return Order(Text(zh, en), tuple(column.key for column in columns))


def descending(zh: str, en: str, *columns: InstrumentedAttribute[object]) -> Order:
    return Order(Text(zh, en), tuple(column.key for column in columns), descending=True)


def orders(enum: type[StrEnum], zh: str, en: str, by_value: Mapping[StrEnum, Order]) -> Orders:
    """Raises ``ValueError`` unless every value of the enum has its order."""
    if set(by_value) != set(enum):
        raise ValueError(f"{enum.__name__}: every value needs an order")
    return Orders(enum, Text(zh, en), {member.value: order for member, order in by_value.items()})


def only(order: Order) -> Orders:
    return Orders(None, order.text, {"": order})

"""Values worked out when they are first asked for, without a lock: ``functools.cached_property`` takes one each time
before Python 3.12, which costs more than most values. Two threads may both work a value out; it must be the same."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, Self, TypeVar, overload

T = TypeVar("T")


class once(Generic[T]):  # noqa: N801 - read as the decorator it is
    """A property that is kept in the object. Its class must have a ``__dict__``."""

    def __init__(self, made: Callable[[Any], T]) -> None:
        self._made = made
        self._name = made.__name__
        self.__doc__ = made.__doc__

    @overload
    def __get__(self, owner: None, of: type) -> Self: ...
    @overload
    def __get__(self, owner: object, of: type) -> T: ...
    def __get__(self, owner: object | None, of: type) -> T | Self:
        if owner is None:
            return self
        value = owner.__dict__[self._name] = self._made(owner)
        return value

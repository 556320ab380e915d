"""Rows for a sweep that may leave them as they are: one portion would be the same at every run, and hide the rest."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import Select
from sqlalchemy.ext.asyncio import AsyncSession

Row = TypeVar("Row")


async def each(session: AsyncSession, of: Select[Row], key: Any, *, size: int) -> AsyncIterator[Row]:
    """Every row of a select by its key, ``size`` at a time, locked; those that another worker holds are left to it."""
    last: UUID | None = None
    while True:
        page = of.order_by(key).limit(size).with_for_update(skip_locked=True)
        found: list[Any] = list(await session.scalars(page if last is None else page.where(key > last)))
        for row in found:
            yield row
        if len(found) < size:
            return
        last = found[-1].id

"""Batching of the fields that need Python: rows asked for in one turn of the event loop go to one call."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from aiodataloader import DataLoader

from schema.binding.fields import Batch, InPython

if TYPE_CHECKING:
    from schema.operation import HubContext

Row = Mapping[str, Any]


class Loaders:
    """One loader per Python field, for one operation and one snapshot; nothing is shared between callers."""

    def __init__(self, context: HubContext) -> None:
        self._context = context
        self._by_batch: dict[Batch, DataLoader[Row, Any]] = {}

    async def load(self, binding: InPython, source: Mapping[str, Any]) -> Any:
        row = {name: source[f"#{name}"] for name in binding.needs}
        loader = self._by_batch.get(binding.batch)
        if loader is None:
            loader = self._by_batch[binding.batch] = self._loader(binding.batch)
        return await loader.load(row)

    def _loader(self, batch: Batch) -> DataLoader[Row, Any]:
        async def load(rows: list[Row]) -> list[Any]:
            return list(await batch(self._context, rows))

        return DataLoader(load, cache=False)

"""Deliveries behind a service: batches and their rows come in pages, answers are put by name."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import quote

from connectors.kit.folder import MANIFEST, safe_name
from connectors.kit.signed_calls import GARBAGE, Service
from connectors.kit.spool import SpooledStore
from connectors.kit.store import row_line
from hub.canonical.connector import Unreachable

PAGE = 500
MOST_PAGES = 100_000


class ServiceStore(SpooledStore):
    def __init__(self, service: Service, most_bytes: int) -> None:
        super().__init__(most_bytes)
        self._service = service

    def _listed(self) -> Iterator[tuple[str, str, str]]:
        for batch in self._pages("/v1/batches", "batches"):
            name = batch.get("name")
            if not isinstance(name, str) or not name.endswith(MANIFEST) or not safe_name(name):
                raise Unreachable(GARBAGE)
            yield name, str(batch.get("manifest", "")), str(batch.get("signature", ""))

    def put(self, place: str, name: str, content: bytes) -> None:
        text = base64.b64encode(content).decode()
        self._service.put(f"/v1/{place}/{quote(name)}", json.dumps({"name": name, "content": text}).encode())

    def put_rows(self, key: str, rows: Sequence[Mapping[str, str]]) -> None:
        self._service.put(
            f"/v1/lists/{quote(key)}", json.dumps({"key": key, "rows": [dict(row) for row in rows]}).encode()
        )

    def answer(self, key: str, limit: int) -> bytes | None:
        found = self._service.get(f"/v1/answers/{quote(key)}")
        content = None if found is None else json.dumps(found).encode()
        return content if content and len(content) <= limit else None

    def clear(self, names: list[str]) -> None:
        self._end(names, accepted=True)

    def set_aside(self, names: list[str]) -> None:
        self._end(names, accepted=False)

    def _end(self, names: list[str], *, accepted: bool) -> None:
        self._spool.forget()
        for name in names:
            if name.endswith(MANIFEST):
                self._service.put(f"/v1/taken/{quote(name)}", json.dumps({"accepted": accepted}).encode())

    def _copy(self, name: str) -> None:
        with self._spool.writing(name) as write:
            for row in self._pages(f"/v1/parts/{quote(name)}", "rows"):
                if not all(isinstance(value, str) for value in row.values()):
                    raise Unreachable(GARBAGE)
                write(row_line(row))

    def _pages(self, path: str, member: str) -> Iterator[dict[str, Any]]:
        """Objects of all pages; a cursor that comes again would never end. Raises ``Unreachable``."""
        cursor, seen = "", set[str]()
        for _ in range(MOST_PAGES):
            page = self._service.get(path, cursor=cursor, limit=PAGE)
            if page is None:
                return
            rows = page.get(member) if isinstance(page, dict) else None
            if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
                raise Unreachable(GARBAGE)
            yield from rows
            seen.add(cursor)
            cursor = str(page.get("next") or "")
            if not cursor:
                return
            if cursor in seen:
                raise Unreachable(GARBAGE)
        raise Unreachable(GARBAGE)

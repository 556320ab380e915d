"""Where deliveries lie and answers are put: a folder, a server, a database, a service, all used in one way."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import BinaryIO, Protocol

OUT, RECEIPTS, ANSWERS = "out", "receipts", "answers"


class Store(Protocol):
    """Every call may raise ``Unreachable`` with a stable code."""

    def manifests(self) -> list[str]:
        """Names of the manifests that lie there whole and have had no receipt."""
        ...

    def size(self, name: str) -> int | None:
        """Bytes of a file handed in; None when there is no such plain file."""
        ...

    def open(self, name: str) -> BinaryIO:
        """A file handed in. Raises ``Refused`` (BATCH_FILE_*)."""
        ...

    def read(self, name: str, limit: int) -> bytes | None:
        """A small file, or None when it is absent or larger than ``limit`` bytes."""
        ...

    def put(self, place: str, name: str, content: bytes) -> None:
        """Hand a document over whole; harmless when done twice."""
        ...

    def put_rows(self, key: str, rows: Sequence[Mapping[str, str]]) -> None:
        """Hand rows over under one key, all or none of them; harmless when done twice."""
        ...

    def answer(self, key: str, limit: int) -> bytes | None:
        """What was said of the rows handed over under ``key``, as JSON; None when nothing was yet."""
        ...

    def clear(self, names: list[str]) -> None:
        """Take away what was accepted."""
        ...

    def set_aside(self, names: list[str]) -> None:
        """Move what was refused out of the way, as it is."""
        ...


def row_line(cells: Mapping[str, str]) -> bytes:
    """A row as one line of JSON: what digests of rows that are no file are over."""
    return json.dumps(dict(cells), ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode() + b"\n"

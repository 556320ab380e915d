"""A delivery that its sender has handed over whole, in one request: kept in memory until it is answered."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import BinaryIO

from connectors.kit.folder import MANIFEST
from connectors.kit.signature import SUFFIX
from connectors.kit.store import RECEIPTS
from hub.core.errors import Reason, Refused

NAME = f"pushed{MANIFEST}"


class HandedStore:
    """The store of one delivery. ``put`` keeps what is to be answered; nothing is handed over beyond that."""

    def __init__(self, manifest: str, signature: str, files: Mapping[str, bytes]) -> None:
        self._files = {**files, NAME: manifest.encode(), NAME + SUFFIX: signature.encode()}
        self.answers: dict[str, bytes] = {}

    def manifests(self) -> list[str]:
        return [NAME]

    def size(self, name: str) -> int | None:
        found = self._files.get(name)
        return None if found is None else len(found)

    def open(self, name: str) -> BinaryIO:
        """Raises ``Refused`` (BATCH_FILE_MISSING)."""
        if name not in self._files:
            raise Refused(Reason("BATCH_FILE_MISSING", (), {"file": name}))
        return io.BytesIO(self._files[name])

    def read(self, name: str, limit: int) -> bytes | None:
        found = self._files.get(name)
        return found if found is not None and len(found) <= limit else None

    def put(self, place: str, name: str, content: bytes) -> None:
        if place == RECEIPTS:
            self.answers[name] = content

    def put_rows(self, key: str, rows: Sequence[Mapping[str, str]]) -> None:
        raise NotImplementedError("a delivery that was pushed is not fed")

    def answer(self, key: str, limit: int) -> bytes | None:  # noqa: ARG002 - nothing was handed over
        return None

    def clear(self, names: list[str]) -> None:
        """What was pushed lies nowhere but here."""

    def set_aside(self, names: list[str]) -> None:
        """What was pushed lies nowhere but here."""

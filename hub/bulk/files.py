"""Where the files of exports lie: a folder that only the hub's own user reads."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

_PART = ".part"
_WHOLE = ".jsonl"
Name = tuple[UUID, int]
"""Id of the operation and its attempt: no two workers ever write to one name."""


class StorageError(Exception):
    """The folder cannot be written."""


class ExportFolder:
    """Files appear under their name only when whole. Several machines need the folder on a shared volume."""

    def __init__(self, home: Path) -> None:
        self._folder = home / "exports"

    def begin(self, name: Name) -> BinaryIO:
        """An empty file under a temporary name. Raises ``StorageError``."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            handle = os.open(self._path(name, _PART), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        except OSError as error:
            raise StorageError from error
        return os.fdopen(handle, "wb")

    def finish(self, name: Name) -> None:
        """Give a file its own name. Raises ``StorageError``."""
        try:
            self._path(name, _PART).rename(self.path(name))
        except OSError as error:
            raise StorageError from error

    def path(self, name: Name) -> Path:
        return self._path(name, _WHOLE)

    def destroy(self, name: Name) -> None:
        for suffix in (_PART, _WHOLE):
            with suppress(FileNotFoundError):
                self._path(name, suffix).unlink()

    def names(self) -> Iterator[Name]:
        """Everything that lies in the folder, whole or not."""
        for path in self._folder.glob("*-*.*"):
            key, _, attempt = path.stem.partition("-")
            with suppress(ValueError):
                yield UUID(hex=key), int(attempt)

    def _path(self, name: Name, suffix: str) -> Path:
        key, attempt = name
        return self._folder / f"{key.hex}-{attempt}{suffix}"


def write(file: BinaryIO, content: bytes) -> None:
    """Append. Raises ``StorageError``."""
    try:
        file.write(content)
    except OSError as error:
        raise StorageError from error


def close_durably(file: BinaryIO) -> None:
    """Close when everything has reached the disk. Raises ``StorageError``."""
    try:
        file.flush()
        os.fsync(file.fileno())
        file.close()
    except OSError as error:
        raise StorageError from error

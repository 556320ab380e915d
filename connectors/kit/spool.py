"""What was fetched from a system, kept until its delivery is answered: what was verified is what is read."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from typing import BinaryIO
from weakref import finalize

from connectors.kit.folder import MANIFEST
from connectors.kit.signature import SUFFIX
from hub.core.errors import Reason, Refused


class Spool:
    """Files that nobody else can read, gone with the process at the latest."""

    def __init__(self, most_bytes: int) -> None:
        self.most = most_bytes
        self._folder = Path(mkdtemp(prefix="hub-"))
        finalize(self, rmtree, self._folder, ignore_errors=True)
        self._files: dict[str, Path] = {}

    def __contains__(self, name: str) -> bool:
        return name in self._files

    @contextmanager
    def writing(self, name: str) -> Iterator[Callable[[bytes], None]]:
        """Keep what is written. Raises ``Refused`` (BATCH_FILE_TOO_LARGE) as soon as there is more than may be."""
        path, size = self._folder / str(len(self._files)), 0
        with path.open("wb") as file:

            def write(chunk: bytes) -> None:
                nonlocal size
                size += len(chunk)
                if size > self.most:
                    params = {"file": name, "size": size, "limit": self.most}
                    raise Refused(Reason("BATCH_FILE_TOO_LARGE", (), params))
                file.write(chunk)

            yield write
        self._files[name] = path

    def size(self, name: str) -> int:
        return self._files[name].stat().st_size

    def open(self, name: str) -> BinaryIO:
        return self._files[name].open("rb")

    def forget(self) -> None:
        for path in self._files.values():
            path.unlink(missing_ok=True)
        self._files = {}


class SpooledStore(ABC):
    """The half of a ``Store`` that reads, for systems that list manifests whole and hand rows over in pages. Rows are
    kept as the JSON Lines they would be in a file, until the delivery has been answered."""

    def __init__(self, most_bytes: int) -> None:
        self._spool = Spool(most_bytes)
        self._waiting: dict[str, bytes] = {}

    def manifests(self) -> list[str]:
        """Raises ``Unreachable``."""
        self._spool.forget()
        self._waiting = {}
        for name, manifest, signature in self._listed():
            self._waiting[name] = manifest.encode()
            self._waiting[name + SUFFIX] = signature.encode()
        return sorted(name for name in self._waiting if name.endswith(MANIFEST))

    def size(self, name: str) -> int | None:
        """By fetching it: rows have no size beforehand, so that what is too much is stopped on the way."""
        self._fetch(name)
        return self._spool.size(name) or None

    def open(self, name: str) -> BinaryIO:
        self._fetch(name)
        return self._spool.open(name)

    def read(self, name: str, limit: int) -> bytes | None:
        found = self._waiting.get(name)
        return found if found and len(found) <= limit else None

    def _fetch(self, name: str) -> None:
        if name not in self._spool:
            self._copy(name)

    @abstractmethod
    def _listed(self) -> Iterator[tuple[str, str, str]]:
        """Name, manifest and signature of each batch that waits. Raises ``Unreachable``."""

    @abstractmethod
    def _copy(self, name: str) -> None:
        """Write the rows of a file into the spool. Raises ``Unreachable``, ``Refused`` (BATCH_FILE_*)."""

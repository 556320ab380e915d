"""What was fetched from a system, kept until its delivery is answered: what was verified is what is read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from typing import BinaryIO
from weakref import finalize

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

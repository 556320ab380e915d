"""File drop in a local folder: the far end of an optical gate, a mounted share.

The sender writes files under another name and renames them, the manifest last; the hub picks up what a manifest names.
Everything handed back appears the same way: whole or not at all. Symbolic links are never followed.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import stat
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from connectors.kit.store import ANSWERS, OUT, row_line
from hub.canonical.connector import Unreachable
from hub.core.errors import Reason, Refused

MANIFEST = ".manifest.json"
_NAME = re.compile(r"[0-9A-Za-z\u4e00-\u9fff][0-9A-Za-z\u4e00-\u9fff._-]{0,119}")
_UNFINISHED = (".part", ".tmp")


LOST = "FERRY_FOLDER_LOST"


class FerryFolder:
    """``in`` is the sender's; ``receipts``, ``out`` and ``refused`` (deliveries refused whole) are the hub's."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.incoming = root / "in"

    def manifests(self) -> list[str]:
        """Names of the manifests that lie there whole. Raises ``Unreachable``."""
        try:
            names = [path.name for path in self.incoming.iterdir()]
        except OSError as error:
            raise Unreachable(LOST) from error
        return sorted(name for name in names if name.endswith(MANIFEST) and safe_name(name))

    def size(self, name: str) -> int | None:
        """Bytes of a file handed in, by its directory entry alone; None when there is no such plain file."""
        try:
            found = os.lstat(self.incoming / name)
        except OSError:
            return None
        return found.st_size if stat.S_ISREG(found.st_mode) else None

    def open(self, name: str) -> BinaryIO:
        """A file handed in. Raises ``Refused`` (BATCH_FILE_MISSING)."""
        try:
            handle = os.open(self.incoming / name, os.O_RDONLY | os.O_NOFOLLOW)
        except OSError:
            raise Refused(Reason("BATCH_FILE_MISSING", (), {"file": name})) from None
        return os.fdopen(handle, "rb")

    def read(self, name: str, limit: int) -> bytes | None:
        """A small file, or None when it is absent or larger than ``limit`` bytes."""
        size = self.size(name)
        if size is None or size > limit:
            return None
        with self.open(name) as file:
            return file.read(limit)

    def put(self, place: str, name: str, content: bytes) -> None:
        """Write a file whole. Raises ``Unreachable``."""
        folder = self.root / place
        try:
            folder.mkdir(exist_ok=True)
            part = folder / f"{name}.part"
            with part.open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            part.rename(folder / name)
        except OSError as error:
            raise Unreachable(LOST) from error

    def put_rows(self, key: str, rows: Sequence[Mapping[str, str]]) -> None:
        """Rows as JSON Lines with a manifest, which is put last."""
        for name, content in rows_files(key, rows):
            self.put(OUT, name, content)

    def answer(self, key: str, limit: int) -> bytes | None:
        """The file ``answers/<key>.json``."""
        path = self.root / ANSWERS / f"{key}.json"
        try:
            found = os.lstat(path)
            if not stat.S_ISREG(found.st_mode) or found.st_size > limit:
                return None
            return path.read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise Unreachable(LOST) from error

    def clear(self, names: list[str]) -> None:
        """Take files away: what was accepted is kept sealed in the hub, no copy in clear stays behind."""
        for name in names:
            with suppress(FileNotFoundError):
                (self.incoming / name).unlink()

    def set_aside(self, names: list[str]) -> None:
        """Move what was refused out of the way, as it is."""
        folder = self.root / "refused"
        folder.mkdir(exist_ok=True)
        for name in names:
            with suppress(FileNotFoundError):
                (self.incoming / name).rename(folder / name)


def rows_files(key: str, rows: Sequence[Mapping[str, str]]) -> list[tuple[str, bytes]]:
    """What rows are handed over as: their file, then its manifest with count and digest."""
    name, content = f"lists-{key}.jsonl", b"".join(map(row_line, rows))
    digest = hashlib.sha256(content).hexdigest()
    manifest = {"key": key, "file": name, "rows": len(rows), "bytes": len(content), "sha256": digest}
    return [(name, content), (f"lists-{key}{MANIFEST}", json.dumps(manifest).encode())]


def safe_name(name: str) -> bool:
    """Whether a name is a plain file's: no path, no hidden file, nothing unfinished."""
    return _NAME.fullmatch(name) is not None and not name.endswith(_UNFINISHED)

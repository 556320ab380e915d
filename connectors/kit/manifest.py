"""Manifests: what a delivery consists of, as JSON, and whether the files are that."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from connectors.kit.folder import safe_name
from connectors.kit.store import Store
from hub.canonical.connector import Delivery, Part
from hub.canonical.exchange_codes import BatchKind, CaseListKind
from hub.core.errors import Reason, refuse_if

MANIFEST_BYTES = 1024 * 1024
MOST_FILES = 100
MOST_ROWS = 10_000_000
_DIGEST = re.compile(r"[0-9a-f]{64}")
_CHUNK = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Bytes of a file read as a stream, and of a workbook, which is read whole."""

    file: int = 1024**3
    workbook: int = 50 * 1024**2


ENCODINGS = ("UTF-8", "GB18030")


def parse_manifest(name: str, content: bytes | None, sender: str = "court") -> Delivery:
    """The delivery a manifest describes; ``sender`` is the member that names who sent it. What is wrong with the
    manifest is in its ``reasons``."""
    if content is None:
        return Delivery(name, "", hashlib.sha256(name.encode()).hexdigest(), reasons=(_unreadable(MANIFEST_BYTES),))
    digest = hashlib.sha256(content).hexdigest()
    try:
        text = content.decode("utf-8")
        data = json.loads(text)
    except (UnicodeDecodeError, ValueError, RecursionError):
        return Delivery(name, "", digest, reasons=(_unreadable(MANIFEST_BYTES),))
    if not isinstance(data, dict):
        return Delivery(name, text, digest, reasons=(_unreadable(MANIFEST_BYTES),))
    return _read(name, text, digest, data, sender)


def _unreadable(limit: int) -> Reason:
    return Reason("MANIFEST_UNREADABLE", (), {"limit": limit})


def _read(name: str, text: str, digest: str, data: Mapping[str, Any], sender: str) -> Delivery:
    fields = _Fields(data, ())
    number = fields.integer("batch", 1, 2**53)
    kind = fields.choice("kind", [each.value for each in BatchKind])
    sent_at = fields.instant("sentAt")
    template = fields.text("template")
    sent_by = fields.text(sender)
    files = data.get("files")
    parts: list[Part] = []
    if not isinstance(files, list) or len(files) > MOST_FILES:
        fields.wrong("files", f"[0-{MOST_FILES}]")
    else:
        parts = list(_parts(files, fields.reasons))
        if (kind == BatchKind.ZERO) != (not files) or len({part.name for part in parts}) < len(parts):
            fields.wrong("files", "ZERO: [], DELTA, SNAPSHOT: [1-]")
    return Delivery(
        name=name,
        manifest=text,
        digest=digest,
        number=number or 0,
        kind=BatchKind(kind) if kind else None,
        template=f"{template}@{sent_by}",
        sent_at=sent_at,
        parts=tuple(parts),
        reasons=tuple(fields.reasons),
    )


def _parts(files: list[Any], reasons: list[Reason]) -> Iterator[Part]:
    for index, entry in enumerate(files):
        fields = _Fields(entry if isinstance(entry, dict) else {}, ("files", index))
        name = fields.text("name")
        if name and not safe_name(name):
            fields.wrong("name", "[0-9A-Za-z._-]{1,120}")
        kind = fields.choice("list", [each.value for each in CaseListKind])
        rows = fields.integer("rows", 0, MOST_ROWS)
        size = fields.integer("bytes", 0, 2**53)
        digest = fields.text("sha256").lower()
        if not _DIGEST.fullmatch(digest):
            fields.wrong("sha256", "[0-9a-f]{64}")
        encoding = fields.choice("encoding", ENCODINGS) if "encoding" in fields.data else ENCODINGS[0]
        reasons += fields.reasons
        if not fields.reasons:
            yield Part(name, CaseListKind(kind), rows or 0, size or 0, digest, encoding)


class _Fields:
    """Reads members of a JSON object, noting what is wrong."""

    def __init__(self, data: Mapping[str, Any], path: tuple[str | int, ...]) -> None:
        self.data = data
        self.reasons: list[Reason] = []
        self._path = path

    def wrong(self, field: str, expected: str) -> None:
        params = {"field": ".".join(map(str, (*self._path, field))), "expected": expected}
        self.reasons.append(Reason("MANIFEST_FIELD", (*self._path, field), params))

    def text(self, field: str) -> str:
        value = self.data.get(field)
        if isinstance(value, str) and 0 < len(value) <= 200 and "\x00" not in value:
            return value
        self.wrong(field, "1-200")
        return ""

    def integer(self, field: str, lowest: int, highest: int) -> int | None:
        value = self.data.get(field)
        if isinstance(value, int) and not isinstance(value, bool) and lowest <= value <= highest:
            return value
        self.wrong(field, f"{lowest}-{highest}")
        return None

    def choice(self, field: str, choices: list[str] | tuple[str, ...]) -> str:
        value = self.data.get(field)
        if isinstance(value, str) and value in choices:
            return value
        self.wrong(field, ", ".join(choices))
        return ""

    def instant(self, field: str) -> datetime | None:
        value = self.data.get(field)
        try:
            found = datetime.fromisoformat(value) if isinstance(value, str) else None
        except ValueError:
            found = None
        if found is None or found.tzinfo is None:
            self.wrong(field, "2026-01-31T20:00:00+08:00")
            return None
        return found


def verify_files(store: Store, parts: tuple[Part, ...], limits: Limits) -> None:
    """Raise ``Refused`` unless every file is there with the size and the digest declared; sizes are looked at first,
    so that nothing too large is ever read."""
    refuse_if(reason for part in parts for reason in _size_faults(store, part, limits))
    refuse_if(Reason("BATCH_DIGEST", (), {"file": part.name}) for part in parts if _digest(store, part) != part.digest)


def _size_faults(store: Store, part: Part, limits: Limits) -> Iterator[Reason]:
    size = store.size(part.name)
    limit = limits.workbook if part.name.lower().endswith(".xlsx") else limits.file
    if size is None:
        yield Reason("BATCH_FILE_MISSING", (), {"file": part.name})
    elif size > limit:
        yield Reason("BATCH_FILE_TOO_LARGE", (), {"file": part.name, "size": size, "limit": limit})
    elif size != part.size:
        yield Reason("BATCH_FILE_SIZE", (), {"file": part.name, "declared": part.size, "found": size})


def _digest(store: Store, part: Part) -> str:
    found = hashlib.sha256()
    with store.open(part.name) as file:
        while chunk := file.read(_CHUNK):
            found.update(chunk)
    return found.hexdigest()

"""A message between a court's side and a holder: flat fields and blocks of records, whatever it is written in.

XML holds both as attributes, as banks do: ``<cxfk BDHM="…"><zhxx KHZH="…"/></cxfk>``; JSON as members of an object.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from xml.etree.ElementTree import Element, ParseError, SubElement, tostring

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from hub.core.errors import Reason, Refused

Record = Mapping[str, str]
MOST_BYTES = 4 * 1024 * 1024
MOST_RECORDS = 1_000
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")


class Format(StrEnum):
    XML = "XML"
    JSON = "JSON"


@dataclass(frozen=True, slots=True)
class HolderMessage:
    fields: Record
    blocks: Mapping[str, tuple[Record, ...]] = field(default_factory=dict)

    def without(self, block: str) -> HolderMessage:
        return HolderMessage(self.fields, {name: rows for name, rows in self.blocks.items() if name != block})

    @property
    def plain(self) -> bytes:
        """What digests are over: the same however the message is written."""
        found = {"fields": dict(self.fields), "blocks": {name: list(rows) for name, rows in self.blocks.items()}}
        return json.dumps(found, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.plain).hexdigest()

    @property
    def md5(self) -> str:
        """What the banks' specification asks for beside it; nothing here rests on it."""
        return hashlib.md5(self.plain, usedforsecurity=False).hexdigest()


def written(message: HolderMessage, root: str, form: Format, encoding: str) -> bytes:
    if form is Format.JSON:
        blocks = {name: [dict(row) for row in rows] for name, rows in message.blocks.items()}
        return json.dumps({root: {**message.fields, **blocks}}, ensure_ascii=False).encode(encoding)
    element = Element(root, dict(message.fields))
    for name, rows in message.blocks.items():
        for row in rows:
            SubElement(element, name, dict(row))
    text = tostring(element, "unicode")
    return f'<?xml version="1.0" encoding="{encoding}"?>{text}'.encode(encoding)


def parsed(content: bytes, roots: Collection[str], form: Format, encoding: str) -> tuple[str, HolderMessage]:
    """Which of the roots it has, and what it says. Raises ``Refused`` (ANSWER_TOO_LARGE, ANSWER_ENCODING,
    ANSWER_MALFORMED). Entities and document types are never expanded."""
    if not 0 < len(content) <= MOST_BYTES:
        raise Refused(Reason("ANSWER_TOO_LARGE", (), {"limit": MOST_BYTES}))
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        raise Refused(Reason("ANSWER_ENCODING", (), {"encoding": encoding})) from None
    try:
        root, found = (_from_json if form is Format.JSON else _from_xml)(text)
        if root not in roots:
            raise ValueError(root)
    except (ValueError, RecursionError, ParseError, DefusedXmlException):
        raise Refused(Reason("ANSWER_MALFORMED", (), {"format": form.value})) from None
    return root, found


def _from_xml(text: str) -> tuple[str, HolderMessage]:
    # The text is decoded already: a declaration that names another encoding would be read anew.
    element = fromstring(_DECLARATION.sub("", text, count=1), forbid_dtd=True)
    if (element.text or "").strip():
        raise ValueError("text")
    blocks: dict[str, list[Record]] = {}
    for child in element:
        if len(child) or (child.text or "").strip() or (child.tail or "").strip():
            raise ValueError("depth")
        blocks.setdefault(child.tag, []).append(dict(child.attrib))
    return element.tag, _bounded(dict(element.attrib), blocks)


def _from_json(text: str) -> tuple[str, HolderMessage]:
    whole = json.loads(text, object_pairs_hook=_once)
    if not isinstance(whole, dict) or len(whole) != 1:
        raise ValueError("root")
    ((root, content),) = whole.items()
    if not isinstance(content, dict):
        raise ValueError("root")  # noqa: TRY004 - what is not as agreed, like all else here
    flat = {name: value for name, value in content.items() if not isinstance(value, list)}
    blocks = {name: value for name, value in content.items() if isinstance(value, list)}
    return root, _bounded(flat, blocks)


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """A member given twice means two things to two readers."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("twice")
    return found


def _bounded(flat: Mapping[str, object], blocks: Mapping[str, Sequence[object]]) -> HolderMessage:
    if sum(map(len, blocks.values())) > MOST_RECORDS:
        raise ValueError("records")
    return HolderMessage(dict(_texts(flat)), {name: tuple(map(_record, rows)) for name, rows in blocks.items()})


def _record(found: object) -> Record:
    if not isinstance(found, Mapping):
        raise ValueError("record")  # noqa: TRY004 - what is not as agreed, like all else here
    return dict(_texts(found))


def _texts(found: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    for name, value in found.items():
        if not isinstance(value, str) or "\x00" in value:
            raise ValueError("text")
        yield name, value.strip()

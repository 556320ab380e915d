"""Shapes: how one kind of holder writes its messages, as TOML. A shape may be ``like`` another and say what differs.

The keys left of ``=`` are those of the wire (pinyin, as the specifications have them), those on the right the hub's.
``control`` is the conversation about what was found, ``lookout`` that about whom to look out for: of either a shape
says only what differs from ``query``. A key set to nothing is not of this shape.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from connectors.holder.message import Format
from hub.canonical.connector import NetworkZone
from hub.canonical.control_codes import ControlResult
from hub.canonical.execution_codes import AnswerCode, QueryType, ReturnReason
from hub.canonical.holding import HolderEvent
from hub.core.texts import Text

FOLDER = Path(__file__).parent / "shapes"
Keys = Mapping[str, str]


class Way(StrEnum):
    """How messages travel: a signed service of the holder, the exchange platform, files behind a ferry."""

    SERVICE = "SERVICE"
    PLATFORM = "PLATFORM"
    FERRY = "FERRY"


@dataclass(frozen=True, slots=True)
class Block:
    """Records of an answer. ``kind`` is the field of a finding they fill; those without are told in the note under
    ``label``. A record with one of the values of ``nothing`` says that there is none."""

    name: str
    kind: str | None
    label: str
    keys: Keys
    nothing: Keys


@dataclass(frozen=True, slots=True)
class Asking:
    """A request: its root, fields, and blocks of documents and of the officer who asks."""

    root: str
    keys: Keys
    documents: str
    document_keys: Keys
    officer: str
    officer_keys: Keys
    codes: Mapping[str, Keys]
    categories: Mapping[QueryType, str]


@dataclass(frozen=True, slots=True)
class Replying:
    """A reply of any conversation. ``receipt`` is the block of the seal over all the rest."""

    root: str
    keys: Keys
    accepted: frozenset[str]
    returned: Block
    reasons: Mapping[str, ReturnReason]
    receipt: str
    receipt_keys: Keys

    @property
    def known_blocks(self) -> tuple[Block, ...]:
        return (self.returned,)


@dataclass(frozen=True, slots=True)
class Answering(Replying):
    """An answer to a query: ``results`` are its codes."""

    results: Mapping[str, AnswerCode]
    blocks: Mapping[str, Block]
    objected: Block

    @property
    def known_blocks(self) -> tuple[Block, ...]:
        return (*self.blocks.values(), self.returned, self.objected)


@dataclass(frozen=True, slots=True)
class Controlled(Replying):
    """What became of an order of control."""

    results: Mapping[str, ControlResult]


@dataclass(frozen=True, slots=True)
class Controlling:
    """Orders about assets: freezing, renewing, releasing, taking."""

    ask: Asking
    answer: Controlled
    withdraw: str
    urge: str


@dataclass(frozen=True, slots=True)
class Watched(Replying):
    """What became of a lookout: watched for, met, called off."""

    results: Mapping[str, HolderEvent]


@dataclass(frozen=True, slots=True)
class Watching:
    """Lookouts for persons and vehicles."""

    ask: Asking
    answer: Watched
    withdraw: str


@dataclass(frozen=True, slots=True)
class Shape:
    """``level`` is the sensitivity of what it answers; ``service`` its id at the exchange platform."""

    name: str
    title: Text
    owner: Text
    contact: Text
    specification: str
    zone: NetworkZone
    level: str
    way: Way
    form: Format
    encoding: str
    service: str
    ask: Asking
    answer: Answering
    withdraw: str
    urge: str
    control: Controlling | None
    lookout: Watching | None

    @property
    def query_types(self) -> tuple[QueryType, ...]:
        return tuple(self.ask.categories)

    def key(self, keys: Keys, term: str) -> str:
        """The wire's key of a term."""
        return next(key for key, meant in keys.items() if meant == term)


@cache
def shape(name: str) -> Shape:
    """Raises ``KeyError`` where there is none of that name."""
    if name not in shape_names():
        raise KeyError(name)
    return _shape(name, _data(name))


@cache
def shape_names() -> tuple[str, ...]:
    """Every shape; those that others are merely like begin with an underscore."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.toml") if not path.stem.startswith("_")))


def _data(name: str) -> dict[str, Any]:
    found = tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
    base = found.pop("like", None)
    return found if base is None else _merged(_data(base), found)


def _merged(base: dict[str, Any], more: Mapping[str, Any]) -> dict[str, Any]:
    for key, value in more.items():
        if value == "":
            base.pop(key, None)
        else:
            both = isinstance(value, dict) and isinstance(base.get(key), dict)
            base[key] = _merged(base[key], value) if both else value
    return base


def _shape(name: str, data: Mapping[str, Any]) -> Shape:
    query, control, lookout = data["query"], data.get("control"), data.get("lookout")
    return Shape(
        name=name,
        title=Text(*data["title"]),
        owner=Text(*data["owner"]),
        contact=Text(*data["contact"]),
        specification=data["specification"],
        zone=NetworkZone(data["zone"]),
        level=data["level"],
        way=Way(data["way"]),
        form=Format(data["format"]),
        encoding=data["encoding"],
        service=data.get("service", ""),
        ask=_asking(query["ask"]),
        answer=_answering(query["answer"]),
        withdraw=query["withdraw"],
        urge=query["urge"],
        control=None if control is None else _controlling(control, query),
        lookout=None if lookout is None else _watching(lookout, query),
    )


def _asking(data: Mapping[str, Any]) -> Asking:
    return Asking(
        root=data["root"],
        keys=data["keys"],
        documents=data["documents"]["block"],
        document_keys=data["documents"]["keys"],
        officer=data["officer"]["block"],
        officer_keys=data["officer"]["keys"],
        codes=data["codes"],
        categories={QueryType(kind): code for kind, code in data.get("categories", {}).items()},
    )


def _answering(data: Mapping[str, Any]) -> Answering:
    return Answering(
        root=data["root"],
        keys=data["keys"],
        results={code: AnswerCode(meant) for code, meant in data["results"].items()},
        accepted=frozenset(data["accepted"]),
        blocks={name: _block(name, each) for name, each in data["blocks"].items()},
        returned=_block(data["returned"]["block"], data["returned"]),
        reasons={code: ReturnReason(meant) for code, meant in data["returned"]["reasons"].items()},
        objected=_block(data["objected"]["block"], data["objected"]),
        receipt=data["receipt"]["block"],
        receipt_keys=data["receipt"]["keys"],
    )


def _controlling(data: Mapping[str, Any], query: Mapping[str, Any]) -> Controlling:
    results = {code: ControlResult(meant) for code, meant in data["answer"]["results"].items()}
    answer = Controlled(**_replying(data, query), results=results)
    return Controlling(_asking_like(data, query), answer, data["withdraw"], data["urge"])


def _watching(data: Mapping[str, Any], query: Mapping[str, Any]) -> Watching:
    results = {code: HolderEvent(meant) for code, meant in data["answer"]["results"].items()}
    answer = Watched(**_replying(data, query), results=results)
    return Watching(_asking_like(data, query), answer, data["withdraw"])


def _asking_like(data: Mapping[str, Any], query: Mapping[str, Any]) -> Asking:
    """How an order is asked for; officer, documents and codes are those of a question unless it says otherwise."""
    asked = query["ask"]
    like = {"officer": asked["officer"], "documents": asked["documents"], **data["ask"]}
    return _asking({**like, "codes": {**asked["codes"], **data["ask"].get("codes", {})}})


def _replying(data: Mapping[str, Any], query: Mapping[str, Any]) -> dict[str, Any]:
    """What every reply has, of a conversation that is not the query."""
    answer = _answering({**query["answer"], **data["answer"], "results": {}})
    return {each.name: getattr(answer, each.name) for each in fields(Replying)}


def _block(name: str, data: Mapping[str, Any]) -> Block:
    return Block(name, data.get("kind"), data.get("label", ""), data["keys"], data.get("nothing", {}))

"""A request as the holder's system takes it: the hub's terms under the keys of its shape."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Mapping
from pathlib import PurePath
from typing import Any

from connectors.holder.message import HolderMessage, Record
from connectors.holder.shape import Asking, Keys, Shape
from hub.canonical.execution_codes import QueryType

KNOWN = "-"
"""Meant by a key that the hub leaves blank or does not keep."""


def request(shape: Shape, order: Mapping[str, Any]) -> HolderMessage:
    """``order`` holds texts by term, ``documents`` and the ``officer``. Raises ``KeyError`` for a type of question that
    the shape does not carry."""
    return _asked(shape.ask, {**order, "category": shape.ask.categories[QueryType(order["query_type"])]})


def control(shape: Shape, order: Mapping[str, Any]) -> HolderMessage:
    """An order about an asset, in terms as ``request``. Raises ``KeyError`` for a shape that knows of none."""
    if shape.control is None:
        raise KeyError(shape.name)
    return _asked(shape.control.ask, order)


def lookout(shape: Shape, order: Mapping[str, Any]) -> HolderMessage:
    """Whom or what to look out for, in terms as ``request``. Raises ``KeyError`` for a shape that knows of none."""
    if shape.lookout is None:
        raise KeyError(shape.name)
    return _asked(shape.lookout.ask, order)


def _asked(ask: Asking, terms: Mapping[str, Any]) -> HolderMessage:
    fields = _filled(ask.keys, lambda term: _coded(ask, term, str(terms.get(term) or "")))
    documents = tuple(
        _document(ask, each, place, str(terms["number"])) for place, each in enumerate(terms["documents"], 1)
    )
    officer = _filled(ask.officer_keys, lambda term: str(terms["officer"].get(term) or ""))
    return HolderMessage(fields, {ask.documents: documents, ask.officer: (officer,)})


def _filled(keys: Keys, value: Callable[[str], str]) -> Record:
    return {key: "" if term == KNOWN else value(term) for key, term in keys.items()}


def _coded(ask: Asking, term: str, value: str) -> str:
    """A code of the hub as the holder's, or several with commas; a term without codes travels as it is."""
    codes = ask.codes.get(term)
    return value if codes is None else ",".join(codes[each] for each in value.split(","))


def _document(ask: Asking, given: Mapping[str, str], place: int, number: str) -> Record:
    content = base64.b64decode(given["content"])
    terms = {
        **given,
        "number": number,
        "place": str(place),
        "extension": PurePath(given["filename"]).suffix.lstrip(".").lower(),
        "md5": hashlib.md5(content, usedforsecurity=False).hexdigest(),
        "sha256": hashlib.sha256(content).hexdigest(),
    }
    return _filled(ask.document_keys, lambda term: _coded(ask, f"document_{term}", terms.get(term, "")))


def word(shape: Shape, ask: Asking, number: str) -> HolderMessage:
    """A message that says nothing but which request it is about."""
    return HolderMessage({shape.key(ask.keys, "number"): number})

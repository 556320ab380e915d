"""A court's lists pushed through the exchange platform: what its ferry folder would hold, in one request.

The platform's signature says nothing of the body, so that only batches signed by the court itself are taken.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from connectors.court.connector import CourtConnector
from connectors.kit.handed import NAME, HandedStore
from connectors.kit.links import Link
from connectors.kit.manifest import MANIFEST_BYTES, MOST_FILES, parse_manifest
from connectors.kit.signature import load_key
from hub.canonical.connector import Delivery
from hub.core.errors import Reason, Refused

SERVICE = "case-lists"
_FOLDER = "pushers"


@dataclass(frozen=True, slots=True)
class Pusher:
    """Who may push: the keys it signs with at the moment, the courts it speaks for."""

    requester: str
    keys: tuple[str, ...]
    courts: tuple[str, ...]


def pushers_at(links: Path) -> dict[str, Pusher]:
    """Those that the TOML files in ``pushers`` beside the links name, by requester id. Raises ``Refused`` (LINK_*)."""
    found = [_pusher(Link(path)) for path in sorted((links / _FOLDER).glob("*.toml"))]
    return {each.requester: each for each in found}


def _pusher(link: Link) -> Pusher:
    """``requester``, ``courts``, ``secret`` and, while a key is replaced, ``former_secret``: files beside it."""
    names = ("secret", "former_secret") if link.has("former_secret") else ("secret",)
    keys = link.made("secret", lambda: tuple(link.secret(name).decode("ascii") for name in names))
    if not all(keys):
        raise link.wrong("secret")
    if not link.texts("courts"):
        raise link.wrong("courts")
    return Pusher(link.text("requester"), keys, link.texts("courts"))


@dataclass(frozen=True, slots=True)
class Pushed:
    """One delivery with the connector that reads it; what the hub answers stands in ``store``."""

    connector: CourtConnector
    delivery: Delivery
    store: HandedStore


def pushed(pusher: Pusher, body: bytes, ferry: Path) -> Pushed:
    """The delivery in a request ``{"number", "content": {"manifest", "signature", "files"}}``: the manifest as the
    text that was signed, files as Base64 by name. Raises ``Refused`` (PUSH_BODY, PUSH_COURT, PUSH_KEY)."""
    manifest, signature, files = _content(body)
    store = HandedStore(manifest, signature, files)
    court = _court(manifest)
    if court not in pusher.courts:
        raise Refused(Reason("PUSH_COURT", ("court",)))
    if load_key(ferry / f"{court}.pem") is None:
        raise Refused(Reason("PUSH_KEY", ("signature",)))
    delivery = parse_manifest(NAME, store.read(NAME, MANIFEST_BYTES))
    return Pushed(CourtConnector(court, ferry, store=store), delivery, store)


def _content(body: bytes) -> tuple[str, str, dict[str, bytes]]:
    try:
        match json.loads(body):
            case {"content": {"manifest": str(manifest), "signature": str(signature), "files": dict(files)}}:
                if len(files) <= MOST_FILES:
                    return manifest, signature, _files(files)
    except (UnicodeError, ValueError, RecursionError, TypeError):
        pass
    raise Refused(Reason("PUSH_BODY"))


def _files(told: Mapping[str, str]) -> dict[str, bytes]:
    try:
        return {name: base64.b64decode(text.encode("ascii"), validate=True) for name, text in told.items()}
    except (binascii.Error, AttributeError):
        raise Refused(Reason("PUSH_BODY")) from None


def _court(manifest: str) -> str:
    try:
        told = json.loads(manifest)
    except (ValueError, RecursionError):
        raise Refused(Reason("PUSH_BODY")) from None
    court = told.get("court") if isinstance(told, dict) else None
    return court if isinstance(court, str) else ""

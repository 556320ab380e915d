"""Lists of cases that a bank hands in over a file drop or SFTP, campaign-list/1.

In: ``in/<name>`` (.xlsx or .csv, the columns of the template), the signature ``in/<name>.manifest.json.sig`` (ECDSA,
SHA-256, base64), then ``in/<name>.manifest.json``: ``{"template": "campaign-list/1", "bank": credit code, "campaign":
opaque id, "file": name, "bytes": n, "sha256": hexadecimal}``. Back: ``receipts/<name>.receipt.json`` and, of a list
that was refused for its rows, ``receipts/<name>.errors.xlsx``.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey

from connectors.bank.card import lists_card_of
from connectors.kit.folder import MANIFEST, safe_name
from connectors.kit.links import Link, file_store, signing_key
from connectors.kit.manifest import MANIFEST_BYTES
from connectors.kit.report import reason_plain
from connectors.kit.signature import SIGNATURE_BYTES, SUFFIX, is_signed
from connectors.kit.store import RECEIPTS, Store
from hub.canonical.campaign import CampaignBank, HandedList, ListReceipt
from hub.canonical.connector import Card, Health
from hub.canonical.uscc import is_uscc
from hub.core.errors import Reason, Refused, refuse_if

KIND = "campaign-bank"
TEMPLATE = "campaign-list/1"
MOST_BYTES = 8 * 1024 * 1024
_LONGEST = 200


class CampaignBankConnector:
    """``key`` gives the key that the bank signs its manifests with."""

    def __init__(self, code: str, store: Store, key: Callable[[], EllipticCurvePublicKey]) -> None:
        self.code = code
        self._store = store
        self._key = key

    @property
    def card(self) -> Card:
        return lists_card_of(self.code)

    @property
    def source(self) -> str:
        return f"{KIND}:{self.code}"

    def waiting(self) -> Sequence[str]:
        return self._store.manifests()

    def read(self, name: str) -> HandedList:
        told = self._signed(name)
        if told["bank"] != self.code:
            raise Refused(Reason("CAMPAIGN_LIST_BANK", ("bank",)))
        content = self._content(told)
        return HandedList(name, told["campaign"], content, told["sha256"], (told["file"], name + SUFFIX, name))

    def _content(self, told: dict[str, Any]) -> bytes:
        file, size = told["file"], self._store.size(told["file"])
        if size is None:
            raise Refused(Reason("BATCH_FILE_MISSING", (), {"file": file}))
        if size > MOST_BYTES:
            raise Refused(Reason("BATCH_FILE_TOO_LARGE", (), {"file": file, "size": size, "limit": MOST_BYTES}))
        content = self._store.read(file, MOST_BYTES) or b""
        if len(content) != told["bytes"]:
            raise Refused(Reason("BATCH_FILE_SIZE", (), {"file": file, "declared": told["bytes"], "found": size}))
        if hashlib.sha256(content).hexdigest() != told["sha256"]:
            raise Refused(Reason("BATCH_DIGEST", (), {"file": file}))
        return content

    def answer(self, name: str, receipt: ListReceipt) -> None:
        stem = name.removesuffix(MANIFEST)
        told = {
            "manifest": name,
            "accepted": receipt.accepted,
            "taken": receipt.taken,
            "unchanged": receipt.unchanged,
            "reasons": [reason_plain(reason) for reason in receipt.reasons],
        }
        whole = json.dumps(told, ensure_ascii=False, indent=2).encode()
        if receipt.errors is not None:
            self._store.put(RECEIPTS, f"{stem}.errors.xlsx", receipt.errors)
        self._store.put(RECEIPTS, f"{stem}.receipt.json", whole)
        # The manifest goes last: until then a crash only means that the list is looked at again.
        names = [*self._file_of(name), name + SUFFIX, name]
        (self._store.clear if receipt.accepted else self._store.set_aside)(names)

    def _file_of(self, name: str) -> list[str]:
        """What a manifest names, when it is the bank's: nobody else has files moved."""
        with suppress(Refused):
            return [self._signed(name)["file"]]
        return []

    def _signed(self, name: str) -> dict[str, Any]:
        manifest = self._store.read(name, MANIFEST_BYTES) or b""
        if not is_signed(self._key(), manifest, self._store.read(name + SUFFIX, SIGNATURE_BYTES)):
            raise Refused(Reason("BATCH_SIGNATURE"))
        return _members(manifest)

    def health(self) -> Health:
        """Well when its folder can be listed."""
        return Health.of(self._store.manifests)


def _members(manifest: bytes) -> dict[str, Any]:
    """Raises ``Refused`` with every member that is missing or is none."""
    try:
        found = json.loads(manifest)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise Refused(Reason("CAMPAIGN_LIST_MANIFEST", (), {"field": "JSON"}))
    refuse_if(Reason("CAMPAIGN_LIST_MANIFEST", (name,), {"field": name}) for name in _wrong(found))
    return found


def _wrong(told: dict[str, Any]) -> Iterator[str]:
    if told.get("template") != TEMPLATE:
        yield "template"
    for name in ("bank", "campaign", "file", "sha256"):
        if not isinstance(told.get(name), str) or not 0 < len(told[name]) <= _LONGEST:
            yield name
    if not safe_name(str(told.get("file"))):
        yield "file"
    if not isinstance(told.get("bytes"), int) or isinstance(told["bytes"], bool):
        yield "bytes"


def campaign_bank(link: Link) -> CampaignBank:
    """``bank`` (GB 32100), ``signing_key`` (PEM) and the section ``file``. Raises ``Refused``."""
    code = link.text("bank")
    if not is_uscc(code):
        raise link.wrong("bank")
    return CampaignBankConnector(code, file_store(link), signing_key(link))

"""A tax authority's credit system as a connector: over a file drop or SFTP, from its link."""

from __future__ import annotations

from collections.abc import Callable

from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey

from connectors.kit.links import Link, file_store, signing_key
from connectors.kit.receipts import signed_text
from connectors.kit.store import OUT, Store
from connectors.tax.card import card_of
from connectors.tax.wire import message_file, read_receipt
from hub.canonical.connector import Card, Health, Outgoing
from hub.canonical.tax import TaxSystem, ToldStop

KIND = "tax"
_ANSWER_BYTES = 1024 * 1024


class TaxConnector:
    """``key`` gives the key that the tax authority signs its answers with."""

    def __init__(self, region: str, store: Store, key: Callable[[], EllipticCurvePublicKey]) -> None:
        self._region = region
        self._store = store
        self._key = key

    @property
    def card(self) -> Card:
        return card_of(self._region)

    @property
    def source(self) -> str:
        return f"{KIND}:{self._region}"

    def push(self, outgoing: Outgoing) -> None:
        name, content = message_file(outgoing)
        self._store.put(OUT, name, content)

    def stop_receipt(self, key: str) -> ToldStop | None:
        content = self._store.answer(f"{key}.tax", _ANSWER_BYTES)
        return None if content is None else read_receipt(signed_text(content, self._key()), key)

    def health(self) -> Health:
        """Well when its folder can be listed."""
        return Health.of(self._store.manifests)


def tax_authority(link: Link) -> TaxSystem:
    """``region`` (GB/T 2260), ``signing_key`` (PEM) and the section ``file``. Raises ``Refused``."""
    region = link.region()
    return TaxConnector(region, file_store(link), signing_key(link))

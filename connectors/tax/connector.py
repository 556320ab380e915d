"""A tax authority's credit system as a connector: over a file drop or SFTP, from its link."""

from __future__ import annotations

from collections.abc import Callable

from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey

from connectors.kit.authority import Authority, message_file
from connectors.kit.links import Link, file_store, signing_key
from connectors.kit.store import OUT, Store
from connectors.tax.card import card_of
from connectors.tax.wire import KINDS, TEMPLATE, read_receipt
from hub.canonical.connector import Outgoing
from hub.canonical.tax import TaxSystem, ToldStop

KIND = "tax"
_ANSWER_BYTES = 1024 * 1024


class TaxConnector(Authority):
    """``key`` gives the key that the tax authority signs its answers with."""

    def __init__(self, region: str, store: Store, key: Callable[[], EllipticCurvePublicKey]) -> None:
        super().__init__(KIND, region, card_of(region), store, key)

    def push(self, outgoing: Outgoing) -> None:
        name, content = message_file(outgoing, template=TEMPLATE, kinds=KINDS)
        self._store.put(OUT, name, content)

    def stop_receipt(self, key: str) -> ToldStop | None:
        told = self.answered(f"{key}.tax", at_most=_ANSWER_BYTES)
        return None if told is None else read_receipt(told, key)


def tax_authority(link: Link) -> TaxSystem:
    """``region`` (GB/T 2260), ``signing_key`` (PEM) and the section ``file``. Raises ``Refused``."""
    region = link.region()
    return TaxConnector(region, file_store(link), signing_key(link))

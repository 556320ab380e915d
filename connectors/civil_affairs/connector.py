"""Civil affairs as a connector: over a file drop or SFTP, from its link."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey

from connectors.civil_affairs.card import card_of
from connectors.civil_affairs.wire import batch_files, read_arrival, read_receipts
from connectors.kit.authority import Authority
from connectors.kit.links import Link, file_store, signing_key
from connectors.kit.store import OUT, Store
from hub.canonical.connector import Outgoing
from hub.canonical.marriage import Arrival, CivilAffairs, ItemAnswer

KIND = "civil-affairs"
_ANSWER_BYTES = 4 * 1024 * 1024


class CivilAffairsConnector(Authority):
    """``key`` gives the key that the authority signs its receipts with."""

    def __init__(self, region: str, store: Store, key: Callable[[], EllipticCurvePublicKey]) -> None:
        super().__init__(KIND, region, card_of(region), store, key)

    def push(self, outgoing: Outgoing) -> None:
        for name, content in batch_files(outgoing):
            self._store.put(OUT, name, content)

    def arrival(self, key: str) -> Arrival | None:
        told = self.answered(f"{key}.arrival", at_most=_ANSWER_BYTES)
        return None if told is None else read_arrival(told, key)

    def receipts(self, key: str) -> Sequence[ItemAnswer] | None:
        told = self.answered(f"{key}.receipts", at_most=_ANSWER_BYTES)
        return None if told is None else read_receipts(told, key)


def civil_affairs(link: Link) -> CivilAffairs:
    """``region`` (GB/T 2260), ``signing_key`` (PEM) and the section ``file``. Raises ``Refused``."""
    region = link.region()
    return CivilAffairsConnector(region, file_store(link), signing_key(link))

"""Civil affairs as a connector: over a file drop or SFTP, from its link."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey

from connectors.civil_affairs.card import card_of
from connectors.civil_affairs.wire import batch_files, read_arrival, read_receipts
from connectors.kit.links import Link, file_store, signing_key
from connectors.kit.receipts import signed_text
from connectors.kit.store import OUT, Store
from hub.canonical.connector import Card, Health, Outgoing
from hub.canonical.marriage import Arrival, CivilAffairs, ItemAnswer

KIND = "civil-affairs"
_ANSWER_BYTES = 4 * 1024 * 1024


class CivilAffairsConnector:
    """``key`` gives the key that the authority signs its receipts with."""

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
        for name, content in batch_files(outgoing):
            self._store.put(OUT, name, content)

    def arrival(self, key: str) -> Arrival | None:
        content = self._store.answer(f"{key}.arrival", _ANSWER_BYTES)
        return None if content is None else read_arrival(signed_text(content, self._key()), key)

    def receipts(self, key: str) -> Sequence[ItemAnswer] | None:
        content = self._store.answer(f"{key}.receipts", _ANSWER_BYTES)
        return None if content is None else read_receipts(signed_text(content, self._key()), key)

    def health(self) -> Health:
        """Well when its folder can be listed."""
        return Health.of(self._store.manifests)


def civil_affairs(link: Link) -> CivilAffairs:
    """``region`` (GB/T 2260), ``signing_key`` (PEM) and the section ``file``. Raises ``Refused``."""
    region = link.region()
    return CivilAffairsConnector(region, file_store(link), signing_key(link))

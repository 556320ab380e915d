"""A finance department as a connector: over a file drop or SFTP, from its link."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey

from connectors.finance.card import card_of
from connectors.finance.wire import message_file, read_arrangements, read_clue_answer
from connectors.kit.links import Link, file_store, signing_key
from connectors.kit.receipts import signed_text
from connectors.kit.store import OUT, Store
from hub.canonical.connector import Card, Health, Outgoing
from hub.canonical.finance import ClueAnswer, FinanceSystem, ToldArrangement

KIND = "finance"
_ANSWER_BYTES = 1024 * 1024


class FinanceConnector:
    """``key`` gives the key that the finance department signs its answers with."""

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

    def clue_answer(self, key: str) -> ClueAnswer | None:
        content = self._store.answer(f"{key}.finance", _ANSWER_BYTES)
        return None if content is None else read_clue_answer(signed_text(content, self._key()), key)

    def arrangements(self, key: str) -> Sequence[ToldArrangement] | None:
        content = self._store.answer(f"{key}.finance", _ANSWER_BYTES)
        return None if content is None else read_arrangements(signed_text(content, self._key()), key)

    def health(self) -> Health:
        """Well when its folder can be listed."""
        return Health.of(self._store.manifests)


def finance(link: Link) -> FinanceSystem:
    """``region`` (GB/T 2260), ``signing_key`` (PEM) and the section ``file``. Raises ``Refused``."""
    region = link.region()
    return FinanceConnector(region, file_store(link), signing_key(link))

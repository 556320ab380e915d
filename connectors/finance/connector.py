"""A finance department as a connector: over a file drop or SFTP, from its link."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey

from connectors.finance.card import card_of
from connectors.finance.wire import KINDS, TEMPLATE, read_arrangements, read_clue_answer
from connectors.kit.authority import Authority, message_file
from connectors.kit.links import Link, file_store, signing_key
from connectors.kit.store import OUT, Store
from hub.canonical.connector import Outgoing
from hub.canonical.finance import ClueAnswer, FinanceSystem, ToldArrangement

KIND = "finance"
_ANSWER_BYTES = 1024 * 1024


class FinanceConnector(Authority):
    """``key`` gives the key that the finance department signs its answers with."""

    def __init__(self, region: str, store: Store, key: Callable[[], EllipticCurvePublicKey]) -> None:
        super().__init__(KIND, region, card_of(region), store, key)

    def push(self, outgoing: Outgoing) -> None:
        name, content = message_file(outgoing, template=TEMPLATE, kinds=KINDS)
        self._store.put(OUT, name, content)

    def clue_answer(self, key: str) -> ClueAnswer | None:
        told = self.answered(f"{key}.finance", at_most=_ANSWER_BYTES)
        return None if told is None else read_clue_answer(told, key)

    def arrangements(self, key: str) -> Sequence[ToldArrangement] | None:
        told = self.answered(f"{key}.finance", at_most=_ANSWER_BYTES)
        return None if told is None else read_arrangements(told, key)


def finance(link: Link) -> FinanceSystem:
    """``region`` (GB/T 2260), ``signing_key`` (PEM) and the section ``file``. Raises ``Refused``."""
    region = link.region()
    return FinanceConnector(region, file_store(link), signing_key(link))

"""The register as a connector: asked what changed, told of addresses that failed."""

from __future__ import annotations

from collections.abc import Mapping

from connectors.kit.calling import Caller
from connectors.kit.keyed import Instants
from connectors.kit.links import Link, service_caller
from connectors.kit.national import Signed
from connectors.market.card import card_of
from connectors.market.wire import BASE, CHANGES, REFERRALS, read_delta
from hub.canonical.addresses import Delta, MarketRegister
from hub.canonical.codes import DeliveryFault
from hub.canonical.connector import Card, Health, Outgoing, Unreachable
from hub.core.clock import system_clock

KIND = "market"


class MarketConnector:
    """``account`` is who the hub is at the register, ``secret`` what it signs with."""

    def __init__(self, region: str, url: str, account: str, secret: str, caller: Caller, instants: Instants) -> None:
        self._region = region
        self._url = url
        self._account = account
        self._secret = secret
        self._caller = caller
        self._instants = instants

    @property
    def card(self) -> Card:
        return card_of(self._region)

    @property
    def source(self) -> str:
        return f"{KIND}:{self._region}"

    def ask(self, service: str, question: Mapping[str, object], *, number: str) -> object:
        """Raises ``Unreachable``; GARBLED where the answer is to another question."""
        signed = Signed.by(self._secret, self._account, service, self._instants.next())
        body = {"number": number, "content": question}
        found = self._caller.post_json(f"{self._url}/{service}", body, signed.headers())
        if found.get("number") != number or "data" not in found:
            raise Unreachable.by(DeliveryFault.GARBLED)
        return found["data"]

    def changes(self, after: int, *, number: str) -> Delta:
        return read_delta(self.ask(CHANGES, {"after": after}, number=number), after)

    def push(self, outgoing: Outgoing) -> None:
        self.ask(REFERRALS, {"kind": outgoing.kind, **outgoing.body}, number=outgoing.key)

    def health(self) -> Health:
        """Well when it answers about an enterprise that never was."""
        return Health.of(lambda: self.ask(BASE, {"uscc": ""}, number="health"))


def market_register(link: Link) -> MarketRegister:
    """``region`` (GB/T 2260) and the section ``service``. Raises ``Refused``."""
    region = link.region()
    url, account, secret, caller = service_caller(link)
    return MarketConnector(region, url, account, secret.decode(), caller, Instants(system_clock))

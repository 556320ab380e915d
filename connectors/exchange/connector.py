"""The platform as a connector: questions to the services of other holders, and word of how answers were used."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from connectors.exchange.card import card_of
from connectors.exchange.wire import KEY_EXPIRED, OK, TIME, Answer, Wire
from connectors.kit.keyed import Identity, SigningKey
from connectors.kit.national import Signed
from hub.canonical.codes import DeliveryFault
from hub.canonical.connector import Card, Health, Outgoing, Unreachable
from hub.core.errors import Reason, Refused

FEEDBACK = "usage-feedback"
_TRIES = 3
"""A new key and a clock set right may both be needed before a request is taken."""


class ExchangeConnector:
    """``name`` tells the platforms of an installation apart."""

    def __init__(self, name: str, wire: Wire, identity: Identity) -> None:
        self._name = name
        self._wire = wire
        self._identity = identity

    @property
    def card(self) -> Card:
        return card_of(self._name)

    @property
    def source(self) -> str:
        return f"exchange:{self._name}"

    def ask(self, service: str, question: Mapping[str, object], *, number: str) -> object:
        """Raises ``Refused`` (PLATFORM_REFUSED), ``Unreachable``."""
        return self._settled(lambda: self._put(service, number, question))

    def push(self, outgoing: Outgoing) -> None:
        self.ask(FEEDBACK, {"kind": outgoing.kind, **outgoing.body}, number=outgoing.key)

    def health(self) -> Health:
        """Well when the platform gives us a key."""
        self._identity.forget_key()
        try:
            self._settled(lambda: self._signed(FEEDBACK))
        except Unreachable as lost:
            return Health(well=False, code=lost.code)
        except Refused as refused:
            return Health(well=False, code=refused.code)
        return Health(well=True)

    def _settled(self, work: Callable[[], object]) -> object:
        for _ in range(_TRIES):
            try:
                return work()
            except _Again as again:
                if again.time is None:
                    self._identity.forget_key()
                else:
                    self._identity.follow(again.time)
        raise Unreachable.by(DeliveryFault.STATUS)

    def _put(self, service: str, number: str, content: Mapping[str, object]) -> object:
        return self._data(self._wire.exchange(self._signed(service), number, content))

    def _signed(self, service: str) -> Signed:
        return self._identity.signed(service, self._renew)

    def _renew(self, signed: Signed) -> SigningKey:
        found = self._data(self._wire.exchange(signed, signed.instant, {}))
        match found:
            case {"key": str(key), "until": int(until)} if key:
                return SigningKey(key, until)
        raise Unreachable.by(DeliveryFault.GARBLED)

    def _data(self, answer: Answer) -> object:
        match answer.code:
            case code if code == OK:
                return answer.data
            case code if code == KEY_EXPIRED:
                raise _Again(None)
            case code if code == TIME and answer.time is not None:
                raise _Again(answer.time)
        raise Refused(Reason("PLATFORM_REFUSED", (), {"code": answer.code}))


class _Again(Exception):
    """To be tried once more, after what ``time`` asks for."""

    def __init__(self, time: int | None) -> None:
        super().__init__()
        self.time = time

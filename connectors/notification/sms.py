"""Text messages over an HTTP gateway: one request a message, signed like a request to an exchange platform."""

from __future__ import annotations

from connectors.kit.calling import Caller
from connectors.kit.keyed import Instants
from connectors.kit.national import Signed
from connectors.notification.card import SMS
from hub.canonical.codes import DeliveryFault
from hub.canonical.connector import Card, Health, Outgoing, Unreachable

SERVICE = "sms"
TAKEN, BUSY = "OK", "BUSY"


class SmsConnector:
    """``account`` and ``secret`` are the gateway's to give."""

    def __init__(self, url: str, account: str, secret: str, caller: Caller, instants: Instants) -> None:
        self._url = url
        self._account = account
        self._secret = secret
        self._caller = caller
        self._instants = instants

    @property
    def card(self) -> Card:
        return SMS

    @property
    def source(self) -> str:
        return f"sms:{self._account}"

    def push(self, outgoing: Outgoing) -> None:
        """The gateway knows a message again by its id and sends it once."""
        self._call({"id": outgoing.key, "to": outgoing.to or "", "text": str(outgoing.body["text"])})

    def health(self) -> Health:
        """Well when it takes the signature on an empty request."""
        return Health.of(lambda: self._call({}))

    def _call(self, content: dict[str, object]) -> None:
        signed = Signed.by(self._secret, self._account, SERVICE, self._instants.next())
        match self._caller.post_json(self._url, content, signed.headers()):
            case {"code": code} if code == TAKEN:
                return
            case {"code": code} if code == BUSY:
                raise Unreachable.by(DeliveryFault.THROTTLED)
            case {"code": str()}:
                raise Unreachable.by(DeliveryFault.STATUS)
        raise Unreachable.by(DeliveryFault.GARBLED)

"""A bank that is told lists. It takes a broadcast once by its number, and says later what became of its rows."""

from __future__ import annotations

import re
from pathlib import Path

from lxml.etree import _Element

from connectors.bank.card import card_of
from connectors.kit.calling import Caller
from connectors.kit.keyed import Instants
from connectors.kit.national import Signed
from connectors.kit.soap import SoapFaultError, SoapService, header_of
from hub.canonical.broadcasts import Acknowledged, RowRefusal, rows_digest
from hub.canonical.codes import Acknowledgement, DeliveryFault
from hub.canonical.connector import Card, Health, Outgoing, Unreachable

SERVICE = "bank-lists"
"""What the signature of every call names as the service."""
HEADER = "{urn:linkage-hub:bank}security"
WSDL = Path(__file__).parent / "bank.wsdl"
BINDING = "{urn:linkage-hub:bank}BankBinding"
TAKEN, WAITING = "TAKEN", "WAITING"
_CODE = re.compile(r"[A-Z][A-Z0-9_]{0,39}")


class BankConnector:
    """``account`` is who the hub is at the bank, ``secret`` what it signs with; both are the bank's to give."""

    def __init__(self, name: str, url: str, account: str, secret: str, caller: Caller, instants: Instants) -> None:
        self._name = name
        self._account = account
        self._secret = secret
        self._instants = instants
        self._service = SoapService(WSDL, BINDING, url, caller, self._header)

    @property
    def card(self) -> Card:
        return card_of(self._name)

    @property
    def source(self) -> str:
        return f"bank:{self._name}"

    def push(self, outgoing: Outgoing) -> None:
        """A broadcast, or a word that one is not acknowledged yet (``chase``)."""
        match outgoing.body:
            case {"number": int(number), "broadcastKind": str(kind), "rows": list(rows)}:
                digest = rows_digest(rows)
                found = self._call("broadcast", number=number, kind=kind, count=len(rows), digest=digest, row=rows)
            case {"number": int(number)}:
                found = self._call("chase", number=number)
            case _:
                raise ValueError(outgoing.kind)
        if found != TAKEN:
            raise Unreachable.by(DeliveryFault.STATUS)

    def acknowledged(self, number: int) -> Acknowledged | None:
        """What the bank says of a broadcast; None while it says nothing. Raises ``Unreachable``."""
        found = self._call("acknowledgement", number=number)
        match found:
            case {"code": code} if code == WAITING:
                return None
            case {"code": "ACCEPTED", "digest": str(digest), "refusal": []}:
                return Acknowledged(Acknowledgement.ACCEPTED, digest)
            case {"code": "REFUSED", "digest": str(digest), "refusal": [_, *_] as refusals}:
                return Acknowledged(Acknowledgement.REFUSED, digest, tuple(_refusal(each) for each in refusals))
        raise Unreachable.by(DeliveryFault.GARBLED)

    def health(self) -> Health:
        """Well when it answers about a broadcast that never was."""
        return Health.of(lambda: self.acknowledged(0))

    def _call(self, operation: str, **arguments: object) -> object:
        try:
            return self._service.call(operation, **arguments)
        except SoapFaultError:
            raise Unreachable.by(DeliveryFault.STATUS) from None

    def _header(self) -> _Element:
        signed = Signed.by(self._secret, self._account, SERVICE, self._instants.next())
        return header_of(HEADER, signed.headers(""))


def _refusal(found: object) -> RowRefusal:
    match found:
        case {"record": str(record), "code": str(code)} if _CODE.fullmatch(code) and len(record) < 65:
            return RowRefusal(record, code)
    raise Unreachable.by(DeliveryFault.GARBLED)

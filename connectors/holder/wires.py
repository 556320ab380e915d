"""The three ways on which messages travel: the holder's signed service, the exchange platform, a ferry folder."""

from __future__ import annotations

import base64
import binascii
import json
import secrets
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import quote

from connectors.exchange.connector import ExchangeConnector
from connectors.holder.message import MOST_BYTES
from connectors.kit.folder import LOST, FerryFolder, safe_name
from connectors.kit.signed_calls import Service
from connectors.kit.store import OUT, RECEIPTS
from hub.canonical.codes import DeliveryFault
from hub.canonical.connector import Health, Unreachable
from hub.canonical.holding import AnswerReceipt, Arrival
from hub.core.errors import Refused

ASK, CONTROL, LOOKOUT, WITHDRAW, URGE = "requests", "controls", "lookouts", "withdrawals", "urgings"
"""Where a message of a kind is put."""
MEDIA = {"XML": "application/xml", "JSON": "application/json"}
AT_ONCE = 200
"""Answers taken from one holder in one round; the rest waits there for the next."""


class Wire(Protocol):
    """Every call may raise ``Unreachable``."""

    def send(self, place: str, number: str, content: bytes, form: str, key: str) -> None:
        """``key`` stays the same however often this is tried."""
        ...

    def arrivals(self) -> Iterator[Arrival]: ...

    def acknowledge(self, arrival: Arrival, receipt: AnswerReceipt) -> None: ...

    def health(self) -> Health: ...


def receipt_content(receipt: AnswerReceipt) -> dict[str, object]:
    """A receipt in plain terms; no value of the message is in it."""
    return {
        "receipt": receipt.number,
        "sha256": receipt.digest,
        "accepted": receipt.accepted,
        "codes": list(receipt.codes),
        "reasons": list(receipt.texts),
    }


@dataclass(frozen=True, slots=True)
class ServiceWire:
    """``PUT /v1/requests/{number}``, then ``GET /v1/answers`` for the numbers that are answered and
    ``GET /v1/answers/{number}`` for each of them; every call and every answer is signed."""

    service: Service

    def send(self, place: str, number: str, content: bytes, form: str, key: str) -> None:  # noqa: ARG002 - the path is the key
        self.service.put(f"/v1/{place}/{quote(number)}", content, MEDIA[form])

    def arrivals(self) -> Iterator[Arrival]:
        for number in _numbers(self.service.get("/v1/answers")):
            found = self.service.fetch(f"/v1/answers/{quote(number)}")
            if found is not None:
                yield Arrival(number, found)

    def acknowledge(self, arrival: Arrival, receipt: AnswerReceipt) -> None:
        content = json.dumps(receipt_content(receipt), ensure_ascii=False).encode()
        self.service.put(f"/v1/receipts/{quote(arrival.name)}", content)

    def health(self) -> Health:
        return Health.of(lambda: self.service.get("/v1/answers"))


@dataclass(frozen=True, slots=True)
class PlatformWire:
    """The holder's services at the platform: ``<service>.requests`` and the like take a message in base64,
    ``<service>.answers`` tells the numbers that are answered, and hands over the answer to one."""

    platform: ExchangeConnector
    name: str

    def send(self, place: str, number: str, content: bytes, form: str, key: str) -> None:
        message = base64.b64encode(content).decode("ascii")
        self._ask(place, {"number": number, "form": form, "message": message}, number=key)

    def arrivals(self) -> Iterator[Arrival]:
        for number in _numbers(self._asked_anew({})):
            match self._asked_anew({"number": number}):
                case {"message": str(message)}:
                    yield Arrival(number, _decoded(message))

    def acknowledge(self, arrival: Arrival, receipt: AnswerReceipt) -> None:
        told = {"number": arrival.name, **receipt_content(receipt)}
        self._ask("receipts", told, number=f"{arrival.name}.{receipt.digest[:12]}")

    def health(self) -> Health:
        return self.platform.health()

    def _asked_anew(self, content: Mapping[str, object]) -> object:
        """The platform answers a business number once, and what it answers here changes."""
        return self._ask("answers", content, number=secrets.token_hex(16))

    def _ask(self, place: str, content: Mapping[str, object], *, number: str) -> object:
        try:
            return self.platform.ask(f"{self.name}.{place}", content, number=number)
        except Refused:
            raise Unreachable.by(DeliveryFault.STATUS) from None


def _numbers(found: object) -> Sequence[str]:
    """The numbers that are answered. Raises ``Unreachable`` where it is no list of numbers."""
    match found:
        case {"numbers": list(numbers)} if all(isinstance(each, str) and each for each in numbers):
            return numbers[:AT_ONCE]
    raise Unreachable.by(DeliveryFault.GARBLED)


def _decoded(message: str) -> bytes:
    """Nothing where it is no base64: a message of no bytes is told to be malformed."""
    with suppress(binascii.Error, ValueError):
        return base64.b64decode(message, validate=True)
    return b""


@dataclass(frozen=True, slots=True)
class FerryWire:
    """``out`` is the hub's, ``in`` the holder's; files appear whole, and are taken away once they are answered: what
    was refused is kept sealed in the hub, no copy in clear stays behind."""

    folder: FerryFolder

    def send(self, place: str, number: str, content: bytes, form: str, key: str) -> None:  # noqa: ARG002 - the path is the key
        self.folder.put(OUT, f"{place}-{number}.{form.lower()}", content)

    def arrivals(self) -> Iterator[Arrival]:
        try:
            names = sorted(path.name for path in self.folder.incoming.iterdir() if safe_name(path.name))
        except OSError:
            raise Unreachable(LOST) from None
        for name in names:
            size = self.folder.size(name)
            if size is not None:
                # Too large is read as nothing, and refused as such.
                yield Arrival(name, self.folder.read(name, MOST_BYTES) or b"")

    def acknowledge(self, arrival: Arrival, receipt: AnswerReceipt) -> None:
        content = json.dumps(receipt_content(receipt), ensure_ascii=False).encode()
        self.folder.put(RECEIPTS, f"{arrival.name}.{receipt.digest[:12]}.receipt.json", content)
        self.folder.clear([arrival.name])

    def health(self) -> Health:
        return Health.of(lambda: next(self.arrivals(), None))

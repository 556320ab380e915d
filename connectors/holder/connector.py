"""The system of a holder: told orders, withdrawals and urgings in its own form; its answers verified and translated."""

from __future__ import annotations

from collections.abc import Iterator

from connectors.holder.asking import control, request, word
from connectors.holder.card import card_of
from connectors.holder.message import HolderMessage, written
from connectors.holder.reading import read_answer
from connectors.holder.shape import Shape
from connectors.holder.wires import ASK, CONTROL, URGE, WITHDRAW, Wire
from hub.canonical.connector import Card, Health, Outgoing
from hub.canonical.holding import AnswerReceipt, Arrival, Reading


class HolderConnector:
    """``seal_key`` is the public key of the seal that the holder's answers bear, as PEM."""

    def __init__(self, name: str, shape: Shape, wire: Wire, seal_key: str) -> None:
        self._name = name
        self._shape = shape
        self._wire = wire
        self._seal_key = seal_key

    @property
    def card(self) -> Card:
        return card_of(self._shape)

    @property
    def source(self) -> str:
        return f"holder:{self._name}"

    def push(self, outgoing: Outgoing) -> None:
        """A query (``holder.ask``) or a control (``control.ask``), or word that one is withdrawn or urged, each by its
        number."""
        shape, terms = self._shape, {**outgoing.body, **outgoing.private}
        about, _, what = outgoing.kind.partition(".")
        spoken = shape if about == "holder" else shape.control
        if spoken is None or about not in ("holder", "control"):
            raise ValueError(outgoing.kind)
        match what:
            case "ask" if spoken is shape:
                self._send(ASK, outgoing, request(shape, terms), shape.ask.root)
            case "ask":
                self._send(CONTROL, outgoing, control(shape, terms), spoken.ask.root)
            case "withdraw":
                self._send(WITHDRAW, outgoing, word(shape, spoken.ask, str(terms["number"])), spoken.withdraw)
            case "urge":
                self._send(URGE, outgoing, word(shape, spoken.ask, str(terms["number"])), spoken.urge)
            case _:
                raise ValueError(outgoing.kind)

    def _send(self, place: str, outgoing: Outgoing, message: HolderMessage, root: str) -> None:
        form, number = self._shape.form, str(outgoing.body["number"])
        content = written(message, root, form, self._shape.encoding)
        self._wire.send(place, number, content, form.value, outgoing.key)

    def arrivals(self) -> Iterator[Arrival]:
        return self._wire.arrivals()

    def read(self, content: bytes) -> Reading:
        return read_answer(self._shape, self._seal_key, content)

    def acknowledge(self, arrival: Arrival, receipt: AnswerReceipt) -> None:
        self._wire.acknowledge(arrival, receipt)

    def health(self) -> Health:
        return self._wire.health()

"""The system of a holder: told orders, withdrawals and urgings in its own form; its answers verified and translated."""

from __future__ import annotations

from collections.abc import Iterator

from connectors.holder.asking import control, lookout, request, word
from connectors.holder.card import card_of
from connectors.holder.message import HolderMessage, written
from connectors.holder.reading import read_answer
from connectors.holder.shape import Controlling, Shape, Watching
from connectors.holder.wires import ASK, CONTROL, LOOKOUT, URGE, WITHDRAW, Wire
from hub.canonical.connector import Card, Health, Outgoing
from hub.canonical.holding import AnswerReceipt, Arrival, Reading

_ASKING = {"holder": (ASK, request), "control": (CONTROL, control), "lookout": (LOOKOUT, lookout)}
"""Where an order is put, and how it is written."""


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
        """A query (``holder.ask``), a control (``control.ask``) or a lookout (``lookout.ask``), or word that one is
        withdrawn or urged, each by its number."""
        shape, about, what = self._shape, *outgoing.kind.split(".")
        spoken = {"holder": shape, "control": shape.control, "lookout": shape.lookout}.get(about)
        if spoken is None:
            raise ValueError(outgoing.kind)
        match what:
            case "ask":
                place, made = _ASKING[about]
                terms = {**outgoing.body, **outgoing.private}
                self._send(place, outgoing, made(shape, terms), spoken.ask.root)
            case "withdraw":
                self._send(WITHDRAW, outgoing, self._word(spoken, outgoing), spoken.withdraw)
            case "urge" if not isinstance(spoken, Watching):
                self._send(URGE, outgoing, self._word(spoken, outgoing), spoken.urge)
            case _:
                raise ValueError(outgoing.kind)

    def _word(self, spoken: Shape | Controlling | Watching, outgoing: Outgoing) -> HolderMessage:
        return word(self._shape, spoken.ask, str(outgoing.body["number"]))

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

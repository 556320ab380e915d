"""What the police do with lookouts: watch, meet the target, call it off; each told until the receipt comes."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from connectors.holder.message import HolderMessage
from connectors.holder.shape import Watching
from hub.canonical.holding import HolderEvent


@dataclass
class SandboxLookouts:
    """``asked`` are lookouts by number, ``watched`` those in effect; ``words`` is what is to be told, by the name of
    its message: the lookout, the event and its particulars."""

    lookout: Watching
    asked: dict[str, HolderMessage] = field(default_factory=dict)
    watched: set[str] = field(default_factory=set)
    words: dict[str, tuple[str, HolderEvent, dict[str, str]]] = field(default_factory=dict)
    told: int = 0

    def ask(self, number: str, message: HolderMessage) -> None:
        """Put again it is the same lookout."""
        if number not in self.asked:
            self.asked[number] = message
            self.watched.add(number)
            self._say(number, HolderEvent.WATCHING)

    def call_off(self, number: str) -> None:
        self.watched.discard(number)
        self._say(number, HolderEvent.CALLED_OFF)

    def meet(self, number: str, at: datetime, place: str, unit: str) -> None:
        """The target was met."""
        moment = at.isoformat(timespec="minutes")
        self._say(number, HolderEvent.MET, met_at=moment, place=place, police_unit=unit)

    def _say(self, number: str, event: HolderEvent, **terms: str) -> None:
        self.told += 1
        self.words[f"{number}-{self.told}"] = (number, event, terms)

    def said(self, name: str) -> tuple[str, dict[str, str]]:
        """The lookout a message is about, and its terms."""
        number, event, terms = self.words[name]
        result = next(code for code, meant in self.lookout.answer.results.items() if meant is event)
        return number, {"number": number, "result": result, **terms}

"""The feed of the working calendar: one JSON document with every year there is."""

from __future__ import annotations

from connectors.kit.calling import Caller, read_json
from hub.canonical.connector import Capability, Card, Health, NetworkZone
from hub.core.texts import Text

CARD = Card(
    name=Text("全国节假日和调休安排", "national holidays and shifted working days"),
    owner=Text(
        "国务院办公厅发布，由所配置的来源转载", "announced by the State Council, relayed by the configured source"
    ),
    contact=Text("所配置来源的管理员", "the keeper of the configured source"),
    specification="calendar/1 (hub/policy/calendar_file.py)",
    capabilities=frozenset({Capability.FETCH}),
    zone=NetworkZone.INTERNET,
)


class CalendarFeed:
    def __init__(self, url: str, caller: Caller) -> None:
        self.url = url
        self._caller = caller

    @property
    def card(self) -> Card:
        return CARD

    @property
    def source(self) -> str:
        return "calendar:feed"

    def fetch(self) -> bytes:
        """The document, a JSON object; whoever reads it checks it. Raises ``Unreachable``."""
        response = self._caller.get(self.url, {"accept": "application/json"})
        read_json(response)
        return response.body

    def health(self) -> Health:
        return Health.of(self.fetch)

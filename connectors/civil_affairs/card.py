"""What this connector says of itself."""

from __future__ import annotations

from hub.canonical.connector import Capability, Card, NetworkZone
from hub.core.texts import Text


def card_of(region: str) -> Card:
    return Card(
        name=Text(f"{region} 民政婚姻登记系统", f"marriage registration of {region}"),
        owner=Text("民政部门婚姻登记机关", "marriage registration authority"),
        contact=Text("由民政部门登记的系统联络员", "the liaison civil affairs has named"),
        specification="marriage-batch/1 (connectors/civil_affairs/wire.py)",
        capabilities=frozenset({Capability.PUSH}),
        zone=NetworkZone.GOVERNMENT,
    )

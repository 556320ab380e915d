"""What this connector says of itself."""

from __future__ import annotations

from hub.canonical.connector import Capability, Card, NetworkZone
from hub.core.texts import Text


def card_of(region: str) -> Card:
    return Card(
        name=Text(f"{region} 预算管理一体化系统", f"budget system of {region}"),
        owner=Text("财政局", "finance bureau"),
        contact=Text("由财政部门登记的系统联络员", "the liaison finance has named"),
        specification="finance/1 (connectors/finance/wire.py)",
        capabilities=frozenset({Capability.PUSH}),
        zone=NetworkZone.GOVERNMENT,
    )

"""What this connector says of itself."""

from __future__ import annotations

from hub.canonical.connector import Capability, Card, NetworkZone
from hub.core.texts import Text


def card_of(region: str) -> Card:
    return Card(
        name=Text(f"{region} 纳税信用管理系统", f"tax credit system of {region}"),
        owner=Text("税务局", "tax authority"),
        contact=Text("由税务部门登记的系统联络员", "the liaison the tax authority has named"),
        specification="tax/1 (connectors/tax/wire.py)",
        capabilities=frozenset({Capability.PUSH}),
        zone=NetworkZone.GOVERNMENT,
    )

"""What this connector says of itself."""

from __future__ import annotations

from hub.canonical.connector import Capability, Card, NetworkZone
from hub.core.texts import Text


def card_of(region: str) -> Card:
    return Card(
        name=Text(f"{region} 企业登记系统", f"register of enterprises of {region}"),
        owner=Text("市场监督管理部门", "market regulation authority"),
        contact=Text("由市场监管部门登记的系统联络员", "the liaison market regulation has named"),
        specification="enterprise-register/1 (connectors/market/wire.py)",
        capabilities=frozenset({Capability.ASK, Capability.PUSH}),
        zone=NetworkZone.GOVERNMENT,
    )

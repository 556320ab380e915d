"""What this connector says of itself."""

from __future__ import annotations

from hub.canonical.connector import Capability, Card, NetworkZone
from hub.core.texts import Text


def card_of(name: str) -> Card:
    return Card(
        name=Text(f"数据共享交换平台 {name}", f"data exchange platform {name}"),
        owner=Text("数据管理部门", "data administration"),
        contact=Text("平台运维值守电话由平台通知", "the duty number the platform publishes"),
        specification="exchange/1 (connectors/exchange/wire.py, connectors/exchange/exchange.wsdl)",
        capabilities=frozenset({Capability.ASK, Capability.PUSH}),
        zone=NetworkZone.GOVERNMENT,
        live_read=True,
    )

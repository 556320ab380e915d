"""What this connector says of itself."""

from __future__ import annotations

from hub.canonical.connector import Capability, Card, NetworkZone
from hub.canonical.exchange_codes import CaseListKind
from hub.core.texts import Text

SPECIFICATION = "court-lists/1 to court-lists/4 (connectors/court/wire.py)"


def card_of(court_code: str) -> Card:
    return Card(
        name=Text(f"{court_code} 法院案件系统（摆渡文件）", f"case system of the court {court_code}, by ferry files"),
        owner=Text("法院审判管理办公室（执行局）", "case management office of the court"),
        contact=Text("由所属法院登记的联络员", "the liaison its court has named"),
        specification=SPECIFICATION,
        capabilities=frozenset({Capability.PULL, Capability.PUSH, Capability.SNAPSHOT}),
        zone=NetworkZone.FERRY,
        live_read=False,
        lists=tuple(CaseListKind),
    )

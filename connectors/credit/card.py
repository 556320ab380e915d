"""What this connector says of itself."""

from __future__ import annotations

from connectors.credit.wire import Mode
from hub.canonical.connector import Capability, Card, NetworkZone
from hub.canonical.exchange_codes import FED_LISTS
from hub.core.texts import Text

SPECIFICATION = "GB/T 39443-2020; credit-lists/1 (connectors/credit/wire.py)"
_MODES = {
    Mode.FILE: Text("文件交换", "by files"),
    Mode.DATABASE: Text("数据库对接", "by database"),
    Mode.SERVICE: Text("服务接口", "by service"),
}


def card_of(region: str, mode: Mode) -> Card:
    how = _MODES[mode]
    return Card(
        name=Text(f"{region} 信用信息共享平台（{how.zh}）", f"credit information platform of {region}, {how.en}"),
        owner=Text("信用信息共享平台主管部门（信用办）", "credit office that runs the platform"),
        contact=Text("由信用办登记的平台联络员", "the liaison the credit office has named"),
        specification=SPECIFICATION,
        capabilities=frozenset({Capability.PULL, Capability.PUSH, Capability.SNAPSHOT, Capability.FEED}),
        zone=NetworkZone.GOVERNMENT,
        live_read=False,
        lists=FED_LISTS,
    )

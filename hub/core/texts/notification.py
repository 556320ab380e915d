"""Words of messages to liaisons. They travel in the open: kinds, dates and names of units only."""

from __future__ import annotations

from hub.core.texts.text import Text

NOTIFICATION_LABELS: dict[str, Text] = {
    "ALARM_ENDPOINT_STOPPED": Text("系统推送地址已停止", "a webhook endpoint is stopped"),
    "ALARM_DELIVERY_LATE": Text("系统推送延误", "deliveries are late"),
    "ALARM_DELIVERY_DEAD": Text("系统推送已放弃", "deliveries were given up"),
}
SUBJECT = Text("府院联动预警 {count} 项", "linkage alerts: {count}")
MESSAGE = Text(
    "【府院联动】{unit}有{count}项待处理：{items}。请登录平台查看。",
    "Government–court linkage: {count} for {unit}: {items}. Please sign in to read them.",
)
DUE = Text("{label}（{due}）", "{label} ({due})")
TIMES = Text("{item}{times}项", "{item} ×{times}")
MORE = Text("等", "and more")

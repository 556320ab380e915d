"""What of the linkage slice can be listened to."""

from __future__ import annotations

from hub.core.areas import Area
from hub.core.texts import Text
from hub.db import models
from hub.events.audience import Topic
from schema.subscriptions.declare import Subscription, ids, mine, related, subscription

subscription(
    Subscription(
        "doubleListItemChanged",
        "DoubleListItem",
        Text("双清单事项的变动", "changes of items of the double lists"),
        "doublelistitem.",
        {
            "mine": mine(),
            "ids": ids("DI"),
            "listId": related("list_id", "DL", "双清单标识", "id of the list"),
        },
    )
)
subscription(
    Subscription(
        "taskChanged",
        "LinkageTask",
        Text("联动任务的变动", "changes of linkage tasks"),
        "task.",
        {"mine": mine(), "ids": ids("LT")},
    )
)
subscription(
    Subscription(
        "linkageAlerts",
        "Alert",
        Text("新的预警", "new alerts"),
        "alert.",
        {"mine": mine(), "organizationId": related("organization_id", "OR", "接收单位标识", "id of the unit told")},
        Topic("alert.", models.Alert.metadata.tables["alert"], Area.DOUBLE_LIST, own=("organization_id",)),
    )
)

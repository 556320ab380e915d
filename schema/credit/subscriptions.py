"""What of the listings can be listened to."""

from __future__ import annotations

from hub.core.texts import Text
from schema.subscriptions.declare import Subscription, ids, mine, related, subscription

subscription(
    Subscription(
        "dishonestyRecordChanged",
        "DishonestyRecord",
        Text("失信被执行人信息的变动", "changes of listings of dishonest judgment debtors"),
        "dishonesty.",
        {
            "mine": mine(),
            "ids": ids("DR"),
            "courtId": related("court_id", "OR", "执行法院标识", "id of the court"),
        },
    )
)

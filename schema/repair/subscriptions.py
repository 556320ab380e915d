"""What of the repairs can be listened to."""

from __future__ import annotations

from hub.core.texts import Text
from schema.subscriptions.declare import Subscription, ids, mine, related, subscription

subscription(
    Subscription(
        "creditRepairChanged",
        "CreditRepair",
        Text("信用修复的发起和变动", "beginnings and changes of credit repairs"),
        "creditrepair.",
        {
            "mine": mine(),
            "ids": ids("CX"),
            "courtId": related("court_id", "OR", "认定法院标识", "id of the court"),
        },
    )
)

"""What of measures can be listened to."""

from __future__ import annotations

from hub.core.texts import Text
from schema.subscriptions.declare import Subscription, ids, mine, related, subscription

subscription(
    Subscription(
        "jointPunishmentMeasureChanged",
        "JointPunishmentMeasure",
        Text("联合惩戒措施的变动", "changes of measures of joint punishment"),
        "measure.",
        {
            "mine": mine(),
            "ids": ids("JP"),
            "implementerId": related("implementer_id", "OR", "实施单位标识", "id of the implementer"),
        },
    )
)

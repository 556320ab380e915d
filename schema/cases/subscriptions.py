"""What of the lists can be listened to."""

from __future__ import annotations

from hub.core.texts import Text
from schema.subscriptions.declare import Subscription, ids, mine, related, subscription

subscription(
    Subscription(
        "caseListEntryChanged",
        "CaseListEntry",
        Text("未结、终本清单条目的变动", "changes on the lists of pending cases and terminated executions"),
        "caselist.",
        {
            "mine": mine(),
            "ids": ids("CE"),
            "courtId": related("court_id", "OR", "报送法院标识", "id of the court"),
        },
    )
)

"""The inbox of notices as something to listen to."""

from __future__ import annotations

from hub.core.texts import Text
from schema.subscriptions.declare import Subscription, ids, mine, related, subscription

subscription(
    Subscription(
        "noticeInbox",
        "SupervisionNotice",
        Text("督办函件的送达和变动", "arrivals and changes of supervision notices"),
        "notice.",
        {
            "mine": mine(),
            "ids": ids("SN"),
            "issuerId": related("issuer_id", "OR", "发文单位标识", "id of the issuer"),
        },
    )
)

"""Mending and replaying what waits for a person."""

from __future__ import annotations

from hub.access.scopes import Scope
from hub.core.texts import Text
from hub.ingest.mending import MessageMend, MessageReplay, mend, replay
from hub.ingest.releasing import HeldSnapshotDecision, decide
from schema.mutations.declare import Making, declare

declare(
    Making(
        "mendInboxMessage",
        Text(
            "更正待处理的报文并重新处理，原报文留存",
            "mend a waiting message and have it tried again; the original is kept",
        ),
        Scope.EXCHANGE_MEND,
        "InboxMessage",
        MessageMend,
        mend,
    ),
    Making(
        "replayInboxMessage",
        Text("原样重新处理待处理的报文", "have a waiting message tried again as it is"),
        Scope.EXCHANGE_REPLAY,
        "InboxMessage",
        MessageReplay,
        replay,
    ),
    Making(
        "decideHeldSnapshot",
        Text(
            "决定因缺失过多而暂停的快照：放行则移出快照所无条目，否决则作废",
            "decide a snapshot that was held: released, what it lacks is ended; refused, it is set aside",
        ),
        Scope.EXCHANGE_REPLAY,
        "Reconciliation",
        HeldSnapshotDecision,
        decide,
    ),
)

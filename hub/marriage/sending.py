"""A batch is with its receiver: from now on the clock of its receipts runs."""

from __future__ import annotations

from datetime import datetime

from hub.canonical.marriage import MarriageBatchStatus
from hub.core.clock import local_date
from hub.db.models import MarriageBatch
from hub.policy.calendar import WorkingCalendar
from hub.policy.pack import PolicyPack

RECEIPT = "marriage.receipt"


def mark_sent(batch: MarriageBatch, pack: PolicyPack, calendar: WorkingCalendar, at: datetime) -> None:
    batch.status, batch.status_since, batch.sent_at = MarriageBatchStatus.SENT, at, at
    batch.sends += 1
    batch.receipts_due_at = pack.deadline(RECEIPT, local_date(at), calendar).due_at
    batch.version += 1
    batch.updated_at = at


def key_of(batch: MarriageBatch) -> str:
    """What one handing over is known by at the receiver: sent again after a quarantine it is another."""
    return f"{batch.number}-{batch.sends + (batch.status is MarriageBatchStatus.SEALED)}"

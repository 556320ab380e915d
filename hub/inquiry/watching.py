"""Everything that clocks do to queries, in one run of the scheduler."""

from __future__ import annotations

from datetime import datetime

from hub.core.keyring import KeyRing
from hub.db.session import SystemSession
from hub.inquiry.ending import close_ended, lapse, purge
from hub.inquiry.repeating import repeat
from hub.inquiry.sweep import Sweep
from hub.inquiry.urging import settle_deadlines, urge, watch_objections
from hub.policy.store import PolicyStore

STEPS = (settle_deadlines, lapse, close_ended, repeat, urge, watch_objections, purge)


async def watch_queries(session: SystemSession, policy: PolicyStore, master: KeyRing, at: datetime) -> int:
    """Do all that is due at ``at``; how many changes."""
    sweep = Sweep(session, policy, master, at)
    return sum([await step(sweep) for step in STEPS])

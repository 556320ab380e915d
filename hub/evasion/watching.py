"""What clocks do to clues: who lets one lie is urged, again and again by the days of the policy."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import select

from hub.alerts.raising import raise_alert
from hub.audit.catalogue import AuditAction
from hub.canonical.evasion_codes import EvasionClueStatus
from hub.core.clock import local_date
from hub.core.principal import Principal
from hub.db.models import EvasionClue
from hub.evasion.effects import TITLE, overdue
from hub.evasion.hinting import hint_at_bodies
from hub.evasion.workflow import WAITING
from hub.inquiry.sweep import PORTION, Sweep
from hub.workflow.portions import each

WORKER = Principal(subject="system:evasion", organization_id=None)
C = EvasionClue


async def watch_clues(sweep: Sweep) -> int:
    """Do all that is due; how many changes."""
    return await _urge(sweep) + await hint_at_bodies(sweep)


async def _urge(sweep: Sweep) -> int:
    late = select(C).where(C.status.in_(WAITING), C.due_on < sweep.today)
    done = 0
    async for row in each(sweep.session, late, C.id, size=PORTION):
        days = (await sweep.pack(row.jurisdiction_id)).number("evasion_clue.urge_days")
        last = _last_urged(row)
        if last is not None and last + timedelta(days=days) > sweep.today:
            continue
        row.urged_count, row.urged_at = row.urged_count + 1, sweep.at
        sweep.move(row, row.status)
        await sweep.session.flush()
        # The court has a returned clue in hand itself; else both know that the police are late.
        units = {row.court_id} if row.status is EvasionClueStatus.RETURNED else {row.court_id, row.police_id}
        await raise_alert(sweep.session, row, TITLE, overdue(row, *units), sweep.at, by=WORKER)
        await sweep.trace(AuditAction.EVASION_URGED, row, type_="evasionclue.urged")
        done += 1
    return done


def _last_urged(row: EvasionClue) -> date | None:
    """When it was urged on since it stands where it does."""
    return None if row.urged_at is None or row.urged_at < row.status_since else local_date(row.urged_at)

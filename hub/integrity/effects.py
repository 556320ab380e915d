"""What the events of a record change, each change kept as a revision."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from hub.core.ids import new_id
from hub.core.money import fen
from hub.core.texts import Text
from hub.core.workflow import Effect
from hub.db.models import IntegrityRecord, IntegrityRevision
from hub.integrity.payloads import stored
from hub.policy.rule_data import deadline_to_plain
from hub.workflow.firing import Firing
from hub.workflow.rows import within
from hub.workflow.unit import Unit

DECIDE, KEEP = "integrity.contest.decide", "integrity.retention.days"


async def _contest(firing: Firing) -> None:
    row, given, unit = firing.row, firing.payload, firing.unit
    pack = await unit.policy.pack(unit.session, row.jurisdiction_id, unit.today)
    deadline = pack.deadline(DECIDE, unit.today, await unit.policy.calendar(unit.session))
    row.contest_reason, row.contest_evidence = given.reason, stored(given.evidence)
    row.decide_by, row.decide_basis, row.decision = deadline.due_on, deadline_to_plain(deadline), None


async def _decide(firing: Firing) -> None:
    firing.row.decision, firing.row.decide_by = firing.payload.reason, None


async def _correct(firing: Firing) -> None:
    row, given = firing.row, firing.payload
    row.title = row.title if given.title is None else given.title.strip()
    row.facts = row.facts if given.facts is None else given.facts
    row.occurred_on = given.occurred_on or row.occurred_on
    row.amount_fen = row.amount_fen if given.amount is None else fen(given.amount)
    row.evidence = [*row.evidence, *stored(given.evidence)]
    await _decide(firing)


async def _withdraw(firing: Firing) -> None:
    await _decide(firing)
    await end(firing.unit, firing.row, firing.unit.today)


async def _rectify(firing: Firing) -> None:
    row, given = firing.row, firing.payload
    row.evidence = [*row.evidence, *stored(given.evidence)]
    await end(firing.unit, row, given.rectified_on)


async def end(unit: Unit, row: IntegrityRecord, on: date) -> None:
    """It counts no more from ``on``; the pack says how long it is kept after that."""
    pack = await unit.policy.pack(unit.session, row.jurisdiction_id, unit.today)
    row.ended_on, row.keep_until = on, on + timedelta(days=pack.number(KEEP))


async def _revise(firing: Firing) -> None:
    reason = getattr(firing.payload, "reason", None)
    await revise(firing.unit, firing.row, firing.transition.event, reason, by=firing.unit.organization_id)


async def revise(unit: Unit, row: IntegrityRecord, event: str, reason: str | None, *, by: UUID) -> None:
    """Keep what the record says now."""
    await unit.session.flush()
    number = select(func.coalesce(func.max(IntegrityRevision.number), 0) + 1)
    said: dict[str, Any] = {name: getattr(row, name) for name in _SAID}
    unit.session.add(
        IntegrityRevision(
            id=new_id(),
            record_id=row.id,
            number=await unit.session.scalar(number.where(IntegrityRevision.record_id == row.id)),
            event=event,
            reason=reason,
            made_by_id=by,
            made_at=unit.at,
            created_at=unit.at,
            **said,
            **within(row),
        )
    )
    await unit.session.flush()


_SAID = ("status", "title", "facts", "occurred_on", "amount_fen", "evidence")
OF = {
    "contest": Effect(
        "keepContest", Text("登记异议，计算答复期限", "the objection and its deadline are kept"), _contest
    ),
    "uphold": Effect("keepDecision", Text("登记处理意见", "the decision is kept"), _decide),
    "correct": Effect("keepCorrection", Text("更正内容", "what it says is corrected"), _correct),
    "withdraw": Effect("endRecord", Text("终止记录", "it counts no more"), _withdraw),
    "rectify": Effect("endRectified", Text("终止记录，保存期起算", "it counts no more; its keeping begins"), _rectify),
}
REVISE = Effect("revise", Text("留存本版内容", "this version is kept"), _revise)

"""Figures of a court's tagged cases and clues in its report: frozen with it; a count too small to be told is left
out, for others read the report."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from hub.canonical.evasion_codes import CaseTagKind, CaseTagStatus, EvasionClueStatus
from hub.core.clock import SHANGHAI, local_date
from hub.db.models import CaseTag, EvasionClue
from hub.policy.pack import PolicyPack
from hub.policy.periods import PeriodSpan

CLUE, S = EvasionClue, EvasionClueStatus
KINDS, PRACTISED, LEAST = "case_tag.kinds", "evasion_clue.refer", "evasion_figures.least"
WAITING = (S.SENT, S.RECEIVED, S.RETURNED, S.ACCEPTED)


async def linkage_counts(
    session: AsyncSession, pack: PolicyPack, court_id: UUID, span: PeriodSpan, now: datetime
) -> list[tuple[str, int]]:
    """Name and count of each figure that the pack's practice calls for."""
    found = [
        (f"期末{pack.text(f'case_tag.label.{kind}').zh}", await _tagged(session, CaseTag.court_id == court_id, kind))
        for kind in pack.codes(KINDS)
    ]
    if pack.flag(PRACTISED):
        found += await _clues(session, CLUE.court_id == court_id, span, now)
    least = pack.number(LEAST)
    return [(name, count) for name, count in found if count == 0 or count >= least]


async def _tagged(session: AsyncSession, of: Any, kind: str) -> int:
    standing = CaseTag.status == CaseTagStatus.ACTIVE
    return await _count(session, of, CaseTag.kind == CaseTagKind(kind), standing)


async def _clues(session: AsyncSession, of: Any, span: PeriodSpan, now: datetime) -> list[tuple[str, int]]:
    """Referred, received and returned in the period, filed in it, and overdue at its cut-off."""

    def within(moment: Any) -> Any:
        return func.date(func.timezone(SHANGHAI.key, moment)).between(span.start, span.end)

    late = CLUE.status.in_(WAITING), CLUE.due_on < local_date(now)
    return [
        ("本期移送拒执线索", await _count(session, of, within(CLUE.created_at))),
        ("本期公安机关签收线索", await _count(session, of, within(CLUE.received_at))),
        ("本期退回补充线索", await _count(session, of, within(CLUE.returned_at))),
        ("本期线索刑事立案", await _count(session, of, CLUE.filed_on.between(span.start, span.end))),
        ("逾期未办理线索", await _count(session, of, *late)),
    ]


async def _count(session: AsyncSession, *conditions: Any) -> int:
    return await session.scalar(select(func.count()).where(*conditions)) or 0

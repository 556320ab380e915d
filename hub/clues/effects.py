"""What else an event of a fund clue does."""

from __future__ import annotations

from collections.abc import Sequence

from hub.canonical.execution_codes import QueryUrgency
from hub.clues.payloads import FundClueEntry
from hub.core.ids import new_id
from hub.core.money import fen
from hub.core.texts import Text
from hub.core.workflow import Effect
from hub.db.models import FundClue, FundClueItem
from hub.db.tenant_keys import tenant_keys
from hub.workflow.firing import Firing
from hub.workflow.rows import within
from hub.workflow.unit import Unit


def account_context(key: object) -> str:
    return f"fund_clue_item|account_sealed|{key}"


def rule_of(key: str, urgency: QueryUrgency) -> str:
    return f"{key}_emergency" if urgency is QueryUrgency.EMERGENCY else key


async def keep_items(unit: Unit, row: FundClue, given: Sequence[FundClueEntry]) -> None:
    """Keep the clues, each account sealed."""
    keys = await tenant_keys(unit.session, unit.keyring, row.tenant_id, unit.at)
    for number, entry in enumerate(given, 1):
        key, account = new_id(), (entry.account or "").strip()
        unit.session.add(
            FundClueItem(
                id=key,
                clue_id=row.id,
                number=number,
                kind=entry.kind,
                usability=entry.usability,
                budget_item=entry.budget_item,
                amount_fen=fen(entry.amount),
                expected_on=entry.expected_on,
                note=entry.note,
                account_sealed=keys.seal(account, context=account_context(key)) if account else None,
                created_at=unit.at,
                updated_at=unit.at,
                **within(row),
            )
        )
    await unit.session.flush()


async def start_verifying(unit: Unit, row: FundClue) -> None:
    """The court's time to verify runs from when it was told."""
    pack = await unit.policy.pack(unit.session, row.jurisdiction_id, unit.today)
    calendar = await unit.policy.calendar(unit.session)
    row.verify_by = pack.deadline(rule_of("fund_clue.verify", row.urgency), unit.today, calendar).due_on


async def _push(firing: Firing) -> None:
    firing.row.answered_at = firing.unit.at
    await keep_items(firing.unit, firing.row, firing.payload.clues)
    await start_verifying(firing.unit, firing.row)


async def _refuse(firing: Firing) -> None:
    firing.row.answered_at, firing.row.answer_note = firing.unit.at, firing.payload.note
    firing.row.decline_reason = getattr(firing.payload, "reason", None)


async def _verify(firing: Firing) -> None:
    row, case = firing.row, firing.facts.case
    row.verified_at, row.outcome_note = firing.unit.at, firing.payload.note
    if row.case_id is None and case is not None:
        row.case_id, row.case_number = case.id, case.case_number


async def _use(firing: Firing) -> None:
    firing.row.used_fen, firing.row.outcome_note = fen(firing.payload.amount), firing.payload.note


async def _note(firing: Firing) -> None:
    firing.row.outcome_note = firing.payload.note


async def _end(firing: Firing) -> None:
    firing.row.ended_at = firing.unit.at


PUSH = Effect("keepClues", Text("加密保存线索，起算核实期限", "keep the clues; the court's time begins"), _push)
REFUSE = Effect("keepAnswer", Text("登记反馈", "keep the answer"), _refuse)
VERIFY = Effect("keepVerification", Text("登记核实情况", "keep what was found"), _verify)
USE = Effect("keepUse", Text("登记执行到位金额", "keep the amount executed"), _use)
NOTE = Effect("keepNote", Text("登记说明", "keep the statement"), _note)
END = Effect("end", Text("记录办结时间", "keep when it ended"), _end)

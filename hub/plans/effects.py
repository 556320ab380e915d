"""What the events of a plan change: its instalments, its budget, what was paid; each edition of it is kept."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, select

from hub.core.ids import new_id
from hub.core.money import fen
from hub.core.texts import Text
from hub.core.workflow import Effect
from hub.db.models import BudgetArrangement, PerformancePlan, PlanEdition, PlanInstalment, PlanPayment
from hub.plans.payloads import InstalmentEntry
from hub.workflow.firing import Firing
from hub.workflow.rows import within
from hub.workflow.unit import Unit

BUDGET = "performance_plan.budget"


async def ask_for_budget(unit: Unit, row: PerformancePlan) -> None:
    """Finance has the days of the policy to enter it."""
    pack = await unit.policy.pack(unit.session, row.jurisdiction_id, unit.today)
    row.budget_due_on = pack.deadline(BUDGET, unit.today, await unit.policy.calendar(unit.session)).due_on


async def write_instalments(unit: Unit, row: PerformancePlan, given: Sequence[InstalmentEntry]) -> None:
    """Number them on from what the plan had: a number never means another instalment."""
    highest = select(func.coalesce(func.max(PlanInstalment.number), 0)).where(PlanInstalment.plan_id == row.id)
    first = int(await unit.session.scalar(highest) or 0) + 1
    for number, entry in enumerate(given, first):
        made = {"number": number, "due_on": entry.due_on, "amount_fen": fen(entry.amount), "paid_fen": 0}
        unit.session.add(
            PlanInstalment(id=new_id(), plan_id=row.id, created_at=unit.at, updated_at=unit.at, **made, **within(row))
        )
    await unit.session.flush()


async def keep_edition(unit: Unit, row: PerformancePlan, reason: str | None, *, by: UUID) -> None:
    """Keep what the plan says now."""
    of = select(PlanInstalment).where(PlanInstalment.plan_id == row.id, PlanInstalment.dropped_in.is_(None))
    said = [
        {"number": each.number, "dueOn": each.due_on.isoformat(), "amountFen": each.amount_fen}
        for each in await unit.session.scalars(of.order_by(PlanInstalment.due_on, PlanInstalment.number))
    ]
    unit.session.add(
        PlanEdition(
            id=new_id(),
            plan_id=row.id,
            edition=row.edition,
            amount_fen=row.amount_fen,
            reason=reason,
            made_by_id=by,
            instalments=said,
            created_at=unit.at,
            updated_at=unit.at,
            **within(row),
        )
    )
    await unit.session.flush()


async def _confirm(firing: Firing) -> None:
    await ask_for_budget(firing.unit, firing.row)


async def _reason(firing: Firing) -> None:
    firing.row.note = firing.payload.reason


async def _revise(firing: Firing) -> None:
    """Instalments with nothing paid are dropped, one paid in part is cut to that; a year whose sum is another is
    arranged anew."""
    unit, row, facts, given = firing.unit, firing.row, firing.facts, firing.payload
    before = facts.due
    row.edition += 1
    row.amount_fen = fen(given.amount)
    for each in facts.instalments:
        if each.paid_fen:
            each.amount_fen = each.paid_fen
        else:
            each.dropped_in = row.edition
    await write_instalments(unit, row, given.instalments)
    after: dict[int, int] = {}
    kept = [(each.due_on.year, each.amount_fen) for each in facts.instalments if each.dropped_in is None]
    for year, amount in (*kept, *((each.due_on.year, fen(each.amount) or 0) for each in given.instalments)):
        after[year] = after.get(year, 0) + amount
    for entry in facts.arrangements:
        if after.get(entry.fiscal_year) != before.get(entry.fiscal_year):
            entry.dropped_in = row.edition
    await unit.session.flush()
    await keep_edition(unit, row, given.reason, by=unit.organization_id)
    await ask_for_budget(unit, row)


async def _arrange(firing: Firing) -> None:
    unit, row = firing.unit, firing.row
    highest = select(func.coalesce(func.max(BudgetArrangement.position), 0)).where(BudgetArrangement.plan_id == row.id)
    first = int(await unit.session.scalar(highest) or 0) + 1
    for position, entry in enumerate(firing.payload.arrangements, first):
        unit.session.add(
            BudgetArrangement(
                id=new_id(),
                plan_id=row.id,
                position=position,
                edition=row.edition,
                fiscal_year=entry.fiscal_year,
                amount_fen=fen(entry.amount),
                budget_item=entry.budget_item.strip(),
                document_number=entry.document_number.strip(),
                created_at=unit.at,
                updated_at=unit.at,
                **within(row),
            )
        )


async def _pay(firing: Firing) -> None:
    unit, row, given = firing.unit, firing.row, firing.payload
    instalment, paid = firing.facts.instalment(given.instalment_number), fen(given.amount) or 0
    instalment.paid_fen += paid
    row.paid_fen += paid
    unit.session.add(
        PlanPayment(
            id=new_id(),
            plan_id=row.id,
            instalment_number=given.instalment_number,
            amount_fen=paid,
            paid_on=given.paid_on,
            voucher=given.voucher.strip(),
            recorded_by_id=unit.organization_id,
            created_at=unit.at,
            updated_at=unit.at,
            **within(row),
        )
    )


CONFIRM = Effect("askForBudget", Text("交财政部门列入预算", "finance is asked to enter it into the budget"), _confirm)
REASON = Effect("keepReason", Text("登记理由", "keep the reason"), _reason)
REVISE = Effect("revise", Text("留存原计划，重新列明各期", "the former plan is kept, the rest told anew"), _revise)
ARRANGE = Effect("arrange", Text("登记预算安排", "keep the entries"), _arrange)
PAY = Effect("pay", Text("登记付款", "keep the payment"), _pay)

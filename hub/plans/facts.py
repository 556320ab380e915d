"""What the table of plans looks at: the instalments in force, the years arranged, the vouchers known."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from hub.canonical.fund_codes import PerformancePlanStatus
from hub.core.errors import Reason
from hub.core.money import fen, yuan, yuan_problems
from hub.db.models import BudgetArrangement, PerformancePlan, PlanInstalment, PlanPayment
from hub.plans.payloads import InstalmentEntry, InstalmentPayment, PlanBudget, PlanRevision

S = PerformancePlanStatus


@dataclass(frozen=True, slots=True)
class PlanFacts:
    plan: PerformancePlan
    today: date
    instalments: tuple[PlanInstalment, ...] = ()
    arrangements: tuple[BudgetArrangement, ...] = ()
    vouchers: frozenset[str] = frozenset()

    @property
    def due(self) -> dict[int, int]:
        """What falls due in each fiscal year (the calendar year, 预算法 art. 18), in fen."""
        years: defaultdict[int, int] = defaultdict(int)
        for each in self.instalments:
            years[each.due_on.year] += each.amount_fen
        return dict(sorted(years.items()))

    @property
    def arranged(self) -> set[int]:
        return {each.fiscal_year for each in self.arrangements}

    def instalment(self, number: int) -> PlanInstalment | None:
        return next((each for each in self.instalments if each.number == number), None)


async def load_facts(session: AsyncSession, plan: PerformancePlan, today: date) -> PlanFacts:
    return (await load_all(session, [plan], today))[plan.id]


async def load_all(session: AsyncSession, plans: Sequence[PerformancePlan], today: date) -> dict[UUID, PlanFacts]:
    keys = [plan.id for plan in plans]
    instalments, entries = PlanInstalment, BudgetArrangement
    in_force = select(instalments).where(instalments.plan_id.in_(keys), instalments.dropped_in.is_(None))
    due = (await session.scalars(in_force.order_by(instalments.due_on, instalments.number))).all()
    counted = select(entries).where(entries.plan_id.in_(keys), entries.dropped_in.is_(None))
    arranged = (await session.scalars(counted.order_by(entries.position))).all()
    paid = (await session.scalars(select(PlanPayment).where(PlanPayment.plan_id.in_(keys)))).all()
    return {
        key: PlanFacts(
            plan,
            today,
            tuple(each for each in due if each.plan_id == key),
            tuple(each for each in arranged if each.plan_id == key),
            frozenset(each.voucher for each in paid if each.plan_id == key),
        )
        for key, plan in zip(keys, plans, strict=True)
    }


def sum_problems(amount: str, paid: int, instalments: Iterable[InstalmentEntry]) -> Iterator[Reason]:
    """PLAN_AMOUNT unless the amount is what was paid with the instalments. Silent about amounts that are none."""
    amounts = [each.amount for each in instalments]
    if any(list(yuan_problems(each)) for each in (amount, *amounts)):
        return
    total = paid + sum(fen(each) or 0 for each in amounts)
    if total != fen(amount):
        yield Reason("PLAN_AMOUNT", ("amount",), {"amount": amount, "sum": yuan(total)})


def past_problems(today: date, instalments: Sequence[InstalmentEntry]) -> Iterator[Reason]:
    for index, each in enumerate(instalments):
        if each.due_on < today:
            yield Reason("INSTALMENT_PAST", ("instalments", index, "dueOn"))


def revision_problems(facts: PlanFacts, given: PlanRevision | None) -> Iterator[Reason]:
    if given is not None:
        yield from sum_problems(given.amount, facts.plan.paid_fen, given.instalments)
        yield from past_problems(facts.today, given.instalments)


def budget_problems(facts: PlanFacts, given: PlanBudget | None) -> Iterator[Reason]:
    """Each year told is one with instalments, not arranged yet, after the earlier ones, and ties out to the fen."""
    if given is None or any(list(yuan_problems(each.amount)) for each in given.arrangements):
        return
    sums: defaultdict[int, int] = defaultdict(int)
    for each in given.arrangements:
        sums[each.fiscal_year] += fen(each.amount) or 0
    open_years = [year for year in facts.due if year not in facts.arranged]
    for year, arranged in sums.items():
        yield from _year_problems(facts, year, arranged)
    missed = [year for year in open_years if year not in sums and sums and year < max(sums)]
    if missed:
        yield Reason("BUDGET_ORDER", ("arrangements",), {"year": str(missed[0])})
    told = [each.fiscal_year for each in given.arrangements]
    if told != sorted(told):
        yield Reason("BUDGET_ORDER", ("arrangements",), {"year": str(min(told))})


def _year_problems(facts: PlanFacts, year: int, arranged: int) -> Iterator[Reason]:
    about = {"year": str(year)}
    if year not in facts.due:
        yield Reason("BUDGET_YEAR_EMPTY", ("arrangements",), about)
    elif year in facts.arranged:
        yield Reason("BUDGET_YEAR_ARRANGED", ("arrangements",), about)
    elif arranged != facts.due[year]:
        sums = {"sum": yuan(arranged), "due": yuan(facts.due[year])}
        yield Reason("BUDGET_DIFFERS", ("arrangements",), {**about, **sums})


def payment_problems(facts: PlanFacts, given: InstalmentPayment | None) -> Iterator[Reason]:
    if given is None:
        return
    if given.paid_on > facts.today:
        yield Reason("PAYMENT_AHEAD", ("paidOn",))
    if given.voucher.strip() in facts.vouchers:
        yield Reason("PAYMENT_KNOWN", ("voucher",))
    row = facts.instalment(given.instalment_number)
    if row is None:
        yield Reason("PAYMENT_INSTALMENT", ("instalmentNumber",))
        return
    if row.due_on.year not in facts.arranged:
        yield Reason("BUDGET_MISSING", ("instalmentNumber",))
    left = row.amount_fen - row.paid_fen
    if not 0 < _fen(given.amount) <= left:
        yield Reason("PAYMENT_AMOUNT", ("amount",), {"left": yuan(left)})


def stands_after(facts: PlanFacts, given: InstalmentPayment) -> PerformancePlanStatus:
    """How the plan stands once this is paid."""
    rest = {each.number: each.amount_fen - each.paid_fen for each in facts.instalments}
    rest[given.instalment_number] = rest.get(given.instalment_number, 0) - _fen(given.amount)
    if not any(rest.values()):
        return S.PAID
    late = any(rest[each.number] and each.due_on < facts.today for each in facts.instalments)
    return S.DEFAULTED if late else S.PAYING


def _fen(amount: str) -> int:
    return 0 if list(yuan_problems(amount)) else fen(amount) or 0

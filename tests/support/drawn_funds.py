"""Fund clues and performance plans of a generated world: between a court, finance and a public body that owes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from hub.canonical import fund_codes as codes
from hub.canonical.execution_codes import QueryUrgency
from hub.db import models
from tests.support.drawn_inquiry import cases_of, courts_of, sealed

if TYPE_CHECKING:
    from tests.support.content import Row, _Drawing

DEBTORS = ("audit", "audit", "court", "office", "government", "police", "admin")
"""Bodies that owe; those with the widest roles first of all."""
S = codes.FundClueStatus
TAGS: dict[type[Any], str] = {models.FundClue: "FC", models.PerformancePlan: "PF", models.ExchangeEntry: "XM"}


def draw_funds(drawing: _Drawing, county: str, placed: Row) -> None:
    for court in courts_of(drawing, county):
        for _ in range(2):
            _clue(drawing, county, placed, court)
    for case in cases_of(drawing, placed):
        _plan(drawing, county, placed, case, drawing.pick(courts_of(drawing, county)))


def _finance(drawing: _Drawing, county: str) -> UUID:
    return drawing.world.organizations[drawing.pick((f"{county}.finance", f"{county}.finance", "county.finance"))]


def _debtor(drawing: _Drawing, county: str) -> UUID:
    place = drawing.pick((county, county, "county"))
    return drawing.world.organizations[f"{place}.{drawing.pick(DEBTORS)}"]


def _clue(drawing: _Drawing, county: str, placed: Row, court: str) -> None:
    case = drawing.pick(cases_of(drawing, placed))
    row = drawing.content.add(
        models.FundClue,
        id=drawing.id(),
        court_id=drawing.world.organizations[court],
        finance_id=_finance(drawing, county),
        debtor_id=_debtor(drawing, county),
        case_id=drawing.pick((None, case["id"])),
        case_number=drawing.mark("案号"),
        requested_by_court=drawing.chance(0.5),
        urgency=drawing.pick(QueryUrgency),
        purpose_text=drawing.pick((None, drawing.mark("事由"))),
        status=drawing.pick(S),
        due_on=drawing.pick((None, drawing.day())),
        due_basis=drawing.explanation(),
        answered_at=drawing.pick((None, drawing.moment())),
        decline_reason=drawing.pick((None, *codes.ClueDecline)),
        answer_note=drawing.pick((None, drawing.mark("反馈"))),
        verify_by=drawing.pick((None, drawing.day())),
        verified_at=drawing.pick((None, drawing.moment())),
        used_fen=drawing.pick((None, 100)),
        outcome_note=drawing.pick((None, drawing.mark("结果"))),
        ended_at=drawing.pick((None, drawing.moment())),
        version=1,
        status_since=drawing.moment(),
        **drawing.stamps(),
        **placed,
    )
    for number in range(drawing.random.randrange(3)):
        drawing.content.add(
            models.FundClueItem,
            id=drawing.id(),
            clue_id=row["id"],
            number=number + 1,
            kind=drawing.pick(codes.ClueMoney),
            usability=drawing.pick(codes.FundUsability),
            budget_item=drawing.pick((None, drawing.mark("科目"))),
            amount_fen=drawing.pick((None, drawing.random.randrange(10**9))),
            expected_on=drawing.pick((None, drawing.day())),
            note=drawing.pick((None, drawing.mark("线索"))),
            account_sealed=sealed(drawing, "账户"),
            **drawing.stamps(),
            **placed,
        )
    trace(drawing, placed, row, "FundClue")


def trace(drawing: _Drawing, placed: Row, clue: Row, kind: str) -> None:
    """What the logs keep of a clue: who did something with it, and the message that asked for it."""
    path, court = placed["jurisdiction_path"], clue["court_id"]
    drawing.content.add(
        models.AuditEvent,
        id=drawing.id(),
        at=drawing.moment(),
        event="clue:transition",
        outcome="DONE",
        jurisdiction_path=path,
        subject="county.court",
        organization_id=court,
        target_kind=kind,
        target_id=clue["id"],
        reason=None,
        purpose=None,
        correlation_id=drawing.mark("关联"),
        detail={},
    )
    drawing.content.add(
        models.ExchangeEntry,
        id=drawing.id(),
        message_id=drawing.id(),
        partition="410800",
        step="RECEIVED",
        at=drawing.moment(),
        subject="county.court",
        organization_id=court,
        jurisdiction_path=path,
        operation=f"advance{kind}",
        target_id=clue["id"],
        outcome="DONE",
        request_digest="a" * 64,
        correlation_id=drawing.mark("关联"),
    )


def _plan(drawing: _Drawing, county: str, placed: Row, case: Row, court: str) -> None:
    of, debtor = drawing.world.organizations[court], _debtor(drawing, county)
    row = drawing.content.add(
        models.PerformancePlan,
        id=drawing.id(),
        court_id=of,
        finance_id=_finance(drawing, county),
        debtor_id=debtor,
        proposer_id=drawing.pick((of, debtor)),
        case_id=case["id"],
        case_number=drawing.mark("案号"),
        status=drawing.pick((*codes.PerformancePlanStatus, *list(codes.PerformancePlanStatus)[:2])),
        edition=1,
        amount_fen=drawing.random.randrange(100, 10**9),
        paid_fen=drawing.random.randrange(100),
        note=drawing.pick((None, drawing.mark("说明"))),
        budget_due_on=drawing.pick((None, drawing.day())),
        handed_in=drawing.pick((None, 1)),
        version=1,
        status_since=drawing.moment(),
        **drawing.stamps(),
        **placed,
    )
    _of_plan(drawing, placed, row)


def _of_plan(drawing: _Drawing, placed: Row, plan: Row) -> None:
    """An instalment, a payment, an entry of the budget and an edition."""
    about = {"plan_id": plan["id"]}
    drawing.content.add(
        models.PlanInstalment,
        id=drawing.id(),
        number=1,
        due_on=drawing.day(),
        amount_fen=plan["amount_fen"],
        paid_fen=plan["paid_fen"],
        dropped_in=drawing.pick((None, None, 2)),
        **about,
        **drawing.stamps(),
        **placed,
    )
    drawing.content.add(
        models.PlanPayment,
        id=drawing.id(),
        instalment_number=1,
        amount_fen=plan["paid_fen"],
        paid_on=drawing.day(),
        voucher=drawing.mark("凭证"),
        recorded_by_id=plan["finance_id"],
        **about,
        **drawing.stamps(),
        **placed,
    )
    drawing.content.add(
        models.BudgetArrangement,
        id=drawing.id(),
        position=1,
        edition=1,
        fiscal_year=2026,
        amount_fen=plan["amount_fen"],
        budget_item=drawing.mark("科目"),
        document_number=drawing.mark("文号"),
        dropped_in=drawing.pick((None, None, 2)),
        **about,
        **drawing.stamps(),
        **placed,
    )
    drawing.content.add(
        models.PlanEdition,
        id=drawing.id(),
        edition=1,
        amount_fen=plan["amount_fen"],
        reason=drawing.pick((None, drawing.mark("变更"))),
        made_by_id=plan["court_id"],
        instalments=[{"number": 1, "dueOn": str(drawing.day()), "amountFen": plan["amount_fen"]}],
        **about,
        **drawing.stamps(),
        **placed,
    )

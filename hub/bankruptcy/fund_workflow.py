"""The way of an application to a fund as a table: applied for, approved or refused, paid, or cancelled.

Source: 温政办〔2021〕13号 二（二）12 (破产援助资金), 15 (执行救助专项资金).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from hub.access.scopes import Scope
from hub.bankruptcy.effects import count
from hub.bankruptcy.fund_payloads import FundApproval, FundPayment, FundReason
from hub.canonical.bankruptcy_codes import DisbursementStatus, FundApprover
from hub.core.errors import Reason
from hub.core.money import fen, yuan
from hub.core.principal import Principal, RoleName
from hub.core.texts import Text
from hub.core.workflow import Actor, Effect, Guard, Machine, Transition
from hub.db.models import FundAccount, FundDisbursement
from hub.workflow.firing import Firing, touch

CLAUSE = "温政办〔2021〕13号 二（二）12、15"
DECIDE_BY, PAY_BY, APPROVER = "fund.decide", "fund.pay", "fund.approver"
S = DisbursementStatus


@dataclass(frozen=True, slots=True)
class FundFacts:
    """``account`` is locked where the caller may change it; its sums are added to in the database, so that its own
    constraint holds whatever was read."""

    row: FundDisbursement
    account: FundAccount
    today: date

    def asked(self, given: Any) -> int:
        return fen(given.amount if given is not None else None) or self.row.amount_fen


def _covered(facts: FundFacts, given: Any) -> Iterable[Reason]:
    free = facts.account.budget_fen - facts.account.approved_fen
    if facts.asked(given) > free:
        yield Reason("FUND_EXHAUSTED", ("amount",), {"balance": yuan(free)})


def _not_more(facts: FundFacts, given: Any) -> Iterable[Reason]:
    if facts.asked(given) > facts.row.amount_fen:
        yield Reason("FUND_MORE_THAN_ASKED", ("amount",))


def _same_year(facts: FundFacts, _: Any) -> Iterable[Reason]:
    if facts.account.fiscal_year != facts.today.year:
        yield Reason("FUND_YEAR_OVER", params={"year": facts.account.fiscal_year})


def _paid_between(facts: FundFacts, given: Any) -> Iterable[Reason]:
    if given is not None and given.paid_on > facts.today:
        yield Reason("DATE_AHEAD", ("paidOn",))


async def _decide(firing: Firing) -> None:
    row, unit = firing.row, firing.unit
    row.decided_by, row.decided_by_id, row.decided_at = unit.principal.subject, unit.organization_id, unit.at
    row.reason = getattr(firing.payload, "reason", None)


async def _approve(firing: Firing) -> None:
    row, account = firing.row, firing.facts.account
    await _decide(firing)
    row.approved_fen = firing.facts.asked(firing.payload)
    account.approved_fen = FundAccount.approved_fen + row.approved_fen
    touch(firing.unit, account)
    await count(firing.unit, row, PAY_BY)


async def _refuse(firing: Firing) -> None:
    await _decide(firing)
    await count(firing.unit, firing.row, None)


async def _pay(firing: Firing) -> None:
    row, account, given = firing.row, firing.facts.account, firing.payload
    row.voucher_no, row.voucher_digest, row.paid_on = given.voucher_no.strip(), given.voucher_digest, given.paid_on
    account.paid_fen = FundAccount.paid_fen + row.approved_fen
    touch(firing.unit, account)
    await count(firing.unit, row, None)


async def _cancel(firing: Firing) -> None:
    row, account = firing.row, firing.facts.account
    account.approved_fen = FundAccount.approved_fen - row.approved_fen
    touch(firing.unit, account)
    row.reason = firing.payload.reason
    await count(firing.unit, row, None)


async def _withdraw(firing: Firing) -> None:
    firing.row.reason = firing.payload.reason
    await count(firing.unit, firing.row, None)


COVERED = Guard("covered", Text("余额足够", "the balance covers it"), _covered)
NOT_MORE = Guard("notMore", Text("不超过申请金额", "no more than was asked"), _not_more)
SAME_YEAR = Guard("sameYear", Text("在预算年度内", "within the fiscal year"), _same_year)
PAID = Guard("paid", Text("支付日期不晚于今天", "paid, not to be paid"), _paid_between)


def _row(event: str, source: S, target: S, actor: Actor, text: Text, effect: Any, **more: Any) -> Transition[FundFacts]:
    return Transition(
        event=event,
        sources=(source,),
        target=target,
        actors=(actor,),
        scope=Scope.FUND_APPLY if actor is Actor.APPLICANT else Scope.FUND_DECIDE,
        text=text,
        clause=CLAUSE,
        effects=(Effect(f"{event}Disbursement", text, effect),),
        **{"payload": FundReason, **more},
    )


DISBURSEMENT: Machine[FundFacts] = Machine(
    name="FundDisbursement",
    text=Text("资金申请", "application to a fund"),
    states=DisbursementStatus,
    initial=S.APPLIED,
    terminal=frozenset({S.PAID, S.REFUSED, S.WITHDRAWN, S.CANCELLED}),
    transitions=(
        _row(
            "approve",
            S.APPLIED,
            S.APPROVED,
            Actor.APPROVER,
            Text("批准", "approve"),
            _approve,
            payload=FundApproval,
            guards=(SAME_YEAR, NOT_MORE, COVERED),
        ),
        _row("refuse", S.APPLIED, S.REFUSED, Actor.APPROVER, Text("不予批准", "refuse"), _refuse),
        _row("withdraw", S.APPLIED, S.WITHDRAWN, Actor.APPLICANT, Text("撤回申请", "withdraw"), _withdraw),
        _row(
            "pay",
            S.APPROVED,
            S.PAID,
            Actor.HOLDER,
            Text("支付", "pay"),
            _pay,
            payload=FundPayment,
            guards=(PAID,),
        ),
        _row("cancel", S.APPROVED, S.CANCELLED, Actor.HOLDER, Text("取消，退回额度", "cancel"), _cancel),
    ),
)


def disbursement_actors(principal: Principal, row: FundDisbursement, approver: FundApprover) -> frozenset[Actor]:
    """Who applied approves nothing of it, in whatever other capacity."""
    own = principal.organization_id
    if own is None or principal.on_behalf_of is not None:
        return frozenset()
    governs = any(row.jurisdiction_path.startswith(path) for path in principal.paths(RoleName.GOVERNMENT_OFFICE))
    approves = own == row.holder_id if approver is FundApprover.FINANCE else governs
    applied = own == row.court_id or principal.subject == row.applied_by
    held = {
        Actor.APPLICANT: own == row.court_id,
        Actor.APPROVER: approves and not applied,
        Actor.HOLDER: own == row.holder_id and not applied,
    }
    return frozenset(actor for actor, holds in held.items() if holds)

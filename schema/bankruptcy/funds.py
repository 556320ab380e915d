"""Funds and applications to them; who is relieved, in clear for the court and the holder, each reading audited."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

import strawberry
from sqlalchemy import ColumnElement, select

from hub.access.scopes import Scope
from hub.audit.catalogue import AuditAction
from hub.audit.recorder import Target, record
from hub.bankruptcy.fund_applying import opened
from hub.bankruptcy.fund_workflow import APPROVER, DISBURSEMENT, FundFacts, disbursement_actors
from hub.canonical.bankruptcy_codes import DisbursementStatus, FundApprover, FundKind, FundPurpose, ReliefClaim
from hub.core.areas import Area
from hub.core.clock import local_date
from hub.core.principal import Clearance
from hub.db import models
from schema.bankruptcy.types import BankruptcyCoordination
from schema.binding.ambient import Ambient, Row
from schema.binding.conditions import argument, equals, is_node, one_of
from schema.binding.declare import audience, filter_input, node, query
from schema.binding.fields import Connection, column, connection, expression, one, python, relation
from schema.binding.fields import record as record_of
from schema.binding.orders import descending, only
from schema.linkage.computed import AvailableEvent, Possible, events_of
from schema.linkage.parts import DueExplanation
from schema.money import yuan, yuan_of
from schema.nodes import Node
from schema.organizations.types import Jurisdiction, Organization

if TYPE_CHECKING:
    from hub.db.session import ReadSession
    from schema.operation import HubContext

ACCOUNT, PAYMENT, PERSON = models.FundAccount, models.FundDisbursement, models.ReliefApplicant
READ = (Scope.FUND_READ,)


async def _events(
    context: HubContext, session: ReadSession, rows: list[models.FundDisbursement]
) -> Mapping[UUID, Possible]:
    today = local_date(context.now)
    kept = await session.scalars(select(ACCOUNT).where(ACCOUNT.id.in_({row.account_id for row in rows})))
    accounts = {each.id: each for each in kept}
    found: dict[UUID, Possible] = {}
    for row in rows:
        pack = await context.services.policy.pack(session, row.jurisdiction_id, today)
        found[row.id] = DISBURSEMENT.available(
            row.status,
            actors=disbursement_actors(context.principal, row, FundApprover(pack.choice(APPROVER))),
            scopes=context.principal.scopes,
            facts=FundFacts(row, accounts[row.account_id], today),
        )
    return found


async def _applicant(part: str, context: HubContext, rows: Sequence[Mapping[str, Any]]) -> list[str | None]:
    """In clear for the court and the holder, each reading audited before it is released."""
    ids = [UUID(row["id"]) for row in rows]
    async with context.reading() as session:
        found = {each.id: each for each in await session.scalars(select(PERSON).where(PERSON.id.in_(ids)))}
    async with context.sessions.write(context.principal) as session:
        for row in found.values():
            target = Target("FundDisbursement", row.id, row.jurisdiction_path)
            action = AuditAction.FUND_APPLICANT_READ
            await record(session, context.principal, action, at=context.now, target=target, detail={"part": part})
    keyring = context.standing.keyring
    return [opened(keyring, found[key], part) if key in found else None for key in ids]


def _balance(row: Row, _: Ambient) -> ColumnElement[Any]:
    free = row.c.budget_fen - row.c.approved_fen
    return yuan(free)


@node("FA", "破产援助或执行救助资金账户", "fund of a fiscal year", model=ACCOUNT, scopes=READ)
class FundAccount(Node):
    kind: FundKind = column(ACCOUNT.kind, "资金种类", "kind")
    fiscal_year: int = column(ACCOUNT.fiscal_year, "预算年度", "fiscal year")
    holder: Organization = relation(ACCOUNT.holder_id, "管理单位", "who keeps it")
    jurisdiction: Jurisdiction = relation(ACCOUNT.jurisdiction_id, "区划", "jurisdiction")
    budget: str = expression(yuan_of("budget_fen"), "年度预算（元）", "budget in yuan", uses=(ACCOUNT.budget_fen,))
    approved: str = expression(
        yuan_of("approved_fen"), "已批准（元）", "approved, in yuan", uses=(ACCOUNT.approved_fen,)
    )
    paid: str = expression(yuan_of("paid_fen"), "已支付（元）", "paid, in yuan", uses=(ACCOUNT.paid_fen,))
    balance: str = expression(
        _balance, "余额（元）", "balance in yuan", uses=(ACCOUNT.budget_fen, ACCOUNT.approved_fen)
    )
    basis: str = column(ACCOUNT.basis, "预算依据", "document the budget rests on")
    version: int = column(ACCOUNT.version, "版本", "version")


@node(
    "FD",
    "资金申请",
    "application to a fund",
    model=PAYMENT,
    scopes=READ,
    audience=audience(Area.LINKAGE, own=(PAYMENT.court_id, PAYMENT.holder_id)),
)
class FundDisbursement(Node):
    kind: FundKind = column(PAYMENT.kind, "资金种类", "kind of fund")
    account: FundAccount | None = relation(PAYMENT.account_id, "资金账户", "fund")
    purpose: FundPurpose = column(PAYMENT.purpose, "用途", "purpose")
    claim: ReliefClaim | None = column(PAYMENT.claim, "债权种类", "kind of claim")
    status: DisbursementStatus = column(PAYMENT.status, "状态", "state")
    court: Organization = relation(PAYMENT.court_id, "申请法院", "court that applied")
    coordination: BankruptcyCoordination | None = relation(PAYMENT.coordination_id, "破产协调", "the bankruptcy")
    case_number: str = column(PAYMENT.case_number, "案号", "case number")
    amount: str = expression(
        yuan_of("amount_fen"), "申请金额（元）", "amount applied for, in yuan", uses=(PAYMENT.amount_fen,)
    )
    approved_amount: str | None = expression(
        yuan_of("approved_fen"), "批准金额（元）", "amount approved, in yuan", uses=(PAYMENT.approved_fen,)
    )
    grounds: str | None = column(
        PAYMENT.grounds, "申请理由，不含救助对象信息", "grounds, without who is relieved", level=Clearance.L2
    )
    applicant: str | None = python(
        partial(_applicant, "name"),
        "救助对象姓名，仅申请法院和财政经办单位可读，读取留痕",
        "who is relieved, for the court and the holder alone; audited",
        needs=(PAYMENT.id,),
    )
    applicant_citizen_id: str | None = python(
        partial(_applicant, "identity"),
        "救助对象身份号码，仅申请法院和财政经办单位可读，读取留痕",
        "identity number of who is relieved, for the court and the holder alone; audited",
        needs=(PAYMENT.id,),
    )
    decided_by: Organization | None = relation(PAYMENT.decided_by_id, "审批单位", "who decided")
    decided_at: datetime | None = column(PAYMENT.decided_at, "审批时间", "decided at")
    reason: str | None = column(PAYMENT.reason, "不予批准、撤回或取消的理由", "why refused, withdrawn or cancelled")
    due_on: date | None = column(PAYMENT.due_on, "当前环节期限", "the present step is due on")
    due_explanation: DueExplanation | None = record_of(PAYMENT.due_basis, "期限依据", "why it is due then")
    voucher_no: str | None = column(PAYMENT.voucher_no, "支付凭证号", "number of the voucher")
    voucher_digest: str | None = column(PAYMENT.voucher_digest, "支付凭证的SHA-256", "SHA-256 of the voucher")
    paid_on: date | None = column(PAYMENT.paid_on, "支付日期", "paid on")
    version: int = column(PAYMENT.version, "版本", "version")
    available_events: list[AvailableEvent] = python(
        events_of(PAYMENT, _events), "当前可办理的事件", "events possible now", needs=(PAYMENT.id,)
    )


@filter_input("资金账户查询条件", "conditions on funds")
class FundAccountFilter:
    kind: list[FundKind] | None = one_of(ACCOUNT.kind, "资金种类", "kinds")
    fiscal_year: int | None = equals(ACCOUNT.fiscal_year, "预算年度", "fiscal year")


@filter_input("资金申请查询条件", "conditions on applications to funds")
class FundDisbursementFilter:
    account_id: strawberry.ID | None = is_node(PAYMENT.account_id, "FA", "资金账户标识", "id of the fund")
    kind: list[FundKind] | None = one_of(PAYMENT.kind, "资金种类", "kinds of fund")
    status: list[DisbursementStatus] | None = one_of(PAYMENT.status, "状态", "states")


@query
class FundQueries:
    fund_accounts: Connection[FundAccount] = connection(
        "破产援助和执行救助资金账户，最近年度在前",
        "funds, latest year first",
        orders=only(descending("最近年度在前", "latest year first", ACCOUNT.fiscal_year)),
        filtered_by=FundAccountFilter,
        scopes=READ,
    )
    fund_disbursements: Connection[FundDisbursement] = connection(
        "资金申请，最近的在前",
        "applications to funds, latest first",
        orders=only(descending("最近的在前", "latest first", PAYMENT.created_at)),
        filtered_by=FundDisbursementFilter,
        scopes=READ,
    )
    fund_disbursement: FundDisbursement | None = one(
        "按标识读取资金申请",
        "an application to a fund by its id",
        by={"id": argument(strawberry.ID, is_node(PAYMENT.id, "FD", "标识", "id"))},
        scopes=READ,
    )

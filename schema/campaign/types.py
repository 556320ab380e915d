"""Campaigns as who takes part sees them: a bank and a court their own cases and totals, the office the totals."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import ColumnElement, func

from hub.campaign.workflow import campaign_events
from hub.canonical.campaign import (
    CampaignCapacity,
    CampaignKind,
    CampaignStatus,
)
from hub.db import models
from schema.binding.ambient import Ambient, Row
from schema.binding.declare import node, part
from schema.binding.fields import children, column, expression, python, relation
from schema.binding.orders import ascending
from schema.campaign.rounds import CHOSEN, READ, ROUND, CampaignRound, CampaignRoundCase
from schema.cases.queries import LegalCase
from schema.credit.queries import DishonestyRecord
from schema.inquiry.types import ExecutionQuery
from schema.linkage.computed import AvailableEvent, Possible, events_of
from schema.money import yuan_of
from schema.nodes import Node
from schema.organizations.types import Organization

if TYPE_CHECKING:
    from hub.db.session import ReadSession
from schema.operation import HubContext

CAMPAIGN, CASE, FIGURE = models.Campaign, models.CampaignCase, models.CampaignFigure
RECOVERY, PARTICIPANT, LIST = models.CampaignRecovery, models.CampaignParticipant, models.CampaignList
LISTING, QUERY = models.DishonestyRecord, models.ExecutionQuery


async def _events(context: HubContext, session: ReadSession, rows: list[models.Campaign]) -> Mapping[UUID, Possible]:
    return await campaign_events(session, context.principal, rows)


def _rate(row: Row, _ambient: Ambient) -> ColumnElement[Any]:
    """Whole percent, rounded down; null when nothing is owed."""
    return func.div(row.c.recovered_fen * 100, func.nullif(row.c.principal_fen, 0))


@node("CY", "执行到位", "recovery in a case of a campaign", model=RECOVERY, scopes=READ)
class CampaignRecovery(Node):
    recovered_on: date = column(RECOVERY.recovered_on, "到位日期", "day of recovery")
    amount: str = expression(
        yuan_of("amount_fen"),
        "金额（元），冲正为负",
        "amount in yuan; negative when taken back",
        uses=(RECOVERY.amount_fen,),
    )


@node("CC", "专项行动案件", "case of a campaign", model=CASE, scopes=READ)
class CampaignCase(Node):
    bank: Organization | None = relation(CASE.bank_id, "银行；法院报送的为空", "bank; empty where courts tell")
    court: Organization = relation(CASE.court_id, "法院", "court")
    case_number: str | None = column(CASE.case_number, "案号；尚未立案的为空", "case number; empty before it is filed")
    loan_number: str | None = column(CASE.loan_number, "借款合同编号", "number of the loan")
    debtor: str | None = column(CASE.debtor_masked, "债务人名称，自然人已脱敏", "who owes; a person's name is masked")
    debtor_uscc: str | None = column(CASE.debtor_uscc, "债务人统一社会信用代码", "credit code of a company that owes")
    principal: str = expression(
        yuan_of("principal_fen"), "未偿本金（元）", "principal outstanding, in yuan", uses=(CASE.principal_fen,)
    )
    lent_on: date | None = column(CASE.lent_on, "放款日期", "day of the loan")
    tagged_at: datetime | None = column(CASE.tagged_at, "法院标记时间", "tagged by the court at")
    recoveries: list[CampaignRecovery] = children(
        RECOVERY.case_id,
        "执行到位",
        "recoveries",
        order=ascending("按日期", "by day", RECOVERY.recovered_on, RECOVERY.id),
    )
    rounds: list[CampaignRoundCase] = children(
        CHOSEN.case_id,
        "所在的集中行动",
        "rounds that it is in",
        order=ascending("按选定顺序", "as chosen", CHOSEN.id),
    )
    court_case: LegalCase | None = relation(
        CASE.legal_case_id, "法院推送的案件，按本人权限", "the case as its court tells it, by one's own rights"
    )
    listings: list[DishonestyRecord] = children(
        LISTING.case_id,
        "该案的失信名单信息，按本人权限",
        "listings of the case, by one's own rights",
        order=ascending("按列入日期", "by day", LISTING.listed_on, LISTING.id),
        local=CASE.legal_case_id,
    )
    execution_queries: list[ExecutionQuery] = children(
        QUERY.case_id,
        "该案的网络查控，按本人权限",
        "execution queries of the case, by one's own rights",
        order=ascending("按提出时间", "by time", QUERY.created_at, QUERY.id),
        local=CASE.legal_case_id,
    )


@part("报送的清单", "list as it was taken in", model=LIST, scopes=READ)
class CampaignList:
    taken_at: datetime = column(LIST.created_at, "收到时间", "taken in at")
    rows: int = column(LIST.rows, "行数", "rows")
    taken: int = column(LIST.taken, "其中新收件数", "of which are new")


@node("CF", "专项行动统计", "frozen figures of a campaign", model=FIGURE, scopes=READ)
class CampaignFigure(Node):
    organization: Organization | None = relation(
        FIGURE.organization_id, "银行或者法院，空为合计", "bank or court; empty for the total"
    )
    figure_version: int = column(
        FIGURE.figure_version, "统计版本，迟报另成新版", "version; a late report makes the next"
    )
    cases: int = column(FIGURE.cases, "案件数", "cases")
    principal: str = expression(
        yuan_of("principal_fen"), "本金（元）", "principal in yuan", uses=(FIGURE.principal_fen,)
    )
    recovered: str = expression(
        yuan_of("recovered_fen"), "到位金额（元）", "recovered in yuan", uses=(FIGURE.recovered_fen,)
    )
    rate_percent: int | None = expression(
        _rate, "到位率（百分比）", "recovered, in percent", uses=(FIGURE.recovered_fen, FIGURE.principal_fen)
    )


@node("CT", "专项行动参与单位", "participant of a campaign", model=PARTICIPANT, scopes=READ)
class CampaignParticipant(Node):
    organization: Organization = relation(PARTICIPANT.organization_id, "单位", "unit")
    capacity: CampaignCapacity = column(PARTICIPANT.capacity, "参与身份", "capacity")


@node("CZ", "专项行动", "special enforcement campaign", model=CAMPAIGN, scopes=READ)
class Campaign(Node):
    kind: CampaignKind = column(CAMPAIGN.kind, "种类", "kind")
    kind_label: str | None = column(CAMPAIGN.kind_label, "本地名称", "what the policy pack calls the kind")
    clause: str | None = column(CAMPAIGN.clause, "政策条款", "clause of the policy pack")
    title: str = column(CAMPAIGN.title, "名称", "title")
    status: CampaignStatus = column(CAMPAIGN.status, "状态", "state")
    office: Organization = relation(CAMPAIGN.office_id, "组织单位", "who opened it")
    starts_on: date = column(CAMPAIGN.starts_on, "开始日期", "start")
    cut_off_on: date = column(CAMPAIGN.cut_off_on, "统计截止日期", "cut-off of the figures")
    version: int = column(CAMPAIGN.version, "版本", "version")
    participants: list[CampaignParticipant] = children(
        PARTICIPANT.campaign_id,
        "参与单位，银行只见本行",
        "participants; of banks each sees itself",
        order=ascending("按登记顺序", "as registered", PARTICIPANT.id),
    )
    cases: list[CampaignCase] = children(
        CASE.campaign_id,
        "本单位的案件",
        "cases of one's own",
        order=ascending("按报送顺序", "as told", CASE.created_at, CASE.list_row, CASE.id),
    )
    lists: list[CampaignList] = children(
        LIST.campaign_id,
        "本单位报送的清单",
        "lists of one's own",
        order=ascending("按收到时间", "as taken in", LIST.created_at, LIST.id),
    )
    rounds: list[CampaignRound] = children(
        ROUND.campaign_id,
        "集中行动",
        "concentrated rounds",
        order=ascending("按开始日期", "by first day", ROUND.starts_on, ROUND.id),
    )
    figures: list[CampaignFigure] = children(
        FIGURE.campaign_id,
        "截止统计",
        "figures at the cut-off",
        order=ascending("按版本", "by version", FIGURE.figure_version, FIGURE.id),
    )
    available_events: list[AvailableEvent] = python(
        events_of(CAMPAIGN, _events), "当前可办理的事件", "events possible now", needs=(CAMPAIGN.id,)
    )

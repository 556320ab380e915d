"""Concentrated rounds: the office sees figures, court and bank their own cases with what the round came to in each."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from hub.access.scopes import Scope
from hub.campaign.rounds import round_events
from hub.canonical.campaign import CampaignRoundKind, CampaignRoundResult, CampaignRoundStatus
from hub.db import models
from schema.binding.declare import node, part
from schema.binding.fields import children, column, expression, python, relation
from schema.binding.orders import ascending
from schema.linkage.computed import AvailableEvent, Possible, events_of
from schema.money import yuan_of
from schema.nodes import Node
from schema.operation import HubContext
from schema.organizations.types import Organization

if TYPE_CHECKING:
    from hub.db.session import ReadSession
    from schema.campaign.types import Campaign, CampaignCase

ROUND, CHOSEN, ROUND_FIGURE = models.CampaignRound, models.CampaignRoundCase, models.CampaignRoundFigure
READ = (Scope.CAMPAIGN_READ,)


async def _round_events(
    context: HubContext, session: ReadSession, rows: list[models.CampaignRound]
) -> Mapping[UUID, Possible]:
    return await round_events(session, context.principal, rows)


@part("一件案件在集中行动中的结果", "what a round came to in one case", model=CHOSEN, scopes=READ)
class CampaignRoundCase:
    round: CampaignRound | None = relation(CHOSEN.round_id, "集中行动", "round")
    case: CampaignCase | None = relation(CHOSEN.case_id, "案件", "case")
    result: CampaignRoundResult | None = column(CHOSEN.result, "结果", "result")
    result_on: date | None = column(CHOSEN.result_on, "结果日期", "day of the result")


@part("集中行动统计", "figures of a round", model=ROUND_FIGURE, scopes=READ)
class CampaignRoundFigure:
    organization: Organization | None = relation(
        ROUND_FIGURE.organization_id, "银行，空为合计", "bank; empty for the total"
    )
    figure_version: int = column(ROUND_FIGURE.figure_version, "第几次上报", "of which report")
    cases: int = column(ROUND_FIGURE.cases, "案件数", "cases")
    done: int = column(ROUND_FIGURE.done, "已立案、送达、执行完毕或者和解的件数", "filed, served, executed or settled")
    principal: str = expression(
        yuan_of("principal_fen"), "本金（元）", "principal in yuan", uses=(ROUND_FIGURE.principal_fen,)
    )
    recovered: str = expression(
        yuan_of("recovered_fen"), "期间到位金额（元）", "recovered in its period", uses=(ROUND_FIGURE.recovered_fen,)
    )


@node("CQ", "集中行动", "concentrated round", model=ROUND, scopes=READ)
class CampaignRound(Node):
    kind: CampaignRoundKind = column(ROUND.kind, "种类", "kind")
    title: str = column(ROUND.title, "名称", "title")
    status: CampaignRoundStatus = column(ROUND.status, "状态", "state")
    court: Organization = relation(ROUND.court_id, "承办法院", "court")
    starts_on: date = column(ROUND.starts_on, "开始日期", "first day")
    ends_on: date = column(ROUND.ends_on, "结束日期", "last day")
    note: str | None = column(ROUND.note, "退回或者取消的理由", "why it was sent back or cancelled")
    version: int = column(ROUND.version, "版本", "version")
    campaign: Campaign | None = relation(ROUND.campaign_id, "专项行动", "campaign")
    results: list[CampaignRoundCase] = children(
        CHOSEN.round_id,
        "本单位案件及结果",
        "cases of one's own with their results",
        order=ascending("按选定顺序", "as chosen", CHOSEN.id),
    )
    figures: list[CampaignRoundFigure] = children(
        ROUND_FIGURE.round_id,
        "统计",
        "figures",
        order=ascending("按次", "by report", ROUND_FIGURE.figure_version, ROUND_FIGURE.id),
    )
    available_events: list[AvailableEvent] = python(
        events_of(ROUND, _round_events), "当前可办理的事件", "events possible now", needs=(ROUND.id,)
    )

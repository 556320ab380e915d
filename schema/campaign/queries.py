"""Campaigns that one takes part in."""

from __future__ import annotations

import strawberry

from hub.canonical.campaign import CampaignKind, CampaignStatus
from schema.binding.conditions import argument, is_node, one_of
from schema.binding.declare import filter_input, query
from schema.binding.fields import Connection, connection, one
from schema.binding.orders import descending, only
from schema.campaign.rounds import READ, ROUND, CampaignRound
from schema.campaign.types import CAMPAIGN, Campaign


@filter_input("专项行动查询条件", "conditions on campaigns")
class CampaignFilter:
    kind: list[CampaignKind] | None = one_of(CAMPAIGN.kind, "种类", "kinds")
    status: list[CampaignStatus] | None = one_of(CAMPAIGN.status, "状态", "states")


@query
class CampaignQueries:
    campaigns: Connection[Campaign] = connection(
        "本单位组织或者参与的专项行动，最新在前",
        "campaigns that one organises or takes part in, latest first",
        orders=only(descending("最新在前", "latest first", CAMPAIGN.starts_on)),
        filtered_by=CampaignFilter,
        scopes=READ,
    )
    campaign: Campaign | None = one(
        "按标识读取专项行动",
        "a campaign by its id",
        by={"id": argument(strawberry.ID, is_node(CAMPAIGN.id, "CZ", "标识", "id"))},
        scopes=READ,
    )
    campaign_round: CampaignRound | None = one(
        "按标识读取集中行动",
        "a concentrated round by its id",
        by={"id": argument(strawberry.ID, is_node(ROUND.id, "CQ", "标识", "id"))},
        scopes=READ,
    )

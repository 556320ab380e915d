"""Special enforcement campaigns: docs/campaigns.md. A bank never learns of another bank, nor the office of a case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hub.canonical.campaign import CampaignCapacity
from hub.db import models
from tests.isolation.rules.inquiry import audits, parents

if TYPE_CHECKING:
    from tests.isolation.oracle import Oracle
    from tests.support.rows import Row


def _campaign(oracle: Oracle, row: Row) -> bool:
    taking_part = any(
        each["campaign_id"] == row["id"] and each["organization_id"] == oracle.own
        for each in oracle.content.of(models.CampaignParticipant)
    )
    return row["office_id"] == oracle.own or taking_part or audits(oracle, row)


def _participant(oracle: Oracle, row: Row) -> bool:
    """The office all, each itself; of banks nobody else hears."""
    known = row["capacity"] is not CampaignCapacity.BANK and any(
        _campaign(oracle, campaign) for campaign in parents(oracle, models.Campaign, row["campaign_id"])
    )
    return oracle.own in (row["office_id"], row["organization_id"]) or known


def _case(oracle: Oracle, row: Row) -> bool:
    return oracle.own in (row["bank_id"], row["court_id"])


def _figure(oracle: Oracle, row: Row) -> bool:
    return oracle.own in (row["office_id"], row["organization_id"])


RULES = {
    models.Campaign: _campaign,
    models.CampaignParticipant: _participant,
    models.CampaignCase: _case,
    models.CampaignRecovery: _case,
    models.CampaignFigure: _figure,
}
LISTS = {"campaigns": models.Campaign}
PATHS = (
    "{ campaigns(first: 100) { nodes { title participants { organization { name } } figures { recovered } } } }",
    "{ campaigns(first: 100) { nodes { cases { caseNumber principal recoveries { amount } } } } }",
)

"""Special enforcement campaigns: docs/campaigns.md. A bank never learns of another bank, nor the office of a case; who
oversees the place or helps reads that campaigns and rounds are there, and their totals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from hub.canonical.campaign import CampaignCapacity, CampaignRoundStatus
from hub.db import models
from tests.isolation.rules.funds import oversees
from tests.isolation.rules.inquiry import audits, parents

if TYPE_CHECKING:
    from tests.isolation.oracle import Oracle
    from tests.support.rows import Row

C, S = CampaignCapacity, CampaignRoundStatus
WORKED = {S.PLANNED, S.UNDERWAY, S.REPORTED}
"""While the court has a round in hand: what is closed or cancelled stands."""


def _takes_part(oracle: Oracle, campaign: UUID, *capacities: CampaignCapacity) -> bool:
    return any(
        each["campaign_id"] == campaign and each["organization_id"] == oracle.own and each["capacity"] in capacities
        for each in oracle.content.of(models.CampaignParticipant)
    )


def _campaign(oracle: Oracle, row: Row) -> bool:
    return row["office_id"] == oracle.own or _takes_part(oracle, row["id"], *C) or oversees(oracle, row)


def _participant(oracle: Oracle, row: Row) -> bool:
    """The office and the auditor all, each itself; of banks nobody else hears."""
    known = row["capacity"] is not C.BANK and any(
        _campaign(oracle, campaign) for campaign in parents(oracle, models.Campaign, row["campaign_id"])
    )
    return oracle.own in (row["office_id"], row["organization_id"]) or known or audits(oracle, row)


def _case(oracle: Oracle, row: Row) -> bool:
    return oracle.own in (row["bank_id"], row["court_id"])


def _figure(oracle: Oracle, row: Row) -> bool:
    """The office and the auditor every one, each its own; the totals of all also who oversees or helps."""
    if oracle.own in (row["office_id"], row["organization_id"]) or audits(oracle, row):
        return True
    helps = _takes_part(oracle, row["campaign_id"], C.SUPPORT)
    return row["organization_id"] is None and (helps or oversees(oracle, row))


def _concerned(oracle: Oracle, key: UUID) -> bool:
    """A bank with a case in the round."""
    chosen = oracle.content.of(models.CampaignRoundCase)
    return any(each["round_id"] == key and each["bank_id"] == oracle.own for each in chosen)


def _held(oracle: Oracle, row: Row) -> bool:
    return oracle.own in (row["office_id"], row["court_id"]) or audits(oracle, row)


def _looks_on(oracle: Oracle, row: Row) -> bool:
    return oversees(oracle, row) or _takes_part(oracle, row["campaign_id"], C.SUPPORT)


def _round(oracle: Oracle, row: Row) -> bool:
    return _held(oracle, row) or _looks_on(oracle, row) or _concerned(oracle, row["id"])


def _round_figure(oracle: Oracle, row: Row) -> bool:
    if _held(oracle, row) or row["organization_id"] == oracle.own:
        return True
    (round_,) = parents(oracle, models.CampaignRound, row["round_id"])
    return row["organization_id"] is None and _looks_on(oracle, round_) and not _concerned(oracle, round_["id"])


def _changed_round(oracle: Oracle, row: Row) -> bool:
    return row["office_id"] == oracle.own or (row["court_id"] == oracle.own and row["status"] in WORKED)


RULES: dict[type[Any], Any] = {
    models.Campaign: _campaign,
    models.CampaignParticipant: _participant,
    models.CampaignList: lambda oracle, row: row["teller_id"] == oracle.own,
    models.CampaignCase: _case,
    models.CampaignRecovery: _case,
    models.CampaignFigure: _figure,
    models.CampaignRound: _round,
    models.CampaignRoundCase: _case,
    models.CampaignRoundFigure: _round_figure,
}
CHANGES: dict[type[Any], Any] = {
    models.Campaign: lambda oracle, row: row["office_id"] == oracle.own,
    models.CampaignCase: lambda oracle, row: row["court_id"] == oracle.own,
    models.CampaignRound: _changed_round,
    models.CampaignRoundCase: lambda oracle, row: row["court_id"] == oracle.own,
}
NEVER = {
    models.CampaignParticipant,
    models.CampaignList,
    models.CampaignRecovery,
    models.CampaignFigure,
    models.CampaignRoundFigure,
}
LISTS = {"campaigns": models.Campaign}
PATHS = (
    """{ campaigns(first: 50) { totalCount nodes { title kindLabel participants { organization { name } }
        figures { recovered organization { name } } lists { rows taken } } } }""",
    """{ campaigns(first: 30) { nodes { cases { caseNumber debtor principal recoveries { amount }
        rounds { result round { title } } courtCase { caseNumber } listings { caseNumber }
        executionQueries { purposeText } } } } }""",
    """{ campaigns(first: 30) { nodes { rounds { title note results { result case { caseNumber } }
        figures { principal recovered organization { name } } } } } }""",
)

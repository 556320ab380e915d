"""Opening a campaign, handing in cases, tagging them, reporting recoveries."""

from __future__ import annotations

from hub.access.scopes import Scope
from hub.campaign.commands import CampaignOpening, CampaignRecovering, CampaignSubmission, CampaignTagging
from hub.campaign.opening import open_campaign
from hub.campaign.round_payloads import CampaignRoundPlanning
from hub.campaign.round_workflow import ROUND
from hub.campaign.rounds import fire_round, plan_round
from hub.campaign.taking import submit_cases
from hub.campaign.workflow import CAMPAIGN, fire_campaign
from hub.campaign.working import report_recovery, tag_case
from hub.core.texts import Text
from schema.campaign import desk as _desk  # noqa: F401 - declares the spreadsheet's two ways
from schema.mutations.declare import Advancing, Making, declare

declare(
    Making(
        "openCampaign",
        Text("启动专项行动", "open a special enforcement campaign"),
        Scope.CAMPAIGN_ORGANISE,
        "Campaign",
        CampaignOpening,
        open_campaign,
    ),
    Making(
        "submitCampaignCases",
        Text(
            "银行（或者不设银行时法院）报送案件，一件有误则整批不收",
            "a bank, or else a court, tells cases; all or none",
        ),
        Scope.CAMPAIGN_SUBMIT,
        "Campaign",
        CampaignSubmission,
        submit_cases,
    ),
    Making(
        "tagCampaignCase",
        Text("法院标记本院案件", "a court tags a case of its own"),
        Scope.CAMPAIGN_RECOVER,
        "CampaignCase",
        CampaignTagging,
        tag_case,
    ),
    Making(
        "reportCampaignRecovery",
        Text("法院报告执行到位金额", "a court reports what it recovered"),
        Scope.CAMPAIGN_RECOVER,
        "CampaignCase",
        CampaignRecovering,
        report_recovery,
    ),
    Advancing(
        "advanceCampaign",
        Text("推进专项行动", "move a campaign along its table"),
        Scope.CAMPAIGN_READ,
        "Campaign",
        CAMPAIGN,
        fire_campaign,
    ),
    Making(
        "planCampaignRound",
        Text("部署集中立案、送达或者执行", "plan a concentrated round of a court"),
        Scope.CAMPAIGN_ORGANISE,
        "CampaignRound",
        CampaignRoundPlanning,
        plan_round,
    ),
    Advancing(
        "advanceCampaignRound",
        Text("推进集中行动", "move a concentrated round along its table"),
        Scope.CAMPAIGN_READ,
        "CampaignRound",
        ROUND,
        fire_round,
    ),
)

"""The financial work office opens a campaign against non-performing loans: banks hand in their cases, the court tags
and recovers, and each sees its own totals as they stood at the cut-off."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

from hub.runtime import Runtime
from tests.obligations.steps import Steps
from tests.support.dumping import unreadable
from tests.support.rounds import run_job

OFFICE, BANK, OTHER_BANK, COURT = "finance", "civil", "office", "court"
CASE = "id caseNumber taggedAt principal recoveries { amount }"
CAMPAIGN = f"""id status version participants {{ capacity organization {{ id }} }} cases {{ {CASE} }}
    figures {{ figureVersion cases principal recovered ratePercent organization {{ id }} }}"""
pytestmark = unreadable()


@dataclass
class Campaigns:
    steps: Steps
    runtime: Runtime

    async def change(self, who: str, mutation: str, kind: str, given: Any, of: str = "campaign") -> Any:
        fields = CAMPAIGN if of == "campaign" else CASE
        client = await self.steps.client(who)
        return await client.change(mutation, "input: $i", of, fields, declared=f"$i: {kind}Input!", i=given)

    async def open(self, who: str = OFFICE, **changes: Any) -> Any:
        units = {
            "bankIds": [self.steps.organization(BANK), self.steps.organization(OTHER_BANK)],
            "courtIds": [self.steps.organization(COURT)],
            "supportIds": [self.steps.organization("police")],
        }
        about = {"kind": "NPL", "title": "不良贷款清收集中执行", "startsOn": "2026-05-01", "cutOffOn": "2026-06-30"}
        return await self.change(who, "openCampaign", "CampaignOpening", {**about, **units, **changes})

    def case(self, number: int, **changes: Any) -> dict[str, Any]:
        about = {"caseNumber": f"（2026）豫0825执{number}号", "principal": "1000.50", "lentOn": "2021-03-01"}
        return {"courtId": self.steps.organization(COURT), **about, **changes}

    async def submit(self, who: str, campaign: Any, *cases: dict[str, Any]) -> Any:
        given = {"campaignId": campaign["id"], "cases": list(cases)}
        return await self.change(who, "submitCampaignCases", "CampaignSubmission", given)

    async def tag(self, case: Any, who: str = COURT) -> Any:
        return await self.change(who, "tagCampaignCase", "CampaignTagging", {"caseId": case["id"]}, "campaignCase")

    async def recover(self, case: Any, amount: str, on: str, who: str = COURT, *, reversal: bool = False) -> Any:
        given = {"caseId": case["id"], "amount": amount, "recoveredOn": on, "reversal": reversal}
        return await self.change(who, "reportCampaignRecovery", "CampaignRecovering", given, "campaignCase")

    async def seen(self, who: str) -> Any:
        found = await self.steps.read(who, f"{{ campaigns {{ nodes {{ {CAMPAIGN} }} }} }}")
        return found["campaigns"]["nodes"]

    async def totals(self, who: str, version: int) -> list[tuple[Any, ...]]:
        (campaign,) = await self.seen(who)
        return sorted(
            (each["cases"], each["principal"], each["recovered"], each["ratePercent"])
            for each in campaign["figures"]
            if each["figureVersion"] == version
        )

    async def pass_days(self, days: int) -> int:
        self.steps.world.clock.advance(days=days)
        return await run_job(self.runtime, "campaign")


@pytest.fixture
async def campaigns(steps: Steps, runtime: Runtime) -> Campaigns:
    await steps.adopt(**{"campaign.organiser": {"zh": "财政局", "en": "finance bureau"}})
    return Campaigns(steps, runtime)


@pytest.mark.duty("S2-31")
async def test_loans_are_recovered_and_the_figures_are_frozen_at_the_cut_off(campaigns: Campaigns) -> None:
    assert (await campaigns.open("police"))["code"] == "CAMPAIGN_ORGANISER_ONLY"
    opened = await campaigns.open()
    assert (opened["status"], len(opened["participants"])) == ("OPEN", 4)

    bad = campaigns.case(3, courtId=campaigns.steps.organization("police"), lentOn="2030-01-01")
    refused = await campaigns.submit(BANK, opened, campaigns.case(1), bad)
    assert {reason["code"] for reason in refused["reasons"]} == {"CAMPAIGN_COURT_UNKNOWN", "CAMPAIGN_LENT_LATER"}
    assert (await campaigns.seen(BANK))[0]["cases"] == [], "one bad row refuses the whole list"
    assert (await campaigns.submit("police", opened, campaigns.case(1)))["code"] == "CAMPAIGN_BANK_ONLY"

    first, _ = (await campaigns.submit(BANK, opened, campaigns.case(1), campaigns.case(2)))["cases"]
    assert (await campaigns.submit(BANK, opened, campaigns.case(1)))["code"] == "CAMPAIGN_CASE_TOLD"
    (third,) = (await campaigns.submit(OTHER_BANK, opened, campaigns.case(9, principal="500")))["cases"]
    assert [len(row["cases"]) for who in (COURT, BANK, OTHER_BANK) for row in await campaigns.seen(who)] == [3, 2, 1]
    assert [row["cases"] for who in (OFFICE, "police") for row in await campaigns.seen(who)] == [[], []]
    banks = [row for row in (await campaigns.seen(BANK))[0]["participants"] if row["capacity"] == "BANK"]
    assert [row["organization"]["id"] for row in banks] == [campaigns.steps.organization(BANK)]

    assert (await campaigns.recover(first, "10", "2026-06-01"))["code"] == "CAMPAIGN_NOT_TAGGED"
    assert (await campaigns.tag(first, BANK))["code"] in ("NOT_FOUND", "SCOPE_REQUIRED", "FORBIDDEN")
    for case in (first, third):
        assert (await campaigns.tag(case))["taggedAt"] is not None
    assert (await campaigns.recover(first, "0", "2026-06-01"))["code"] == "CAMPAIGN_AMOUNT"
    assert (await campaigns.recover(first, "300.25", "2026-04-30"))["code"] == "CAMPAIGN_RECOVERED_DAY"
    await campaigns.recover(first, "300.25", "2026-06-01")
    assert (await campaigns.recover(first, "300.26", "2026-06-01", reversal=True))["code"] == "CAMPAIGN_REVERSAL"

    assert await campaigns.pass_days(0) == 0, "nothing is frozen before the cut-off"
    assert await campaigns.pass_days(40) == 1
    assert await campaigns.pass_days(1) == 0, "what stands as it was is not frozen again"
    assert (await campaigns.submit(BANK, opened, campaigns.case(4)))["code"] == "CAMPAIGN_CUT_OFF"
    assert await campaigns.totals(BANK, 1) == [(1, "1000.50", "300.25", 30)]
    assert await campaigns.totals(OTHER_BANK, 1) == [(1, "500.00", "0.00", 0)]
    whole = (2, "1500.50", "300.25", 20)
    assert await campaigns.totals(COURT, 1) == [whole]
    assert await campaigns.totals(OFFICE, 1) == sorted(
        [whole, whole, (1, "1000.50", "300.25", 30), (1, "500.00", "0.00", 0)]
    )

    await campaigns.recover(third, "500", "2026-07-01")
    assert await campaigns.pass_days(0) == 0, "what came after the cut-off is not of these figures"
    await campaigns.recover(third, "250", "2026-06-30")
    assert await campaigns.pass_days(0) == 1
    assert await campaigns.totals(OTHER_BANK, 2) == [(1, "500.00", "250.00", 50)]
    assert await campaigns.totals(OTHER_BANK, 1) == [(1, "500.00", "0.00", 0)], "the first version stays"

    for stranger in ("government", "credit", "neighbour.court", "neighbour.police", "city.court"):
        answer = await (await campaigns.steps.client(stranger)).ask("{ campaigns { totalCount } }")
        counted = (answer.get("data") or {}).get("campaigns")
        assert not counted or counted["totalCount"] == 0, stranger

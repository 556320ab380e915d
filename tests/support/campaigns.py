"""A campaign against non-performing loans: an office, two banks, a court, a unit that helps; through GraphQL alone."""

from __future__ import annotations

import base64
import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hub.canonical.workbook import sheet_rows
from hub.runtime import Runtime
from tests.obligations.steps import Steps
from tests.support.rounds import run_job

OFFICE, BANK, OTHER_BANK, COURT, HELPER = "finance", "civil", "neighbour.civil", "court", "police"
HEADINGS = (
    "法院",
    "案号",
    "借款合同编号",
    "债务人名称",
    "统一社会信用代码",
    "公民身份号码",
    "未偿本金（元）",
    "放款日期",
)
CASE = "id caseNumber loanNumber debtor taggedAt principal recoveries { amount } rounds { result round { title } }"
CAMPAIGN = f"""id status version kindLabel clause participants {{ capacity organization {{ id }} }} cases {{ {CASE} }}
    rounds {{ title figures {{ cases }} }} lists {{ rows taken }}
    figures {{ figureVersion cases principal recovered ratePercent organization {{ id }} }}"""
ROUND = """id version status note results { result case { id caseNumber } }
    figures { figureVersion cases done principal recovered organization { id } }"""
UPLOADED = "... on CampaignSheetTaken { accepted taken unchanged errorFile faults { row column code message } }"
REFUSED = "... on Refusal { code reasons { code path } }"


@dataclass
class Campaigns:
    steps: Steps
    runtime: Runtime

    async def adopt(self) -> None:
        await self.steps.adopt(**{"campaign.organiser": {"zh": "财政局", "en": "finance bureau"}})

    async def change(self, who: str, mutation: str, kind: str, given: Any, of: str, fields: str = CAMPAIGN) -> Any:
        client = await self.steps.client(who)
        return await client.change(mutation, "input: $i", of, fields, declared=f"$i: {kind}Input!", i=given)

    async def answer(self, who: str, mutation: str, kind: str, given: Any, fields: str) -> Any:
        ask = f"mutation($i: {kind}Input!) {{ {mutation}(input: $i) {{ {fields} {REFUSED} }} }}"
        return (await self.steps.read(who, ask, i=given))[mutation]

    async def open(self, who: str = OFFICE, **changes: Any) -> Any:
        units = {
            "bankIds": [self.steps.organization(BANK), self.steps.organization(OTHER_BANK)],
            "courtIds": [self.steps.organization(COURT)],
            "supportIds": [self.steps.organization(HELPER)],
        }
        about = {"kind": "NPL", "title": "不良贷款清收集中执行", "startsOn": "2026-05-01", "cutOffOn": "2026-06-30"}
        return await self.change(who, "openCampaign", "CampaignOpening", {**about, **units, **changes}, "campaign")

    def case(self, number: int, **changes: Any) -> dict[str, Any]:
        about = {"caseNumber": f"（2026）豫0825执{number}号", "principal": "1000.50", "lentOn": "2021-03-01"}
        return {"courtId": self.steps.organization(COURT), **about, **changes}

    async def submit(self, who: str, campaign: Any, *cases: dict[str, Any]) -> Any:
        given = {"campaignId": campaign["id"], "cases": list(cases)}
        return await self.change(who, "submitCampaignCases", "CampaignSubmission", given, "campaign")

    async def tag(self, case: Any, who: str = COURT) -> Any:
        given = {"caseId": case["id"]}
        return await self.change(who, "tagCampaignCase", "CampaignTagging", given, "campaignCase", CASE)

    async def recover(self, case: Any, amount: str, on: str, who: str = COURT, *, reversal: bool = False) -> Any:
        given = {"caseId": case["id"], "amount": amount, "recoveredOn": on, "reversal": reversal}
        return await self.change(who, "reportCampaignRecovery", "CampaignRecovering", given, "campaignCase", CASE)

    async def upload(self, who: str, campaign: Any, content: bytes) -> Any:
        given = {"campaignId": campaign["id"], "content": base64.b64encode(content).decode()}
        return await self.answer(who, "uploadCampaignSheet", "CampaignSheetUpload", given, UPLOADED)

    async def download(self, who: str, campaign: Any) -> list[list[str]]:
        fields = "... on CampaignSheet { cases content }"
        given = {"campaignId": campaign["id"]}
        found = await self.answer(who, "downloadCampaignSheet", "CampaignSheetDownload", given, fields)
        return rows_in(found["content"]) if "content" in found else found

    async def debtor(self, who: str, case: Any) -> Any:
        fields = "... on CampaignDebtor { name citizenId }"
        return await self.answer(who, "openCampaignDebtor", "CampaignDebtorOpening", {"caseId": case["id"]}, fields)

    async def plan(self, campaign: Any, kind: str, starts: str, ends: str, who: str = OFFICE, **changes: Any) -> Any:
        about = {"kind": kind, "title": f"集中{kind}", "startsOn": starts, "endsOn": ends}
        given = {"campaignId": campaign["id"], "courtId": self.steps.organization(COURT), **about, **changes}
        return await self.change(who, "planCampaignRound", "CampaignRoundPlanning", given, "campaignRound", ROUND)

    async def round(self, who: str, found: Any, event: str, given: Mapping[str, Any] | None = None) -> Any:
        client = await self.steps.client(who)
        told = {"id": found["id"], "e": {event: given or {}}}
        declared = "$id: ID!, $e: CampaignRoundEvent!"
        said = "id: $id, event: $e"
        return await client.change("advanceCampaignRound", said, "campaignRound", ROUND, declared=declared, **told)

    async def record(self, found: Any, *results: tuple[Any, str, str, str | None]) -> Any:
        told = [{"caseId": case["id"], "result": r, "on": on, "caseNumber": number} for case, r, on, number in results]
        return await self.round(COURT, found, "record", {"results": told})

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


def sheet(*rows: Sequence[str], headings: Sequence[str] = HEADINGS, encoding: str = "utf-8-sig") -> bytes:
    """A list as a spreadsheet program saves it (CSV)."""
    out = io.StringIO()
    csv.writer(out).writerows([headings, *rows])
    return out.getvalue().encode(encoding)


def rows_in(content: str) -> list[list[str]]:
    return list(sheet_rows(io.BytesIO(base64.b64decode(content)), "xlsx"))

"""The financial work office opens a campaign against non-performing loans: banks hand in their lists, the court files,
executes and recovers in concentrated rounds, and each sees its own totals as they stood at the cut-off."""

from __future__ import annotations

import base64
import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, SECP256R1, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from sqlalchemy import select

from hub.db.models import AuditEvent, CampaignCase
from hub.runtime import Runtime
from hub.worker import exchange
from tests.obligations.steps import Steps
from tests.support.campaigns import BANK, COURT, HEADINGS, HELPER, OFFICE, OTHER_BANK, Campaigns, rows_in, sheet
from tests.support.court import code_of, settle
from tests.support.inquiry import ASKER, Inquiry
from tests.support.rounds import with_links

COURT_NAME = "温县人民法院"
PERSON, NUMBER = "李建国", "410825197001010016"
UNFILED = (COURT_NAME, "", "借2021-01", PERSON, "", NUMBER, "1,000.50", "2021/3/1")
FILED = (COURT_NAME, "（2026）豫0825执2号", "", "某某商贸公司", "", "", "500", "2021-03-01")


@pytest.fixture
async def campaigns(steps: Steps, runtime: Runtime) -> Campaigns:
    made = Campaigns(steps, runtime)
    await made.adopt()
    return made


@pytest.mark.duty("S2-31")
async def test_loans_are_listed_filed_and_recovered_in_rounds_and_the_figures_frozen(campaigns: Campaigns) -> None:
    assert (await campaigns.open("police"))["code"] == "CAMPAIGN_ORGANISER_ONLY"
    assert (await campaigns.open(bankIds=[]))["code"] == "CAMPAIGN_BANKS_NEEDED"
    opened = await campaigns.open()
    assert (opened["status"], len(opened["participants"])) == ("OPEN", 4)
    assert opened["kindLabel"] == "银行不良贷款清收"

    await _lists(campaigns, opened)
    await _rights(campaigns)
    await _filing(campaigns, opened)
    await _execution(campaigns, opened)
    await _figures(campaigns, opened)


async def _lists(campaigns: Campaigns, opened: Any) -> None:
    bad = sheet(
        UNFILED,
        ("温县公安局", "（2026）豫0825执3号", "", "", "", "", "12.345", "2030-01-01"),
        (COURT_NAME, "", "", "", "91", "", "1", "昨天"),
    )
    refused = await campaigns.upload(BANK, opened, bad)
    assert (refused["accepted"], refused["taken"]) == (False, 0)
    assert {(each["row"], each["column"], each["code"]) for each in refused["faults"]} >= {
        (3, "未偿本金（元）", "CAMPAIGN_AMOUNT"),
        (4, "放款日期", "DATE_INVALID"),
    }
    beside = rows_in(refused["errorFile"])
    assert (beside[0], beside[1][-1], "金额" in beside[2][-1]) == ([*HEADINGS, "问题"], "", True)
    assert (await campaigns.seen(BANK))[0]["cases"] == [], "one bad row refuses the whole list"

    mended = sheet((*UNFILED, ""), (*FILED, "已改"), headings=(*HEADINGS, "问题"), encoding="gb18030")
    assert await campaigns.upload(BANK, opened, mended) == {
        **dict.fromkeys(("errorFile",)),
        "accepted": True,
        "taken": 2,
        "unchanged": 0,
        "faults": [],
    }
    again = await campaigns.upload(BANK, opened, sheet(UNFILED, FILED))
    assert (again["accepted"], again["taken"], again["unchanged"]) == (True, 0, 2), "the same list twice is one list"
    changed = await campaigns.upload(BANK, opened, sheet((*FILED[:6], "501", FILED[7])))
    assert [each["code"] for each in changed["faults"]] == ["CAMPAIGN_CASE_TOLD"]
    twice = await campaigns.upload(BANK, opened, sheet(*[(COURT_NAME, "", "借2", "", "", "", "1", "2021-03-01")] * 2))
    assert [each["code"] for each in twice["faults"]] == ["CAMPAIGN_CASE_TWICE"]
    assert (await campaigns.download(BANK, opened))[1:] == [
        [*UNFILED[:6], "1000.50", "2021-03-01"],
        [*FILED[:6], "500.00", "2021-03-01"],
    ], "what comes out can be handed in again"
    assert (await campaigns.submit(HELPER, opened, campaigns.case(1)))["code"] == "CAMPAIGN_BANK_ONLY"
    assert (await campaigns.upload(HELPER, opened, sheet(FILED)))["code"] == "CAMPAIGN_BANK_ONLY"
    told = await campaigns.submit(OTHER_BANK, opened, campaigns.case(9, principal="500"))
    assert len(told["cases"]) == 1
    assert len((await campaigns.submit(OTHER_BANK, opened, campaigns.case(9, principal="500")))["cases"]) == 1
    other = await campaigns.submit(OTHER_BANK, opened, campaigns.case(9, principal="501"))
    assert other["code"] == "CAMPAIGN_CASE_TOLD"


async def _rights(campaigns: Campaigns) -> None:
    """Each its own cases; the person who owes is masked, sealed, and opened on record by bank and court alone."""
    seen = {who: (await campaigns.seen(who))[0] for who in (BANK, OTHER_BANK, COURT, OFFICE, HELPER)}
    assert [len(seen[who]["cases"]) for who in (BANK, OTHER_BANK, COURT, OFFICE, HELPER)] == [2, 1, 3, 0, 0]
    assert seen[BANK]["lists"] == [{"rows": 2, "taken": 2}], "of one's own, and each list once"
    assert [len(seen[who]["lists"]) for who in (OTHER_BANK, COURT, OFFICE, HELPER)] == [1, 0, 0, 0]
    banks = [row for row in seen[BANK]["participants"] if row["capacity"] == "BANK"]
    assert [row["organization"]["id"] for row in banks] == [campaigns.steps.organization(BANK)]
    person = seen[BANK]["cases"][0]
    assert person["debtor"] == "李**"
    assert await campaigns.debtor(COURT, person) == {"name": PERSON, "citizenId": NUMBER}
    for stranger in (OTHER_BANK, OFFICE, HELPER, "audit", "office"):
        assert (await campaigns.debtor(stranger, person))["code"] == "NOT_FOUND", stranger
    world = campaigns.steps.world
    async with world.sessions.system("test") as session:
        rows = await session.scalars(select(CampaignCase))
        kept = [repr(vars(row)) for row in rows]
        actions = list(await session.scalars(select(AuditEvent.event)))
    assert not any(PERSON in each or NUMBER in each for each in kept)
    assert actions.count("campaign:debtor.open") == 1


async def _filing(campaigns: Campaigns, opened: Any) -> None:
    unfiled, filed = (await campaigns.seen(BANK))[0]["cases"]
    assert (await campaigns.tag(unfiled))["code"] == "CAMPAIGN_NOT_FILED"
    period = ("2026-06-01", "2026-06-05")
    assert (await campaigns.plan(opened, "FILING", *period, who="civil"))["code"] == "CAMPAIGN_ORGANISER_ONLY"
    assert (await campaigns.plan(opened, "FILING", "2026-06-05", "2026-06-01"))["code"] == "CAMPAIGN_ROUND_PERIOD"
    helper = campaigns.steps.organization(HELPER)
    assert (await campaigns.plan(opened, "FILING", *period, courtId=helper))["code"] == "CAMPAIGN_ROUND_COURT"
    planned = await campaigns.plan(opened, "FILING", *period)
    assert planned["status"] == "PLANNED"
    assert (await campaigns.round(COURT, planned, "start"))["code"] == "CAMPAIGN_ROUND_EMPTY"
    wrong = await campaigns.round(COURT, planned, "choose", {"caseIds": [filed["id"], unfiled["id"]]})
    assert [(each["code"], each["path"][-1]) for each in wrong["reasons"]] == [("CAMPAIGN_ROUND_STAGE", "0")]
    await campaigns.round(COURT, planned, "choose", {"caseIds": [unfiled["id"]]})
    await campaigns.round(COURT, planned, "start")
    assert (await campaigns.round(COURT, planned, "report"))["code"] == "CAMPAIGN_ROUND_OPEN"
    assert (await campaigns.record(planned, (unfiled, "SERVED", "2026-06-01", None)))["code"] == "CAMPAIGN_ROUND_RESULT"
    assert (await campaigns.record(planned, (unfiled, "FILED", "2026-06-01", None)))["code"] == "CAMPAIGN_ROUND_NUMBER"
    taken = (unfiled, "FILED", "2026-06-01", filed["caseNumber"])
    assert (await campaigns.record(planned, taken))["code"] == "CAMPAIGN_ROUND_NUMBER_TAKEN"
    done = await campaigns.record(planned, (unfiled, "FILED", "2026-06-01", "（2026）豫0825执77号"))
    assert done["results"] == [{"result": "FILED", "case": {"id": unfiled["id"], "caseNumber": "（2026）豫0825执77号"}}]
    await campaigns.round(COURT, planned, "report")
    assert (await campaigns.round(COURT, planned, "close"))["code"] in ("FORBIDDEN", "ACTOR_NOT_PERMITTED")
    assert (await campaigns.round(OFFICE, planned, "close"))["status"] == "CLOSED"
    assert (await campaigns.seen(BANK))[0]["cases"][0]["taggedAt"] is not None, "what is filed is taken up"
    again = await campaigns.upload(BANK, opened, sheet(UNFILED))
    assert again["unchanged"] == 1, "the bank may tell it as before"


async def _execution(campaigns: Campaigns, opened: Any) -> None:
    first, second = (await campaigns.seen(BANK))[0]["cases"]
    (third,) = (await campaigns.seen(OTHER_BANK))[0]["cases"]
    assert (await campaigns.recover(third, "10", "2026-06-01"))["code"] == "CAMPAIGN_NOT_TAGGED"
    assert (await campaigns.tag(third, BANK))["code"] in ("NOT_FOUND", "SCOPE_REQUIRED", "FORBIDDEN")
    assert (await campaigns.tag(third))["taggedAt"] is not None
    assert (await campaigns.recover(first, "0", "2026-06-01"))["code"] == "CAMPAIGN_AMOUNT"
    assert (await campaigns.recover(first, "300.25", "2026-04-30"))["code"] == "CAMPAIGN_RECOVERED_DAY"

    begun = await campaigns.plan(opened, "EXECUTION", "2026-06-01", "2026-06-10")
    stage = await campaigns.round(COURT, begun, "choose", {"caseIds": [second["id"]]})
    assert stage["code"] == "CAMPAIGN_ROUND_STAGE", "what is not tagged is not executed"
    await campaigns.round(COURT, begun, "choose", {"caseIds": [first["id"], third["id"]]})
    overlapping = await campaigns.plan(opened, "EXECUTION", "2026-06-10", "2026-06-12")
    double = await campaigns.round(COURT, overlapping, "choose", {"caseIds": [third["id"]]})
    assert double["code"] == "CAMPAIGN_ROUND_TAKEN"
    cancelled = await campaigns.round(OFFICE, overlapping, "cancel", {"reason": "并入前次"})
    assert (cancelled["status"], cancelled["note"]) == ("CANCELLED", "并入前次")
    await campaigns.round(COURT, begun, "start")
    await campaigns.recover(first, "300.25", "2026-06-01")
    assert (await campaigns.recover(first, "300.26", "2026-06-01", reversal=True))["code"] == "CAMPAIGN_REVERSAL"
    results = ((first, "PARTLY_EXECUTED", "2026-06-01", None), (third, "NOTHING_FOUND", "2026-06-01", None))
    await campaigns.record(begun, *results)
    assert (await campaigns.round(COURT, begun, "report"))["status"] == "REPORTED"
    assert (await campaigns.round(OFFICE, begun, "sendBack", {"reason": "和解未登记"}))["status"] == "UNDERWAY"
    await campaigns.record(begun, (third, "SETTLED", "2026-06-01", None))
    await campaigns.round(COURT, begun, "report")
    closed = await campaigns.round(OFFICE, begun, "close")
    told = [(each["figureVersion"], each["cases"], each["done"], each["recovered"]) for each in closed["figures"]]
    assert (closed["status"], closed["results"]) == ("CLOSED", []), "the office sees figures and no case"
    assert sorted(told) == sorted(
        [
            *((1, 2, 0, "300.25"), (1, 1, 0, "300.25"), (1, 1, 0, "0.00")),
            *((2, 2, 1, "300.25"), (2, 1, 0, "300.25"), (2, 1, 1, "0.00")),
        ]
    )
    await _round_is_seen(campaigns, begun)


async def _round_is_seen(campaigns: Campaigns, begun: Any) -> None:
    query = "query($id: ID!) { campaignRound(id: $id) { results { result } figures { cases organization { id } } } }"
    expected = {BANK: (1, [1, 1]), COURT: (2, [1, 1, 1, 1, 2, 2]), HELPER: (0, [2, 2]), "office": (0, [2, 2])}
    expected["audit"] = (0, [1, 1, 1, 1, 2, 2])
    for who, (results, cases) in expected.items():
        found = (await campaigns.steps.read(who, query, id=begun["id"]))["campaignRound"]
        assert (len(found["results"]), sorted(each["cases"] for each in found["figures"])) == (results, cases), who
    assert (await campaigns.steps.read("neighbour.police", query, id=begun["id"]))["campaignRound"] is None


async def _figures(campaigns: Campaigns, opened: Any) -> None:
    (third,) = (await campaigns.seen(OTHER_BANK))[0]["cases"]
    assert await campaigns.pass_days(0) == 0, "nothing is frozen before the cut-off"
    assert await campaigns.pass_days(40) == 1
    assert await campaigns.pass_days(1) == 0, "what stands as it was is not frozen again"
    assert (await campaigns.submit(BANK, opened, campaigns.case(4)))["code"] == "CAMPAIGN_CUT_OFF"
    assert await campaigns.totals(BANK, 1) == [(1, "1000.50", "300.25", 30)]
    assert await campaigns.totals(OTHER_BANK, 1) == [(1, "500.00", "0.00", 0)]
    whole = (2, "1500.50", "300.25", 20)
    everything = sorted([whole, whole, (1, "1000.50", "300.25", 30), (1, "500.00", "0.00", 0)])
    expected = {COURT: [whole], OFFICE: everything, "audit": everything}
    expected |= {who: [whole] for who in (HELPER, "office", "government")}
    for who, figures in expected.items():
        assert await campaigns.totals(who, 1) == figures, who

    await campaigns.recover(third, "500", "2026-07-01")
    assert await campaigns.pass_days(0) == 0, "what came after the cut-off is not of these figures"
    await campaigns.recover(third, "250", "2026-06-30")
    assert await campaigns.pass_days(0) == 1
    assert await campaigns.totals(OTHER_BANK, 2) == [(1, "500.00", "250.00", 50)]
    assert await campaigns.totals(OTHER_BANK, 1) == [(1, "500.00", "0.00", 0)], "the first version stays"
    for overseer in ("audit", "office", "government", HELPER):
        assert [row["cases"] for row in await campaigns.seen(overseer)] == [[]], overseer
    for stranger in ("credit", "portal", "neighbour.court", "neighbour.police", "neighbour.office", "city.court"):
        answer = await (await campaigns.steps.client(stranger)).ask("{ campaigns { totalCount } }")
        counted = (answer.get("data") or {}).get("campaigns")
        assert not counted or counted["totalCount"] == 0, stranger


LINKED = """{ campaigns { nodes { cases { caseNumber courtCase { caseNumber } listings { id }
    executionQueries { inquiryNumber } } } } }"""


@pytest.mark.duty("S2-31")
async def test_a_case_leads_to_what_its_court_tells_as_far_as_the_reader_may(
    campaigns: Campaigns, runtime: Runtime, tmp_path: Path
) -> None:
    inquiry = Inquiry(campaigns.steps.world, campaigns.steps.client_of, runtime)
    await inquiry.prepare(tmp_path)
    query = await inquiry.sent(("county.finance", "BANK_ACCOUNT"))
    number = inquiry.cases[1].case_number
    opened = await campaigns.open()
    told = await campaigns.submit(BANK, opened, campaigns.case(1, caseNumber=number))
    await campaigns.tag(told["cases"][0])

    async def linked(who: str) -> Any:
        (campaign,) = (await campaigns.steps.read(who, LINKED))["campaigns"]["nodes"]
        return campaign["cases"]

    (court,) = await linked(ASKER)
    assert (court["courtCase"]["caseNumber"], len(court["listings"])) == (number, 1)
    assert [each["inquiryNumber"] for each in court["executionQueries"]] == [query["inquiryNumber"]]
    (bank,) = await linked(BANK)
    assert bank == {"caseNumber": number, "courtCase": None, "listings": [], "executionQueries": []}
    assert await linked("audit") == []


@pytest.mark.duty("S2-31")
async def test_the_system_of_a_bank_hands_lists_in_and_has_each_answered(
    campaigns: Campaigns, runtime: Runtime, tmp_path: Path
) -> None:
    await settle(campaigns.steps.world)
    opened = await campaigns.open()
    code, key, drop = code_of(f"county.{BANK}"), generate_private_key(SECP256R1()), tmp_path / "bank"
    links = tmp_path / "links"
    for folder in (drop / "in", links):
        folder.mkdir(parents=True)
    pem = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    (links / "bank.pem").write_bytes(pem)
    lines = ('kind = "campaign-bank"', f'bank = "{code}"', 'signing_key = "bank.pem"', "[file]", f'folder = "{drop}"')
    (links / "bank.toml").write_text("\n".join(lines))

    async def hand_in(name: str, content: bytes, signer: Any = key, **changes: Any) -> dict[str, Any]:
        (drop / "in" / f"{name}.csv").write_bytes(content)
        about = {"template": "campaign-list/1", "bank": code, "campaign": opened["id"], "file": f"{name}.csv"}
        about |= {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest(), **changes}
        manifest = json.dumps(about).encode()
        signature = base64.b64encode(signer.sign(manifest, ECDSA(SHA256())))
        (drop / "in" / f"{name}.manifest.json.sig").write_bytes(signature)
        (drop / "in" / f"{name}.manifest.json").write_bytes(manifest)
        await exchange(with_links(runtime, links))
        answered: dict[str, Any] = json.loads((drop / "receipts" / f"{name}.receipt.json").read_bytes())
        return {"codes": [each["code"] for each in answered["reasons"]], **answered}

    forged = await hand_in("a", sheet(FILED), generate_private_key(SECP256R1()))
    assert (forged["accepted"], forged["codes"]) == (False, ["BATCH_SIGNATURE"])
    assert (await hand_in("b", sheet(FILED), bank=code_of("county.police")))["codes"] == ["CAMPAIGN_LIST_BANK"]
    assert (await hand_in("c", sheet(FILED), sha256="0" * 64))["codes"] == ["BATCH_DIGEST"]
    assert (await hand_in("d", sheet(FILED), campaign="CZ"))["codes"] == ["ID_INVALID"]
    wrong = await hand_in("e", sheet(FILED, (COURT_NAME, "", "借3", "", "", "", "-1", "2021-03-01")))
    assert wrong["codes"] == ["CAMPAIGN_AMOUNT"]
    beside = rows_in(base64.b64encode((drop / "receipts" / "e.errors.xlsx").read_bytes()).decode())
    assert [bool(row[-1]) for row in beside[1:]] == [False, True]
    assert (await campaigns.seen(BANK))[0]["cases"] == []

    taken = await hand_in("f", sheet(UNFILED, FILED))
    assert (taken["accepted"], taken["taken"]) == (True, 2)
    assert [path.name for path in (drop / "in").iterdir() if path.name.startswith("f.")] == [], "no copy stays behind"
    again = await hand_in("g", sheet(UNFILED, FILED))
    assert (again["accepted"], again["taken"], again["unchanged"]) == (True, 0, 2)
    assert len((await campaigns.seen(BANK))[0]["cases"]) == 2
    assert (await campaigns.seen(OTHER_BANK))[0]["cases"] == []


@pytest.mark.duty("S2-31")
async def test_a_campaign_without_banks_is_of_what_courts_tell_themselves(campaigns: Campaigns) -> None:
    assert (await campaigns.open(kind="LIVELIHOOD"))["code"] == "CAMPAIGN_WITHOUT_BANKS"
    opened = await campaigns.open(kind="LIVELIHOOD", bankIds=[])
    assert opened["kindLabel"] == "涉民生案件集中执行"
    assert (await campaigns.submit(BANK, opened, campaigns.case(1)))["code"] in ("NOT_FOUND", "CAMPAIGN_COURT_ONLY")
    own = campaigns.case(1, lentOn=None)
    unfiled = await campaigns.submit(COURT, opened, {**own, "caseNumber": None, "loanNumber": "1"})
    assert unfiled["code"] == "CAMPAIGN_NUMBER_NEEDED"
    (case,) = (await campaigns.submit(COURT, opened, own))["cases"]
    assert case["taggedAt"] is not None, "what a court tells is its own"
    await campaigns.recover(case, "1000.50", "2026-06-01")
    assert await campaigns.pass_days(40) == 1
    whole = (1, "1000.50", "1000.50", 100)
    assert await campaigns.totals(OFFICE, 1) == [whole, whole]
    assert await campaigns.seen(BANK) == []

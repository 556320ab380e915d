"""A vehicle is found at night by police that work at their desk."""

from __future__ import annotations

from pathlib import Path

import pytest

from hub.runtime import Runtime
from tests.obligations.steps import Steps
from tests.support.inquiry import ASKER, COMMAND, LEADER, OTHER, Inquiry
from tests.support.watching_out import CONTACT, PLACE, POLICE, WatchingOut

ALERTS = "{ alerts { nodes { kind severity title } } }"


@pytest.fixture
async def inquiry(steps: Steps, runtime: Runtime, tmp_path: Path) -> Inquiry:
    made = Inquiry(steps.world, steps.client_of, runtime)
    await made.prepare(tmp_path)
    return made


async def alerts(steps: Steps, who: str, prefix: str) -> list[tuple[str, str]]:
    found = (await steps.read(who, ALERTS))["alerts"]["nodes"]
    return [(each["kind"], each["severity"]) for each in found if each["kind"].startswith(prefix)]


WATCHED = """{ lookoutOrders { totalCount nodes { id hits { id } } } assetControls { totalCount }
    controlOrders { totalCount } }"""
LOOKED = """mutation($n: String!) { r: whoLooked(input: {number: $n, purpose: "核查临控查阅记录情况"}) {
    ... on ExecutionReadings { readings { inquiryNumber clientId purpose items } } ... on Refusal { code } } }"""


@pytest.mark.duty("S2-29")
async def test_a_vehicle_is_met_at_night_and_the_lookout_is_called_off_once_the_debt_is_paid(
    steps: Steps, inquiry: Inquiry
) -> None:
    out = WatchingOut(inquiry)
    refused = await out.submit(plate="无牌", measures=["DETAIN_PERSON"])
    assert {reason["code"] for reason in refused["reasons"]} == {"PLATE_INVALID", "MEASURES_INVALID"}
    assert (await out.submit(purposeText="。"))["code"] == "PURPOSE_INSUFFICIENT"
    asked = await out.submit()
    assert (await out.opened(POLICE, asked))["code"] == "NOT_FOUND"
    assert (await out.hit(POLICE, asked))["code"] == "NOT_FOUND"
    sent = await out.fire(LEADER, asked, "approve")
    told = await out.opened(POLICE, sent)
    assert (told["plate"], told["targetNumber"], told["dutyContact"]) == ("豫H12345", inquiry.numbers[1], CONTACT)
    assert (await out.fire(POLICE, sent, "activate"))["status"] == "ACTIVE"
    person = {"targetKind": "PERSON", "plate": None, "measures": ["LOCATE", "DETAIN_PERSON"], "number": 2}
    wanted = await out.active(**person)
    await out.watch(minutes=16 * 60)
    hit = await out.hit(POLICE, sent)
    assert (hit["status"], hit["afterWithdrawal"]) == ("NOTIFIED", False)
    alarm = (await steps.read(ASKER, ALERTS))["alerts"]["nodes"]
    assert [(each["kind"], each["severity"]) for each in alarm] == [("LOOKOUT_HIT", "SEVERE")]
    assert not any(secret in str(alarm) for secret in (PLACE, "12345", CONTACT, inquiry.names[1]))
    assert (await out.fire(OTHER, hit, "dispatch", kind="LookoutHit"))["code"] == "NOT_FOUND"
    await out.watch(minutes=61)
    assert ("LOOKOUT_HIT_WAITING", "SEVERE") in await alerts(steps, ASKER, "LOOKOUT")
    assert (await out.fire(ASKER, sent, "close"))["code"] == "LOOKOUT_NOT_HANDED_OVER"
    for event, payload in (("dispatch", {}), ("arrive", {}), ("conclude", {"outcome": "HANDED_OVER"})):
        hit = await out.fire(ASKER, hit, event, payload, kind="LookoutHit")
    assert (hit["status"], hit["outcome"]) == ("CONCLUDED", "HANDED_OVER")
    read = await out.read(ASKER, sent)
    assert (read["places"][0]["place"], read["plate"]) == (PLACE, "豫H12345")
    assert sent["lookoutNumber"] in read["watermark"]
    for stranger in (
        OTHER,
        "county.government",
        "county.credit",
        "neighbour.court",
        "neighbour.police",
        "county.finance",
    ):
        answer = await (await steps.client(stranger)).ask(WATCHED)
        counts = answer.get("data") or {}
        assert {row["totalCount"] for row in counts.values() if row} <= {0}, stranger
    assert (await out.read(OTHER, sent))["code"] == "NOT_FOUND"
    assert (await out.fire(ASKER, sent, "close"))["status"] == "CLOSED"
    # The debtor of the other case pays: the court calls the lookout off, and the police have to confirm.
    assert (await out.fire(ASKER, wanted, "withdraw", {"reason": "已履行完毕"}))["status"] == "WITHDRAWING"
    await out.watch(minutes=119)
    assert ("LOOKOUT_NOT_WITHDRAWN", "SEVERE") not in await alerts(steps, POLICE, "LOOKOUT")
    await out.watch(minutes=2)
    for who in (ASKER, POLICE):
        assert ("LOOKOUT_NOT_WITHDRAWN", "SEVERE") in await alerts(steps, who, "LOOKOUT"), who
    assert (await out.fire(POLICE, wanted, "confirmWithdrawal"))["status"] == "WITHDRAWN"
    late = await out.hit(POLICE, wanted)
    assert late["afterWithdrawal"] is True
    assert ("LOOKOUT_HIT_LATE", "SEVERE") in await alerts(steps, ASKER, "LOOKOUT")
    ran_out = await out.active(validTo=inquiry.day(5))
    await out.watch(days=6)
    stands = "query($l: ID!) { lookoutOrder(id: $l) { status } }"
    assert (await steps.read(POLICE, stands, l=ran_out["id"]))["lookoutOrder"]["status"] == "EXPIRED"
    looked = (await (await steps.client(COMMAND)).data(LOOKED, n=inquiry.numbers[1]))["r"]["readings"]
    assert [(each["inquiryNumber"], each["clientId"]) for each in looked] == [(sent["lookoutNumber"], ASKER)]

"""Each month a court tells civil affairs which marriages ended; the register answers each item, and later decisions
correct what was told."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from connectors.sandbox.civil_affairs.system import CivilFault
from hub.runtime import Runtime
from tests.obligations.steps import Steps
from tests.support.dumping import unreadable
from tests.support.marriage import ADOPTED, Marriages, citizen, decision

DIVORCES = range(12)
pytestmark = unreadable(*(decision(number)[party]["name"] for number in DIVORCES for party in ("partyA", "partyB")))


@pytest.fixture
def marriages(steps: Steps, runtime: Runtime, tmp_path: Path) -> Iterator[Marriages]:
    made = Marriages(steps, runtime, tmp_path)
    yield made
    made.register.stop()


@pytest.mark.duty("S2-32")
async def test_divorces_reach_the_register_each_month_and_a_retrial_corrects_one(marriages: Marriages) -> None:
    await marriages.steps.adopt(**ADOPTED)
    for number in DIVORCES:
        if number != 11:
            marriages.register.register.marry(citizen(2 * number), citizen(2 * number + 1))
    marriages.register.register.married[frozenset((citizen(20), citizen(21)))] = False
    begun = await marriages.record(*(decision(number) for number in DIVORCES))
    assert (begun["status"], len(begun["items"]), begun["month"]) == ("COLLECTING", 12, "2026-06")
    assert (await marriages.record(decision(3)))["code"] == "MARRIAGE_TOLD"
    assert await marriages.batches("civil") == [], "what is not sealed is the court's own"

    assert await marriages.pass_days(20) >= 1
    (sealed,) = await marriages.batches(status=["SEALED"], month="2026-06")
    assert (sealed["itemCount"], [item["number"] for item in sealed["items"]]) == (12, list(range(1, 13)))

    marriages.register.faults = {CivilFault.DAMAGED}
    await marriages.exchange()
    marriages.register.work()
    await marriages.exchange()
    (aside,) = await marriages.batches("civil", month="2026-06")
    assert (aside["status"], aside["updatedCount"]) == ("QUARANTINED", 0), "a damaged batch is put aside whole"
    assert marriages.register.taken == {}
    marriages.register.faults = set()
    assert (await marriages.fire("court", aside, "resend"))["status"] == "SEALED"
    await marriages.exchange()
    marriages.register.work()
    await marriages.exchange()
    await marriages.exchange()
    await marriages.pass_days(0)
    (found,) = await marriages.batches(month="2026-06")
    assert (found["status"], found["sends"], found["discrepancy"]) == ("EXCEPTIONS", 2, None)
    counted = [found[f"{name}Count"] for name in ("updated", "duplicate", "notFound")]
    assert (counted, found["matchPercent"], found["updatePercent"]) == ([10, 1, 1], 91, 83)

    unmatched = "{ marriageItems(filter: {receipt: [NOT_FOUND, CONFLICT, REJECTED]}) { nodes { id receiptReason } } }"
    (left,) = (await marriages.steps.read("civil", unmatched))["marriageItems"]["nodes"]
    assert left["receiptReason"] == "查无登记"
    assert (await marriages.fire("court", found, "resolve"))["code"] == "EXCEPTIONS_OPEN"
    settled = {"itemId": left["id"], "settlement": "REGISTERED_ELSEWHERE", "note": "登记在沁阳，已转沁阳市民政局"}
    await marriages.change("court", "settleMarriageItem", "marriageItem", "MarriageSettling", settled)
    assert (await marriages.fire("court", found, "resolve"))["status"] == "RESOLVED"

    retried = decision(2, caseNumber="（2026）豫0825民再1号", effectiveOn="2026-07-02")
    correction = {"itemId": found["items"][2]["id"], "correction": "SET_ASIDE", "item": retried}
    made = await marriages.change("court", "correctMarriageItem", "marriageItem", "MarriageCorrecting", correction)
    assert "id" in made, made
    again = await marriages.change("court", "correctMarriageItem", "marriageItem", "MarriageCorrecting", correction)
    assert again["code"] == "MARRIAGE_CORRECTED"
    await marriages.pass_days(35)
    await marriages.exchange()
    marriages.register.work()
    await marriages.exchange()
    await marriages.exchange()
    await marriages.pass_days(0)
    (july,) = await marriages.batches(month="2026-07")
    assert (july["status"], july["itemCount"], july["items"][0]["correction"]) == ("RECONCILED", 1, "SET_ASIDE")
    (told,) = [items for key, items in marriages.register.taken.items() if "202607" in key]
    assert told[0]["corrects"] == f"{found['number']}/3"
    assert marriages.register.register.married[frozenset((citizen(4), citizen(5)))], "the marriage stands again"

    await marriages.pass_days(31)
    await marriages.exchange()
    marriages.register.work()
    await marriages.exchange()
    await marriages.exchange()
    await marriages.pass_days(0)
    (august,) = await marriages.batches(month="2026-08")
    assert (august["status"], august["itemCount"], august["matchPercent"]) == ("RECONCILED", 0, None)

    for stranger in ("police", "government", "office", "neighbour.court", "neighbour.civil", "city.court"):
        answer = await (await marriages.steps.client(stranger)).ask(
            "{ marriageBatches { totalCount } marriageItems { totalCount } }"
        )
        counts = answer.get("data") or {}
        assert {row["totalCount"] for row in counts.values() if row} <= {0}, stranger
        assert (await marriages.read(stranger, found)).get("code") in ("NOT_FOUND", "SCOPE_REQUIRED"), stranger

"""A court asks many holders about one debtor: one finds, one finds nothing, one returns, one objects, one is silent."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from hub.runtime import Runtime
from tests.obligations.steps import Steps
from tests.support.inquiry import ASKER, LEADER, Inquiry

ASKS = (
    ("county.police", "VEHICLE"),
    ("county.finance", "BANK_ACCOUNT"),
    ("county.civil", "MARRIAGE"),
    ("county.office", "REAL_ESTATE"),
    ("county.police", "HOTEL"),
)
STANDING = """query($q: ID!) { executionQuery(id: $q) { status orders { holder { shortName } queryType status answerCode
    urgeCount objectionDueOn returnReason } availableEvents { event allowed } } }"""
ALERTS = "{ alerts { nodes { kind title } } }"
EVERYBODY = "{ executionQueries { totalCount } executionOrders { totalCount } }"


@pytest.fixture
async def inquiry(steps: Steps, runtime: Runtime, tmp_path: Path) -> Inquiry:
    made = Inquiry(steps.world, steps.client_of, runtime)
    await made.prepare(tmp_path)
    return made


async def order(inquiry: Inquiry, holder: str, kind: str) -> Any:
    listed = f"{{ executionOrders(filter: {{queryType: {kind}}}) {{ nodes {{ id version status }} }} }}"
    return (await (await inquiry.client(holder)).data(listed))["executionOrders"]["nodes"][0]


@pytest.mark.duty("S2-28")
async def test_a_court_asks_many_holders_and_nobody_else_ever_knows(steps: Steps, inquiry: Inquiry) -> None:
    assert (await inquiry.submit(number=1, purposeText="。"))["code"] == "PURPOSE_INSUFFICIENT"
    query = await inquiry.sent(*ASKS)
    await inquiry.fire_order(
        "county.police", await order(inquiry, "county.police", "VEHICLE"), "answer", inquiry.answer()
    )
    bank = await order(inquiry, "county.finance", "BANK_ACCOUNT")
    await inquiry.fire_order("county.finance", bank, "answer", inquiry.nothing())
    returned = {"reason": "SEAL_MISSING", "note": "缺章", "contact": "李四 13900000000"}
    civil = await order(inquiry, "county.civil", "MARRIAGE")
    await inquiry.fire_order("county.civil", civil, "sendBack", returned)
    office = await order(inquiry, "county.office", "REAL_ESTATE")
    await inquiry.fire_order("county.office", office, "objectTo", {"grounds": "超出协助范围"})
    await inquiry.watch(days=4)
    stands = (await steps.read(ASKER, STANDING, q=query["id"]))["executionQuery"]
    orders = {each["queryType"]: each for each in stands["orders"]}
    assert {kind: (each["status"], each["answerCode"], each["urgeCount"]) for kind, each in orders.items()} == {
        "VEHICLE": ("ANSWERED", "FOUND", 0),
        "BANK_ACCOUNT": ("ANSWERED", "NOT_FOUND", 0),
        "MARRIAGE": ("RETURNED", None, 0),
        "REAL_ESTATE": ("OBJECTED", None, 0),
        "HOTEL": ("DISPATCHED", None, 1),
    }
    assert orders["REAL_ESTATE"]["objectionDueOn"] == "2026-06-30"
    assert {"event": "correct", "allowed": True} in stands["availableEvents"]
    assert [alert["kind"] for alert in (await steps.read("police", ALERTS))["alerts"]["nodes"]] == ["QUERY_UNANSWERED"]
    corrected = await inquiry.fire(ASKER, query, "correct", {"documents": [inquiry.document(b"%PDF-1.7 sealed")]})
    assert corrected["status"] == "PENDING_APPROVAL"
    assert (await inquiry.fire(LEADER, query, "approve"))["status"] == "PARTIALLY_ANSWERED"
    married = inquiry.answer(items=[{"marriage": {"maritalStatus": "离异"}}])
    assert (await inquiry.fire_order("county.civil", civil, "answer", married))["status"] == "ANSWERED"
    assert (await inquiry.fire_order(LEADER, office, "uphold", {"reason": "异议成立"}))["status"] == "CANCELLED"
    silent = await order(inquiry, "county.police", "HOTEL")
    await inquiry.fire_order("county.police", silent, "answer", inquiry.nothing(note=None))
    assert (await steps.read(ASKER, STANDING, q=query["id"]))["executionQuery"]["status"] == "ANSWERED"
    read = await inquiry.read(ASKER, query)
    assert sorted(answer["code"] for answer in read["answers"]) == ["FOUND", "FOUND", "NOT_FOUND", "NOT_FOUND"]
    assert (await inquiry.fire(ASKER, query, "close"))["status"] == "CLOSED"
    for stranger in ("government", "credit", "neighbour.court", "neighbour.police", "city.justice"):
        answer = await (await steps.client(stranger)).ask(EVERYBODY)
        counts = answer.get("data") or {}
        assert {row["totalCount"] for row in counts.values() if row} <= {0}, stranger
        assert "豫H12345" not in str(answer)

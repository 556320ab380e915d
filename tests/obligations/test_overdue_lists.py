"""A public body that lets its order pass is entered on the overdue list, and punished once the government approves."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from hub.canonical.exchange_codes import CaseListKind
from hub.runtime import Runtime
from tests.support.client import ClientOf
from tests.support.court import court_at, settle
from tests.support.punishing import FIELDS, Overdue, Punishing
from tests.support.supervising import REPORT
from tests.support.world import COUNTY, World

FIELDS_OF_S3 = ["INTERVIEW", "FINANCING", "AWARD", "RECORD", "INVESTMENT_APPROVAL", "SUBSIDY", "CONSUMPTION"]
PERSONS = ["LEGAL_REPRESENTATIVE", "PRINCIPAL", "DIRECTLY_RESPONSIBLE", "ACTUAL_CONTROLLER", "FINANCE_HEAD"]
CARRIERS = {
    "JP-P-01": "government",
    "JP-H-01": "office",
    "JP-F3-02": "civil",
    "JP-F4-02": "finance",
}


@pytest.fixture
async def punishing(world: World, runtime: Runtime, client_of: ClientOf, tmp_path: Path) -> Punishing:
    await settle(world)
    made = Punishing(world, runtime, client_of, court_at(world, runtime, tmp_path))
    await made.supervising.practise(
        push__case_lists=[kind.value for kind in CaseListKind],
        order__on_listing=True,
        punishment__catalogue="2016.1",
        punishment__fields=FIELDS_OF_S3,
        punishment__approval=FIELDS_OF_S3,
        punishment__persons=PERSONS,
        award__restricted=True,
    )
    return made


async def listed_and_reported(punishing: Punishing) -> Any:
    """Overdue: the court tells the credit office, and lists at the same time; the order it drafts is signed."""
    for code, carrier in CARRIERS.items():
        await punishing.assign(code, carrier)
    supervising = punishing.supervising
    await supervising.report(kind="OVERDUE")
    await punishing.tell(1, "已公布", days=0)
    reports = "{ caseReports { nodes { kind } } }"
    assert (await punishing.read("credit", reports))[REPORT + "s"]["nodes"] == [{"kind": "OVERDUE"}]
    (order,) = await supervising.notices("credit")
    assert (order["kind"], order["trigger"]) == ("ASSIGNMENT_ORDER", "LISTED")
    return await supervising.in_handling(order)


@pytest.mark.duty("S3-3", "S3-4", "S3-5", "S3-5.1", "S3-5.3", "S3-5.5", "S3-5.6")
async def test_measures_against_a_public_body_wait_for_the_list_that_the_government_approves(
    punishing: Punishing,
) -> None:
    overdue = Overdue(punishing)
    order = await listed_and_reported(punishing)
    assert order["status"] == "IN_HANDLING"
    record = await punishing.record()
    measures = {
        each["code"]: each
        for each in await punishing.measures("credit", FIELDS + " legalBasis catalogueVersion")
        if each["target"] == "UNIT"
    }
    assert set(measures) == {*CARRIERS, "JP-F5-01", "JP-R-01", "JP-C-01"}
    assert {each["catalogueVersion"] for each in measures.values()} == {"2016.1"}
    assert measures["JP-C-01"]["implementer"]["shortName"] == "人民法院"
    assert all(each["needsApproval"] for each in measures.values())
    for code in CARRIERS:
        await punishing.fire("credit", measures[code], "review")
    assert (await punishing.fire("credit", measures["JP-H-01"], "order"))["code"] == "MEASURE_NOT_APPROVED"
    assert (await punishing.fire("office", measures["JP-H-01"], "order"))["code"] == "MEASURE_NOT_APPROVED"
    person = await punishing.propose("credit", record, "JP-C-01", target="FINANCE_HEAD", personName='"孙某"')
    assert person["implementer"]["shortName"] == "人民法院"
    wrong = await punishing.propose("credit", record, "JP-H-01", target="PRINCIPAL", personName='"孙某"')
    assert wrong["code"] == "MEASURE_TARGET"
    assert (await punishing.propose("neighbour.credit", record, "JP-H-01"))["code"] == "NOT_FOUND"

    assert (await overdue.compile("credit", record))["code"] == "OVERDUE_ENTRY_UNFIT"
    punishing.world.clock.advance(days=60)
    assert (await overdue.compile("court", record))["code"] == "SCOPE_REQUIRED"
    list_ = await overdue.compile("credit", record)
    assert list_["status"] == "COMPILED"
    assert await overdue.seen("government") == await overdue.seen("finance") == []
    assert (await overdue.fire("credit", list_, "submit"))["code"] == "OVERDUE_UNCONFIRMED"
    await overdue.fire("court", list_, "confirm")
    assert (await overdue.fire("court", list_, "confirm"))["code"] == "OVERDUE_CONFIRMED"
    await overdue.fire("credit", list_, "submit")
    assert [each["status"] for each in await overdue.seen("government")] == ["SUBMITTED_TO_GOVERNMENT"]
    signed = '{signedBy: "周县长", post: "县长"}'
    assert (await overdue.fire("credit", list_, "approve", signed))["code"] == "ACTOR_NOT_PERMITTED"
    assert (await overdue.fire("neighbour.government", list_, "approve", signed))["code"] == "NOT_FOUND"
    returned = await overdue.fire("government", list_, "return", '{reason: "请复核"}')
    assert returned["status"] == "RETURNED"
    assert (await punishing.fire("credit", measures["JP-H-01"], "order"))["code"] == "MEASURE_NOT_APPROVED"
    await overdue.fire("credit", list_, "revise")
    assert (await overdue.fire("credit", list_, "submit"))["code"] == "OVERDUE_UNCONFIRMED"
    await overdue.fire("court", list_, "confirm")
    await overdue.fire("credit", list_, "submit")
    assert (await overdue.fire("government", list_, "approve", signed))["status"] == "APPROVED"
    units = ", ".join(f'"{punishing.organization(each)}"' for each in CARRIERS.values())
    await overdue.fire("credit", list_, "deliver", f"{{organizationIds: [{units}]}}")
    assert [each["status"] for each in await overdue.seen("finance")] == ["DELIVERED"]
    assert await overdue.seen("police") == []

    day = f"{punishing.world.clock():%Y-%m-%d}"
    for code, carrier in CARRIERS.items():
        assert (await punishing.fire("credit", measures[code], "order"))["status"] == "ORDERED"
        in_force = await punishing.fire(carrier, measures[code], "accept", f'{{startOn: "{day}"}}')
        assert in_force["status"] == "IN_FORCE", code
    await interviewed(punishing, measures["JP-P-01"], day)
    await withheld(punishing, measures["JP-H-01"])
    await restricted(punishing, person, day)
    for carrier in CARRIERS.values():
        assert (await overdue.fire("credit", list_, "collect"))["code"] == "OVERDUE_UNREPORTED"
        await overdue.fire(carrier, list_, "report", '{text: "已采取惩戒措施"}')
    assert (await overdue.fire("finance", list_, "report", '{text: "再报"}'))["code"] == "OVERDUE_REPORTED"
    assert (await overdue.fire("credit", list_, "collect"))["status"] == "MEASURES_REPORTED"
    closed = await overdue.fire("credit", list_, "close")
    assert closed["status"] == "CLOSED"
    assert len([each for each in closed["parties"] if each["report"]]) == len(CARRIERS)


async def interviewed(punishing: Punishing, measure: Any, day: str) -> None:
    """The government of the place calls the head in, and says so of the measure when it was held."""
    government = await punishing.client("government")
    unit = punishing.organization("police")
    plan = f'input: {{jurisdictionCode: "{COUNTY}", organizationId: "{unit}", subject: "失信约谈", plannedOn: "{day}"}}'
    planned = await government.change("planInterview", plan, "interview", "id status")
    said = f'{{text: "已约谈", interviewId: "{planned["id"]}"}}'
    assert (await punishing.fire("government", measure, "feedback", said))["code"] == "MEASURE_INTERVIEW_UNKNOWN"
    minutes = f'{{heldOn: "{day}", attendee: "王局长", post: "局长", minutes: "限期履行"}}'
    held = f'id: "{planned["id"]}", event: {{hold: {minutes}}}'
    assert (await government.change("advanceInterview", held, "interview", "status"))["status"] == "HELD"
    assert (await punishing.fire("government", measure, "feedback", '{text: "已约谈"}'))[
        "code"
    ] == "MEASURE_INTERVIEW_UNKNOWN"
    assert (await punishing.fire("government", measure, "feedback", said))["status"] == "IN_FORCE"


async def withheld(punishing: Punishing, measure: Any) -> None:
    """No awards this year, and points off the yearly score, by whoever assesses."""
    asked = f"""{{ awardEligibility(organizationId: "{punishing.organization("police")}",
        year: {punishing.world.clock().year}) {{ eligible }} }}"""
    assert (await punishing.read("government", asked))["awardEligibility"] == {"eligible": False}
    fields = "feedback { scoreDelta }"
    scored = await punishing.fire("office", measure, "feedback", '{text: "扣分", scoreDelta: 5}', fields)
    assert scored["feedback"] == [{"scoreDelta": 5}]


async def restricted(punishing: Punishing, person: Any, day: str) -> None:
    """Restricting consumption is asked of the court, which alone decides, by an order that names the person."""
    await punishing.fire("credit", person, "review", f'{{implementerId: "{punishing.organization("finance")}"}}')
    asked = await punishing.fire("credit", person, "order")
    assert (asked["status"], asked["implementer"]["shortName"]) == ("ORDERED", "人民法院")
    assert (await punishing.fire("credit", person, "accept", f'{{startOn: "{day}"}}'))["code"] == "ACTOR_NOT_PERMITTED"
    assert (await punishing.fire("court", person, "accept", f'{{startOn: "{day}"}}'))["code"] == "MEASURE_COURT_ORDER"
    ordered = f'{{startOn: "{day}", orderNumber: "（2026）豫0825执1号之一"}}'
    assert (await punishing.fire("court", person, "accept", ordered))["status"] == "IN_FORCE"

"""Acceptance scenario of the field: thirty-two member units, a year of their double list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

from tests.obligations.steps import YEAR, Steps
from tests.support.world import COUNTY, add_members

UNITS = 32
RETURNED = ("unit03", "unit17")
DISPUTING = ("unit05", "unit29")
REQUESTS = "{ coordinationRequests(first: 50) { nodes { id status item { id } fromOrganization { shortName } } } }"


@dataclass
class Year:
    """The items by the unit that leads them; each has the next unit as cooperating one."""

    steps: Steps
    units: list[str]
    items: dict[str, Any]

    def partner(self, unit: str) -> str:
        return self.units[(self.units.index(unit) + 1) % len(self.units)]


async def submitted(steps: Steps, units: list[str]) -> Year:
    """Every unit has stated the item it leads and handed it in."""
    year = Year(steps, units, {})
    for unit in units:
        item = await steps.propose(unit, lead=unit, cooperating=(year.partner(unit),), title=f'"{unit}牵头事项"')
        assert (await steps.item(unit, item, "submit"))["status"] == "SUBMITTED"
        year.items[unit] = item
    return year


async def returned_and_mended(year: Year) -> None:
    """The office sends two back; nobody else may mend them, and they come in again."""
    steps = year.steps
    for unit in RETURNED:
        item = year.items[unit]
        sent_back = await steps.item("office", item, "return", '{reason: "补充成果形式"}', "status decisionNote")
        assert sent_back == {"status": "DRAFT", "decisionNote": "补充成果形式"}
        changed = steps.draft(unit, (year.partner(unit),), content='"补充后的内容"')
        mend = f'id: "{item["id"]}", input: {{{changed}}}'
        stranger = await (await steps.client("police")).change("editDoubleListItem", mend, "doubleListItem", "content")
        assert stranger["code"] == "NOT_FOUND"
        edited = await (await steps.client(unit)).change("editDoubleListItem", mend, "doubleListItem", "content")
        assert edited == {"content": "补充后的内容"}
        await steps.item(unit, item, "submit")


async def coordinated_with_two_disputes(year: Year) -> None:
    steps = year.steps
    await steps.plan("COORDINATION")
    for unit, item in year.items.items():
        await steps.item("office", item, "collate")
        assert (await steps.item("office", item, "sendToCoordination"))["status"] == "IN_COORDINATION", unit
        await steps.item(unit, item, "confirm")
    for unit, item in year.items.items():
        if unit not in DISPUTING:
            assert (await steps.item(year.partner(unit), item, "confirm"))["status"] == "IN_COORDINATION"
            continue
        hasty = await steps.item(year.partner(unit), item, "dispute", '{dispute: "职责不清"}')
        assert hasty["code"] == "DIRECT_CONTACT_FIRST"
        await steps.item(year.partner(unit), item, "dispute", '{dispute: "职责不清", attemptedDirectContact: true}')


async def disputes_settled(year: Year) -> None:
    """Each dispute is a coordination request of the office; the item waits until it is settled and confirmed."""
    steps = year.steps
    requests = (await steps.read("office", REQUESTS))["coordinationRequests"]["nodes"]
    assert {(each["status"], each["item"]["id"]) for each in requests} == {
        ("ESCALATED", year.items[unit]["id"]) for unit in DISPUTING
    }
    for unit in DISPUTING:
        item = year.items[unit]
        refused = await steps.item("office", item, "agree")
        assert refused["code"] == "CONFIRMATIONS_MISSING"
        (request,) = [each for each in requests if each["item"]["id"] == item["id"]]
        settled = await (await steps.client("office")).change(
            "advanceCoordinationRequest",
            f'id: "{request["id"]}", event: {{resolve: {{outcome: "按职责分工办理"}}}}',
            "coordinationRequest",
            "status",
        )
        assert settled == {"status": "RESOLVED"}
        await steps.item(year.partner(unit), item, "confirm")
    for item in year.items.values():
        assert (await steps.item("office", item, "agree"))["status"] == "PENDING_APPROVAL"


async def approved(year: Year, list_: Any) -> None:
    """One plenary approves all of them at once."""
    steps = year.steps
    await steps.list("office", list_, "openReview")
    await steps.list("office", list_, "submitToMeeting")
    meeting = await steps.hold(linked=list_)
    resolution = await steps.resolve(meeting, approves=list_)
    await steps.list("office", list_, "approve", f'{{resolutionId: "{resolution}"}}')
    await steps.list("office", list_, "putInForce")
    count = "{ doubleListItems(filter: {status: [APPROVED]}) { totalCount } }"
    assert (await steps.read("office", count))["doubleListItems"]["totalCount"] == UNITS
    assert (await steps.read("unit01", count))["doubleListItems"]["totalCount"] == 2  # it leads one, cooperates in one


async def later_deadline_by_the_convenor(year: Year, unit: str) -> None:
    steps, item = year.steps, year.items[unit]
    await steps.item(unit, item, "start")
    asked = await steps.item(unit, item, "requestAdjust", '{reason: "部门调整", dueOn: "2026-11-30"}')
    assert asked["status"] == "ADJUSTMENT_PENDING"
    assert (await steps.item("office", item, "approveAdjust"))["code"] == "CONVENOR_REQUIRED"
    granted = await steps.item("government", item, "approveAdjust", '{note: "同意"}', "status dueOn")
    assert granted == {"status": "IN_PROGRESS", "dueOn": "2026-11-30"}


async def carried_over(year: Year, unit: str) -> None:
    steps, item = year.steps, year.items[unit]
    assert (await steps.item("office", item, "carryOver"))["code"] == "CARRY_OVER_TOO_EARLY"
    steps.world.clock.move_to(YEAR, 12, 31)
    assert (await steps.item("office", item, "carryOver"))["status"] == "CARRIED_OVER"
    following = (
        f"{{ doubleListItems(filter: {{year: {YEAR + 1}}}) {{ nodes {{ status dueOn carriedFrom {{ id }} }} }} }}"
    )
    (successor,) = (await steps.read(unit, following))["doubleListItems"]["nodes"]
    assert successor == {"status": "DRAFT", "dueOn": "2027-11-30", "carriedFrom": {"id": item["id"]}}


@pytest.mark.duty("S4-2.2")
async def test_thirty_two_units_bring_their_items_through_the_year(steps: Steps) -> None:
    units = await add_members(steps.world, "county", COUNTY, UNITS)
    list_ = await steps.open_list()
    year = await submitted(steps, units)
    await returned_and_mended(year)
    await coordinated_with_two_disputes(year)
    await disputes_settled(year)
    await approved(year, list_)
    await later_deadline_by_the_convenor(year, units[0])
    await carried_over(year, units[0])

"""An item's whole way over HTTP and GraphQL, each step by the client of the unit whose step it is."""

from __future__ import annotations

import pytest

from hub.core.ids import encode_node_id
from tests.support.client import ClientOf
from tests.support.world import COUNTY, World

ITEM = "doubleListItem"


@pytest.fixture
def organization(world: World):
    return lambda key: encode_node_id("OR", world.organizations[key])


async def test_item_goes_from_proposal_to_completed_through_graphql_alone(client_of: ClientOf, organization) -> None:
    office, court, police = [await client_of(f"county.{unit}") for unit in ("office", "court", "police")]
    made = await office.change(
        "createDoubleList", f'input: {{jurisdictionCode: "{COUNTY}", year: 2026}}', "doubleList", "id status version"
    )
    assert made["status"] == "DRAFTING"
    draft = f"""input: {{jurisdictionCode: "{COUNTY}", year: 2026, title: "执行联动", content: "建立联动机制",
        side: COURT_LED, area: EXECUTION, leadOrganizationId: "{organization("county.court")}",
        cooperatingOrganizationIds: ["{organization("county.police")}"], deadlineKind: FIXED, dueOn: "2026-09-30"}}"""
    item = await court.change("proposeDoubleListItem", draft, ITEM, "id code status version")
    assert (item["status"], item["version"]) == ("DRAFT", 1)

    async def fire(client, event: str, payload: str = "{}", fields: str = "status version") -> dict:
        return await client.change(
            "advanceDoubleListItem", f'id: "{item["id"]}", event: {{{event}: {payload}}}', ITEM, fields
        )

    assert (await fire(court, "submit"))["status"] == "SUBMITTED"
    assert (await fire(office, "collate"))["status"] == "UNDER_REVIEW"
    coordination = await plan(office, "COORDINATION")
    assert coordination["status"] == "PLANNED"
    assert (await fire(office, "sendToCoordination"))["status"] == "IN_COORDINATION"
    await fire(court, "confirm")
    await fire(police, "confirm")
    assert (await fire(office, "agree"))["status"] == "PENDING_APPROVAL"
    resolution = await hold(office, organization, made["id"])
    approved = await fire(office, "approve", f'{{resolutionId: "{resolution}"}}')
    assert approved["status"] == "APPROVED"
    assert (await fire(court, "start"))["status"] == "IN_PROGRESS"
    reported = await fire(
        court,
        "report",
        '{text: "已完成一半", progressPercent: 50}',
        "progressPercent progressReports(first: 3) { nodes { text organization { shortName } } }",
    )
    assert reported["progressPercent"] == 50
    assert reported["progressReports"]["nodes"][0] == {"text": "已完成一半", "organization": {"shortName": "人民法院"}}
    assert (await fire(court, "applyCompletion", '{summary: "完成", deliverables: ["机制文件"]}'))[
        "status"
    ] == "PENDING_ACCEPTANCE"
    done = await fire(office, "accept", "{}", "status completedAt availableEvents { event }")
    assert done["status"] == "COMPLETED"
    assert done["completedAt"] is not None
    assert done["availableEvents"] == []


async def plan(office, kind: str) -> dict:
    return await office.change(
        "planJointMeeting",
        f'input: {{jurisdictionCode: "{COUNTY}", kind: {kind}, title: "会议", plannedAt: "2026-06-15T09:00:00+08:00"}}',
        "jointMeeting",
        "id status",
    )


async def hold(office, organization, list_id: str) -> str:
    """A plenary held with one resolution that approves the list; its id."""
    meeting = await plan(office, "PLENARY")

    async def fire(event: str, payload: str = "{}", fields: str = "status") -> dict:
        return await office.change(
            "advanceJointMeeting", f'id: "{meeting["id"]}", event: {{{event}: {payload}}}', "jointMeeting", fields
        )

    await fire("openAgenda")
    await fire("proposeAgenda", f'{{title: "审定双清单", linkedListId: "{list_id}"}}')
    await fire("issueNotice", f'{{chairRole: CONVENOR, chairOrganizationId: "{organization("county.government")}"}}')
    held = await fire(
        "hold",
        f"""{{heldAt: "2026-06-15T09:00:00+08:00", attendance: [
            {{organizationId: "{organization("county.court")}", post: "院长", present: true}}]}}""",
    )
    assert held["status"] == "HELD", held
    resolved = await fire(
        "resolve",
        f'{{text: "审定双清单", leadOrganizationId: "{organization("county.office")}", approvedListId: "{list_id}"}}',
        "resolutions { id approvedList { id } }",
    )
    assert resolved["resolutions"][0]["approvedList"]["id"] == list_id
    return resolved["resolutions"][0]["id"]

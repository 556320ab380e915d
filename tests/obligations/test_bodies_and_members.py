"""The coordination body, its office, members and liaisons."""

from __future__ import annotations

import pytest

from hub.worker import work_round
from tests.obligations.steps import DOCUMENT, Steps

BODY = """{ coordinationBodies { nodes { id kind name jurisdiction { code }
    memberships { role post organization { shortName } } } } }"""
LIAISONS = "query($id: ID!) { node(id: $id) { ... on CoordinationBody { liaisons { personName phone phoneMasked } } } }"


@pytest.mark.duty("S4-1.2")
async def test_members_of_the_body_are_known_with_their_posts_and_only_at_home(steps: Steps) -> None:
    (body,) = (await steps.read("police", BODY))["coordinationBodies"]["nodes"]
    assert body["jurisdiction"]["code"] == "410825"
    posts = {(seat["role"], seat["organization"]["shortName"]) for seat in body["memberships"]}
    assert {("CONVENOR", "政府办公室"), ("DEPUTY_CONVENOR", "人民法院"), ("OFFICE", "司法局")} <= posts
    (other,) = (await steps.read("neighbour.police", BODY))["coordinationBodies"]["nodes"]
    assert other["id"] != body["id"]


@pytest.mark.duty("S4-1.3.1")
@pytest.mark.duty("S2-III-2")
async def test_each_unit_names_its_liaison_and_the_number_is_shown_to_members_of_the_body_only(steps: Steps) -> None:
    police = await steps.client("police")

    def naming(unit: str) -> str:
        return f"""input: {{bodyId: "{steps.body()}", organizationId: "{steps.organization(unit)}",
            personName: "法制大队长", post: "大队长", phone: "13800001234"}}"""

    named = await police.change("nameLiaison", naming("police"), "liaison", "personName phoneMasked phone")
    assert named == {"personName": "法制大队长", "phoneMasked": "138****1234", "phone": "13800001234"}
    (seen,) = (await steps.read("office", LIAISONS, id=steps.body()))["node"]["liaisons"]
    assert seen["phone"] == "13800001234"
    (member,) = (await steps.read("court", LIAISONS, id=steps.body()))["node"]["liaisons"]
    assert member["phone"] == "13800001234"
    (masked,) = (await steps.read("audit", LIAISONS, id=steps.body()))["node"]["liaisons"]
    assert (masked["phone"], masked["phoneMasked"]) == (None, "138****1234")
    assert (await steps.read("neighbour.court", LIAISONS, id=steps.body()))["node"] is None
    refused = await police.change("nameLiaison", naming("court"), "liaison", "id")
    assert refused["code"] == "LIAISON_OF_OTHER_UNIT"
    assert len((await steps.read("office", LIAISONS, id=steps.body()))["node"]["liaisons"]) == 1


@pytest.mark.duty("S4-1.3.3")
async def test_a_change_of_member_is_proposed_by_the_unit_and_approved_by_the_convenor(steps: Steps) -> None:
    given = f"""input: {{bodyId: "{steps.body()}", kind: CHANGE_POST, organizationId: "{steps.organization("police")}",
        role: MEMBER, post: "常务副局长", reason: "分工调整", effectiveOn: "2026-06-15"}}"""
    police, government = await steps.client("police"), await steps.client("government")
    change = await police.change("proposeMembershipChange", given, "membershipChange", "id status")

    async def fire(client, event: str, payload: str = "{}"):
        arguments = f'id: "{change["id"]}", event: {{{event}: {payload}}}'
        return await client.change("advanceMembershipChange", arguments, "membershipChange", "status")

    assert (await fire(await steps.client("office"), "approve"))["code"] == "CONVENOR_REQUIRED"
    assert (await fire(police, "approve"))["code"] == "ACTOR_NOT_PERMITTED"
    assert (await fire(government, "approve", '{note: "同意"}'))["status"] == "APPROVED"
    assert (await fire(await steps.client("office"), "takeEffect"))["status"] == "EFFECTIVE"
    (body,) = (await steps.read("court", BODY))["coordinationBodies"]["nodes"]
    assert [seat["post"] for seat in body["memberships"] if seat["organization"]["shortName"] == "公安局"] == [
        "常务副局长"
    ]


@pytest.mark.duty("S4-1.3.3")
async def test_a_refused_change_and_one_for_another_unit_leave_the_roster_alone(steps: Steps) -> None:
    def proposing(unit: str) -> str:
        return f"""input: {{bodyId: "{steps.body()}", kind: CHANGE_POST, organizationId: "{steps.organization(unit)}",
            role: MEMBER, post: "副局长", reason: "分工调整", effectiveOn: "2026-06-15"}}"""

    police = await steps.client("police")
    foreign = await police.change("proposeMembershipChange", proposing("finance"), "membershipChange", "id")
    assert foreign["code"] == "CHANGE_OF_OTHER_UNIT"
    change = await police.change("proposeMembershipChange", proposing("police"), "membershipChange", "id")
    reject = f'id: "{change["id"]}", event: {{reject: {{reason: "须由主要负责人参加"}}}}'
    office = await (await steps.client("office")).change("advanceMembershipChange", reject, "membershipChange", "id")
    assert office["code"] == "CONVENOR_REQUIRED"
    refused = await (await steps.client("government")).change(
        "advanceMembershipChange", reject, "membershipChange", "status decisionNote"
    )
    assert refused == {"status": "REJECTED", "decisionNote": "须由主要负责人参加"}
    effect = f'id: "{change["id"]}", event: {{takeEffect: {{}}}}'
    late = await (await steps.client("office")).change("advanceMembershipChange", effect, "membershipChange", "id")
    assert late["code"] == "EVENT_NOT_NOW"
    (body,) = (await steps.read("office", BODY))["coordinationBodies"]["nodes"]
    assert {seat["post"] for seat in body["memberships"] if seat["role"] == "MEMBER"} == {"局长"}


@pytest.mark.duty("S4-1.3.1")
@pytest.mark.duty("S2-III-2")
async def test_members_that_named_no_liaison_are_shown_and_told(steps: Steps, runtime) -> None:
    lacking = """{ coordinationBodies { nodes { membershipsWithoutLiaison { organization { shortName } } } } }"""

    async def shown() -> set[str]:
        (body,) = (await steps.read("office", lacking))["coordinationBodies"]["nodes"]
        return {seat["organization"]["shortName"] for seat in body["membershipsWithoutLiaison"]}

    await steps.adopt(**{"member.liaison.required": True})
    assert await shown() == {"人民法院", "司法局", "公安局", "财政局", "民政局"}
    for unit in ("court", "office", "finance", "civil"):
        given = f"""input: {{bodyId: "{steps.body()}", organizationId: "{steps.organization(unit)}",
            personName: "联络员", post: "科长"}}"""
        await (await steps.client(unit)).change("nameLiaison", given, "liaison", "id")
    assert await shown() == {"公安局"}
    await work_round(runtime)
    told = "{ alerts(filter: {kind: [LIAISON_MISSING]}) { nodes { clause target { id } organization { shortName } } } }"
    (alert,) = (await steps.read("police", told))["alerts"]["nodes"]
    assert (alert["organization"]["shortName"], alert["target"]["id"]) == ("公安局", steps.body())
    assert alert["clause"] == f"{DOCUMENT} 四"
    assert (await steps.read("finance", told))["alerts"]["nodes"] == []
    office = {each["organization"]["shortName"] for each in (await steps.read("office", told))["alerts"]["nodes"]}
    assert "司法局" in office
    given = f"""input: {{bodyId: "{steps.body()}", kind: CHANGE_POST, organizationId: "{steps.organization("police")}",
        role: MEMBER, post: "政委", reason: "分工调整", effectiveOn: "2026-06-15"}}"""
    change = await (await steps.client("police")).change("proposeMembershipChange", given, "membershipChange", "id")
    for unit, event in (("government", "approve"), ("office", "takeEffect")):
        said = f'id: "{change["id"]}", event: {{{event}: {{}}}}'
        moved = await (await steps.client(unit)).change("advanceMembershipChange", said, "membershipChange", "status")
    assert moved["status"] == "EFFECTIVE"
    steps.world.clock.move_to(2026, 6, 16)
    await work_round(runtime)
    assert len((await steps.read("police", told))["alerts"]["nodes"]) == 1


@pytest.mark.duty("S4-5")
async def test_each_county_runs_its_own_mechanism_and_the_superior_sees_how_it_stands(steps: Steps) -> None:
    item = await steps.running()
    query = "{ doubleListItems { totalCount nodes { id title status content overdue } } }"
    assert (await steps.read("city.justice", query))["doubleListItems"]["nodes"] == []
    police = (await steps.read("city.police", query))["doubleListItems"]
    assert [(each["id"], each["content"]) for each in police["nodes"]] == [(item["id"], None)]
    assert (await steps.read("neighbour.office", query))["doubleListItems"]["totalCount"] == 0
    theirs = await (await steps.client("neighbour.office")).change(
        "createDoubleList", 'input: {jurisdictionCode: "410882", year: 2026}', "doubleList", "id jurisdiction { code }"
    )
    assert theirs["jurisdiction"]["code"] == "410882"
    foreign = await (await steps.client("neighbour.office")).change(
        "createDoubleList", 'input: {jurisdictionCode: "410825", year: 2027}', "doubleList"
    )
    assert foreign["code"] == "NOT_FOUND"

"""What follows when a unit does not perform though it was urged: awards, clues, records, interviews."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from hub.audit.catalogue import AuditAction
from hub.canonical.codes import OrganizationKind
from hub.core.principal import RoleName
from hub.db.models import AuditEvent, AwardRestriction
from hub.runtime import Runtime
from tests.support import world as worlds
from tests.support.client import ClientOf
from tests.support.court import settle
from tests.support.supervising import Supervising
from tests.support.world import COUNTY, World

ELIGIBLE = "query($id: ID!, $year: Int!) { awardEligibility(organizationId: $id, year: $year) { eligible year } }"
REFERRALS = "{ referrals { totalCount nodes { kind title content organization { shortName } } } }"
RECEIPTS = "{ referralReceipts { nodes { id kind digest receivedAt receivedBy } } }"
RESTRICTIONS = "{ awardRestrictions { nodes { id year reason clause version organization { shortName } } } }"


@pytest.fixture
async def steps(world: World, runtime: Runtime, client_of: ClientOf) -> Supervising:
    await settle(world)
    async with world.sessions.system("test") as session:
        for key, name, role in (
            ("county.discipline", "纪委监委", RoleName.DISCIPLINE_SUPERVISION),
            ("county.personnel", "组织部", RoleName.ORGANISATION_DEPARTMENT),
        ):
            worlds._add_unit(world, session, key, COUNTY, name, OrganizationKind.PARTY_ORGAN, (role,))
    return Supervising(world, runtime, client_of)


async def unresolved(steps: Supervising, month: int = 7) -> Any:
    """An urging letter to the police, due in the middle of a month, that was of no avail."""
    notice = await steps.draft(dueOn=f'"2026-{month:02}-15"')
    await steps.in_handling(notice)
    early = await steps.advance("credit", notice, "closeUnresolved", '{reason: "逾期未履行"}')
    assert early["code"] == "NOT_OVERDUE"
    steps.world.clock.move_to(2026, month, 20)
    return await steps.advance("credit", notice, "closeUnresolved", '{reason: "逾期未履行"}')


async def refer(
    steps: Supervising, unit: str, kind: str, fields: str = "id kind receivedAt digest", **more: str
) -> Any:
    given = {
        "jurisdictionCode": f'"{COUNTY}"',
        "kind": kind,
        "organizationId": f'"{steps.organization("police")}"',
        "title": '"涉嫌失职渎职线索"',
        "content": '"经督促仍拒不履行。"',
        "basis": '"汉川市人民法院工作方案 三（二）"',
        **more,
    }
    text = ", ".join(f"{name}: {value}" for name, value in given.items())
    return await (await steps.client(unit)).change("pushReferral", f"input: {{{text}}}", "referralReceipt", fields)


@pytest.mark.duty("S1-2.3")
async def test_a_unit_that_did_not_perform_gets_no_award_that_year_and_the_clue_goes_to_discipline(
    steps: Supervising,
) -> None:
    await steps.practise(award__restricted=True)
    subject = {"id": steps.organization("police")}
    asked = await steps.read("civil", ELIGIBLE, **subject, year=2026)
    assert asked["awardEligibility"] == {"eligible": True, "year": 2026}
    assert (await unresolved(steps))["status"] == "CLOSED_UNRESOLVED"
    for unit in ("civil", "credit", "neighbour.civil"):
        asked = await steps.read(unit, ELIGIBLE, **subject, year=2026)
        assert asked["awardEligibility"]["eligible"] is False
    assert (await steps.read("civil", ELIGIBLE, **subject, year=2027))["awardEligibility"]["eligible"] is True
    (row,) = (await steps.read("police", RESTRICTIONS))["awardRestrictions"]["nodes"]
    assert (row["year"], row["reason"], row["clause"]) == (2026, "逾期未履行", "二(一)")
    assert (await steps.read("civil", RESTRICTIONS))["awardRestrictions"]["nodes"] == []
    assert (await unresolved(steps, month=9))["status"] == "CLOSED_UNRESOLVED"
    async with steps.world.sessions.system("test") as session:
        restricted = AuditEvent.event == AuditAction.AWARD_RESTRICTED
        (traced,) = await session.scalars(select(AuditEvent.target_id).where(restricted))
        assert [traced] == list(await session.scalars(select(AwardRestriction.id)))
    receipt = await refer(steps, "court", "ACCOUNTABILITY_CLUE")
    assert receipt["receivedAt"] is None
    (clue,) = (await steps.read("discipline", REFERRALS))["referrals"]["nodes"]
    assert (clue["content"], clue["organization"]["shortName"]) == ("经督促仍拒不履行。", "公安局")
    given = f'id: "{receipt["id"]}", input: {{receivedBy: "孙主任"}}'
    assert (await (await steps.client("discipline")).change("acceptReferral", given, "referralReceipt"))["version"] == 2
    (told,) = (await steps.read("court", RECEIPTS))["referralReceipts"]["nodes"]
    assert (told["receivedBy"], told["digest"]) == ("孙主任", receipt["digest"])
    lift = f'id: "{row["id"]}", input: {{reason: "已全部履行"}}'
    refused = await (await steps.client("office")).change("liftAwardRestriction", lift, "awardRestriction")
    assert refused["code"] == "NOT_FOUND"
    await (await steps.client("credit")).change("liftAwardRestriction", lift, "awardRestriction")
    again = await (await steps.client("credit")).change("liftAwardRestriction", lift, "awardRestriction")
    assert again["code"] == "AWARD_ALREADY_LIFTED"
    assert (await steps.read("civil", ELIGIBLE, **subject, year=2026))["awardEligibility"]["eligible"] is True


async def test_a_unit_keeps_its_awards_where_the_pack_does_not_say_otherwise(steps: Supervising) -> None:
    assert (await unresolved(steps))["status"] == "CLOSED_UNRESOLVED"
    asked = await steps.read("civil", ELIGIBLE, id=steps.organization("police"), year=2026)
    assert asked["awardEligibility"]["eligible"] is True
    assert (await steps.read("police", RESTRICTIONS))["awardRestrictions"]["nodes"] == []


@pytest.mark.duty("S3-6")
async def test_records_go_to_the_organisation_department_and_the_sender_sees_the_receipt_alone(
    steps: Supervising,
) -> None:
    receipt = await refer(steps, "credit", "RECORD")
    found = (await steps.read("personnel", REFERRALS))["referrals"]
    assert (found["totalCount"], found["nodes"][0]["kind"]) == (1, "RECORD")
    assert (await steps.read("discipline", REFERRALS))["referrals"]["totalCount"] == 0
    for unit in ("credit", "office", "government", "audit", "court", "police"):
        answer = await (await steps.client(unit)).ask(REFERRALS)
        assert answer["errors"][0]["extensions"]["code"] == "SCOPE_REQUIRED", unit
        assert "经督促" not in str(answer)
    (meta,) = (await steps.read("audit", RECEIPTS))["referralReceipts"]["nodes"]
    assert meta["id"] == receipt["id"]
    assert (await steps.read("court", RECEIPTS))["referralReceipts"]["nodes"] == []
    stolen = f'id: "{receipt["id"]}", input: {{receivedBy: "x"}}'
    refused = await (await steps.client("discipline")).change("acceptReferral", stolen, "referralReceipt")
    assert refused["code"] == "NOT_FOUND"
    nobody = await refer(steps, "neighbour.credit", "RECORD")
    assert nobody["code"] == "ISSUER_NOT_PERMITTED"
    wrong = await refer(
        steps, "credit", "RECORD", organizationId=f'"{steps.organization("neighbour.police")}"', title='""'
    )
    assert [reason["code"] for reason in wrong["reasons"]] == ["TEXT_EMPTY"]
    browsing = await (await steps.client("personnel")).ask("{ supervisionNotices { totalCount } }")
    assert browsing["errors"][0]["extensions"]["code"] == "SCOPE_REQUIRED"


async def test_the_government_calls_in_the_head_of_a_unit_and_keeps_the_minutes(steps: Supervising) -> None:
    given = f"""input: {{jurisdictionCode: "{COUNTY}", organizationId: "{steps.organization("police")}",
        subject: "失信约谈", plannedOn: "2026-06-20"}}"""
    government = await steps.client("government")
    plan = await government.change("planInterview", given, "interview", "id status availableEvents { event allowed }")
    assert {each["event"] for each in plan["availableEvents"] if each["allowed"]} == {"hold", "cancel"}
    minutes = '{heldOn: "2026-06-20", attendee: "王局长", post: "局长", minutes: "限期整改"}'
    hold = f'id: "{plan["id"]}", event: {{hold: {minutes}}}'
    ahead = await government.change("advanceInterview", hold, "interview")
    assert ahead["code"] == "HELD_ON_AHEAD"
    steps.world.clock.move_to(2026, 6, 20)
    assert (await government.change("advanceInterview", hold, "interview", "status"))["status"] == "HELD"
    assert (await government.change("advanceInterview", hold, "interview"))["code"] == "EVENT_NOT_NOW"
    seen = "{ interviews { nodes { status minutes attendee } } }"
    (mine,) = (await steps.read("police", seen))["interviews"]["nodes"]
    assert (mine["minutes"], mine["attendee"]) == ("限期整改", "王局长")
    assert (await steps.read("finance", seen))["interviews"]["nodes"] == []
    assert (await steps.read("neighbour.government", seen))["interviews"]["nodes"] == []

"""Tasks and alerts are heard as items are; changes may be sent over the same socket."""

from __future__ import annotations

import pytest

from hub.linkage.alerts.sweeping import sweep
from hub.policy.store import PolicyStore
from tests.obligations.steps import Steps
from tests.schema.subscriptions.test_what_is_heard import listening

TASKS = """subscription { taskChanged { kind event linkageTask { title leadOrganization { shortName } } } }"""
ALERTS = """subscription { linkageAlerts { kind event alert { kind organization { shortName } } } }"""
CHANGE = """mutation($input: ItemProposalInput!) { proposeDoubleListItem(input: $input) {
  ... on DoubleListItemChange { doubleListItem { id title } } ... on Refusal { code } } }"""


async def test_a_task_is_heard_by_its_lead_and_by_nobody_else(hub, steps: Steps, token_of) -> None:
    meeting = await steps.hold()
    await steps.resolve(meeting, lead="police", due="2026-07-31")
    await steps.resolve(meeting, lead="civil", due="2026-07-31")
    async with (
        hub.socket(await token_of("county.police")) as police,
        hub.socket(await token_of("county.civil")) as civil,
    ):
        await listening(hub, police, query=TASKS)
        await listening(hub, civil, query=TASKS)
        await steps.meeting("office", meeting, "draftMinutes", '{text: "会议纪要"}')
        await steps.meeting("office", meeting, "circulate")
        issue = '{documentNo: "纪要〔2026〕1号", signedBy: "县长"}'
        await steps.meeting("government", meeting, "approve", issue)
        answer = await steps.meeting("office", meeting, "dispatch")
        assert answer["status"] == "FOLLOW_UP", answer
        for socket, unit in ((police, "公安局"), (civil, "民政局")):
            told = await socket.update()
            assert told["event"] == "created"
            assert told["linkageTask"]["leadOrganization"]["shortName"] == unit, told
            await socket.settled()


async def test_an_alert_is_heard_by_the_unit_it_is_for(hub, world, steps: Steps, token_of) -> None:
    item = await _running(steps)
    assert item["status"] == "IN_PROGRESS"
    async with world.sessions.system("test") as session:
        await sweep(session, PolicyStore(), world.clock())  # what is due before: members without a liaison
    world.clock.move_to(2026, 10, 20)
    async with (
        hub.socket(await token_of("county.police")) as police,
        hub.socket(await token_of("neighbour.court")) as neighbour,
    ):
        await listening(hub, police, query=ALERTS, mine=True)
        await listening(hub, neighbour, query=ALERTS)
        async with world.sessions.system("test") as session:
            assert await sweep(session, PolicyStore(), world.clock())
        told = await police.update()
        assert told["kind"] == "CHANGED"
        assert told["alert"]["organization"]["shortName"] == "公安局"
        await neighbour.settled()


async def _running(steps: Steps):
    item = await steps.propose("court", dueOn='"2026-09-30"')
    await steps.coordinated(item)
    (list_,) = (await steps.read("office", "{ doubleLists { nodes { id } } }"))["doubleLists"]["nodes"]
    meeting = await steps.hold(linked=list_)
    resolution = await steps.resolve(meeting, approves=list_)
    await steps.item("office", item, "approve", f'{{resolutionId: "{resolution}"}}')
    return await steps.item("court", item, "start")


async def test_a_change_over_the_socket_is_made_once_and_stands_in_the_exchange_log(
    hub,
    steps: Steps,
    token_of,
) -> None:
    async with hub.socket(await token_of("county.court")) as court:
        given = {
            "jurisdictionCode": "410825",
            "year": 2026,
            "title": "经由套接字申报",
            "content": "内容",
            "side": "COURT_LED",
            "area": "EXECUTION",
            "leadOrganizationId": steps.organization("court"),
            "deadlineKind": "LONG_TERM",
        }
        await court.subscribe(CHANGE, input=given)
        told = await court.update()
        assert told["doubleListItem"]["title"] == "经由套接字申报", told
        assert await court.hear() == {"type": "complete", "id": "1"}
    log = await steps.read("court", "{ exchangeMessages(first: 1) { nodes { operation requestDigest } } }")
    (entry,) = log["exchangeMessages"]["nodes"]
    assert entry["operation"] == "proposeDoubleListItem"
    assert len(entry["requestDigest"]) == 64


@pytest.mark.attack("S5")
async def test_a_subscription_may_not_ask_for_another_type_than_it_tells(hub, token_of) -> None:
    async with hub.socket(await token_of("county.police")) as police:
        await police.subscribe("subscription { doubleListItemChanged { alert { kind } } }")
        assert (await police.hear())["type"] == "error"

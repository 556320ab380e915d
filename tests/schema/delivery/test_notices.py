"""A notice is delivered when the unit's own system took the event of its issue, and not before."""

from __future__ import annotations

from hub.runtime import Runtime
from tests.support.client import ClientOf
from tests.support.hooks import Hooks
from tests.support.receiving import Receiver
from tests.support.supervising import Supervising
from tests.support.world import World


async def test_a_notice_waits_for_the_receipt_of_the_units_system_and_a_draft_is_never_sent(
    world: World, runtime: Runtime, client_of: ClientOf, hooks: Hooks, receiver: Receiver
) -> None:
    steps = Supervising(world, runtime, client_of)
    await hooks.register("county.police", receiver.url, "notice.*")
    notice = await steps.draft()
    await steps.advance("credit", notice, "submit")
    await hooks.work()
    await steps.work()
    assert receiver.received == []
    assert (await steps.signed_off(notice))["status"] == "ISSUED"
    await steps.work()
    (mine,) = await steps.notices("police")
    assert (mine["status"], mine["recipients"][0]["deliveredAt"]) == ("ISSUED", None)
    await hooks.work()
    assert "notice.issued" in [each.event["type"] for each in receiver.received]
    await steps.work()
    (mine,) = await steps.notices("police")
    assert mine["status"] == "DELIVERED"
    assert mine["recipients"][0]["deliveredAt"]

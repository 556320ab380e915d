"""A deposit is frozen, warned of, renewed, released; and a vehicle is found at night."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from hub.runtime import Runtime
from tests.obligations.steps import Steps
from tests.support.controlling import BANK, Controlling
from tests.support.inquiry import ASKER, COMMAND, LEADER, Inquiry

ALERTS = "{ alerts { nodes { kind severity title dueOn } } }"


@pytest.fixture
async def inquiry(steps: Steps, runtime: Runtime, tmp_path: Path) -> Inquiry:
    made = Inquiry(steps.world, steps.client_of, runtime)
    await made.prepare(tmp_path)
    return made


async def alerts(steps: Steps, who: str, prefix: str) -> list[tuple[str, str]]:
    found = (await steps.read(who, ALERTS))["alerts"]["nodes"]
    return [(each["kind"], each["severity"]) for each in found if each["kind"].startswith(prefix)]


@pytest.mark.duty("S2-28")
async def test_a_deposit_is_frozen_renewed_in_time_and_let_go_by_its_original_number(
    steps: Steps, inquiry: Inquiry
) -> None:
    control = Controlling(inquiry)
    order = await control.found()
    asked = await control.submit(control.draft(order))
    assert (await control.fire(ASKER, asked, "approve"))["code"] == "ACTOR_NOT_PERMITTED"
    assert await control.controls(BANK) == []
    freeze = await control.fire(LEADER, asked, "approve")
    over = control.done("120000.00", amountExcess="20000.00")
    assert (await control.fire(BANK, freeze, "answer", over))["amountExcess"] == "20000.00"
    assert (await control.fire(BANK, freeze, "answer", over))["code"] == "EVENT_NOT_NOW"
    (held,) = await control.controls()
    assert (held["status"], held["amountControlled"], held["overControlled"]) == ("CONTROLLED", "120000.00", True)
    await control.watch()
    assert await alerts(steps, ASKER, "CONTROL") == [("CONTROL_EXCESS", "SEVERE")]
    seen: list[Any] = []
    for days in (334, 15, 8):
        await control.watch(days=days)
        seen = await alerts(steps, ASKER, "CONTROL_EXPIRING")
        await control.watch()
        assert await alerts(steps, ASKER, "CONTROL_EXPIRING") == seen
    assert sorted(seen) == [("CONTROL_EXPIRING", "SEVERE"), *[("CONTROL_EXPIRING", "WARNING")] * 2]
    renewal = await control.sent(control.following(freeze["orderNumber"], "RENEW", months=12))
    joined = control.done(None, start=steps.world.clock().date().isoformat())
    renewed = await control.fire(BANK, renewal, "answer", joined)
    assert (renewed["originalNumber"], renewed["result"]) == (freeze["orderNumber"], "CONTROLLED")
    await control.watch(days=40)
    assert await alerts(steps, ASKER, "CONTROL_EXPIRED") == []
    assert (await control.controls())[0]["status"] == "RENEWED"
    release = await control.sent(control.following(renewal["orderNumber"], "RELEASE"))
    await control.fire(BANK, release, "answer", control.ended())
    (over_,) = await control.controls(COMMAND)
    assert (over_["status"], [each["action"] for each in over_["orders"]]) == (
        "RELEASED",
        ["FREEZE", "RENEW", "RELEASE"],
    )

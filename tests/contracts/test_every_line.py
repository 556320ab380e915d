"""What the contract promises, held against every connector that speaks over a network, whatever goes wrong there."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from connectors.sandbox.serving import WireFault
from hub.canonical.connector import Capability, Unreachable
from hub.core.errors import Reason
from tests.contracts.lines import LINES, SERVICE, Line
from tests.contracts.test_every_connector import (  # noqa: F401 - held against these too
    test_the_card_says_who_answers_and_whether_a_query_may_wait_for_the_system,
)


@pytest.fixture(params=sorted(LINES))
def rig(request: pytest.FixtureRequest) -> Iterator[Line]:
    made = LINES[request.param]()
    yield made
    made.lines.stop()


def acts(rig: Line) -> list[Callable[[], object]]:
    """What the connector says it can do, each once."""
    can = {
        Capability.PUSH: lambda: rig.connector.push(rig.outgoing("k2")),
        Capability.FETCH: lambda: rig.connector.fetch(),  # noqa: PLW0108 - not every connector has it
        Capability.ASK: lambda: rig.connector.ask(SERVICE, {"uscc": "1"}, number="n2"),
    }
    assert rig.connector.card.capabilities <= set(can)
    return [act for capability, act in can.items() if capability in rig.connector.card.capabilities]


def test_pushing_twice_under_one_key_hands_over_one_thing(rig: Line) -> None:
    if Capability.PUSH not in rig.connector.card.capabilities:
        pytest.skip("does not push")
    for _ in range(2):
        rig.connector.push(rig.outgoing("k1"))
    assert rig.told() == 1


def test_a_question_put_again_under_its_number_is_the_same_question(rig: Line) -> None:
    if Capability.ASK not in rig.connector.card.capabilities:
        pytest.skip("answers no questions")
    first = rig.connector.ask(SERVICE, {"uscc": "1"}, number="n1")
    assert first == rig.connector.ask(SERVICE, {"uscc": "1"}, number="n1")
    assert first != rig.connector.ask(SERVICE, {"uscc": "1"}, number="n2")


def test_a_system_that_is_away_is_said_to_be_and_nothing_hangs(rig: Line) -> None:
    assert rig.connector.health().well
    rig.lines.stop()
    health = rig.connector.health()
    assert not health.well
    assert Reason(health.code).text.zh
    for act in acts(rig):
        with pytest.raises(Unreachable):
            act()


@pytest.mark.parametrize("fault", [fault for fault in WireFault if fault is not WireFault.GBK])
def test_whatever_goes_wrong_on_the_way_is_the_system_being_away_and_mends_itself(rig: Line, fault: WireFault) -> None:
    if fault not in rig.lines.can_fault:
        pytest.skip("cannot go wrong in this way")
    rig.lines.wire_faults = {fault}
    for act in acts(rig):
        with pytest.raises(Unreachable) as away:
            act()
        assert Reason(away.value.code).text.zh
    rig.lines.wire_faults = set()
    for act in acts(rig):
        act()

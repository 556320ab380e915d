"""What the contract promises, held against every connector and a system that speaks its protocol."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import connectors
from connectors.sandbox.serving import WireFault
from hub.canonical.connector import Capability, Outgoing, Receipt, RowFault, Unreachable, rehearse
from hub.core.errors import Reason, Refused
from tests.contracts.rigs import NOW, PULLING, RIGS, SERVICE, PullRig, Rig

FOLDERS = {
    path.name for path in Path(connectors.__file__).parent.iterdir() if path.is_dir() and not path.name.startswith("_")
} - {"kit", "sandbox"}


@pytest.fixture(params=sorted(RIGS))
def rig(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Rig]:
    made = RIGS[request.param](tmp_path)
    yield made
    if made.lines is not None:
        made.lines.stop()


@pytest.fixture(params=sorted(PULLING))
def pulled(request: pytest.FixtureRequest, tmp_path: Path) -> PullRig:
    return PULLING[request.param](tmp_path)


def receipt(batch: int, *, accepted: bool = True, faults: tuple[RowFault, ...] = ()) -> Receipt:
    return Receipt(
        "R1", batch, "a" * 64, NOW, accepted, reasons=() if accepted else (Reason("NOT_FOUND"),), faults=faults
    )


def test_every_connector_is_held_to_the_contract() -> None:
    assert {name.partition(",")[0] for name in RIGS} == FOLDERS


def test_the_card_says_who_answers_and_whether_a_query_may_wait_for_the_system(rig: Rig) -> None:
    card = rig.connector.card
    for text in (card.name, card.owner, card.contact):
        assert re.search(r"[\u4e00-\u9fff]", text.zh)
        assert text.en
    assert card.specification
    assert isinstance(card.live_read, bool)
    assert rig.connector.source.partition(":")[2]


def test_what_waits_comes_by_number_verified_read_and_translated(pulled: PullRig) -> None:
    assert pulled.connector.pull(None) == []
    first, second = pulled.send(), pulled.send()
    found = pulled.connector.pull(None)
    assert [delivery.number for delivery in found] == [first, second]
    for delivery in found:
        pulled.connector.verify(delivery, now=NOW)
        rows = list(pulled.connector.read(delivery))
        assert len(rows) == delivery.rows > 0
        for row in rows:
            message = pulled.connector.translate(row, told_at=NOW, now=NOW)
            assert (message.message_id, message.version) == (row.message_id, row.version)
            assert message.occurred_at <= NOW
            again = pulled.connector.row(row.file, row.number, row.list_kind, dict(row.cells))
            assert (again.body, again.content_digest) == (row.body, row.content_digest)


def test_what_does_not_add_up_is_refused_with_its_reason_before_a_row_is_read(pulled: PullRig) -> None:
    pulled.send(broken=True)
    (delivery,) = pulled.connector.pull(None)
    with pytest.raises(Refused) as refused:
        pulled.connector.verify(delivery, now=NOW)
    for reason in refused.value.reasons:
        assert reason.text.zh


def test_a_receipt_takes_the_delivery_off_the_system_and_may_be_handed_back_twice(pulled: PullRig) -> None:
    batch = pulled.send()
    (delivery,) = pulled.connector.pull(None)
    fault = RowFault("f", 1, "m", (Reason("CELL_REQUIRED", ("案号",), {"column": "案号"}),))
    for _ in range(2):
        pulled.connector.accept(delivery, receipt(batch, faults=(fault,)))
    assert (pulled.waiting(), pulled.answers()) == (0, 1)
    assert pulled.connector.pull(None) == []


def test_a_refused_delivery_does_not_come_again_and_its_receipt_says_why(pulled: PullRig) -> None:
    batch = pulled.send()
    (delivery,) = pulled.connector.pull(None)
    pulled.connector.accept(delivery, receipt(batch, accepted=False))
    assert (pulled.connector.pull(None), pulled.answers()) == ([], 1)


def test_a_dry_run_leaves_no_trace(pulled: PullRig) -> None:
    pulled.send()
    before = pulled.waiting()
    (delivery,) = pulled.connector.pull(None)
    found = rehearse(pulled.connector, delivery, now=NOW)
    assert (found.rows, found.reasons, found.faults) == (delivery.rows, (), ())
    assert (pulled.waiting(), pulled.answers(), pulled.told()) == (before, 0, 0)


def test_pushing_twice_under_one_key_hands_over_one_thing(rig: Rig) -> None:
    if Capability.PUSH not in rig.connector.card.capabilities:
        pytest.skip("does not push")
    for _ in range(2):
        rig.connector.push(outgoing(rig, "k1"))
    assert rig.told() == 1


def test_a_snapshot_can_be_asked_for(rig: Rig) -> None:
    if Capability.SNAPSHOT not in rig.connector.card.capabilities:
        pytest.skip("has no snapshots")
    rig.connector.reconcile(now=NOW)
    assert rig.told() == 1


def test_a_system_that_is_away_is_said_to_be_and_nothing_hangs(rig: Rig) -> None:
    assert rig.connector.health().well
    rig.lose()
    health = rig.connector.health()
    assert not health.well
    assert health.code
    assert Reason(health.code).text.zh
    for act in acts(rig):
        with pytest.raises(Unreachable):
            act()


def acts(rig: Rig) -> list[Callable[[], object]]:
    """What the connector says it can do, each once."""
    can = {
        Capability.PULL: lambda: rig.connector.pull(None),
        Capability.PUSH: lambda: rig.connector.push(outgoing(rig, "k2")),
        Capability.FETCH: lambda: rig.connector.fetch(),  # noqa: PLW0108 - not every connector has it
        Capability.ASK: lambda: rig.connector.ask(SERVICE, {"uscc": "1"}, number="n2"),
    }
    return [act for capability, act in can.items() if capability in rig.connector.card.capabilities]


def outgoing(rig: Rig, key: str) -> Outgoing:
    return getattr(rig, "outgoing", lambda given: Outgoing(given, "result", {"batch": 1}))(key)


@pytest.mark.parametrize("fault", [fault for fault in WireFault if fault is not WireFault.GBK])
def test_whatever_goes_wrong_on_the_way_is_the_system_being_away_and_mends_itself(rig: Rig, fault: WireFault) -> None:
    if rig.lines is None or fault not in rig.lines.can_fault:
        pytest.skip("cannot go wrong in this way")
    rig.lines.wire_faults = {fault}
    for act in acts(rig):
        with pytest.raises(Unreachable) as away:
            act()
        assert Reason(away.value.code).text.zh
    rig.lines.wire_faults = set()
    for act in acts(rig):
        act()


def test_a_question_put_again_under_its_number_is_the_same_question(rig: Rig) -> None:
    if Capability.ASK not in rig.connector.card.capabilities:
        pytest.skip("answers no questions")
    first = rig.connector.ask(SERVICE, {"uscc": "1"}, number="n1")
    assert first == rig.connector.ask(SERVICE, {"uscc": "1"}, number="n1")
    assert first != rig.connector.ask(SERVICE, {"uscc": "1"}, number="n2")

"""What the contract promises, held against every connector and a system that speaks its protocol."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import connectors
from hub.canonical.connector import (
    Capability,
    Delivery,
    FedConnector,
    FedRow,
    Outgoing,
    Receipt,
    RowAnswer,
    RowFault,
    Unreachable,
    rehearse,
)
from hub.canonical.exchange_codes import CaseListKind, MirrorStatus
from hub.core.errors import Reason, Refused
from hub.db.target import DatabaseTarget
from tests.conftest import WORKER
from tests.contracts.lines import LINES
from tests.contracts.rigs import NOW, RIGS, Exchanges, Rig

FOLDERS = {
    path.name for path in Path(connectors.__file__).parent.iterdir() if path.is_dir() and not path.name.startswith("_")
} - {"kit", "sandbox"}


@pytest.fixture(scope="module")
def exchanges(server_target: DatabaseTarget) -> Iterator[Exchanges]:
    made = Exchanges(server_target.url(database="postgres"), f"credit_contract_{WORKER}")
    yield made
    made.close()


@pytest.fixture(params=sorted(RIGS))
def rig(request: pytest.FixtureRequest, tmp_path: Path, exchanges: Exchanges) -> Iterator[Rig]:
    made = RIGS[request.param](tmp_path, exchanges)
    yield made
    if not exchanges.has(made):
        made.lose()


def receipt(delivery: Delivery, *, accepted: bool = True, faults: tuple[RowFault, ...] = ()) -> Receipt:
    reasons = () if accepted else (Reason("NOT_FOUND"),)
    return Receipt("R1", delivery.number, delivery.digest, NOW, accepted, reasons=reasons, faults=faults)


def test_every_connector_is_held_to_the_contract() -> None:
    assert {name.partition("/")[0] for name in (*RIGS, *LINES)} == FOLDERS


def test_the_card_says_who_answers_and_whether_a_query_may_wait_for_the_system(rig: Rig) -> None:
    card = rig.connector.card
    for text in (card.name, card.owner, card.contact):
        assert re.search(r"[\u4e00-\u9fff]", text.zh)
        assert text.en
    assert card.specification
    assert isinstance(card.live_read, bool)
    assert rig.connector.source.partition(":")[2]


def test_what_waits_comes_by_number_verified_read_and_translated(rig: Rig) -> None:
    assert rig.connector.pull(None) == []
    first, second = rig.send(), rig.send()
    found = rig.connector.pull(None)
    assert [delivery.number for delivery in found] == [first, second]
    for delivery in found:
        rig.connector.verify(delivery, now=NOW)
        rows = list(rig.connector.read(delivery))
        assert len(rows) == delivery.rows > 0
        for row in rows:
            message = rig.connector.translate(row, told_at=NOW, now=NOW)
            assert (message.message_id, message.version) == (row.message_id, row.version)
            assert message.occurred_at <= NOW
            again = rig.connector.row(row.file, row.number, row.list_kind, dict(row.cells))
            assert (again.body, again.content_digest) == (row.body, row.content_digest)


def test_what_does_not_add_up_is_refused_with_its_reason_before_a_row_is_read(rig: Rig) -> None:
    rig.send(broken=True)
    (delivery,) = rig.connector.pull(None)
    with pytest.raises(Refused) as refused:
        rig.connector.verify(delivery, now=NOW)
    for reason in refused.value.reasons:
        assert reason.text.zh


def test_a_receipt_takes_the_delivery_off_the_system_and_may_be_handed_back_twice(rig: Rig) -> None:
    rig.send()
    (delivery,) = rig.connector.pull(None)
    fault = RowFault("f", 1, "m", (Reason("CELL_REQUIRED", ("案号",), {"column": "案号"}),))
    for _ in range(2):
        rig.connector.accept(delivery, receipt(delivery, faults=(fault,)))
    assert (rig.waiting(), rig.answers()) == (0, 1)
    assert rig.connector.pull(None) == []


def test_a_refused_delivery_does_not_come_again_and_its_receipt_says_why(rig: Rig) -> None:
    rig.send()
    (delivery,) = rig.connector.pull(None)
    rig.connector.accept(delivery, receipt(delivery, accepted=False))
    assert (rig.connector.pull(None), rig.answers()) == ([], 1)


def test_a_dry_run_leaves_no_trace(rig: Rig) -> None:
    rig.send()
    before = rig.waiting()
    (delivery,) = rig.connector.pull(None)
    found = rehearse(rig.connector, delivery, now=NOW)
    assert (found.rows, found.reasons, found.faults) == (delivery.rows, (), ())
    assert (rig.waiting(), rig.answers(), rig.told()) == (before, 0, 0)


def test_pushing_twice_under_one_key_hands_over_one_thing(rig: Rig) -> None:
    if Capability.PUSH not in rig.connector.card.capabilities:
        pytest.skip("does not push")
    for _ in range(2):
        rig.connector.push(Outgoing("k1", "result", {"batch": 1}))
    assert rig.told() == 1


def test_rows_fed_under_one_key_are_handed_over_once_and_each_is_answered(rig: Rig) -> None:
    if Capability.FEED not in rig.connector.card.capabilities:
        pytest.skip("is not fed")
    assert isinstance(rig.connector, FedConnector)
    rows = [
        FedRow(
            f"r{each}", "d" * 64, CaseListKind.PENDING, f"（2026）豫0825执{each}号", "温县", "1", state, "2026-01-05"
        )
        for each, state in enumerate(MirrorStatus, 1)
    ]
    assert rig.connector.answers("k1") is None
    for _ in range(2):
        rig.connector.feed("k1", rows)
    assert rig.answer_rows(refuse="r2") == len(rows)
    said = [RowAnswer("r1", accepted=True), RowAnswer("r2", accepted=False, reason="不符")]
    for _ in range(2):
        assert list(rig.connector.answers("k1") or ()) == said


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
    with pytest.raises(Unreachable):
        rig.connector.pull(None)

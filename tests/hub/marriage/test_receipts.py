"""Receipts of a batch: each item exactly once, or nothing of them is written; counts always tie out."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as some

from hub.canonical.marriage import SETTLED, ItemAnswer, MarriageReceipt, batch_digest, batch_lines
from hub.db.models import MarriageBatch, MarriageItem
from hub.marriage.batches import COUNTED
from hub.marriage.receipts import is_whole, receipt_problems, write_receipts

AT = datetime(2026, 7, 1, tzinfo=UTC)
results = some.lists(some.sampled_from(MarriageReceipt), max_size=20)


def batch_of(number: int) -> tuple[MarriageBatch, list[MarriageItem]]:
    return MarriageBatch(item_count=number), [MarriageItem(number=each) for each in range(1, number + 1)]


@settings(max_examples=40, deadline=None)
@given(results, some.randoms())
def test_whatever_is_answered_in_whatever_order_the_counts_tie_out(told, random) -> None:
    batch, items = batch_of(len(told))
    said = [ItemAnswer(number, result) for number, result in enumerate(told, 1)]
    random.shuffle(said)
    assert receipt_problems(items, said) == ()
    write_receipts(batch, items, said, AT)
    assert [item.receipt for item in items] == told
    assert sum(getattr(batch, f"{name}_count") for name in COUNTED) == batch.item_count
    settled = sum(result in SETTLED for result in told)
    assert batch.match_percent == (100 * settled // len(told) if told else None)


@settings(max_examples=40, deadline=None)
@given(results.filter(bool), some.data())
def test_one_item_unanswered_answered_twice_or_unknown_is_never_taken(told, data) -> None:
    _, items = batch_of(len(told))
    said = [ItemAnswer(number, result) for number, result in enumerate(told, 1)]
    at = data.draw(some.integers(0, len(said) - 1))
    wrong = data.draw(some.sampled_from(["lost", "twice", "unknown"]))
    if wrong == "lost":
        del said[at]
    elif wrong == "twice":
        said.append(said[at])
    else:
        said[at] = ItemAnswer(len(told) + 1, said[at].result)
    assert [reason.code for reason in receipt_problems(items, said)] == ["RECEIPTS_INCOMPLETE"]


@settings(max_examples=40, deadline=None)
@given(some.lists(some.dictionaries(some.text(max_size=5), some.text(max_size=5), max_size=3), max_size=4), some.data())
def test_a_batch_with_any_byte_changed_is_another(items, data) -> None:
    batch = MarriageBatch(item_count=len(items), digest=batch_digest(items))
    assert is_whole(batch, len(items), batch_digest(items).upper())
    assert not is_whole(batch, len(items) + 1, batch_digest(items))
    changed = [*items, {"": ""}] if not items else [{**items[0], "x" * 6: data.draw(some.text(max_size=3))}, *items[1:]]
    assert batch_lines(changed) != batch_lines(items)
    assert not is_whole(batch, len(items), batch_digest(changed))

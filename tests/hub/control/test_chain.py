"""Any sequence of orders, results and days: the law's limits and the order of the queue hold."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from itertools import count
from uuid import UUID, uuid4

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import given, settings
from hypothesis import strategies as st

from hub.canonical.control_codes import AssetClass, AssetControlStatus, ControlAction, ControlResult
from hub.control.chain import (
    ACTIVE,
    ENDED,
    ahead,
    answer_problems,
    apply,
    end,
    next_in_line,
    state_problems,
    take_effect,
)
from hub.control.commands import LASTING, TAKING, ControlAnswer
from hub.db.models import AssetControl, ControlOrder

S, A, R = AssetControlStatus, ControlAction, ControlResult
MOST = {AssetClass.DEPOSIT: 12, AssetClass.MOVABLE: 24, AssetClass.IMMOVABLE_OR_RIGHT: 36}
STEPS = st.lists(
    st.tuples(
        st.integers(0, 3),
        st.sampled_from(ControlAction),
        st.sampled_from(ControlResult),
        st.integers(-40, 40),
        st.integers(1, 40),
        st.integers(1, 300),
        st.integers(0, 200),
    ),
    min_size=4,
    max_size=24,
)


@dataclass
class Asset:
    """One asset that four courts want, and the holder's answers as the hub takes them in."""

    kind: AssetClass
    today: date = date(2026, 6, 15)
    controls: list[AssetControl] = field(default_factory=list)
    numbers: count[int] = field(default_factory=lambda: count(1))

    def begun(self, index: int, action: ControlAction, months: int) -> AssetControl:
        standing = [each for each in self.controls if each.court_id.int == index and each.status not in ENDED]
        if standing:
            return standing[0]
        made = AssetControl(
            id=uuid4(),
            court_id=UUID(int=index),
            asset_class=self.kind,
            status=S.REQUESTED,
            months=months,
            amount_transferred=Decimal(0),
            over_controlled=False,
        )
        self.controls.append(made)
        return made

    def step(self, index: int, action: ControlAction, answer: ControlAnswer, months: int, amount: Decimal) -> None:
        control = self.begun(index, action, months)
        if list(state_problems(control, action)) or months > MOST[self.kind]:
            return
        money = self.kind is AssetClass.DEPOSIT
        if action in TAKING and not money:
            return
        order = ControlOrder(action=action, months=months if action in LASTING else None)
        order.amount_requested = amount if money and action not in (A.RENEW, A.RELEASE, A.RELEASE_QUEUED) else None
        others = [each for each in self.controls if each.id != control.id and each.status not in ENDED]
        if list(answer.find_rule_problems()) or list(answer_problems(order, control, others, answer, self.today)):
            return
        was, first = control.status, ahead(control, others)
        if apply(order, control, answer, self.today):
            following = next_in_line(others)
            queued = [each for each in others if each.status is S.QUEUED]
            if following is not None:
                assert following.queue_number == min(each.queue_number or 0 for each in queued)
                take_effect(following, self.today)
        if control.status is S.QUEUED:
            control.queue_number = next(self.numbers)
        if control.status is S.RELEASED:
            assert was in (*ACTIVE, S.QUEUED)
        if was is S.REQUESTED and control.status is S.CONTROLLED:
            assert not first
        if order.ends_on is not None and order.starts_on is not None:
            assert order.ends_on < order.starts_on + relativedelta(months=MOST[self.kind])

    def check(self) -> None:
        held = [each for each in self.controls if each.status in ACTIVE]
        if self.kind is not AssetClass.DEPOSIT:
            assert len(held) <= 1
        for each in held:
            assert each.starts_on is not None
            assert each.ends_on is not None
        for each in self.controls:
            if each.amount_controlled is not None:
                assert each.amount_transferred <= each.amount_controlled
            if each.status in ENDED and each.status is not S.CANCELLED:
                assert each.ended_on is not None

    def pass_days(self, days: int) -> None:
        self.today += timedelta(days=days)
        for each in [each for each in self.controls if each.status in ACTIVE]:
            if each.ends_on is not None and each.ends_on < self.today:
                end(each, S.EXPIRED, self.today)
                following = next_in_line([other for other in self.controls if other.status not in ENDED])
                if following is not None:
                    take_effect(following, self.today)


@pytest.mark.parametrize("kind", AssetClass)
@settings(max_examples=60, deadline=None)
@given(steps=STEPS)
def test_no_sequence_passes_the_limits_or_the_queue(kind: AssetClass, steps: list[tuple[int, ...]]) -> None:
    asset = Asset(kind)
    for index, action, result, shift, months, length, amount in steps:
        start = asset.today + timedelta(days=shift % 3 - 1)
        lasting = result is R.CONTROLLED and action in LASTING
        answer = ControlAnswer(
            result=R(result),
            reason="账户已销户",
            amount_controlled=str(amount) if amount and result is R.CONTROLLED else None,
            starts_on=start if lasting else None,
            ends_on=start + timedelta(days=length) if lasting else None,
        )
        asset.step(index, A(action), answer, months, Decimal(100))
        asset.check()
        asset.pass_days(abs(shift) * 3)
        asset.check()


def control(**about: object) -> AssetControl:
    about = {"asset_class": AssetClass.DEPOSIT, "amount_transferred": Decimal(0), **about}
    return AssetControl(id=uuid4(), **about)


def codes(
    action: ControlAction, row: AssetControl, others: list[AssetControl] | None = None, **told: object
) -> set[str]:
    months = told.pop("months", 12 if action in LASTING else None)
    order = ControlOrder(action=action, months=months, amount_requested=Decimal(100))
    answer = ControlAnswer(**{"result": R.CONTROLLED, "amount_controlled": "100", **told})  # type: ignore[arg-type]
    found = answer_problems(order, row, others or [], answer, date(2026, 6, 15))
    return {reason.code for reason in found}


def test_a_result_is_as_long_as_the_ruling_and_no_longer() -> None:
    row = control(status=S.REQUESTED)
    first, last = date(2026, 6, 15), date(2027, 6, 14)
    assert codes(A.FREEZE, row, starts_on=first, ends_on=last) == set()
    assert codes(A.FREEZE, row, starts_on=first, ends_on=last + timedelta(days=1)) == {"RESULT_TOO_LONG"}
    assert codes(A.FREEZE, row, starts_on=first + timedelta(days=1), ends_on=last) == {"RESULT_PERIOD"}
    assert codes(A.FREEZE, row) == {"RESULT_PERIOD_MISSING"}
    assert codes(A.FREEZE, row, starts_on=first, ends_on=last, amount_controlled=None) == {"RESULT_AMOUNT_MISSING"}
    assert codes(A.FREEZE, row, starts_on=first, ends_on=last, amount_excess="1") == {"RESULT_EXCESS"}


def test_a_renewal_joins_on_to_what_it_renews() -> None:
    row = control(status=S.CONTROLLED, starts_on=date(2025, 7, 1), ends_on=date(2026, 6, 30))
    assert codes(A.RENEW, row, starts_on=date(2026, 7, 1), ends_on=date(2027, 6, 30)) == set()
    assert codes(A.RENEW, row, starts_on=date(2026, 7, 2), ends_on=date(2027, 6, 30)) == {"RESULT_PERIOD"}
    assert codes(A.RENEW, row, starts_on=date(2026, 6, 15), ends_on=date(2026, 6, 30)) == {"RESULT_PERIOD"}
    assert "CONTROL_STATE" in codes(
        A.RENEW, control(status=S.EXPIRED, starts_on=date(2025, 1, 1), ends_on=date(2026, 1, 1))
    )


def test_nobody_overtakes_the_queue_and_nothing_is_taken_that_is_not_held() -> None:
    whole = {"starts_on": date(2026, 6, 15), "ends_on": date(2026, 12, 14)}
    queued = control(status=S.QUEUED, queue_number=1)
    assert codes(A.FREEZE, control(status=S.REQUESTED), [queued], **whole) == {"RESULT_QUEUE"}
    held = control(status=S.CONTROLLED)
    assert codes(A.FREEZE, control(status=S.REQUESTED), [held], **whole) == set()
    car = {"asset_class": AssetClass.MOVABLE}
    rival = [control(status=S.CONTROLLED, **car)]
    assert codes(A.FREEZE, control(status=S.REQUESTED, **car), rival, **whole) == {"RESULT_QUEUE"}
    partly = control(status=S.CONTROLLED, amount_controlled=Decimal(150), amount_transferred=Decimal(100))
    assert codes(A.TRANSFER, partly) == {"RESULT_TAKEN"}
    assert codes(A.TRANSFER, partly, amount_controlled="50") == set()
    assert codes(A.RELEASE, control(status=S.RELEASED)) == {"CONTROL_STATE"}
    assert codes(A.RELEASE, held, starts_on=date(2026, 6, 15)) == {"RESULT_FIELDS"}
    assert codes(A.TRANSFER, partly, result=R.QUEUED, amount_controlled=None) == {"RESULT_ACTION"}

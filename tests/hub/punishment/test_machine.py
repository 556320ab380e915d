"""Whatever people, courts and the hub do in whatever order, a measure ends as the law lets it end."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from itertools import product
from types import SimpleNamespace
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from hub.access.scopes import Scope
from hub.canonical.punishment_codes import (
    BINDING,
    DRAFTED,
    SETTLED,
    MeasureEnding,
    MeasureLevel,
    MeasureStatus,
    PunishmentField,
)
from hub.core.errors import Refused
from hub.core.workflow import Actor
from hub.punishment import payloads
from hub.punishment.facts import MeasureFacts
from hub.punishment.following import ENDED_BY, system_step
from hub.punishment.workflow import MEASURE

S = MeasureStatus
TODAY = date(2026, 6, 15)
SCOPES = frozenset({Scope.MEASURE_ORDER.value, Scope.MEASURE_IMPLEMENT.value, Scope.DISHONESTY_CHECK.value})
PAYLOADS = {
    "review": payloads.MeasureReview(implementer_id=UUID(int=1)),
    "accept": payloads.MeasureStart(start_on=TODAY, order_number="1"),
    "feedback": payloads.MeasureFeedback(text="已办"),
}
CHOICES = st.lists(st.integers(min_value=0, max_value=10_000), max_size=25)
"""Which of what is possible then comes next."""


def facts(*, stands: bool, approved: bool = True, **of_measure: object) -> MeasureFacts:
    about = {
        "implementer_id": UUID(int=1),
        "field": PunishmentField.TENDERING,
        "legal_basis": "发改财金〔2016〕141号",
        "needs_approval": False,
        "level": MeasureLevel.MANDATORY,
        **of_measure,
    }
    made = SimpleNamespace(list_id=UUID(int=2), notice_id=UUID(int=3)) if approved else None
    return MeasureFacts(SimpleNamespace(**about), stands, made, frozenset(), TODAY)  # type: ignore[arg-type]


def ended(state: S, ending: MeasureEnding) -> S:
    for event in ENDED_BY[ending]:
        sources, target = system_step(event)
        if state in sources:
            return target
    return state


def possible(state: S, *, over: bool) -> list[tuple[str | MeasureEnding, S]]:
    """What people may do in a state, and how the listing may end: once, though what was deleted may yet be revoked."""
    found: list[tuple[str | MeasureEnding, S]] = []
    for event, actor in product(MEASURE.events(), (Actor.CREDIT_OFFICE, Actor.IMPLEMENTER)):
        with suppress(Refused):
            row = MEASURE.decide(
                state,
                event,
                actors=frozenset({actor}),
                scopes=SCOPES,
                facts=facts(stands=not over),
                payload=PAYLOADS.get(event),
            )
            found.append((event, S(row.target)))
    # Nobody averts a listing that stands, and nothing is ordered upon another.
    endings = list(MeasureEnding) if state in DRAFTED else [MeasureEnding.DELETED, MeasureEnding.REVOKED]
    if over:
        endings = [MeasureEnding.REVOKED]
    return [*found, *((each, ended(state, each)) for each in endings)]


@settings(max_examples=80, deadline=None)
@given(CHOICES)
def test_lifted_after_it_was_ordered_annulled_by_a_revocation_alone_and_nothing_in_force_once_the_listing_ended(
    choices: list[int],
) -> None:
    state, passed, over, revoked = S(MEASURE.initial), [S(MEASURE.initial)], False, False
    for choice in choices:
        ways = possible(state, over=over)
        step, state = ways[choice % len(ways)]
        over = over or isinstance(step, MeasureEnding)
        revoked = revoked or step is MeasureEnding.REVOKED
        passed.append(state)
        assert not over or state not in (*DRAFTED, *BINDING), passed
    if S.LIFTED in passed or S.ANNULLED in passed:
        assert S.ORDERED in passed
    if S.ANNULLED in passed:
        assert revoked
    if S.VERIFIED_LIFTED in passed:
        assert passed.index(S.LIFTING) < passed.index(S.LIFTED) < passed.index(S.VERIFIED_LIFTED)
        assert not {S.IN_FORCE, S.ORDERED} & set(passed[passed.index(S.VERIFIED_LIFTED) :])
    if over and state not in SETTLED:
        assert state in (S.LIFTING, S.LIFTED)


def test_every_end_of_a_listing_reaches_every_state_that_is_not_over() -> None:
    """No measure is forgotten by a deletion or a revocation, wherever it stood."""
    for state in set(S) - set(SETTLED):
        assert ended(state, MeasureEnding.REVOKED) in SETTLED, state
        assert ended(state, MeasureEnding.DELETED) in (*SETTLED, S.LIFTING, S.LIFTED), state


def test_nothing_is_ordered_without_basis_implementer_or_approval() -> None:
    def refusal(**about: object) -> set[str]:
        approved = bool(about.pop("approved", True))
        try:
            MEASURE.decide(
                S.PROPOSED,
                "order",
                actors=frozenset({Actor.CREDIT_OFFICE}),
                scopes=SCOPES,
                facts=facts(stands=bool(about.pop("stands", True)), approved=approved, **about),
                payload=None,
            )
        except Refused as refused:
            return {reason.code for reason in refused.reasons}
        return set()

    assert refusal() == set()
    assert refusal(legal_basis=" ") == {"MEASURE_WITHOUT_BASIS"}
    assert refusal(implementer_id=None) == {"MEASURE_IMPLEMENTER_MISSING"}
    assert refusal(needs_approval=True, approved=False) == {"MEASURE_NOT_APPROVED"}
    assert refusal(stands=False) == {"MEASURE_LISTING_GONE"}

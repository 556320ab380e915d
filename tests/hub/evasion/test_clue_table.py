"""The table of a clue under any order of events: the police alone decide, the court alone refers, urges and ends."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import uuid4

from hypothesis import given, settings
from hypothesis import strategies as st

from hub.canonical.evasion_codes import EvasionClueStatus
from hub.core.errors import HubError
from hub.core.workflow import Actor
from hub.db.models import EvasionClue
from hub.evasion.payloads import EvasionClueFiling
from hub.evasion.workflow import CLUE, WAITING, WITH_POLICE, ClueFacts, clue_actors

S = EvasionClueStatus
SCOPES = frozenset(way.scope for way in CLUE.transitions)
TODAY, SENT = date(2026, 6, 15), datetime(2026, 6, 10, tzinfo=UTC)
DECIDING = {"receive", "returnForMaterial", "accept", "refuse", "file", "refuseFiling"}
STEPS = st.lists(
    st.tuples(
        st.sampled_from(CLUE.events()),
        st.sampled_from((Actor.COURT, Actor.HOLDER)),
        st.dates(date(2026, 6, 9), date(2026, 6, 16)),
        st.booleans(),
    ),
    max_size=40,
)
"""Event, who fires it, a date it names or is due on, whether it was urged today."""


def walk(steps: list[tuple[str, Actor, date, bool]]) -> list[tuple[S, str, Actor, S]]:
    """What came of the events that went through."""
    row = EvasionClue(status=S.SENT, created_at=SENT)
    taken = []
    for event, actor, day, urged in steps:
        row.due_on = day if row.status in WAITING else None
        row.urged_at = datetime(2026, 6, 15, 3, tzinfo=UTC) if urged else None
        filing = EvasionClueFiling(document_number="温公立〔2026〕1号", filed_on=day) if event == "file" else None
        try:
            found = CLUE.decide(
                row.status,
                event,
                actors=frozenset({actor}),
                scopes=SCOPES,
                facts=ClueFacts(row, TODAY),
                payload=filing,
            )
        except HubError:
            continue
        assert event != "urge" or (row.due_on is not None and row.due_on < TODAY and not urged)
        assert event != "file" or date(2026, 6, 10) <= day <= TODAY
        taken.append((S(row.status), event, actor, S(found.target)))
        row.status = S(found.target)
    return taken


@settings(max_examples=120, deadline=None)
@given(STEPS)
def test_a_case_is_filed_only_by_the_police_who_received_and_took_the_clue_up(
    steps: list[tuple[str, Actor, date, bool]],
) -> None:
    taken = walk(steps)
    for source, event, actor, target in taken:
        assert (actor is Actor.HOLDER) == (event in DECIDING)
        assert source not in CLUE.terminal
        assert event != "urge" or (source is target and source in WITH_POLICE)
        assert event != "supplement" or source is S.RETURNED
        assert source is not S.SENT or event in ("receive", "urge", "withdraw")
    events = [event for _, event, _, _ in taken]
    if "file" in events:
        before = events[: events.index("file")]
        assert "accept" in before
        assert "receive" in before[: before.index("accept")]
        assert "refuse" not in before
    # Each handing over is received anew before anything is decided on it.
    for number, event in enumerate(events):
        if event == "supplement" and set(events[number + 1 :]) & (DECIDING - {"receive"}):
            first = next(each for each in events[number + 1 :] if each in DECIDING)
            assert first == "receive"


def test_every_state_is_reached_and_left_by_somebody_until_it_is_over() -> None:
    reached = {CLUE.initial}
    for _ in S:
        reached |= {way.target for way in CLUE.transitions if reached & set(way.sources)}
    assert reached == set(S)
    left = {source for way in CLUE.transitions if way.event != "urge" for source in way.sources}
    assert set(S) - left == CLUE.terminal


def test_a_unit_that_is_neither_court_nor_police_of_the_clue_is_nothing_in_it() -> None:
    court, police = uuid4(), uuid4()
    row = EvasionClue(court_id=court, police_id=police, debtor_id=uuid4())
    assert clue_actors(row, court) == {Actor.COURT}
    assert clue_actors(row, police) == {Actor.HOLDER}
    assert clue_actors(row, row.debtor_id) == clue_actors(row, None) == frozenset()

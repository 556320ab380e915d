"""The tables of repairs and objections under any order of events: nothing shields or completes before its court."""

from __future__ import annotations

from uuid import UUID, uuid4

from hypothesis import given, settings
from hypothesis import strategies as st

from hub.access.scopes import Scope
from hub.canonical.exchange_codes import STANDING, DishonestyStatus
from hub.canonical.repair_codes import REPAIR_OPEN, RepairPath, RepairStatus
from hub.core.errors import Refused
from hub.core.principal import Function, Principal, RoleName
from hub.core.workflow import Actor
from hub.db.models import CreditRepair
from hub.objection.workflow import OBJECTION
from hub.repair.facts import RepairFacts, repair_actors
from hub.repair.payloads import MaterialsCheck
from hub.repair.workflow import REPAIR

S, D = RepairStatus, DishonestyStatus
SCOPES = frozenset({Scope.REPAIR_APPLY.value, Scope.REPAIR_HANDLE.value})
ENDING = ("withdraw", "lapse", "declineClosure")
"""Left out, so that most walks go far."""
STEPS = st.lists(st.tuples(st.integers(0, 99), st.sampled_from(D), st.booleans()), min_size=8, max_size=30)
"""Which row of those of the present state, where the listing is, whether the materials are whole."""
PUSHED_BEFORE = {S.CLOSURE_DUE, S.WITHDRAWN}


def walk(path: RepairPath, steps: list[tuple[int, D, bool]]) -> list[tuple[S, str, Actor, D, S]]:
    """What came of the events that were in order, each fired by whom the table names for it."""
    row = CreditRepair(path=path, status=S.CLOSURE_DUE if path is RepairPath.COURT_PUSH else S.INITIATED)
    taken = []
    for chosen, listing, whole in steps:
        ways = [way for way in REPAIR.transitions if row.status in way.sources and way.event not in ENDING]
        if not ways:
            break
        way = ways[chosen % len(ways)]
        actor = way.actors[chosen % len(way.actors)]
        payload = MaterialsCheck(missing=() if whole else ("结案通知书",)) if way.payload is MaterialsCheck else None
        facts = RepairFacts(row, listing)
        try:
            found = REPAIR.decide(
                row.status, way.event, actors=frozenset({actor}), scopes=SCOPES, facts=facts, payload=payload
            )
        except Refused:
            continue
        taken.append((row.status, way.event, actor, listing, S(found.target)))
        row.status = S(found.target)
    return taken


@settings(max_examples=150, deadline=None)
@given(st.sampled_from((RepairPath.COURT_PUSH, RepairPath.SUBJECT_APPLY)), STEPS)
def test_nothing_is_shielded_before_its_court_deletes_nor_complete_before_measures_are_lifted(
    path: RepairPath, steps: list[tuple[int, D, bool]]
) -> None:
    taken = walk(path, steps)
    for before, event, actor, listing, after in taken:
        if after is S.SHIELDED:
            assert (event, actor) == ("shield", Actor.CREDIT_OFFICE)
            assert listing not in STANDING
        if after is S.COMPLETED:
            assert (before, actor, listing in (D.REPAIRED, D.ARCHIVED)) == (S.SHIELDED, Actor.SYSTEM, True)
        if after is S.APPROVED:
            said = any(event in ("push", "confirm") and who is not Actor.CREDIT_OFFICE for _, event, who, _, _ in taken)
            assert said, "approved without its court"
        if after is S.REVOKED and before is not S.REVOKED:
            assert actor in (Actor.RECOGNISER, Actor.CREDIT_OFFICE)
    if path is RepairPath.COURT_PUSH and not any(event == "push" for _, event, _, _, _ in taken):
        assert {after for *_, after in taken} <= PUSHED_BEFORE


def test_every_state_is_reached_and_every_open_one_is_left() -> None:
    reached = {row.target for row in REPAIR.transitions}
    assert reached == set(S) - {S.CLOSURE_DUE}
    left = {source for row in REPAIR.transitions for source in row.sources}
    assert left >= {*REPAIR_OPEN, S.CLOSURE_DUE}
    assert not REPAIR.terminal & left
    assert not OBJECTION.terminal & {source for row in OBJECTION.transitions for source in row.sources}


def test_a_court_that_is_also_named_as_applicant_is_the_court_and_nobody_acts_for_another() -> None:
    court, unit = uuid4(), uuid4()
    row = CreditRepair(court_id=court, organization_id=unit, applicant_id=court, jurisdiction_path="41/4108/")

    def actors(organization: UUID, *functions: Function, behalf: UUID | None = None) -> frozenset[Actor]:
        who = Principal(subject="x", organization_id=organization, functions=functions, on_behalf_of=behalf)
        return repair_actors(who, row)

    assert actors(court) == {Actor.RECOGNISER}
    assert actors(unit) == {Actor.APPLICANT}
    assert actors(uuid4(), Function(RoleName.CREDIT_OFFICE, "41/")) == {Actor.CREDIT_OFFICE}
    assert actors(uuid4(), Function(RoleName.CREDIT_OFFICE, "41/4109/")) == frozenset()
    assert actors(uuid4(), Function(RoleName.JOINT_MEETING_OFFICE, "41/"), behalf=unit) == frozenset()

"""The table of a matter under any order of events, where a case stands by its matters, who decides on a payment."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hub.bankruptcy.cases import reached
from hub.bankruptcy.facts import MatterFacts
from hub.bankruptcy.fund_workflow import disbursement_actors
from hub.bankruptcy.workflow import MATTER
from hub.canonical.bankruptcy_codes import (
    MATTERS_SETTLED,
    MATTERS_UNASSIGNED,
    BankruptcyMatterStatus,
    BankruptcyMatterType,
    BankruptcyStatus,
    FundApprover,
)
from hub.core.errors import Refused
from hub.core.principal import Function, Principal, RoleName
from hub.core.workflow import Actor
from hub.db.models import BankruptcyMatter, FundDisbursement

M, B = BankruptcyMatterStatus, BankruptcyStatus
SCOPES = frozenset(way.scope for way in MATTER.transitions)
STEPS = st.lists(st.tuples(st.integers(0, 99), st.booleans(), st.booleans()), min_size=5, max_size=30)
"""Which row of those of the present state, whether a plan is approved, whether the list is reviewed."""
WHO = {
    "assign": Actor.GOVERNMENT,
    "accept": Actor.LEAD,
    "report": Actor.LEAD,
    "confirm": Actor.ISSUER,
    "close": Actor.GOVERNMENT,
}


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(BankruptcyMatterType), STEPS)
def test_a_matter_is_closed_only_after_its_owner_reported_and_its_court_accepted(
    kind: BankruptcyMatterType, steps: list[tuple[int, bool, bool]]
) -> None:
    row = BankruptcyMatter(type=kind, status=M.OPEN)
    passed: list[str] = []
    for chosen, planned, reviewed in steps:
        ways = [way for way in MATTER.transitions if row.status in way.sources and way.event != "withdraw"]
        if not ways:
            break
        way = ways[chosen % len(ways)]
        facts = MatterFacts(row, planned, reviewed, date(2026, 6, 12))
        try:
            found = MATTER.decide(
                row.status, way.event, actors=frozenset(way.actors), scopes=SCOPES, facts=facts, payload=None
            )
        except Refused:
            assert (way.event == "assign" and not reviewed) or (way.event == "report" and not planned)
            continue
        assert not (found.event == "assign" and not reviewed)
        assert not (found.event == "report" and kind is BankruptcyMatterType.REAL_ESTATE and not planned)
        if found.event in WHO:
            assert found.actors == (WHO[found.event],)
        passed.append(found.event)
        row.status = M(found.target)
    if row.status is M.CLOSED:
        last = {event: len(passed) - passed[::-1].index(event) for event in WHO}
        assert last["assign"] < last["accept"] < last["report"] < last["confirm"] < last["close"]


@given(st.lists(st.sampled_from(M), min_size=1, max_size=8))
def test_a_case_is_settled_exactly_when_each_of_its_matters_is(states: list[M]) -> None:
    found = reached(states)
    assert (found is B.ALL_SETTLED) == all(each in MATTERS_SETTLED for each in states)
    assert (found is B.REVIEWED) == any(each in MATTERS_UNASSIGNED for each in states)
    if found is B.ASSIGNED:
        assert {*states} <= {M.ASSIGNED, *MATTERS_SETTLED}


@pytest.mark.parametrize("approver", FundApprover)
def test_who_applied_never_approves_nor_pays_whatever_its_roles(approver: FundApprover) -> None:
    court, finance, path = uuid4(), uuid4(), "410800/410825/"
    roles = frozenset({Function(RoleName.GOVERNMENT_OFFICE, path), Function(RoleName.COURT, path)})

    def actors(own: UUID, holder: UUID, subject: str = "clerk") -> frozenset[Actor]:
        row = FundDisbursement(court_id=court, holder_id=holder, applied_by="judge", jurisdiction_path=path)
        caller = Principal(subject=subject, organization_id=own, functions=roles)
        return disbursement_actors(caller, row, approver)

    assert actors(court, court) == {Actor.APPLICANT}
    assert actors(finance, finance, "judge") == frozenset()
    assert actors(finance, finance) == {Actor.APPROVER, Actor.HOLDER}

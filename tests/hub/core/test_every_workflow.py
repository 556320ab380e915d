"""Every workflow of the schema: its table as data, and as the engine reads it against a plain reading of its rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from random import Random
from typing import Any

import pytest

from hub.access.scopes import Scope
from hub.core.errors import Denied, Reason, Refused
from hub.core.texts import Text, label_text
from hub.core.workflow import Actor, Guard, Machine, Note, Transition
from hub.credit.workflow import DISHONESTY
from schema.build import build_schema
from schema.mutations.declare import MUTATIONS, Advancing

build_schema()
OFFERED = tuple(each.machine for each in MUTATIONS.values() if isinstance(each, Advancing))
MACHINES: tuple[Machine[Any], ...] = (*OFFERED, DISHONESTY)
"""The last is moved by messages of courts alone."""
WITHOUT_WAY_IN = {
    ("LinkageMatter", "COMPLETED"),
    ("ExecutionQuery", "PURGED"),
    ("MarriageBatch", "SENT"),
    ("MarriageBatch", "RECONCILED"),
    ("MarriageBatch", "EXCEPTIONS"),
    ("ServiceAddress", "CHANGED"),
    ("CreditRepair", "CLOSURE_DUE"),
    ("LookoutOrder", "EXPIRED"),
}
"""States that rows enter by a clock, a message, or by following another row, not by an event of their own table."""
WITHOUT_WAY_OUT = {
    ("LinkageMatter", "IN_PROGRESS"),
    ("ExecutionQuery", "CLOSED"),
    ("ExecutionOrder", "RETURNED"),
    ("MarriageBatch", "COLLECTING"),
    ("MarriageBatch", "SEALED"),
    ("MarriageBatch", "PROCESSED"),
}
"""States that rows leave only so."""
every_machine = pytest.mark.parametrize("machine", MACHINES, ids=[machine.name for machine in MACHINES])


@every_machine
def test_every_state_is_reached_and_only_terminal_ones_are_left_by_nothing(machine: Machine[Any]) -> None:
    reached = {str(machine.initial), *(str(row.target) for row in machine.transitions)}
    states = {state.value for state in machine.states}
    terminal = {str(each) for each in machine.terminal}
    unreached = {(machine.name, state) for state in states - reached}
    assert unreached <= WITHOUT_WAY_IN, unreached
    left = {str(source) for row in machine.transitions for source in row.sources}
    assert {(machine.name, state) for state in states - left - terminal} <= WITHOUT_WAY_OUT
    assert left.isdisjoint(terminal)
    assert left | reached <= states


@pytest.mark.parametrize("machine", OFFERED, ids=[machine.name for machine in OFFERED])
def test_every_row_says_who_may_by_which_clause_and_takes_a_payload_in_words(machine: Machine[Any]) -> None:
    for row in machine.transitions:
        assert row.actors
        assert set(row.actors) <= set(Actor)
        assert row.scope in set(Scope)
        assert row.clause
        assert row.text.zh
        assert row.text.en
        assert is_dataclass(row.payload)
        for spec in fields(row.payload):
            assert row.payload is Note or spec.metadata["text"].zh
        for state in (*row.sources, row.target):
            assert label_text(f"{machine.states.__name__}.{state}").zh


@dataclass(frozen=True, slots=True)
class Drawn:
    """Rows that their guards refuse, by their place."""

    refused: frozenset[int]


def drawn_guards(machine: Machine[Any]) -> Machine[Drawn]:
    """The same table, each row guarded by the draw alone: what a guard says of real facts is proved with its slice."""

    def guard(place: int) -> Guard[Drawn]:
        def check(facts: Drawn, _given: object) -> Iterable[Reason]:
            return (Reason("NOT_FOUND"),) if place in facts.refused else ()

        return Guard("drawn", Text("抽取", "drawn"), check)

    rows = tuple(replace(row, guards=(guard(place),)) for place, row in enumerate(machine.transitions))
    return replace(machine, transitions=rows)


@dataclass(frozen=True, slots=True)
class Caller:
    actors: frozenset[Actor]
    scopes: frozenset[str]
    facts: Drawn


def verdict(machine: Machine[Drawn], state: str, event: str, caller: Caller) -> Transition[Drawn] | str:
    """The row that admits the event, else the code of its refusal: the moment first, then who, what right, guards."""
    now = [(place, row) for place, row in enumerate(machine.transitions) if row.event == event and state in row.sources]
    mine = [(place, row) for place, row in now if caller.actors & set(row.actors)]
    opened = [(place, row) for place, row in mine if row.scope in caller.scopes]
    admitted = [row for place, row in opened if place not in caller.facts.refused]
    if admitted:
        return admitted[0]
    return "NOT_FOUND" if opened else "SCOPE_REQUIRED" if mine else "ACTOR_NOT_PERMITTED" if now else "EVENT_NOT_NOW"


def asked(machine: Machine[Drawn], state: str, event: str, caller: Caller) -> Transition[Drawn] | str:
    given_ = {"actors": caller.actors, "scopes": caller.scopes, "facts": caller.facts}
    try:
        return machine.decide(state, event, payload=Note(), **given_)
    except Refused as refused:
        code = refused.reasons[0].code
        denied = isinstance(refused, Denied)
    assert denied == (code in ("SCOPE_REQUIRED", "ACTOR_NOT_PERMITTED")), "a denial is audited as one"
    return code


def drawn(random: Random, machine: Machine[Any]) -> Caller:
    """Any capacities and rights, all of them every other time."""
    actors = sorted({actor for row in machine.transitions for actor in row.actors})
    scopes = sorted({str(row.scope) for row in machine.transitions})
    places = range(len(machine.transitions))

    def some(of: Sequence[Any]) -> frozenset[Any]:
        return frozenset(random.sample(of, random.randint(0, len(of))))

    facts = Drawn(some(places) if random.random() < 0.5 else frozenset())
    if random.random() < 0.5:
        return Caller(frozenset(actors), frozenset(scopes), facts)
    return Caller(some(actors), some(scopes), facts)


@every_machine
def test_in_any_order_by_anybody_only_what_a_row_admits_happens_and_is_what_is_available(machine: Machine[Any]) -> None:
    table, random = drawn_guards(machine), Random(machine.name)
    for start in (machine.initial, *machine.states):
        state = str(start)
        for _ in range(6):
            state = step(table, state, drawn(random, machine), random)


def step(table: Machine[Drawn], state: str, caller: Caller, random: Random) -> str:
    """Every event asked of the table in its present state; where one of those it admits leads."""
    expected = {event: verdict(table, state, event, caller) for event in table.events()}
    assert {event: asked(table, state, event, caller) for event in expected} == expected
    told = table.available(state, actors=caller.actors, scopes=caller.scopes, facts=caller.facts)
    possible = {event for event, row in expected.items() if row != "EVENT_NOT_NOW"} if caller.actors else set()
    assert {each.event for each in told} == possible
    for each in told:
        row = expected[each.event]
        assert each.allowed == isinstance(row, Transition)
        assert each.allowed or each.reasons[0].code == row
    admitted = [row for row in expected.values() if isinstance(row, Transition)]
    if state in {str(each) for each in table.terminal}:
        assert not told
        assert not admitted
    return str(random.choice(admitted).target) if admitted else state

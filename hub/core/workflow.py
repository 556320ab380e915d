"""State machines as tables: event, from, to, who may, guard, effects. Pure decisions; ``hub.workflow`` applies them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Generic, TypeVar

from hub.core.errors import Denied, Reason, Refused
from hub.core.texts import Text, label_text

F = TypeVar("F")
"""Facts of one aggregate: what its guards look at."""


class Actor(StrEnum):
    """In what capacity a caller may fire an event."""

    LEAD = "LEAD"
    COOPERATING = "COOPERATING"
    PROPOSER = "PROPOSER"
    COUNTERPART = "COUNTERPART"
    MEMBER = "MEMBER"
    OFFICE = "OFFICE"
    CONVENOR = "CONVENOR"
    GOVERNMENT = "GOVERNMENT"
    COURT = "COURT"
    ISSUER = "ISSUER"
    CO_ISSUER = "CO_ISSUER"
    SUBJECT = "SUBJECT"
    COPIED = "COPIED"
    SYSTEM = "SYSTEM"
    REQUESTER = "REQUESTER"
    APPROVER = "APPROVER"
    COMMAND = "COMMAND"
    HOLDER = "HOLDER"
    CREDIT_OFFICE = "CREDIT_OFFICE"
    APPLICANT = "APPLICANT"
    RECOGNISER = "RECOGNISER"
    IMPLEMENTER = "IMPLEMENTER"


@dataclass(frozen=True, slots=True)
class Guard(Generic[F]):
    """A condition with its sentence. ``check`` sees the facts and the payload; payload is None when the caller only
    asks what is possible, and a guard over the payload then passes."""

    name: str
    text: Text
    check: Callable[[F, Any], Iterable[Reason]]


@dataclass(frozen=True, slots=True)
class Effect:
    """What else the event does, in the same transaction. ``apply`` gets the firing (see ``hub.workflow``)."""

    name: str
    text: Text
    apply: Callable[[Any], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Note:
    """Payload of an event that needs none."""

    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Transition(Generic[F]):
    """One row of a table. ``scope`` is the OAuth scope the caller needs besides the capacity."""

    event: str
    sources: tuple[str, ...]
    target: str
    actors: tuple[Actor, ...]
    scope: str
    text: Text
    clause: str
    payload: type = Note
    guards: tuple[Guard[F], ...] = ()
    effects: tuple[Effect, ...] = ()

    def refusals(self, facts: F, payload: object) -> tuple[Reason, ...]:
        return tuple(reason for guard in self.guards for reason in guard.check(facts, payload))


@dataclass(frozen=True, slots=True)
class Availability:
    """An event possible in the current state, and why not for this caller when ``reasons`` is not empty."""

    event: str
    text: Text
    reasons: tuple[Reason, ...]

    @property
    def allowed(self) -> bool:
        return not self.reasons


@dataclass(frozen=True, slots=True)
class Machine(Generic[F]):
    """A named table. The first state is where an aggregate starts; terminal states have no way out."""

    name: str
    text: Text
    states: type[StrEnum]
    initial: str
    terminal: frozenset[str]
    transitions: tuple[Transition[F], ...]

    def events(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(transition.event for transition in self.transitions))

    def candidates(self, event: str) -> tuple[Transition[F], ...]:
        return tuple(transition for transition in self.transitions if transition.event == event)

    def state_label(self, state: str) -> str:
        return label_text(f"{self.states.__name__}.{state}").zh

    def decide(
        self, state: str, event: str, *, actors: frozenset[Actor], scopes: frozenset[str], facts: F, payload: object
    ) -> Transition[F]:
        """The row that applies. Raises ``Refused`` with every reason: wrong moment, actor or scope, or guards."""
        now = [transition for transition in self.candidates(event) if state in transition.sources]
        if not now:
            about = {"event": self._event_label(event), "state": self.state_label(state)}
            raise Refused(Reason("EVENT_NOT_NOW", ("event",), about))
        mine = [transition for transition in now if actors.intersection(transition.actors)]
        if not mine:
            reason = _actor_reason(now)
            raise Denied(reason, audit_note=f"{self.name}:{event} needs {reason.params['actors']}")
        open_ = [transition for transition in mine if transition.scope in scopes]
        if not open_:
            raise Denied(_scope_reason(mine[0]), audit_note=f"scope {mine[0].scope}")
        refusals = [transition.refusals(facts, payload) for transition in open_]
        for transition, reasons in zip(open_, refusals, strict=True):
            if not reasons:
                return transition
        raise Refused(*refusals[0])

    def available(
        self, state: str, *, actors: frozenset[Actor], scopes: frozenset[str], facts: F
    ) -> tuple[Availability, ...]:
        """Every event of the current state, with the reasons that keep this caller from it. Empty for onlookers."""
        if not actors:
            return ()
        now = [transition for transition in self.transitions if state in transition.sources]
        found: dict[str, Availability] = {}
        for event in dict.fromkeys(transition.event for transition in now):
            rows = [transition for transition in now if transition.event == event]
            found[event] = Availability(event, rows[0].text, _obstacles(rows, actors, scopes, facts))
        return tuple(found.values())

    def _event_label(self, event: str) -> str:
        return next(transition.text.zh for transition in self.candidates(event))


def _obstacles(
    rows: Sequence[Transition[F]], actors: frozenset[Actor], scopes: frozenset[str], facts: F
) -> tuple[Reason, ...]:
    """What keeps the caller from an event: nothing when one of its rows lets it through."""
    mine = [row for row in rows if actors.intersection(row.actors)]
    if not mine:
        return (_actor_reason(rows),)
    open_ = [row for row in mine if row.scope in scopes]
    if not open_:
        return (_scope_reason(mine[0]),)
    refusals = [row.refusals(facts, None) for row in open_]
    return next((reasons for reasons in refusals if not reasons), refusals[0])


def _scope_reason(transition: Transition[Any]) -> Reason:
    return Reason("SCOPE_REQUIRED", params={"scope": transition.scope})


def _actor_reason(rows: Sequence[Transition[Any]]) -> Reason:
    actors = dict.fromkeys(actor for row in rows for actor in row.actors)
    who = "、".join(label_text(f"Actor.{actor.value}").zh for actor in actors)
    return Reason("ACTOR_NOT_PERMITTED", params={"event": rows[0].text.zh, "actors": who})

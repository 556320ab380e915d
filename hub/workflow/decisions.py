"""Events decided by whom the policy pack names: the body in session, the convenor, the government or the office.

A resolution of a held meeting always decides, except what is the government's own; who may decide alone follows the
pack. One event becomes one row of the table for each capacity.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from uuid import UUID

from hub.core.errors import Reason
from hub.core.texts import Text
from hub.core.workflow import Actor, Guard, Transition
from hub.policy.specification import Approver

F = TypeVar("F")

ALONE: dict[Approver, frozenset[Actor]] = {
    Approver.BODY: frozenset(),
    Approver.CONVENOR: frozenset({Actor.CONVENOR}),
    Approver.OFFICE: frozenset({Actor.OFFICE, Actor.CONVENOR}),
    Approver.GOVERNMENT: frozenset({Actor.GOVERNMENT}),
}
"""Who may decide without a meeting. The convenor may do what the office may: the office works for it."""

NEEDED = {
    Approver.CONVENOR: "CONVENOR_REQUIRED",
    Approver.OFFICE: "OFFICE_REQUIRED",
    Approver.GOVERNMENT: "GOVERNMENT_REQUIRED",
}
TEXTS = {
    Actor.OFFICE: Text(
        "政策包规定由办公室决定，或引用会议议定事项", "the pack names the office, or a resolution decides"
    ),
    Actor.CONVENOR: Text(
        "政策包规定由召集人决定，或引用会议议定事项", "the pack names the convenor, or a resolution decides"
    ),
    Actor.GOVERNMENT: Text("政策包规定由政府决定", "the pack names the government"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision(Generic[F]):
    """Who decides an event. Payloads have ``resolution_id``: the resolution that decides, when a meeting did.

    ``missing`` is the reason where the body must decide and no resolution says so. ``consent`` tells of a payload
    whether the office records a consent that the convenor gave on paper.
    """

    approver: Callable[[F], Approver]
    resolutions: Callable[[F], Collection[UUID]]
    missing: str = "DECISION_NEEDS_MEETING"
    consent: Callable[[Any], bool] | None = None

    def rows(self, *, guards: tuple[Guard[F], ...] = (), **row: Any) -> tuple[Transition[F], ...]:
        """The rows of the event; ``row`` holds what they share (see ``Transition``)."""
        return tuple(Transition(actors=(actor,), guards=(*guards, self._guard(actor)), **row) for actor in TEXTS)

    def _guard(self, actor: Actor) -> Guard[F]:
        return Guard(
            f"decidedBy{actor.value.title()}", TEXTS[actor], lambda facts, given: self._check(actor, facts, given)
        )

    def _check(self, actor: Actor, facts: F, given: Any) -> Iterable[Reason]:
        approver, resolutions = self.approver(facts), self.resolutions(facts)
        by_meeting = approver is not Approver.GOVERNMENT and actor is not Actor.GOVERNMENT
        named = None if given is None else given.resolution_id
        if named is not None:
            decided = by_meeting and named in resolutions
            return () if decided else (self._reason(Approver.BODY if by_meeting else approver),)
        if actor in ALONE[approver] or self._consented(actor, approver, given):
            return ()
        if given is None and by_meeting and resolutions:
            return ()
        return (self._reason(approver),)

    def _consented(self, actor: Actor, approver: Approver, given: Any) -> bool:
        if self.consent is None or actor is not Actor.OFFICE or approver is not Approver.CONVENOR:
            return False
        return given is None or self.consent(given)

    def _reason(self, approver: Approver) -> Reason:
        if approver is Approver.BODY:
            return Reason(self.missing, ("resolutionId",))
        return Reason(NEEDED[approver])

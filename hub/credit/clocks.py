"""Periods in the life of a listing: told by the court, or counted by the pack or the law, each with its clause."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from hub.canonical.exchange_codes import DeletionGround, DishonestyStatus, ListingClock
from hub.canonical.records import Listing
from hub.core.clock import local_date
from hub.policy.calendar import WorkingCalendar
from hub.policy.deadlines import Deadline, compute
from hub.policy.pack import PolicyPack
from hub.policy.statutory import StatutoryClock, load_statutory_clocks
from hub.subjects.mirroring import Told

S, K = DishonestyStatus, ListingClock
_GRACE, _DELETE = "dishonesty.grace", "dishonesty.delete"
PACK_KEYS = {K.GRACE: _GRACE, K.DELETION: _DELETE}
"""Periods that the pack counts; the others are the law's."""
_TOLD = "法院报文"
_UNTERMED = 1
"""Ground 1, able to perform but refusing, knows no term (art. 2)."""


@dataclass(frozen=True, slots=True)
class Counted:
    kind: ListingClock
    anchor_on: date
    due_on: date
    clause: str
    told: bool = False
    provisional: bool = False


@dataclass(frozen=True, slots=True)
class Counting:
    """Counts what a step of the life sets running."""

    pack: PolicyPack
    calendar: WorkingCalendar

    def started(self, told: Told[Listing], event: str) -> Iterator[Counted]:
        listing, on = told.record, local_date(told.order[0])
        if listing.status is S.IN_GRACE:
            yield self._pack(K.GRACE, _GRACE, listing.decided_on or on, listing.grace_until)
        if listing.status is S.PUBLISHED and event != "rejectObjection":
            yield from self._term(listing)
        if listing.status is S.CORRECTION_PENDING:
            yield self._law(K.OBJECTION, "listing.correction.examine", on)
        if listing.status is S.RECONSIDERING:
            yield self._law(K.RECONSIDERATION, "listing.reconsider.decide", on)
        if listing.status is S.DELETE_DUE:
            yield self._pack(K.DELETION, _DELETE, listing.deletion_ground_on or on, None)
        if listing.status is S.DELETED_SHIELDED and listing.deletion_ground is DeletionGround.CREDITOR_REQUEST:
            yield self._law(K.RELISTING_BAR, "listing.relist_bar", listing.deleted_on or on)

    def _term(self, listing: Listing) -> Iterator[Counted]:
        from_ = listing.published_on or listing.listed_on
        if listing.term_until is not None:
            yield Counted(K.TERM, from_, listing.term_until, _TOLD, told=True)
        elif listing.grounds and _UNTERMED not in listing.grounds:
            yield self._law(K.TERM, "listing.term", from_)

    def _pack(self, kind: ListingClock, key: str, anchor_on: date, told: date | None) -> Counted:
        if told is not None:
            return Counted(kind, anchor_on, told, _TOLD, told=True)
        basis = self.pack.basis(key)
        return _counted(kind, self.pack.deadline(key, anchor_on, self.calendar), basis.clause or key)

    def _law(self, kind: ListingClock, key: str, anchor_on: date) -> Counted:
        clock = _law()[key]
        assert clock.rule is not None
        return _counted(kind, compute(clock.rule, anchor_on, self.calendar, basis=clock.basis), clock.source)


def _counted(kind: ListingClock, deadline: Deadline, clause: str) -> Counted:
    return Counted(kind, deadline.anchor_on, deadline.due_on, clause, provisional=deadline.provisional)


@cache
def _law() -> dict[str, StatutoryClock]:
    return dict(load_statutory_clocks())


MET_BY = {
    K.GRACE: (S.AVERTED, S.LISTED, S.PUBLISHED, S.REVOKED),
    K.OBJECTION: (S.PUBLISHED, S.REVOKED, S.RECONSIDERING),
    K.RECONSIDERATION: (S.PUBLISHED, S.REVOKED),
    K.DELETION: (S.DELETED_SHIELDED, S.REVOKED),
    K.TERM: (S.DELETED_SHIELDED, S.REVOKED),
}
"""What ends each period; a bar on re-listing ends by itself."""

"""A portion of one source's messages brought to the slices: policy first, then subjects, cases, lists and listings."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from hub.audit.catalogue import AuditAction
from hub.audit.recorder import Target, record
from hub.canonical.exchange_codes import CaseListKind, Confidentiality, InboxStatus, IssueKind, MirrorStatus
from hub.canonical.records import ListEntry, Listing, Message, RestrictionOrder
from hub.cases.service import MIRROR as ENTRIES
from hub.cases.service import ToldCase, keep_cases
from hub.cases.tagging import KINDS, keep_tags
from hub.core.errors import Reason
from hub.core.keyring import KeyRing
from hub.core.texts import label_text
from hub.credit.clocks import Counting
from hub.credit.life import Judged, Life
from hub.db.session import SystemSession
from hub.ingest.issues import open_issues
from hub.ingest.relaying import relayed, take_over
from hub.policy.calendar import WorkingCalendar
from hub.policy.pack import PolicyPack
from hub.policy.parameter_sets.codes import Narrative
from hub.restriction.mirror import Orders
from hub.subjects.home import Home
from hub.subjects.mirroring import R, Told, Verdict
from hub.subjects.resolving import Resolved, Resolver
from hub.subjects.units import open_matches, plain_name

_OF_ANYBODY = (CaseListKind.DISHONEST, CaseListKind.CONSUMPTION_RESTRICTION)
_LISTS, _ORDERS = "push.case_lists", "push.consumption_restrictions"
_NARRATIVE = "push.narrative"
_STATEMENTS: dict[Narrative, Callable[[Any], object]] = {
    Narrative.CASE_FACTS: lambda listing: listing.case_facts,
    Narrative.EXECUTION_BASIS: lambda listing: listing.execution_basis,
    Narrative.DISHONEST_CONDUCT: lambda listing: listing.conduct and listing.grounds,
}


@dataclass(frozen=True, slots=True)
class Arrived:
    """A message as read, and where it is kept. ``key`` is what it is about."""

    id: UUID
    message: Message
    key: str
    content_digest: str
    received_at: datetime


@dataclass(frozen=True, slots=True)
class Outcome:
    id: UUID
    state: InboxStatus
    reasons: tuple[Reason, ...] = ()
    match_id: UUID | None = None


_BY_VERDICT = {
    Verdict.NEWER: (InboxStatus.APPLIED, ()),
    Verdict.SAME: (InboxStatus.APPLIED, ()),
    Verdict.OLDER: (InboxStatus.SUPERSEDED, ()),
    Verdict.CONFLICT: (InboxStatus.QUARANTINED, (Reason("MESSAGE_CONFLICT"),)),
}


@dataclass(slots=True)
class Applier:
    """One portion in one transaction; no two of its messages are about the same thing."""

    session: SystemSession
    keyring: KeyRing
    home: Home
    pack: PolicyPack
    calendar: WorkingCalendar
    now: datetime
    outcomes: dict[UUID, Outcome] = field(default_factory=dict)

    async def apply(self, arrived: Sequence[Arrived]) -> dict[UUID, Outcome]:
        shared = [each for each in arrived if self._shares(each) and self._tags_shared(each)]
        resolver = Resolver(self.session, self.keyring, self.home, self.pack)
        resolved = await resolver.resolve([each.message.record.subject for each in shared])
        ready, unknown = [], []
        for each, subject in zip(shared, resolved, strict=True):
            if subject.unknown:
                unknown.append(each)
            elif self._may_list(each, subject) and self._tells_enough(each, subject):
                ready.append((each, subject))
        await self._ask(unknown)
        for home, group in await self._by_home(ready):
            await self._bring(home, group)
        return self.outcomes

    async def _by_home(
        self, ready: list[tuple[Arrived, Resolved]]
    ) -> list[tuple[Home, list[tuple[Arrived, Resolved]]]]:
        """A court's messages are at home with it; what is relayed, with the court of each case."""
        if not ready or not self.home.relays:
            return [(self.home, ready)] if ready else []
        found = await relayed(self.session, self.home, ready)
        for each, state, reason in found.refused:
            self._end(each, state, reason)
        return found.by_court

    def _shares(self, each: Arrived) -> bool:
        """Purpose before data: only lists that the jurisdiction's notice provides for."""
        kind = each.message.record.list_kind
        of_court = kind is CaseListKind.CONSUMPTION_RESTRICTION
        if self.pack.flag(_ORDERS) if of_court else kind.value in self.pack.codes(_LISTS):
            return True
        self._end(each, InboxStatus.QUARANTINED, Reason("LIST_NOT_SHARED"))
        return False

    def _tags_shared(self, each: Arrived) -> bool:
        tags = each.message.record.case.tags
        if tags is None or set(tags.kinds) <= set(self.pack.codes(KINDS)):
            return True
        self._end(each, InboxStatus.QUARANTINED, Reason("TAG_NOT_SHARED"))
        return False

    def _may_list(self, each: Arrived, subject: Resolved) -> bool:
        if subject.government or each.message.record.list_kind in _OF_ANYBODY:
            return True
        self._end(each, InboxStatus.QUARANTINED, Reason("LIST_GOVERNMENT_ONLY"))
        return False

    def _tells_enough(self, each: Arrived, subject: Resolved) -> bool:
        """The statements that the notice asks of a push of a public body in default; a shell tells none."""
        record_ = each.message.record
        standing = isinstance(record_, Listing) and record_.mirror_status is MirrorStatus.ACTIVE
        if not standing or not subject.government or record_.case.confidentiality is not Confidentiality.NORMAL:
            return True
        asked = [code for code in map(Narrative, self.pack.codes(_NARRATIVE)) if not _STATEMENTS[code](record_)]
        labels = [(code.value, label_text(f"Narrative.{code.value}").zh) for code in asked]
        reasons = [Reason("NARRATIVE_MISSING", (code,), {"statement": label}) for code, label in labels]
        if reasons:
            self._end(each, InboxStatus.NEEDS_INFORMATION, *reasons)
        return not reasons

    async def _ask(self, unknown: Sequence[Arrived]) -> None:
        """A person must say who they are; the messages wait until then."""
        names = {each.id: plain_name(each.message.record.subject.name) for each in unknown}
        matches = await open_matches(self.session, self.home, sorted(set(names.values())))
        for each in unknown:
            reason = Reason("SUBJECT_UNMATCHED")
            self.outcomes[each.id] = Outcome(each.id, InboxStatus.NEEDS_INFORMATION, (reason,), matches[names[each.id]])
        about = [str(match) for match in matches.values()]
        await open_issues(self.session, self.home, IssueKind.SUBJECT_UNMATCHED, about, at=self.now)

    def _end(self, each: Arrived, state: InboxStatus, *reasons: Reason) -> None:
        self.outcomes[each.id] = Outcome(each.id, state, reasons)

    async def _bring(self, home: Home, ready: Sequence[tuple[Arrived, Resolved]]) -> None:
        await take_over(self.session, home, [each.key for each, _ in ready])
        told = [ToldCase(each.message.record.case, each.message.occurred_at, each.received_at) for each, _ in ready]
        cases = await keep_cases(self.session, home, told)
        await keep_tags(self.session, home, self.pack, cases, told)
        entries: list[Told[ListEntry]] = []
        listings: list[Told[Listing]] = []
        orders: list[Told[RestrictionOrder]] = []
        for each, subject in ready:
            record_ = each.message.record
            case_id = cases[record_.case.case_number]
            if isinstance(record_, ListEntry):
                entries.append(self._told(record_, each, subject, case_id))
            elif isinstance(record_, RestrictionOrder):
                orders.append(self._told(record_, each, subject, case_id))
            else:
                listings.append(self._told(record_, each, subject, case_id))
        judged = dict(zip([t.message_key for t in entries], await self._entries(home, entries), strict=True))
        judged |= dict(zip([t.message_key for t in listings], await self._listings(home, listings), strict=True))
        judged |= dict(zip([t.message_key for t in orders], await self._orders(home, orders), strict=True))
        for each, _ in ready:
            state, reasons = _BY_VERDICT[judged[each.id].verdict]
            self._end(each, state, *(judged[each.id].reasons or reasons))
        newer = sum(found.verdict is Verdict.NEWER for found in judged.values())
        await record(
            self.session,
            home.principal,
            AuditAction.MESSAGES_APPLIED,
            at=self.now,
            target=Target("InboxMessage", None, home.path),
            detail={"messages": len(ready), "applied": newer},
        )

    async def _entries(self, home: Home, told: list[Told[ListEntry]]) -> list[Judged]:
        return [Judged(each) for each in await ENTRIES.apply(self.session, home, told)] if told else []

    async def _listings(self, home: Home, told: list[Told[Listing]]) -> list[Judged]:
        counting = Counting(self.pack, self.calendar)
        return await Life(self.session, self.keyring, home, counting, self.now).apply(told) if told else []

    async def _orders(self, home: Home, told: list[Told[RestrictionOrder]]) -> list[Judged]:
        orders = Orders(self.session, self.keyring, home, self.pack, self.now)
        return [Judged(each) for each in await orders.apply(told)] if told else []

    def _told(self, record_: R, each: Arrived, subject: Resolved, case_id: UUID) -> Told[R]:
        message = each.message
        return Told(
            record=record_,
            key=each.key,
            order=(message.occurred_at, message.sequence, message.version),
            received_at=each.received_at,
            message_key=each.id,
            content_digest=each.content_digest,
            subject=subject,
            case_id=case_id,
        )

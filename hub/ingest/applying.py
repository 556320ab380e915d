"""A portion of one source's messages brought to the slices: policy first, then subjects, cases, lists and listings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from hub.audit.catalogue import AuditAction
from hub.audit.recorder import Target, record
from hub.canonical.exchange_codes import CaseListKind, InboxStatus, IssueKind
from hub.canonical.records import ListEntry, Listing, Message
from hub.cases.service import MIRROR as ENTRIES
from hub.cases.service import keep_cases
from hub.core.errors import Reason
from hub.core.keyring import KeyRing
from hub.credit.clocks import Counting
from hub.credit.life import Judged, Life
from hub.db.session import SystemSession
from hub.events.outbox import publish
from hub.ingest.door import business_key
from hub.ingest.issues import open_issues
from hub.policy.calendar import WorkingCalendar
from hub.policy.pack import PolicyPack
from hub.subjects.home import Home
from hub.subjects.mirroring import R, Told, Verdict
from hub.subjects.resolving import Resolved, Resolver
from hub.subjects.units import open_match, plain_name

_LISTS = "push.case_lists"


@dataclass(frozen=True, slots=True)
class Arrived:
    """A message as read, and where it is kept."""

    id: UUID
    message: Message
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
        shared = [each for each in arrived if self._shares(each)]
        resolver = Resolver(self.session, self.keyring, self.home, self.pack)
        resolved = await resolver.resolve([each.message.record.subject for each in shared])
        ready = []
        for each, subject in zip(shared, resolved, strict=True):
            if subject.unknown:
                await self._ask(each)
            elif self._may_list(each, subject):
                ready.append((each, subject))
        if ready:
            await self._bring(ready)
        return self.outcomes

    def _shares(self, each: Arrived) -> bool:
        """Purpose before data: only lists that the jurisdiction's notice provides for."""
        if each.message.record.list_kind.value in self.pack.codes(_LISTS):
            return True
        self._end(each, InboxStatus.QUARANTINED, Reason("LIST_NOT_SHARED"))
        return False

    def _may_list(self, each: Arrived, subject: Resolved) -> bool:
        if subject.government or each.message.record.list_kind is CaseListKind.DISHONEST:
            return True
        self._end(each, InboxStatus.QUARANTINED, Reason("LIST_GOVERNMENT_ONLY"))
        return False

    async def _ask(self, each: Arrived) -> None:
        """A person must say who it is; the message waits until then."""
        name = plain_name(each.message.record.subject.name)
        match = await open_match(self.session, self.home, name)
        reason = Reason("SUBJECT_UNMATCHED")
        self.outcomes[each.id] = Outcome(each.id, InboxStatus.NEEDS_INFORMATION, (reason,), match)
        await open_issues(self.session, self.home, IssueKind.SUBJECT_UNMATCHED, [str(match)], at=self.now)

    def _end(self, each: Arrived, state: InboxStatus, *reasons: Reason) -> None:
        self.outcomes[each.id] = Outcome(each.id, state, reasons)

    async def _bring(self, ready: Sequence[tuple[Arrived, Resolved]]) -> None:
        cases = await keep_cases(self.session, self.home, [each.message.record.case for each, _ in ready])
        entries: list[Told[ListEntry]] = []
        listings: list[Told[Listing]] = []
        for each, subject in ready:
            record_ = each.message.record
            case_id = cases[record_.case.case_number]
            if isinstance(record_, ListEntry):
                entries.append(self._told(record_, each, subject, case_id))
            else:
                listings.append(self._told(record_, each, subject, case_id))
        judged = dict(zip([t.message_key for t in entries], await self._entries(entries), strict=True))
        judged |= dict(zip([t.message_key for t in listings], await self._listings(listings), strict=True))
        for each, subject in ready:
            state, reasons = _BY_VERDICT[judged[each.id].verdict]
            self._end(each, state, *(judged[each.id].reasons or reasons))
            if judged[each.id].verdict is Verdict.NEWER and isinstance(each.message.record, ListEntry):
                await self._tell(each, subject)
        newer = sum(found.verdict is Verdict.NEWER for found in judged.values())
        await record(
            self.session,
            self.home.principal,
            AuditAction.MESSAGES_APPLIED,
            at=self.now,
            target=Target("InboxMessage", None, self.home.path),
            detail={"messages": len(ready), "applied": newer},
        )

    async def _entries(self, told: list[Told[ListEntry]]) -> list[Judged]:
        return [Judged(each) for each in await ENTRIES.apply(self.session, self.home, told)] if told else []

    async def _listings(self, told: list[Told[Listing]]) -> list[Judged]:
        counting = Counting(self.pack, self.calendar)
        return await Life(self.session, self.keyring, self.home, counting, self.now).apply(told) if told else []

    def _told(self, record_: R, each: Arrived, subject: Resolved, case_id: UUID) -> Told[R]:
        message = each.message
        return Told(
            record=record_,
            key=business_key(self.keyring, message),
            order=(message.occurred_at, message.sequence, message.version),
            received_at=each.received_at,
            message_key=each.id,
            content_digest=each.content_digest,
            subject=subject,
            case_id=case_id,
        )

    async def _tell(self, each: Arrived, subject: Resolved) -> None:
        """The unit's system learns that something about it has changed, and reads it by its own right."""
        if subject.organization_id is None:
            return
        await publish(
            self.session,
            tenant_id=self.home.tenant_id,
            type_="caselist.changed",
            key=f"caselist:{each.id}",
            ids={"messageKey": str(each.id), "organizationId": str(subject.organization_id)},
        )

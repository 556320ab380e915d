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
from hub.credit.service import MIRROR as LISTINGS
from hub.db.session import SystemSession
from hub.events.outbox import Event, publish_all
from hub.ingest.issues import open_issues
from hub.policy.pack import PolicyPack
from hub.subjects.home import Home
from hub.subjects.mirroring import Brought, R, Told, Verdict
from hub.subjects.resolving import Resolved, Resolver
from hub.subjects.units import open_matches, plain_name

_LISTS = "push.case_lists"


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
    now: datetime
    outcomes: dict[UUID, Outcome] = field(default_factory=dict)

    async def apply(self, arrived: Sequence[Arrived]) -> dict[UUID, Outcome]:
        shared = [each for each in arrived if self._shares(each)]
        resolver = Resolver(self.session, self.keyring, self.home, self.pack)
        resolved = await resolver.resolve([each.message.record.subject for each in shared])
        ready, unknown = [], []
        for each, subject in zip(shared, resolved, strict=True):
            if subject.unknown:
                unknown.append(each)
            elif self._may_list(each, subject):
                ready.append((each, subject))
        await self._ask(unknown)
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
        brought = dict(zip([t.message_key for t in entries], await self._entries(entries), strict=True))
        brought |= dict(zip([t.message_key for t in listings], await self._listings(listings), strict=True))
        for each, _ in ready:
            state, reasons = _BY_VERDICT[brought[each.id].verdict]
            self._end(each, state, *reasons)
        newer = [pair for pair in ready if brought[pair[0].id].verdict is Verdict.NEWER]
        await publish_all(
            self.session,
            [
                self._event(each, brought[each.id].row_id, unit.organization_id)
                for each, unit in newer
                if unit.organization_id
            ],
        )
        await record(
            self.session,
            self.home.principal,
            AuditAction.MESSAGES_APPLIED,
            at=self.now,
            target=Target("InboxMessage", None, self.home.path),
            detail={"messages": len(ready), "applied": len(newer)},
        )

    async def _entries(self, told: list[Told[ListEntry]]) -> list[Brought]:
        return await ENTRIES.apply(self.session, self.home, told) if told else []

    async def _listings(self, told: list[Told[Listing]]) -> list[Brought]:
        return await LISTINGS.apply(self.session, self.home, told) if told else []

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

    def _event(self, each: Arrived, row_id: UUID, organization_id: UUID) -> Event:
        """The unit's system learns that something about it has changed, and reads it by its own right."""
        kind = "dishonesty" if isinstance(each.message.record, Listing) else "caselist"
        ids = {"id": str(row_id), "messageKey": str(each.id), "organizationId": str(organization_id)}
        return Event(self.home.tenant_id, f"{kind}.changed", f"{kind}:{row_id}", ids)

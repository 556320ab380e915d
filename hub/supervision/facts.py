"""What the guards of a notice look at, and in what capacity a caller meets it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from hub.access.capacity import is_government
from hub.canonical.supervision_codes import NoticeSigner, RecipientRole
from hub.core.clock import local_date
from hub.core.principal import Principal
from hub.core.workflow import Actor
from hub.db.models import NoticeRecipient, NoticeSignature, SupervisionNotice
from hub.policy.store import PolicyStore
from hub.supervision.policies import SupervisionPolicy, supervision_policies


@dataclass(frozen=True, slots=True)
class NoticeFacts:
    """Facts of one notice for one caller. ``acting_id`` is the unit for which the caller acts."""

    notice: SupervisionNotice
    recipients: Mapping[UUID, NoticeRecipient]
    signed: frozenset[UUID]
    policy: SupervisionPolicy
    now: datetime
    acting_id: UUID | None
    government: bool
    """Whether the caller speaks for the government of the place."""

    @property
    def today(self) -> date:
        return local_date(self.now)

    @property
    def overdue(self) -> bool:
        return self.notice.due_at is not None and self.notice.due_at <= self.now

    @property
    def signs_for_issuer(self) -> bool:
        """Whether the caller's is the signature that the issuer's side needs."""
        if self.policy.signer is NoticeSigner.GOVERNMENT:
            return self.government
        return self.acting_id == self.notice.issuer_id

    def is_last_signature(self) -> bool:
        """Whether with the caller's signature every one that is needed has been given."""
        if self.acting_id is None:
            return False
        after, others = self.signed | {self.acting_id}, set(self.notice.co_issuer_ids)
        return others <= after and bool(after - others)


async def load_notice_facts(
    session: AsyncSession, principal: Principal, store: PolicyStore, notices: Sequence[SupervisionNotice], now: datetime
) -> dict[UUID, NoticeFacts]:
    """Facts of each notice, by its id."""
    ids = [notice.id for notice in notices]
    recipients: defaultdict[UUID, dict[UUID, NoticeRecipient]] = defaultdict(dict)
    for row in await session.scalars(select(NoticeRecipient).where(NoticeRecipient.notice_id.in_(ids))):
        recipients[row.notice_id][row.organization_id] = row
    signed: defaultdict[UUID, set[UUID]] = defaultdict(set)
    signatures = select(NoticeSignature.notice_id, NoticeSignature.organization_id)
    for notice_id, organization_id in await session.execute(signatures.where(NoticeSignature.notice_id.in_(ids))):
        signed[notice_id].add(organization_id)
    policies = await supervision_policies(store, session, notices, local_date(now))
    return {
        notice.id: NoticeFacts(
            notice=notice,
            recipients=recipients[notice.id],
            signed=frozenset(signed[notice.id]),
            policy=policies[notice.jurisdiction_id],
            now=now,
            acting_id=principal.on_behalf_of or principal.organization_id,
            government=principal.on_behalf_of is None and is_government(principal, notice.jurisdiction_path),
        )
        for notice in notices
    }


def notice_actors(principal: Principal, facts: NoticeFacts) -> frozenset[Actor]:
    """In what capacities the caller, or the unit it records for, meets the notice."""
    notice, own = facts.notice, facts.acting_id
    recording = principal.on_behalf_of is not None
    recipient = facts.recipients.get(own) if own is not None else None
    capacities = {
        Actor.ISSUER: not recording and own == notice.issuer_id,
        Actor.CO_ISSUER: not recording and own in notice.co_issuer_ids,
        Actor.GOVERNMENT: facts.government,
        Actor.SUBJECT: recipient is not None and recipient.role is RecipientRole.SUBJECT,
        Actor.COPIED: recipient is not None and recipient.role is not RecipientRole.SUBJECT,
    }
    return frozenset(actor for actor, held in capacities.items() if held)

"""What the policy pack in force means for supervision: typed answers, no day counts in code."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from hub.canonical.supervision_codes import NoticeKind, NoticeSigner
from hub.policy.pack import PolicyPack
from hub.policy.store import PolicyStore
from hub.workflow.rows import Placed


@dataclass(frozen=True, slots=True)
class SupervisionPolicy:
    """Reading of one pack for notices."""

    pack: PolicyPack

    @property
    def signer(self) -> NoticeSigner:
        """Whose leader signs for the issuer."""
        return NoticeSigner(self.pack.choice("notice.signer"))

    @property
    def mark(self) -> str:
        return self.pack.text("notice.mark").zh

    @property
    def reminds_on_filing(self) -> bool:
        return self.pack.flag("reminder.on_filing")

    @property
    def urges_on_loss(self) -> bool:
        return self.pack.flag("urging.on_loss")

    @property
    def urges_by_court_period(self) -> bool:
        return self.pack.flag("urging.by_court_period")

    @property
    def orders_on_listing(self) -> bool:
        return self.pack.flag("order.on_listing")

    @property
    def order_kind(self) -> NoticeKind:
        return NoticeKind(self.pack.choice("order.kind"))

    @property
    def orders_with_court(self) -> bool:
        return self.pack.flag("order.with_court")

    @property
    def copies_superior(self) -> bool:
        return self.pack.flag("notice.copies_superior")

    @property
    def most_extensions(self) -> int:
        return self.pack.number("notice.extension.most")

    @property
    def alert_before(self) -> tuple[int, ...]:
        return self.pack.days("urging.alert.before")

    @property
    def alert_after(self) -> tuple[int, ...]:
        return self.pack.days("notice.alert.after")

    @property
    def escalate_after(self) -> int:
        return self.pack.number("notice.escalate.after")

    @property
    def restricts_awards(self) -> bool:
        return self.pack.flag("award.restricted")

    def clause(self, key: str) -> str | None:
        return self.pack.basis(key).clause


async def supervision_policy(
    store: PolicyStore, session: AsyncSession, jurisdiction_id: UUID, on: date
) -> SupervisionPolicy:
    """The reading of the pack in force for a jurisdiction."""
    return SupervisionPolicy(await store.pack(session, jurisdiction_id, on))


async def supervision_policies(
    store: PolicyStore, session: AsyncSession, rows: Iterable[Placed], on: date
) -> dict[UUID, SupervisionPolicy]:
    """The readings for the jurisdictions of rows, each asked for once."""
    places = {row.jurisdiction_id for row in rows}
    return {place: await supervision_policy(store, session, place, on) for place in places}

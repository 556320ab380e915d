"""Special enforcement campaigns: who takes part, what banks hand in, what courts recover, and the figures frozen."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, ForeignKeyConstraint, Index, String, UniqueConstraint, Uuid
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from hub.canonical.campaign import CampaignCapacity, CampaignKind, CampaignStatus
from hub.db.base import Base, Staged, Tenanted, Timestamped, Versioned, code_list


class Campaign(Tenanted, Staged, Versioned, Base):
    """Figures are of recoveries up to ``cut_off_on`` (inclusive); ``party_ids`` is who may see that there is one."""

    __tablename__ = "campaign"
    __table_args__ = (Index("ix_campaign_order", "starts_on", "id"),)

    kind: Mapped[CampaignKind] = mapped_column(code_list(CampaignKind, "kind"))
    title: Mapped[str] = mapped_column(String(200))
    status: Mapped[CampaignStatus] = mapped_column(code_list(CampaignStatus, "status"))
    office_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))
    party_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid()))
    starts_on: Mapped[date] = mapped_column()
    cut_off_on: Mapped[date] = mapped_column()


class CampaignParticipant(Tenanted, Timestamped, Base):
    __tablename__ = "campaign_participant"
    __table_args__ = (
        ForeignKeyConstraint(["campaign_id", "tenant_id"], ["campaign.id", "campaign.tenant_id"]),
        UniqueConstraint("campaign_id", "organization_id", "tenant_id"),
    )

    campaign_id: Mapped[UUID] = mapped_column()
    office_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))
    organization_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))
    capacity: Mapped[CampaignCapacity] = mapped_column(code_list(CampaignCapacity, "capacity"))


class CampaignCase(Tenanted, Timestamped, Base):
    """A loan in enforcement, between one bank and one court. The debtor is known by the case, and a company by its
    unified social credit code (GB 32100) as well; no person is named here. ``principal_fen`` is outstanding."""

    __tablename__ = "campaign_case"
    __table_args__ = (
        ForeignKeyConstraint(["campaign_id", "tenant_id"], ["campaign.id", "campaign.tenant_id"]),
        UniqueConstraint("campaign_id", "bank_id", "court_id", "case_number", "tenant_id"),
    )

    campaign_id: Mapped[UUID] = mapped_column()
    bank_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))
    court_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))
    case_number: Mapped[str] = mapped_column(String(64))
    debtor_uscc: Mapped[str | None] = mapped_column(String(18))
    principal_fen: Mapped[int] = mapped_column(BigInteger)
    lent_on: Mapped[date] = mapped_column()
    tagged_at: Mapped[datetime | None] = mapped_column()


class CampaignRecovery(Tenanted, Timestamped, Base):
    """What a court recovered in a case on a day; a mistake is taken back by a row with a negative amount."""

    __tablename__ = "campaign_recovery"
    __table_args__ = (
        ForeignKeyConstraint(["case_id", "tenant_id"], ["campaign_case.id", "campaign_case.tenant_id"]),
        Index("ix_campaign_recovery_case_id", "case_id"),
    )

    case_id: Mapped[UUID] = mapped_column()
    bank_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))
    court_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))
    amount_fen: Mapped[int] = mapped_column(BigInteger)
    recovered_on: Mapped[date] = mapped_column()


class CampaignFigure(Tenanted, Timestamped, Base):
    """Totals at the cut-off, never changed: of one bank or court, or of all when ``organization_id`` is empty.
    A late report makes the next ``figure_version``."""

    __tablename__ = "campaign_figure"
    __table_args__ = (
        ForeignKeyConstraint(["campaign_id", "tenant_id"], ["campaign.id", "campaign.tenant_id"]),
        Index(
            "uq_campaign_figure_version",
            *("campaign_id", "figure_version", "organization_id", "tenant_id"),
            unique=True,
            postgresql_nulls_not_distinct=True,
        ),
    )

    campaign_id: Mapped[UUID] = mapped_column()
    office_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))
    organization_id: Mapped[UUID | None] = mapped_column(ForeignKey("organization.id"))
    figure_version: Mapped[int] = mapped_column()
    cases: Mapped[int] = mapped_column()
    principal_fen: Mapped[int] = mapped_column(BigInteger)
    recovered_fen: Mapped[int] = mapped_column(BigInteger)

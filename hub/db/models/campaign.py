"""Special enforcement campaigns: who takes part, what banks hand in, what courts recover, and the figures frozen."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    String,
    UniqueConstraint,
    Uuid,
    true,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from hub.canonical.campaign import (
    CampaignCapacity,
    CampaignKind,
    CampaignRoundKind,
    CampaignRoundResult,
    CampaignRoundStatus,
    CampaignStatus,
)
from hub.core.keyring import Sealed
from hub.db.base import Base, Staged, Tenanted, Timestamped, Versioned, code_list
from hub.db.types import Encrypted


class Campaign(Tenanted, Staged, Versioned, Base):
    """Figures are of recoveries up to ``cut_off_on`` (inclusive); ``party_ids`` is who may see that there is one.
    ``kind_label`` and ``clause`` are what the policy pack called the kind, and by which clause, when it was opened;
    ``with_banks`` whether banks tell the cases, or courts do."""

    __tablename__ = "campaign"
    __table_args__ = (Index("ix_campaign_order", "starts_on", "id"),)

    kind: Mapped[CampaignKind] = mapped_column(code_list(CampaignKind, "kind"))
    kind_label: Mapped[str | None] = mapped_column(String(100))
    clause: Mapped[str | None] = mapped_column(String(200))
    with_banks: Mapped[bool] = mapped_column(default=True, server_default=true())
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


class CampaignList(Tenanted, Timestamped, Base):
    """A list as it was taken in: how many rows it had, and how many of them were new. ``teller_id`` is the bank, or the
    court of a campaign without banks. What was told before makes no list again."""

    __tablename__ = "campaign_list"
    __table_args__ = (
        ForeignKeyConstraint(["campaign_id", "tenant_id"], ["campaign.id", "campaign.tenant_id"]),
        Index("ix_campaign_list_campaign_id", "campaign_id"),
    )

    campaign_id: Mapped[UUID] = mapped_column()
    teller_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))
    rows: Mapped[int] = mapped_column()
    taken: Mapped[int] = mapped_column()


class CampaignCase(Tenanted, Timestamped, Base):
    """A claim in enforcement, of one bank at one court; ``bank_id`` is empty in a campaign without banks. A case that
    is not filed yet has no ``case_number`` and goes by the number of its loan. ``debtor_masked`` is the name of a
    company, or that of a person masked; name and number of a person are sealed. ``principal_fen`` is outstanding.
    ``list_row`` is its place in its list; ``content_index`` is the keyed blind index of what was told;
    ``legal_case_id`` is the case as its court tells it."""

    __tablename__ = "campaign_case"
    __table_args__ = (
        ForeignKeyConstraint(["campaign_id", "tenant_id"], ["campaign.id", "campaign.tenant_id"]),
        ForeignKeyConstraint(["list_id", "tenant_id"], ["campaign_list.id", "campaign_list.tenant_id"]),
        ForeignKeyConstraint(["legal_case_id", "tenant_id"], ["legal_case.id", "legal_case.tenant_id"]),
        Index(
            "uq_campaign_case_told",
            *("campaign_id", "bank_id", "court_id", "case_number", "loan_number", "tenant_id"),
            unique=True,
            postgresql_nulls_not_distinct=True,
        ),
        Index("ix_campaign_case_legal_case_id", "legal_case_id"),
        CheckConstraint("case_number is not null or loan_number is not null", name="numbered"),
    )

    campaign_id: Mapped[UUID] = mapped_column()
    list_id: Mapped[UUID | None] = mapped_column()
    list_row: Mapped[int] = mapped_column(default=0, server_default="0")
    bank_id: Mapped[UUID | None] = mapped_column(ForeignKey("organization.id"))
    court_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))
    case_number: Mapped[str | None] = mapped_column(String(64))
    loan_number: Mapped[str | None] = mapped_column(String(64))
    debtor_uscc: Mapped[str | None] = mapped_column(String(18))
    debtor_masked: Mapped[str | None] = mapped_column(String(200))
    debtor_sealed: Mapped[Sealed | None] = mapped_column(Encrypted)
    principal_fen: Mapped[int] = mapped_column(BigInteger)
    lent_on: Mapped[date | None] = mapped_column()
    content_index: Mapped[bytes | None] = mapped_column(LargeBinary)
    legal_case_id: Mapped[UUID | None] = mapped_column()
    tagged_at: Mapped[datetime | None] = mapped_column()


class CampaignRecovery(Tenanted, Timestamped, Base):
    """What a court recovered in a case on a day; a mistake is taken back by a row with a negative amount."""

    __tablename__ = "campaign_recovery"
    __table_args__ = (
        ForeignKeyConstraint(["case_id", "tenant_id"], ["campaign_case.id", "campaign_case.tenant_id"]),
        Index("ix_campaign_recovery_case_id", "case_id"),
    )

    case_id: Mapped[UUID] = mapped_column()
    bank_id: Mapped[UUID | None] = mapped_column(ForeignKey("organization.id"))
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


class CampaignRound(Tenanted, Staged, Versioned, Base):
    """A concentrated round of one court: filing, service or execution, from ``starts_on`` to ``ends_on`` (inclusive).
    ``figure_version`` is how often the court reported it."""

    __tablename__ = "campaign_round"
    __table_args__ = (
        ForeignKeyConstraint(["campaign_id", "tenant_id"], ["campaign.id", "campaign.tenant_id"]),
        Index("ix_campaign_round_campaign_id", "campaign_id"),
    )

    campaign_id: Mapped[UUID] = mapped_column()
    office_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))
    court_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))
    kind: Mapped[CampaignRoundKind] = mapped_column(code_list(CampaignRoundKind, "kind"))
    title: Mapped[str] = mapped_column(String(200))
    status: Mapped[CampaignRoundStatus] = mapped_column(code_list(CampaignRoundStatus, "status"))
    starts_on: Mapped[date] = mapped_column()
    ends_on: Mapped[date] = mapped_column()
    note: Mapped[str | None] = mapped_column(String(500))
    figure_version: Mapped[int] = mapped_column(default=0)


class CampaignRoundCase(Tenanted, Timestamped, Base):
    """A case chosen for a round, and what the round came to in it."""

    __tablename__ = "campaign_round_case"
    __table_args__ = (
        ForeignKeyConstraint(["round_id", "tenant_id"], ["campaign_round.id", "campaign_round.tenant_id"]),
        ForeignKeyConstraint(["case_id", "tenant_id"], ["campaign_case.id", "campaign_case.tenant_id"]),
        UniqueConstraint("round_id", "case_id", "tenant_id"),
        Index("ix_campaign_round_case_case_id", "case_id"),
    )

    round_id: Mapped[UUID] = mapped_column()
    case_id: Mapped[UUID] = mapped_column()
    bank_id: Mapped[UUID | None] = mapped_column(ForeignKey("organization.id"))
    court_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))
    result: Mapped[CampaignRoundResult | None] = mapped_column(code_list(CampaignRoundResult, "result"))
    result_on: Mapped[date | None] = mapped_column()


class CampaignRoundFigure(Tenanted, Timestamped, Base):
    """What a court reported of a round, never changed: of one bank, or of all when ``organization_id`` is empty. A
    report after the round was sent back makes the next ``figure_version``."""

    __tablename__ = "campaign_round_figure"
    __table_args__ = (
        ForeignKeyConstraint(["round_id", "tenant_id"], ["campaign_round.id", "campaign_round.tenant_id"]),
        Index(
            "uq_campaign_round_figure_version",
            *("round_id", "figure_version", "organization_id", "tenant_id"),
            unique=True,
            postgresql_nulls_not_distinct=True,
        ),
    )

    round_id: Mapped[UUID] = mapped_column()
    office_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))
    court_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))
    organization_id: Mapped[UUID | None] = mapped_column(ForeignKey("organization.id"))
    figure_version: Mapped[int] = mapped_column()
    cases: Mapped[int] = mapped_column()
    done: Mapped[int] = mapped_column()
    principal_fen: Mapped[int] = mapped_column(BigInteger)
    recovered_fen: Mapped[int] = mapped_column(BigInteger)

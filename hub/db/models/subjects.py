"""Legal and natural persons that cases and listings are about, and those a person has yet to recognise."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ARRAY, ForeignKey, ForeignKeyConstraint, Index, LargeBinary, String, Uuid, text
from sqlalchemy.orm import Mapped, mapped_column

from hub.canonical.exchange_codes import (
    MatchConfidence,
    OrganizationNameKind,
    SubjectMatchStatus,
    SubjectType,
    TransferReason,
)
from hub.core.keyring import Sealed
from hub.db.base import Base, Keyed, Tenanted, Timestamped, Versioned, code_list
from hub.db.types import Encrypted


class Subject(Tenanted, Timestamped, Base):
    """One person or body within a tenant. Natural persons are found by the keyed hash of their identity number; their
    names and numbers are sealed, ``identity_masked`` (GB 11643 number, first three and last four) and ``name_masked``
    are what others may read. ``name`` is whole of bodies alone."""

    __tablename__ = "subject"
    __table_args__ = (
        Index("uq_subject_uscc", "tenant_id", "uscc", unique=True, postgresql_where=text("uscc is not null")),
        Index(
            "uq_subject_identity",
            "tenant_id",
            "identity_hash",
            unique=True,
            postgresql_where=text("identity_hash is not null"),
        ),
        Index(
            "uq_subject_name",
            "tenant_id",
            "name",
            unique=True,
            postgresql_where=text("uscc is null and identity_hash is null"),
        ),
        Index("ix_subject_organization_id", "organization_id"),
        Index("ix_subject_changed", "updated_at", postgresql_where=text("updated_at > created_at")),
    )

    kind: Mapped[SubjectType] = mapped_column(code_list(SubjectType, "kind"))
    name: Mapped[str] = mapped_column(String(200))
    name_masked: Mapped[str] = mapped_column(String(200))
    name_sealed: Mapped[Sealed | None] = mapped_column(Encrypted)
    uscc: Mapped[str | None] = mapped_column(String(18))
    identity_hash: Mapped[bytes | None] = mapped_column(LargeBinary)
    identity_sealed: Mapped[Sealed | None] = mapped_column(Encrypted)
    identity_masked: Mapped[str | None] = mapped_column(String(18))
    organization_id: Mapped[UUID | None] = mapped_column(ForeignKey("organization.id"))
    match_confidence: Mapped[MatchConfidence] = mapped_column(code_list(MatchConfidence, "match_confidence"))
    government_subject: Mapped[bool] = mapped_column()


class SubjectAlias(Base):
    """Another name under which a source told of a subject."""

    __tablename__ = "subject_alias"

    subject_id: Mapped[UUID] = mapped_column(primary_key=True)
    alias: Mapped[str] = mapped_column(String(200), primary_key=True)
    tenant_id: Mapped[UUID] = mapped_column()


class SubjectMatch(Keyed, Versioned, Base):
    """A body told of without a code, whose name is no unit's or several units': a person says which unit it is."""

    __tablename__ = "subject_match"
    __table_args__ = (
        Index("uq_subject_match_name", "source", "name", unique=True),
        Index("ix_subject_match_order", "created_at", "id"),
    )

    tenant_id: Mapped[UUID] = mapped_column()
    jurisdiction_path: Mapped[str] = mapped_column(String(200))
    source: Mapped[str] = mapped_column(String(60))
    organization_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))
    name: Mapped[str] = mapped_column(String(200))
    status: Mapped[SubjectMatchStatus] = mapped_column(code_list(SubjectMatchStatus, "status"))
    matched_organization_id: Mapped[UUID | None] = mapped_column(ForeignKey("organization.id"))
    decided_by_id: Mapped[UUID | None] = mapped_column(Uuid())
    decided_at: Mapped[datetime | None] = mapped_column()


class OrganizationName(Tenanted, Timestamped, Base):
    """A name by which a unit was or is known (全称, 简称, 旧称), with the days from and until which it bore it."""

    __tablename__ = "organization_name"
    __table_args__ = (
        Index("uq_organization_name", "organization_id", "name", "tenant_id", unique=True),
        Index("ix_organization_name_name", "name"),
    )

    organization_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))
    recorder_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))
    name: Mapped[str] = mapped_column(String(200))
    kind: Mapped[OrganizationNameKind] = mapped_column(code_list(OrganizationNameKind, "kind"))
    valid_from: Mapped[date | None] = mapped_column()
    valid_to: Mapped[date | None] = mapped_column()
    basis: Mapped[str] = mapped_column(String(200))


class SubjectTransfer(Tenanted, Base):
    """That a subject is held to be another unit from an instant on, and why; never altered."""

    __tablename__ = "subject_transfer"
    __table_args__ = (
        ForeignKeyConstraint(["subject_id", "tenant_id"], ["subject.id", "subject.tenant_id"]),
        Index("ix_subject_transfer_subject_id", "subject_id"),
    )

    subject_id: Mapped[UUID] = mapped_column()
    from_id: Mapped[UUID | None] = mapped_column(ForeignKey("organization.id"))
    to_id: Mapped[UUID | None] = mapped_column(ForeignKey("organization.id"))
    reason: Mapped[TransferReason] = mapped_column(code_list(TransferReason, "reason"))
    moved_at: Mapped[datetime] = mapped_column()


class SubjectRekeying(Base):
    """A body whose codes have changed, queued by triggers until checks find it by those it bears now; ``former`` are
    keyed hashes that were taken away at once."""

    __tablename__ = "subject_rekeying"

    subject_id: Mapped[UUID] = mapped_column(primary_key=True)
    tenant_id: Mapped[UUID] = mapped_column()
    former: Mapped[list[bytes]] = mapped_column(ARRAY(LargeBinary), server_default=text("'{}'"))

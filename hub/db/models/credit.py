"""Listings of dishonest judgment debtors, as their courts tell them: a mirror only."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    SmallInteger,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from hub.canonical.exchange_codes import (
    DeletionGround,
    DishonestyStatus,
    ListingClock,
    MirrorCapacity,
    MirrorStatus,
)
from hub.db.base import Base, Keyed, Staged, Tenanted, Timestamped, code_list
from hub.db.models.mirrored import Mirrored


class DishonestyRecord(Tenanted, Mirrored, Staged, Timestamped, Base):
    """A listing (失信被执行人). ``grounds`` are the codes 1 to 6 of 法释〔2017〕7号 art. 1; ``status`` its life as the
    court tells it, ``mirror_status`` whether the court still holds it. ``version`` grows with every change here."""

    __tablename__ = "dishonesty_record"
    __table_args__ = (
        UniqueConstraint("tenant_id", "source", "source_key"),
        ForeignKeyConstraint(["case_id", "tenant_id"], ["legal_case.id", "legal_case.tenant_id"]),
        ForeignKeyConstraint(["subject_id", "tenant_id"], ["subject.id", "subject.tenant_id"]),
        Index("ix_dishonesty_record_order", "listed_on", "id"),
        Index("ix_dishonesty_record_updated_at", "updated_at", "id"),
        Index("ix_dishonesty_record_case_id", "case_id"),
        Index("ix_dishonesty_record_subject_id", "subject_id"),
        Index("ix_dishonesty_record_government", "jurisdiction_path", postgresql_where=text("government_subject")),
        Index(
            "ix_dishonesty_record_ended",
            "status_since",
            postgresql_where=text("status in ('AVERTED', 'REPAIRED', 'REVOKED')"),
        ),
        Index(
            "ix_dishonesty_record_content",
            "source",
            "content_digest",
            postgresql_where=text("mirror_status = 'ACTIVE'"),
        ),
    )

    status: Mapped[DishonestyStatus] = mapped_column(code_list(DishonestyStatus, "status"))
    mirror_status: Mapped[MirrorStatus] = mapped_column(code_list(MirrorStatus, "mirror_status"))
    case_id: Mapped[UUID] = mapped_column()
    subject_id: Mapped[UUID] = mapped_column()
    court_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))
    case_number: Mapped[str] = mapped_column(String(64))
    government_subject: Mapped[bool] = mapped_column()
    legal_representative: Mapped[str | None] = mapped_column(String(100))
    execution_basis: Mapped[str | None] = mapped_column(String(200))
    basis_unit: Mapped[str | None] = mapped_column(String(200))
    duty: Mapped[str | None] = mapped_column(Text)
    performance: Mapped[str | None] = mapped_column(String(200))
    case_facts: Mapped[str | None] = mapped_column(Text)
    conduct: Mapped[str | None] = mapped_column(Text)
    grounds: Mapped[list[int]] = mapped_column(ARRAY(SmallInteger))
    listed_on: Mapped[date] = mapped_column()
    published_on: Mapped[date | None] = mapped_column()
    deleted_on: Mapped[date | None] = mapped_column()
    version: Mapped[int] = mapped_column(server_default=text("1"))
    rule_version: Mapped[str | None] = mapped_column(String(20))
    decision_number: Mapped[str | None] = mapped_column(String(100))
    decided_on: Mapped[date | None] = mapped_column()
    served_on: Mapped[date | None] = mapped_column()
    grace_until: Mapped[date | None] = mapped_column()
    term_until: Mapped[date | None] = mapped_column()
    deletion_ground: Mapped[DeletionGround | None] = mapped_column(code_list(DeletionGround, "deletion_ground"))
    deletion_ground_on: Mapped[date | None] = mapped_column()
    relist_barred_until: Mapped[date | None] = mapped_column()
    archived_from: Mapped[DishonestyStatus | None] = mapped_column(code_list(DishonestyStatus, "archived_from"))


class DishonestyRecordParty(Timestamped, Base):
    __tablename__ = "dishonesty_record_party"
    __table_args__ = (
        ForeignKeyConstraint(["record_id", "tenant_id"], ["dishonesty_record.id", "dishonesty_record.tenant_id"]),
        Index("ix_dishonesty_record_party_mine", "organization_id", "listed_on", "record_id"),
    )

    record_id: Mapped[UUID] = mapped_column(primary_key=True)
    organization_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"), primary_key=True)
    tenant_id: Mapped[UUID] = mapped_column(primary_key=True)
    capacity: Mapped[MirrorCapacity] = mapped_column(code_list(MirrorCapacity, "capacity"))
    jurisdiction_path: Mapped[str] = mapped_column(String(200))
    listed_on: Mapped[date] = mapped_column()


class DishonestyStep(Keyed, Base):
    """A step in the life of a listing, as its court told it. ``late``: something newer had been told before."""

    __tablename__ = "dishonesty_step"
    __table_args__ = (
        UniqueConstraint("record_id", "occurred_at", "source_sequence", "source_version"),
        ForeignKeyConstraint(["record_id", "tenant_id"], ["dishonesty_record.id", "dishonesty_record.tenant_id"]),
    )

    record_id: Mapped[UUID] = mapped_column()
    tenant_id: Mapped[UUID] = mapped_column()
    event: Mapped[str] = mapped_column(String(40))
    status: Mapped[DishonestyStatus] = mapped_column(code_list(DishonestyStatus, "status"))
    occurred_at: Mapped[datetime] = mapped_column()
    source_sequence: Mapped[int] = mapped_column(BigInteger)
    source_version: Mapped[int] = mapped_column()
    received_at: Mapped[datetime] = mapped_column()
    late: Mapped[bool] = mapped_column()


class DishonestyClock(Base):
    """A period in the life of a listing: counted from ``anchor_on`` by the rule of ``clause``, or told by the court."""

    __tablename__ = "dishonesty_clock"
    __table_args__ = (
        ForeignKeyConstraint(["record_id", "tenant_id"], ["dishonesty_record.id", "dishonesty_record.tenant_id"]),
    )

    record_id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[ListingClock] = mapped_column(code_list(ListingClock, "kind"), primary_key=True)
    tenant_id: Mapped[UUID] = mapped_column()
    anchor_on: Mapped[date] = mapped_column()
    due_on: Mapped[date] = mapped_column()
    clause: Mapped[str] = mapped_column(String(300))
    told: Mapped[bool] = mapped_column()
    provisional: Mapped[bool] = mapped_column()
    met_on: Mapped[date | None] = mapped_column()

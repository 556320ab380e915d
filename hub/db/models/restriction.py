"""Orders that restrict consumption (限制消费令), as courts tell them: a mirror only, apart from listings."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, ForeignKeyConstraint, Index, LargeBinary, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from hub.canonical.exchange_codes import AssociatedRole, MirrorCapacity, MirrorStatus
from hub.core.keyring import Sealed
from hub.db.base import Base, Keyed, Tenanted, Timestamped, code_list
from hub.db.models.mirrored import Mirrored
from hub.db.types import Encrypted


class ConsumptionRestriction(Tenanted, Mirrored, Timestamped, Base):
    """An order against a unit or a person. ``exempted_on`` is a single exemption, after which the order stands;
    ``organization_id`` is the unit restricted, if it is one of the hub's. ``version`` grows with every change here."""

    __tablename__ = "consumption_restriction"
    __table_args__ = (
        UniqueConstraint("tenant_id", "source", "source_key"),
        ForeignKeyConstraint(["case_id", "tenant_id"], ["legal_case.id", "legal_case.tenant_id"]),
        ForeignKeyConstraint(["subject_id", "tenant_id"], ["subject.id", "subject.tenant_id"]),
        Index("ix_consumption_restriction_order", "listed_on", "id"),
        Index("ix_consumption_restriction_organization", "organization_id"),
    )

    status: Mapped[MirrorStatus] = mapped_column(code_list(MirrorStatus, "status"))
    case_id: Mapped[UUID] = mapped_column()
    subject_id: Mapped[UUID] = mapped_column()
    organization_id: Mapped[UUID | None] = mapped_column(ForeignKey("organization.id"))
    court_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))
    subject_masked: Mapped[str] = mapped_column(String(200))
    case_number: Mapped[str] = mapped_column(String(64))
    order_number: Mapped[str] = mapped_column(String(100))
    legal_basis: Mapped[str] = mapped_column(String(200))
    listed_on: Mapped[date] = mapped_column()
    exempted_on: Mapped[date | None] = mapped_column()
    exemption_reason: Mapped[str | None] = mapped_column(String(200))
    lifted_on: Mapped[date | None] = mapped_column()
    lift_reason: Mapped[str | None] = mapped_column(String(200))
    version: Mapped[int] = mapped_column(server_default=text("1"))


class ConsumptionRestrictionParty(Timestamped, Base):
    __tablename__ = "consumption_restriction_party"
    __table_args__ = (
        ForeignKeyConstraint(
            ["restriction_id", "tenant_id"], ["consumption_restriction.id", "consumption_restriction.tenant_id"]
        ),
        Index("ix_consumption_restriction_party_mine", "organization_id", "listed_on", "restriction_id"),
    )

    restriction_id: Mapped[UUID] = mapped_column(primary_key=True)
    organization_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"), primary_key=True)
    tenant_id: Mapped[UUID] = mapped_column(primary_key=True)
    capacity: Mapped[MirrorCapacity] = mapped_column(code_list(MirrorCapacity, "capacity"))
    jurisdiction_path: Mapped[str] = mapped_column(String(200))
    listed_on: Mapped[date] = mapped_column()


class RestrictedPerson(Tenanted, Timestamped, Base):
    """A person restricted beside a unit. The name is kept sealed; others read ``name_masked``."""

    __tablename__ = "restricted_person"
    __table_args__ = (
        ForeignKeyConstraint(
            ["restriction_id", "tenant_id"], ["consumption_restriction.id", "consumption_restriction.tenant_id"]
        ),
        Index("ix_restricted_person_restriction_id", "restriction_id"),
    )

    restriction_id: Mapped[UUID] = mapped_column()
    role: Mapped[AssociatedRole] = mapped_column(code_list(AssociatedRole, "role"))
    name_sealed: Mapped[Sealed] = mapped_column(Encrypted)
    name_masked: Mapped[str] = mapped_column(String(100))
    identity_hash: Mapped[bytes | None] = mapped_column(LargeBinary)


class RestrictionStep(Keyed, Base):
    """What a court told of an order, each time. ``late``: something newer had been told before."""

    __tablename__ = "restriction_step"
    __table_args__ = (
        ForeignKeyConstraint(
            ["restriction_id", "tenant_id"], ["consumption_restriction.id", "consumption_restriction.tenant_id"]
        ),
        UniqueConstraint("restriction_id", "occurred_at", "source_sequence", "source_version"),
    )

    restriction_id: Mapped[UUID] = mapped_column()
    tenant_id: Mapped[UUID] = mapped_column()
    status: Mapped[MirrorStatus] = mapped_column(code_list(MirrorStatus, "status"))
    exempted_on: Mapped[date | None] = mapped_column()
    lifted_on: Mapped[date | None] = mapped_column()
    occurred_at: Mapped[datetime] = mapped_column()
    source_sequence: Mapped[int] = mapped_column(BigInteger)
    source_version: Mapped[int] = mapped_column()
    received_at: Mapped[datetime] = mapped_column()
    late: Mapped[bool] = mapped_column()


class StandingRestriction(Keyed, Base):
    """Somebody an order in force restricts, as a check finds it: by keyed hashes alone."""

    __tablename__ = "standing_restriction"
    __table_args__ = (
        Index("ix_standing_restriction_identity", "identity"),
        Index("ix_standing_restriction_name", "name"),
        Index("ix_standing_restriction_restriction_id", "restriction_id"),
    )

    restriction_id: Mapped[UUID] = mapped_column()
    tenant_id: Mapped[UUID] = mapped_column()
    root: Mapped[str] = mapped_column(String(20))
    identity: Mapped[bytes | None] = mapped_column(LargeBinary)
    name: Mapped[bytes] = mapped_column(LargeBinary)
    since: Mapped[date] = mapped_column()

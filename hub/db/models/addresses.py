"""Service addresses with sealed values, what the register says of enterprises, who read, and which courts are told."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, ForeignKeyConstraint, Index, LargeBinary, String, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from hub.canonical.addresses import (
    ReferralOutcome,
    RegistrationStatus,
    ServiceAddressKind,
    ServiceAddressStatus,
)
from hub.core.keyring import Sealed
from hub.db.base import Base, Keyed, Staged, Tenanted, Timestamped, Versioned, code_list
from hub.db.types import Encrypted

_STANDING = "status = 'ACTIVE'"


class ServiceAddress(Tenanted, Staged, Versioned, Base):
    """One address of an enterprise (``uscc``) or of a person (``identity_hash``, as of a subject). ``told_version`` is
    the version that courts have been told of; ``source`` who said it (``market:410825``, ``declared``)."""

    __tablename__ = "service_address"
    __table_args__ = (
        Index("ix_service_address_uscc", "tenant_id", "uscc", "kind"),
        Index("ix_service_address_identity", "tenant_id", "identity_hash", "kind"),
        Index("ix_service_address_order", "created_at", "id"),
        Index("ix_service_address_registrar", "registrar_id", "referral_due_on"),
        Index(
            "uq_service_address_standing_uscc",
            *("tenant_id", "uscc", "kind"),
            unique=True,
            postgresql_where=text(f"{_STANDING} and uscc is not null"),
        ),
        Index(
            "uq_service_address_standing_identity",
            *("tenant_id", "identity_hash", "kind"),
            unique=True,
            postgresql_where=text(f"{_STANDING} and identity_hash is not null"),
        ),
    )

    uscc: Mapped[str | None] = mapped_column(String(18))
    identity_hash: Mapped[bytes | None] = mapped_column(LargeBinary)
    kind: Mapped[ServiceAddressKind] = mapped_column(code_list(ServiceAddressKind, "kind"))
    status: Mapped[ServiceAddressStatus] = mapped_column(code_list(ServiceAddressStatus, "status"))
    value_sealed: Mapped[Sealed] = mapped_column(Encrypted)
    value_masked: Mapped[str] = mapped_column(String(200))
    value_index: Mapped[bytes] = mapped_column(LargeBinary)
    provider_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))
    source: Mapped[str] = mapped_column(String(60))
    as_of: Mapped[date] = mapped_column()
    received_at: Mapped[datetime] = mapped_column()
    effective_from: Mapped[date] = mapped_column()
    effective_to: Mapped[date | None] = mapped_column()
    confirmed_by_commitment: Mapped[bool] = mapped_column(default=False)
    commitment_number: Mapped[str | None] = mapped_column(String(100))
    commitment_digest: Mapped[str | None] = mapped_column(String(64))
    returned_on: Mapped[date | None] = mapped_column()
    return_reason: Mapped[str | None] = mapped_column(String(500))
    reporter_id: Mapped[UUID | None] = mapped_column(ForeignKey("organization.id"))
    registrar_id: Mapped[UUID | None] = mapped_column(ForeignKey("organization.id"))
    referred_at: Mapped[datetime | None] = mapped_column()
    referral_sent_at: Mapped[datetime | None] = mapped_column()
    referral_due_on: Mapped[date | None] = mapped_column()
    referral_due_at: Mapped[datetime | None] = mapped_column()
    referral_outcome: Mapped[ReferralOutcome | None] = mapped_column(code_list(ReferralOutcome, "referral_outcome"))
    referral_note: Mapped[str | None] = mapped_column(String(500))
    answered_at: Mapped[datetime | None] = mapped_column()
    told_version: Mapped[int] = mapped_column(default=0)


class RegisteredEnterprise(Tenanted, Timestamped, Base):
    """An enterprise as its register has it; ``former_names`` are ``{"name": …, "until": …}``, latest first."""

    __tablename__ = "registered_enterprise"
    __table_args__ = (UniqueConstraint("tenant_id", "uscc"),)

    uscc: Mapped[str] = mapped_column(String(18))
    name: Mapped[str] = mapped_column(String(200))
    status: Mapped[RegistrationStatus] = mapped_column(code_list(RegistrationStatus, "status"))
    former_names: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    changed_on: Mapped[date] = mapped_column()
    sequence: Mapped[int] = mapped_column(BigInteger)
    source: Mapped[str] = mapped_column(String(60))


class AddressFeed(Base):
    """How far the changes of a register have been taken in; ``faulty`` counts those that could not be read."""

    __tablename__ = "address_feed"

    source: Mapped[str] = mapped_column(String(60), primary_key=True)
    watermark: Mapped[int] = mapped_column(BigInteger)
    heard_at: Mapped[datetime] = mapped_column()
    faulty: Mapped[int] = mapped_column(default=0)


class AddressReading(Keyed, Base):
    """One reading of one address in one case, written before it was released."""

    __tablename__ = "address_reading"
    __table_args__ = (Index("ix_address_reading_address", "address_id", "court_id"),)

    tenant_id: Mapped[UUID] = mapped_column()
    jurisdiction_path: Mapped[str] = mapped_column(String(200))
    address_id: Mapped[UUID] = mapped_column()
    case_id: Mapped[UUID] = mapped_column()
    court_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))
    client_id: Mapped[str] = mapped_column(String(100))
    purpose: Mapped[str] = mapped_column(String(500))
    at: Mapped[datetime] = mapped_column()


class AddressChange(Tenanted, Timestamped, Base):
    """What a court with an open case about the addressee is told: that an address came to stand, or fell."""

    __tablename__ = "address_change"
    __table_args__ = (
        ForeignKeyConstraint(["address_id", "tenant_id"], ["service_address.id", "service_address.tenant_id"]),
        Index("ix_address_change_order", "court_id", "changed_at", "id"),
    )

    court_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))
    address_id: Mapped[UUID] = mapped_column()
    uscc: Mapped[str | None] = mapped_column(String(18))
    kind: Mapped[ServiceAddressKind] = mapped_column(code_list(ServiceAddressKind, "kind"))
    status: Mapped[ServiceAddressStatus] = mapped_column(code_list(ServiceAddressStatus, "status"))
    changed_at: Mapped[datetime] = mapped_column()

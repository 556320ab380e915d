"""Coordination bodies, memberships and their changes, liaisons, named responsibility."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from hub.canonical.codes import BodyKind, MembershipChangeKind, MembershipChangeStatus, MembershipRole
from hub.core.keyring import Sealed
from hub.db.base import Base, Staged, Tenanted, Timestamped, Versioned, code_list
from hub.db.types import Encrypted


def _within_tenant(column: str, target: str) -> ForeignKeyConstraint:
    return ForeignKeyConstraint([column, "tenant_id"], [f"{target}.id", f"{target}.tenant_id"])


class CoordinationBody(Tenanted, Versioned, Base):
    """联席会议 or 领导小组 of a jurisdiction."""

    __tablename__ = "coordination_body"
    __table_args__ = (Index("ix_coordination_body_jurisdiction_id", "jurisdiction_id"),)

    kind: Mapped[BodyKind] = mapped_column(code_list(BodyKind, "kind"))
    name: Mapped[str] = mapped_column(String(200))


class BodyMembership(Tenanted, Timestamped, Base):
    """A post in the body. ``acting_organization_id`` records the decisions of the holder (a mayor has no system)."""

    __tablename__ = "body_membership"
    __table_args__ = (
        _within_tenant("body_id", "coordination_body"),
        Index(
            "uq_body_membership_current",
            "body_id",
            "organization_id",
            "role",
            "tenant_id",
            unique=True,
            postgresql_where=text("valid_to IS NULL"),
        ),
        Index("ix_body_membership_organization_id", "organization_id"),
    )

    body_id: Mapped[UUID] = mapped_column()
    organization_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))
    acting_organization_id: Mapped[UUID | None] = mapped_column(ForeignKey("organization.id"))
    role: Mapped[MembershipRole] = mapped_column(code_list(MembershipRole, "role"))
    post: Mapped[str] = mapped_column(String(100))
    valid_from: Mapped[date] = mapped_column()
    valid_to: Mapped[date | None] = mapped_column()


class MembershipChange(Tenanted, Staged, Versioned, Base):
    """成员调整: proposed by the unit, approved by the convenor."""

    __tablename__ = "membership_change"
    __table_args__ = (
        _within_tenant("body_id", "coordination_body"),
        Index("ix_membership_change_proposer_id", "proposer_id"),
        Index("ix_membership_change_body_id", "body_id"),
    )

    body_id: Mapped[UUID] = mapped_column()
    kind: Mapped[MembershipChangeKind] = mapped_column(code_list(MembershipChangeKind, "kind"))
    organization_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))
    role: Mapped[MembershipRole] = mapped_column(code_list(MembershipRole, "role"))
    post: Mapped[str] = mapped_column(String(100))
    reason: Mapped[str] = mapped_column(Text)
    proposer_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))
    effective_on: Mapped[date] = mapped_column()
    status: Mapped[MembershipChangeStatus] = mapped_column(code_list(MembershipChangeStatus, "status"))
    decision_note: Mapped[str | None] = mapped_column(Text)
    resolution_id: Mapped[UUID | None] = mapped_column()
    decided_at: Mapped[datetime | None] = mapped_column()


class Liaison(Tenanted, Versioned, Base):
    """联络员. The telephone number and the address for e-mail are sealed (L3); ``phone_masked`` is what others may
    see."""

    __tablename__ = "liaison"
    __table_args__ = (
        _within_tenant("body_id", "coordination_body"),
        Index("ix_liaison_body_id", "body_id", "organization_id"),
        Index("ix_liaison_phone_hash", "phone_hash"),
    )

    body_id: Mapped[UUID] = mapped_column()
    organization_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))
    person_name: Mapped[str] = mapped_column(String(100))
    post: Mapped[str] = mapped_column(String(100))
    phone_sealed: Mapped[Sealed | None] = mapped_column(Encrypted)
    phone_hash: Mapped[bytes | None] = mapped_column()
    phone_masked: Mapped[str | None] = mapped_column(String(40))
    email_sealed: Mapped[Sealed | None] = mapped_column(Encrypted)
    is_primary: Mapped[bool] = mapped_column(default=True)
    valid_from: Mapped[date] = mapped_column()
    valid_to: Mapped[date | None] = mapped_column()


class Responsibility(Tenanted, Versioned, Base):
    """责任领导, 责任部门, 责任人 of one unit for one item or task: 到岗到人. The pack says which must be named."""

    __tablename__ = "responsibility"
    __table_args__ = (
        Index("uq_responsibility_target", "target_id", "organization_id", "tenant_id", unique=True),
        Index("ix_responsibility_organization_id", "organization_id"),
    )

    target_id: Mapped[UUID] = mapped_column()
    organization_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))
    leader: Mapped[str | None] = mapped_column(String(100))
    division: Mapped[str | None] = mapped_column(String(100))
    person: Mapped[str | None] = mapped_column(String(100))
    post: Mapped[str | None] = mapped_column(String(100))

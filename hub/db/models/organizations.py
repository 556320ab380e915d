"""Jurisdictions, organisations, their functions and superiors: reference tables, shared by every tenant."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from hub.canonical.codes import CourtLevel, JurisdictionLevel, OrganizationKind, OrganizationLevel, SuperiorKind
from hub.core.principal import RoleName
from hub.db.base import Base, Keyed, Timestamped, Versioned, code_list


class Jurisdiction(Keyed, Timestamped, Base):
    """``path`` is the codes from the root, each ended by a slash; ``tenant_id`` the root jurisdiction's id."""

    __tablename__ = "jurisdiction"

    code: Mapped[str] = mapped_column(String(12), unique=True)
    name: Mapped[str] = mapped_column(String(100))
    short_name: Mapped[str] = mapped_column(String(50))
    level: Mapped[JurisdictionLevel] = mapped_column(code_list(JurisdictionLevel, "level"))
    parent_id: Mapped[UUID | None] = mapped_column(ForeignKey("jurisdiction.id"), index=True)
    tenant_id: Mapped[UUID] = mapped_column()
    path: Mapped[str] = mapped_column(String(200), unique=True)


class Organization(Keyed, Versioned, Base):
    """``sort_key`` is the pinyin of the name; ``successor_id`` keeps history over institutional reform."""

    __tablename__ = "organization"
    __table_args__ = (
        Index("ix_organization_order", "sort_key", "id"),
        Index("ix_organization_name_trgm", "name", postgresql_using="gin", postgresql_ops={"name": "gin_trgm_ops"}),
    )

    uscc: Mapped[str | None] = mapped_column(String(18), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    short_name: Mapped[str] = mapped_column(String(100))
    sort_key: Mapped[str] = mapped_column(String(400))
    kind: Mapped[OrganizationKind] = mapped_column(code_list(OrganizationKind, "kind"))
    level: Mapped[OrganizationLevel] = mapped_column(code_list(OrganizationLevel, "level"))
    jurisdiction_id: Mapped[UUID] = mapped_column(ForeignKey("jurisdiction.id"), index=True)
    jurisdiction_path: Mapped[str] = mapped_column(String(200))
    parent_id: Mapped[UUID | None] = mapped_column(ForeignKey("organization.id"), index=True)
    business_superior_id: Mapped[UUID | None] = mapped_column(ForeignKey("organization.id"), index=True)
    vertically_managed: Mapped[bool] = mapped_column(default=False)
    government_subject: Mapped[bool] = mapped_column(default=False)
    government_subject_basis: Mapped[str | None] = mapped_column(String(200))
    valid_from: Mapped[date | None] = mapped_column()
    valid_to: Mapped[date | None] = mapped_column()
    successor_id: Mapped[UUID | None] = mapped_column(ForeignKey("organization.id"))


class OrganizationAlias(Keyed, Base):
    """Full, short and former names by which a notice or a feed may name an organisation."""

    __tablename__ = "organization_alias"
    __table_args__ = (UniqueConstraint("organization_id", "alias"),)

    organization_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))
    alias: Mapped[str] = mapped_column(String(200), index=True)


class OrganizationGroup(Keyed, Base):
    """A collective name that notices use, such as 各乡镇(街道)."""

    __tablename__ = "organization_group"
    __table_args__ = (UniqueConstraint("jurisdiction_id", "name"),)

    jurisdiction_id: Mapped[UUID] = mapped_column(ForeignKey("jurisdiction.id"))
    name: Mapped[str] = mapped_column(String(100))


class OrganizationGroupMember(Base):
    __tablename__ = "organization_group_member"

    group_id: Mapped[UUID] = mapped_column(ForeignKey("organization_group.id"), primary_key=True)
    organization_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"), primary_key=True)


class OrganizationFunction(Keyed, Base):
    """A role of an organisation in a jurisdiction; an organisation may hold several."""

    __tablename__ = "organization_function"
    __table_args__ = (
        Index(
            "uq_organization_function_current",
            "organization_id",
            "jurisdiction_id",
            "role",
            unique=True,
            postgresql_where=text("valid_to IS NULL"),
        ),
    )

    organization_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))
    jurisdiction_id: Mapped[UUID] = mapped_column(ForeignKey("jurisdiction.id"))
    role: Mapped[RoleName] = mapped_column(code_list(RoleName, "role"))
    valid_from: Mapped[date] = mapped_column()
    valid_to: Mapped[date | None] = mapped_column()


class OrganizationSuperior(Base):
    """Closure of the administrative and the business line of superiors, with depth (1 = direct)."""

    __tablename__ = "organization_superior"
    __table_args__ = (Index("ix_organization_superior_down", "superior_id", "organization_id"),)

    organization_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"), primary_key=True)
    superior_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"), primary_key=True)
    kind: Mapped[SuperiorKind] = mapped_column(code_list(SuperiorKind, "kind"), primary_key=True)
    depth: Mapped[int] = mapped_column()


class Court(Base):
    """What a court has beyond an organisation. ``court_code`` is its character code in case numbers (豫0825)."""

    __tablename__ = "court"

    organization_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"), primary_key=True)
    court_code: Mapped[str] = mapped_column(String(10), unique=True)
    court_level: Mapped[CourtLevel] = mapped_column(code_list(CourtLevel, "court_level"))
    superior_court_id: Mapped[UUID | None] = mapped_column(ForeignKey("organization.id"))

"""Checks of subjects before a department licenses, pays or awards: what they look into, and what is kept of them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, Integer, LargeBinary, String, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from hub.canonical.exchange_codes import CheckMode, Disposition
from hub.db.base import Base, Keyed, Timestamped, code_list


class StandingListing(Base):
    """A listing that stands, as a check finds it, once for each code of its subject: by keyed hashes alone. ``root``
    begins the path of its tenant."""

    __tablename__ = "standing_listing"
    __table_args__ = (
        Index("ix_standing_listing_identity", "identity"),
        Index("ix_standing_listing_name", "name"),
    )

    record_id: Mapped[UUID] = mapped_column(primary_key=True)
    tenant_id: Mapped[UUID] = mapped_column()
    root: Mapped[str] = mapped_column(String(20))
    identity: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    name: Mapped[bytes] = mapped_column(LargeBinary)
    since: Mapped[date] = mapped_column()


class StandingMeasure(Base):
    """A measure in force on a listing, by who carries it out."""

    __tablename__ = "standing_measure"

    record_id: Mapped[UUID] = mapped_column(primary_key=True)
    organization_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"), primary_key=True)
    code: Mapped[str] = mapped_column(String(20), primary_key=True)
    tenant_id: Mapped[UUID] = mapped_column()
    jurisdiction_path: Mapped[str] = mapped_column(String(200))
    mandatory: Mapped[bool] = mapped_column()
    since: Mapped[date] = mapped_column()


class Checking:
    """Whose check it is."""

    tenant_id: Mapped[UUID] = mapped_column()
    jurisdiction_path: Mapped[str] = mapped_column(String(200))
    organization_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))


class SubjectCheck(Keyed, Checking, Base):
    """One check, kept before it is answered. ``keys`` are the keyed hashes asked about, 32 bytes each; ``hits`` tells
    place, mode, disposition of what matched, nothing where the check was refused. ``spread_at``: each key has become a
    ``checked_subject``, or never will since the check was refused."""

    __tablename__ = "subject_check"
    __table_args__ = (
        Index("ix_subject_check_waiting", "at", postgresql_where=text("spread_at is null")),
        Index("ix_subject_check_mine", "organization_id", "at", "id"),
    )

    client_id: Mapped[str] = mapped_column(String(100))
    at: Mapped[datetime] = mapped_column()
    service_case_number: Mapped[str] = mapped_column(String(100))
    service_item: Mapped[str] = mapped_column(String(200))
    asked: Mapped[int] = mapped_column(Integer)
    matched: Mapped[int] = mapped_column(Integer)
    manual: Mapped[int] = mapped_column(Integer)
    keys: Mapped[bytes] = mapped_column(LargeBinary)
    references: Mapped[list[str] | None] = mapped_column(JSONB(none_as_null=True))
    hits: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    spread_at: Mapped[datetime | None] = mapped_column()


class CheckedSubject(Keyed, Checking, Timestamped, Base):
    """A subject that a department has checked: it is told when something about it changes, ``version`` grows with each
    time. No identifier is kept."""

    __tablename__ = "checked_subject"
    __table_args__ = (
        UniqueConstraint("organization_id", "key"),
        Index("ix_checked_subject_key", "key"),
        Index("ix_checked_subject_mine", "organization_id", "checked_at", "id"),
    )

    key: Mapped[bytes] = mapped_column(LargeBinary)
    service_case_number: Mapped[str] = mapped_column(String(100))
    reference: Mapped[str | None] = mapped_column(String(100))
    checked_at: Mapped[datetime] = mapped_column()
    changed_at: Mapped[datetime | None] = mapped_column()
    version: Mapped[int] = mapped_column(server_default=text("1"))


class CheckUsage(Checking, Base):
    """What a client has checked in a day. ``alarmed_at``: more of it matched than licensing ever meets."""

    __tablename__ = "check_usage"

    client_id: Mapped[str] = mapped_column(String(100), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    asked: Mapped[int] = mapped_column(Integer)
    named: Mapped[int] = mapped_column(Integer)
    matched: Mapped[int] = mapped_column(Integer)
    alarmed_at: Mapped[datetime | None] = mapped_column()


class CheckDisposition(Keyed, Checking, Base):
    """What a department does with a subject matched exactly, by its own rule; the latest one in force counts."""

    __tablename__ = "check_disposition"
    __table_args__ = (UniqueConstraint("organization_id", "valid_from"),)

    disposition: Mapped[Disposition] = mapped_column(code_list(Disposition, "disposition"))
    clause: Mapped[str] = mapped_column(String(300))
    valid_from: Mapped[date] = mapped_column()
    decided_at: Mapped[datetime] = mapped_column()


class Interception(Keyed, Checking, Base):
    """What a department did with a subject that its check had matched, by the ``key`` it was asked about.
    ``affected_at``: the listing was wrong, the decision is to be seen again."""

    __tablename__ = "interception"
    __table_args__ = (
        UniqueConstraint("check_id", "position"),
        Index("ix_interception_mine", "organization_id", "at", "id"),
        Index("ix_interception_key", "key"),
    )

    check_id: Mapped[UUID] = mapped_column(ForeignKey("subject_check.id"))
    position: Mapped[int] = mapped_column(Integer)
    mode: Mapped[CheckMode] = mapped_column(code_list(CheckMode, "mode"))
    advised: Mapped[Disposition] = mapped_column(code_list(Disposition, "advised"))
    decision: Mapped[Disposition] = mapped_column(code_list(Disposition, "decision"))
    override_reason: Mapped[str | None] = mapped_column(String(500))
    system: Mapped[str] = mapped_column(String(100))
    at: Mapped[datetime] = mapped_column()
    key: Mapped[bytes | None] = mapped_column(LargeBinary)
    affected_at: Mapped[datetime | None] = mapped_column()

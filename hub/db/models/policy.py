"""Imported policy packs and working calendars."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from hub.db.base import Base, Keyed, Timestamped


class PolicyPackRow(Keyed, Timestamped, Base):
    """A version of a jurisdiction's policy pack, as loaded; versions are never changed."""

    __tablename__ = "policy_pack"
    __table_args__ = (UniqueConstraint("jurisdiction_id", "version"),)

    jurisdiction_id: Mapped[UUID] = mapped_column(ForeignKey("jurisdiction.id"))
    version: Mapped[str] = mapped_column(String(40))
    document_no: Mapped[str | None] = mapped_column(String(100))
    effective_from: Mapped[date] = mapped_column()
    effective_to: Mapped[date | None] = mapped_column()
    content: Mapped[dict[str, Any]] = mapped_column(JSONB)


class CalendarYearRow(Base):
    """A version of an imported year of the national working calendar; the latest wins, over the library too.

    Versions are never changed. ``origin`` is the file or feed it came from, ``digest`` the hexadecimal SHA-256 of the
    content.
    """

    __tablename__ = "calendar_year"

    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    document_no: Mapped[str] = mapped_column(String(100))
    content: Mapped[dict[str, Any]] = mapped_column(JSONB)
    origin: Mapped[str] = mapped_column(String(200))
    digest: Mapped[str] = mapped_column(String(64))
    imported_at: Mapped[datetime] = mapped_column()

"""Ticks of scheduled jobs: one row each, whatever the number of workers."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from hub.canonical.codes import TickStatus
from hub.db.base import Base, code_list


class ScheduledTick(Base):
    """One instant at which a job was due. It is locked while a worker runs it; ``owner`` is who ran it."""

    __tablename__ = "scheduled_tick"
    __table_args__ = (Index("ix_scheduled_tick_due", "job", "due_at", postgresql_where=text("status = 'DUE'")),)

    job: Mapped[str] = mapped_column(String(60), primary_key=True)
    due_at: Mapped[datetime] = mapped_column(primary_key=True)
    status: Mapped[TickStatus] = mapped_column(code_list(TickStatus, "status"))
    owner: Mapped[str | None] = mapped_column(String(100))
    started_at: Mapped[datetime | None] = mapped_column()
    ended_at: Mapped[datetime | None] = mapped_column()
    rows: Mapped[int | None] = mapped_column()

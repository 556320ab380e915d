"""Messages to liaisons by e-mail or text message, and what each of them is about."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from hub.canonical.codes import Channel
from hub.db.base import Base, Keyed, code_list


class Notification(Keyed, Base):
    """One message to one liaison over one channel; its words are made when it is sent."""

    __tablename__ = "notification"
    __table_args__ = (Index("ix_notification_liaison", "liaison_id", "channel", "made_at"),)

    tenant_id: Mapped[UUID] = mapped_column()
    liaison_id: Mapped[UUID] = mapped_column()
    organization_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))
    channel: Mapped[Channel] = mapped_column(code_list(Channel, "channel"))
    made_at: Mapped[datetime] = mapped_column()


class NotificationCause(Base):
    """Something a liaison is to be told of, once over each channel. ``cause`` names it; ``code`` is the kind of alert
    or alarm; it waits while ``notification_id`` is null."""

    __tablename__ = "notification_cause"
    __table_args__ = (
        Index("ix_notification_cause_waiting", "raised_at", postgresql_where=text("notification_id IS NULL")),
        Index("ix_notification_cause_notification_id", "notification_id"),
    )

    liaison_id: Mapped[UUID] = mapped_column(primary_key=True)
    channel: Mapped[Channel] = mapped_column(code_list(Channel, "channel"), primary_key=True)
    cause: Mapped[str] = mapped_column(String(200), primary_key=True)
    code: Mapped[str] = mapped_column(String(60))
    due_on: Mapped[date | None] = mapped_column()
    raised_at: Mapped[datetime] = mapped_column()
    notification_id: Mapped[UUID | None] = mapped_column(ForeignKey("notification.id"))

"""联席会议: meetings, agenda, attendance, minutes, resolutions."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, String, Text, UniqueConstraint, Uuid
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from hub.canonical.codes import MeetingKind, MeetingStatus, MembershipRole, PartyCapacity, TaskStatus
from hub.db.base import Base, Staged, Tenanted, Timestamped, Versioned, code_list


def _of_meeting() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["meeting_id", "tenant_id"], ["joint_meeting.id", "joint_meeting.tenant_id"])


class JointMeeting(Tenanted, Staged, Versioned, Base):
    """A meeting of a coordination body. Minutes are part of it: text, document number, issue."""

    __tablename__ = "joint_meeting"
    __table_args__ = (
        ForeignKeyConstraint(["body_id", "tenant_id"], ["coordination_body.id", "coordination_body.tenant_id"]),
        Index("ix_joint_meeting_order", "planned_at", "id"),
        Index("ix_joint_meeting_body_id", "body_id", "planned_at", "id"),
    )

    body_id: Mapped[UUID] = mapped_column()
    kind: Mapped[MeetingKind] = mapped_column(code_list(MeetingKind, "kind"))
    title: Mapped[str] = mapped_column(String(200))
    planned_at: Mapped[datetime] = mapped_column()
    place: Mapped[str | None] = mapped_column(String(200))
    status: Mapped[MeetingStatus] = mapped_column(code_list(MeetingStatus, "status"))
    chair_role: Mapped[MembershipRole | None] = mapped_column(code_list(MembershipRole, "chair_role"))
    chair_organization_id: Mapped[UUID | None] = mapped_column(ForeignKey("organization.id"))
    chair_delegation: Mapped[str | None] = mapped_column(String(200))
    held_at: Mapped[datetime | None] = mapped_column()
    cancel_reason: Mapped[str | None] = mapped_column(Text)
    minutes_text: Mapped[str | None] = mapped_column(Text)
    minutes_document_no: Mapped[str | None] = mapped_column(String(100))
    minutes_signed_by: Mapped[str | None] = mapped_column(String(100))
    minutes_issued_at: Mapped[datetime | None] = mapped_column()


class JointMeetingParty(Timestamped, Base):
    """Audience of a meeting: the invited units."""

    __tablename__ = "joint_meeting_party"
    __table_args__ = (
        _of_meeting(),
        Index("ix_joint_meeting_party_mine", "organization_id", "planned_at", "meeting_id"),
    )

    meeting_id: Mapped[UUID] = mapped_column(primary_key=True)
    organization_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"), primary_key=True)
    tenant_id: Mapped[UUID] = mapped_column(primary_key=True)
    capacity: Mapped[PartyCapacity] = mapped_column(code_list(PartyCapacity, "capacity"))
    planned_at: Mapped[datetime] = mapped_column()
    jurisdiction_path: Mapped[str] = mapped_column(String(200))


class AgendaItem(Tenanted, Timestamped, Base):
    """议题. ``linked_list_id`` makes the approval of a double list part of the meeting."""

    __tablename__ = "agenda_item"
    __table_args__ = (_of_meeting(), UniqueConstraint("meeting_id", "position", "tenant_id"))

    meeting_id: Mapped[UUID] = mapped_column()
    position: Mapped[int] = mapped_column()
    title: Mapped[str] = mapped_column(String(200))
    proposer_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))
    linked_list_id: Mapped[UUID | None] = mapped_column()
    linked_matter_id: Mapped[UUID | None] = mapped_column()


class MeetingAttendance(Tenanted, Timestamped, Base):
    __tablename__ = "meeting_attendance"
    __table_args__ = (_of_meeting(), UniqueConstraint("meeting_id", "organization_id", "tenant_id"))

    meeting_id: Mapped[UUID] = mapped_column()
    organization_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))
    post: Mapped[str] = mapped_column(String(100))
    present: Mapped[bool] = mapped_column()
    substitute: Mapped[bool] = mapped_column(default=False)


class Resolution(Tenanted, Versioned, Base):
    """议定事项. Its state is that of its task once dispatched."""

    __tablename__ = "resolution"
    __table_args__ = (
        _of_meeting(),
        UniqueConstraint("meeting_id", "number", "tenant_id"),
        Index("ix_resolution_lead", "lead_organization_id"),
    )

    meeting_id: Mapped[UUID] = mapped_column()
    number: Mapped[int] = mapped_column()
    text: Mapped[str] = mapped_column(Text)
    lead_organization_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))
    cooperating_organization_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid()))
    due_on: Mapped[date | None] = mapped_column()
    status: Mapped[TaskStatus] = mapped_column(code_list(TaskStatus, "status"))
    task_id: Mapped[UUID | None] = mapped_column()
    approved_list_id: Mapped[UUID | None] = mapped_column()
    carried_out_at: Mapped[datetime | None] = mapped_column()
    """When it approved its list. It does so once."""

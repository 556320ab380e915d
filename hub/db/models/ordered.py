"""What every order of a court's officer has: who asked, who approved, and the sealed document it rests on."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, LargeBinary, String, Text, Uuid
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from hub.canonical.execution_codes import QueryUrgency
from hub.core.keyring import Sealed
from hub.db.base import code_list
from hub.db.types import Encrypted


class Ordered:
    """``document_digest`` is the hexadecimal SHA-256 of the document's bytes, checked against the court's seal;
    ``approval_due_at`` is set while an emergency waits for its approval; ``target_index`` is a keyed blind index."""

    court_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id"))
    case_id: Mapped[UUID] = mapped_column()
    case_number: Mapped[str] = mapped_column(String(64))
    subject_id: Mapped[UUID] = mapped_column()
    target_index: Mapped[bytes] = mapped_column(LargeBinary)
    purpose_text: Mapped[str] = mapped_column(String(500))
    urgency: Mapped[QueryUrgency] = mapped_column(code_list(QueryUrgency, "urgency"))
    requester_id: Mapped[UUID] = mapped_column()
    co_handler_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid()))
    approver_id: Mapped[UUID | None] = mapped_column()
    decided_at: Mapped[datetime | None] = mapped_column()
    decision_note: Mapped[str | None] = mapped_column(Text)
    approval_due_at: Mapped[datetime | None] = mapped_column()
    sent_at: Mapped[datetime | None] = mapped_column()
    document_number: Mapped[str] = mapped_column(String(100))
    document_name: Mapped[str] = mapped_column(String(200))
    document_digest: Mapped[str] = mapped_column(String(64))
    seal_serial: Mapped[str] = mapped_column(String(64))
    document_sealed: Mapped[Sealed | None] = mapped_column(Encrypted)

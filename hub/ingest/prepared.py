"""A row at the door with what it was found to be."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from hub.canonical.connector import Connector, Row
from hub.canonical.records import Message
from hub.core.errors import Reason, Refused
from hub.core.keyring import KeyRing
from hub.subjects.resolving import subject_key

SECRET = "STATE_SECRET_REFUSED"  # noqa: S105 - a problem code


@dataclass(frozen=True, slots=True)
class Prepared:
    """``key`` is its business key: what it is about, without personal data. ``message`` is None when it is faulty."""

    row: Row
    message_id: str
    version: int
    key: str
    message: Message | None
    reasons: tuple[Reason, ...] = ()

    @property
    def told(self) -> bool:
        return self.message is not None

    @property
    def name(self) -> tuple[str, int]:
        return self.message_id, self.version

    @property
    def secret(self) -> bool:
        return any(reason.code == SECRET for reason in self.reasons)


def message_context(key: UUID) -> str:
    """What a sealed body is bound to."""
    return f"inbox_message|body_sealed|{key}"


def business_key(keyring: KeyRing, message: Message) -> str:
    """What a message is about: one subject in one case on one list."""
    record = message.record
    return f"{record.list_kind.value}:{record.case.case_number}:{subject_key(keyring, record.subject)}"


def prepare(
    connector: Connector, keyring: KeyRing, row: Row, *, batch: int, told_at: datetime, now: datetime
) -> Prepared:
    """Never raises on a faulty row: what is wrong with it is kept with it."""
    place = f"{batch}:{row.file}:{row.number}"
    try:
        message = connector.translate(row, told_at=told_at, now=now)
    except Refused as refused:
        name = row.message_id or place
        return Prepared(row, name, row.version, f"?:{name}"[:200], None, refused.reasons)
    key = business_key(keyring, message)
    return Prepared(row, message.message_id or f"{batch}:{key}"[:120], message.version, key, message)

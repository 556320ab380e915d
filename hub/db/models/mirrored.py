"""What every row has that mirrors a record of another system."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, String
from sqlalchemy.orm import Mapped, mapped_column


class Sourced:
    """``source`` told it as of ``occurred_at``, which the hub ``received_at``."""

    source: Mapped[str] = mapped_column(String(60))
    occurred_at: Mapped[datetime] = mapped_column()
    received_at: Mapped[datetime] = mapped_column()


class Mirrored(Sourced):
    """``source_key`` names the record at its source. What the source said last is what has the highest
    ``occurred_at``, then ``source_sequence``, then ``source_version`` (a correction); anything older is not applied.
    ``content_digest`` is the hexadecimal SHA-256 of the row as it was sent.
    """

    source_key: Mapped[str] = mapped_column(String(200))
    source_sequence: Mapped[int] = mapped_column(BigInteger)
    source_version: Mapped[int] = mapped_column()
    message_key: Mapped[UUID] = mapped_column()
    content_digest: Mapped[str] = mapped_column(String(64))

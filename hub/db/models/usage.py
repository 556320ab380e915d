"""Use of what is deprecated. Only the role ``hub_system`` may touch it."""

from __future__ import annotations

from datetime import date

from sqlalchemy import BigInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from hub.db.base import Base


class FieldUsage(Base):
    """Operations of a client on a day (Asia/Shanghai) that used a deprecated schema coordinate."""

    __tablename__ = "field_usage"

    client_id: Mapped[str] = mapped_column(String(100), primary_key=True)
    coordinate: Mapped[str] = mapped_column(String(200), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    operations: Mapped[int] = mapped_column(BigInteger)

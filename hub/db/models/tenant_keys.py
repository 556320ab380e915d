"""Keys of a tenant, wrapped by the master key ring."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from hub.core.keyring import Sealed
from hub.db.base import Base, code_list
from hub.db.types import Encrypted


class KeyUse(StrEnum):
    """DATA seals values; INDEX makes the blind index that values are matched by, and never changes."""

    DATA = "DATA"
    INDEX = "INDEX"


class TenantKey(Base):
    __tablename__ = "tenant_key"

    tenant_id: Mapped[UUID] = mapped_column(primary_key=True)
    use: Mapped[KeyUse] = mapped_column(code_list(KeyUse, "use"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    wrapped: Mapped[Sealed] = mapped_column(Encrypted)
    made_at: Mapped[datetime] = mapped_column()

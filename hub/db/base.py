"""Declarative base, naming convention and the mixins every protected table shares."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import DateTime, Enum, ForeignKey, MetaData, String, func
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from hub.core.ids import new_id

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {datetime: DateTime(timezone=True)}  # noqa: RUF012 - declared by SQLAlchemy


def code_list(enum: type[StrEnum], name: str) -> Enum:
    """Column type of a code list: text with a CHECK made from the enum."""
    return Enum(
        enum,
        name=name,
        native_enum=False,
        create_constraint=True,
        length=40,
        values_callable=lambda members: [member.value for member in members],
    )


class Keyed:
    """Surrogate key: UUIDv7 made in Python."""

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)


class Tenanted:
    """Primary key with the tenant, and the jurisdiction path the row policies compare.

    ``tenant_id`` is the root jurisdiction (a prefecture, or a directly run county); neither it nor the path ever
    changes. The key leads with ``id`` so that a node read by id is a key lookup.
    """

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    tenant_id: Mapped[UUID] = mapped_column(primary_key=True)
    jurisdiction_path: Mapped[str] = mapped_column(String(200))
    jurisdiction_id: Mapped[UUID] = mapped_column(ForeignKey("jurisdiction.id"))


class Timestamped:
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    updated_at: Mapped[datetime] = mapped_column(server_default=func.now(), onupdate=func.now())


class Staged:
    """Since when the row stands in its present state: what the clocks of a procedure count from."""

    status_since: Mapped[datetime] = mapped_column(server_default=func.now())


class Versioned(Timestamped):
    """Optimistic lock: ``version`` starts at 1 and grows with every change."""

    version: Mapped[int] = mapped_column(default=1)

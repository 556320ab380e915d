"""Runs migrations as ``hub_owner`` over the connection the caller hands in."""

from __future__ import annotations

from typing import Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext

import hub.db.models  # noqa: F401 - fills the metadata
from hub.db.base import Base
from hub.db.types import Encrypted


def render_item(kind: str, item: object, _: AutogenContext) -> str | Literal[False]:
    """Migrations never import the hub: its column types are written as what they store."""
    if kind == "type" and isinstance(item, Encrypted):
        return "sa.LargeBinary()"
    return False


connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=Base.metadata, compare_type=True, render_item=render_item)
with context.begin_transaction():
    context.run_migrations()

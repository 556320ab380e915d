"""trusted documents"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from migrations.ops import enable

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    op.create_table(
        "trusted_document",
        sa.Column("document_id", sa.String(length=80), nullable=False),
        sa.Column("client_id", sa.String(length=100), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["oauth_client.client_id"], name=op.f("fk_trusted_document_client_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trusted_document")),
        sa.UniqueConstraint(
            "document_id",
            "client_id",
            name=op.f("uq_trusted_document_document_id_client_id"),
            postgresql_nulls_not_distinct=True,
        ),
    )
    op.create_index(op.f("ix_trusted_document_client_id"), "trusted_document", ["client_id"])
    for statement in enable("trusted_document"):
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("trusted_document")

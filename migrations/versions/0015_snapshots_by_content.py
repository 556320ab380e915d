"""rows of a snapshot are known by their content; the memory of deliveries in the outbox goes"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    op.drop_index("ix_dishonesty_record_active", "dishonesty_record")
    op.create_index(
        "ix_dishonesty_record_content",
        "dishonesty_record",
        ["source", "content_digest"],
        postgresql_where=sa.text("mirror_status = 'ACTIVE'"),
    )
    op.drop_index("ix_case_list_entry_active", "case_list_entry")
    op.create_index(
        "ix_case_list_entry_content",
        "case_list_entry",
        ["source", "content_digest"],
        postgresql_where=sa.text("status = 'ACTIVE'"),
    )
    op.execute(
        "grant maintain on legal_case, subject, case_list_entry, case_list_entry_party, dishonesty_record, "
        "dishonesty_record_party to hub_system"
    )
    op.drop_index("ix_outbox_event_pending", "outbox_event")
    op.drop_column("outbox_event", "delivered_at")
    # Whoever registers before a worker has ever run is told from then on, not from when one first looks.
    op.execute(
        "insert into event_reader (name, epoch, transaction_id, number, read_at) values ('webhooks', 0, 0, 0, now()) "
        "on conflict do nothing"
    )
    op.create_index("ix_idempotency_record_created_at", "idempotency_record", ["created_at"])
    # Until now events of mirrored rows named the message alone, and no reader of events got past one.
    op.execute(
        "update outbox_event set ids = ids || jsonb_build_object('id', coalesce(ids ->> 'messageKey', id::text)) "
        "where ids ->> 'id' is null"
    )
    op.create_check_constraint(op.f("ck_outbox_event_id"), "outbox_event", "(ids ->> 'id') is not null")


def downgrade() -> None:
    raise NotImplementedError("what was sent is not told apart again; restore from a backup instead")

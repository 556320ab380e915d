"""delivery"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations.ops import ORGANIZATION, SUBJECT, covers, either, enable, policy

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

ENDPOINT_STATUSES = ("ACTIVE", "PAUSED", "DISABLED", "DELETED")
ENDPOINT_REASONS = ("OWNER", "FAILING", "GONE", "CLIENT_DISABLED")
DELIVERY_STATUSES = ("WAITING", "DELIVERED", "DEAD", "WITHDRAWN")
FAULTS = (
    "ADDRESS",
    "UNREACHABLE",
    "CERTIFICATE",
    "TIMEOUT",
    "GARBLED",
    "REDIRECT",
    "STATUS",
    "THROTTLED",
    "GONE",
)
TICK_STATUSES = ("DUE", "DONE", "FAILED", "SKIPPED")
OWN = f"organization_id = {ORGANIZATION}"
SEEN = either(OWN, covers("reads", "delivery"))
"""By the organisation itself, and by whoever keeps the exchange of its jurisdiction."""


def codes(name: str, values: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def moment(name: str, *, nullable: bool = True) -> sa.Column:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def endpoints() -> None:
    op.create_table(
        "webhook_endpoint",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("jurisdiction_id", sa.Uuid(), nullable=False),
        sa.Column("jurisdiction_path", sa.String(200), nullable=False),
        sa.Column("client_id", sa.String(100), nullable=False),
        sa.Column("url", sa.String(2000), nullable=False),
        sa.Column("event_types", postgresql.ARRAY(sa.String(80)), nullable=False),
        sa.Column("status", codes("status", ENDPOINT_STATUSES), nullable=False),
        sa.Column("status_reason", codes("status_reason", ENDPOINT_REASONS), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        moment("failing_since"),
        moment("open_until"),
        moment("created_at", nullable=False),
        moment("updated_at", nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_webhook_endpoint_organization_id")
        ),
        sa.ForeignKeyConstraint(
            ["jurisdiction_id"], ["jurisdiction.id"], name=op.f("fk_webhook_endpoint_jurisdiction_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_webhook_endpoint")),
    )
    op.create_index("ix_webhook_endpoint_own", "webhook_endpoint", ["organization_id", "created_at", "id"])
    op.create_table(
        "webhook_secret",
        sa.Column("endpoint_id", sa.Uuid(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        moment("issued_at", nullable=False),
        moment("previous_until"),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["endpoint_id"], ["webhook_endpoint.id"], name=op.f("fk_webhook_secret_endpoint_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_webhook_secret")),
    )
    op.create_index("ix_webhook_secret_endpoint", "webhook_secret", ["endpoint_id", "id"])


def deliveries() -> None:
    op.create_table(
        "delivery",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("endpoint_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("jurisdiction_path", sa.String(200), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("event_type", sa.String(80), nullable=False),
        sa.Column("schema_version", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(100), nullable=False),
        sa.Column("object_id", sa.Uuid(), nullable=False),
        sa.Column("ids", postgresql.JSONB(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("transaction_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        moment("event_at", nullable=False),
        sa.Column("status", codes("status", DELIVERY_STATUSES), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        moment("created_at", nullable=False),
        moment("first_attempt_at"),
        moment("attempted_at"),
        moment("next_attempt_at"),
        moment("ended_at"),
        sa.Column("fault", codes("fault", FAULTS), nullable=True),
        sa.Column("http_status", sa.SmallInteger(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["endpoint_id"], ["webhook_endpoint.id"], name=op.f("fk_delivery_endpoint_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery")),
        sa.UniqueConstraint("endpoint_id", "event_id", name=op.f("uq_delivery_endpoint_id_event_id")),
    )
    waiting = ["endpoint_id", "key", "epoch", "transaction_id", "number"]
    op.create_index("ix_delivery_waiting", "delivery", waiting, postgresql_where=sa.text("status = 'WAITING'"))
    op.create_index("ix_delivery_own", "delivery", ["organization_id", "created_at", "id"])
    op.create_index("ix_delivery_order", "delivery", ["created_at", "id"])
    op.create_index("ix_delivery_dead", "delivery", ["endpoint_id", "id"], postgresql_where=sa.text("status = 'DEAD'"))
    op.create_index("ix_delivery_ended", "delivery", ["ended_at"], postgresql_where=sa.text("ended_at IS NOT NULL"))
    op.create_table(
        "delivery_lane",
        sa.Column("endpoint_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(100), nullable=False),
        moment("due_at", nullable=False),
        sa.Column("fence", sa.BigInteger(), nullable=False),
        sa.Column("owner", sa.String(100), nullable=True),
        sa.ForeignKeyConstraint(["endpoint_id"], ["webhook_endpoint.id"], name=op.f("fk_delivery_lane_endpoint_id")),
        sa.PrimaryKeyConstraint("endpoint_id", "key", name=op.f("pk_delivery_lane")),
    )
    op.create_index("ix_delivery_lane_due", "delivery_lane", ["endpoint_id", "due_at"])


def background() -> None:
    op.create_table(
        "event_reader",
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("transaction_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        moment("read_at", nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_event_reader")),
    )
    op.create_table(
        "scheduled_tick",
        sa.Column("job", sa.String(60), nullable=False),
        moment("due_at", nullable=False),
        sa.Column("status", codes("status", TICK_STATUSES), nullable=False),
        sa.Column("owner", sa.String(100), nullable=True),
        moment("started_at"),
        moment("ended_at"),
        sa.Column("rows", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("job", "due_at", name=op.f("pk_scheduled_tick")),
    )
    due = sa.text("status = 'DUE'")
    op.create_index("ix_scheduled_tick_due", "scheduled_tick", ["job", "due_at"], postgresql_where=due)


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    endpoints()
    deliveries()
    background()
    op.add_column("exchange_entry", sa.Column("response_digest", sa.String(64), nullable=True))
    owned = f"exists (select 1 from webhook_endpoint e where e.id = endpoint_id and e.{OWN})"
    for statement in [
        *enable("webhook_endpoint"),
        *policy("webhook_endpoint", "select", SEEN),
        *policy("webhook_endpoint", "insert", f"{OWN} and client_id = {SUBJECT}"),
        (
            "create policy app_update on webhook_endpoint for update to hub_app "
            f"using ({OWN} and status <> 'DELETED') with check ({OWN})"
        ),
        (
            "grant update (url, event_types, status, status_reason, client_id, failures, failing_since, open_until, "
            "updated_at, version) on webhook_endpoint to hub_app"
        ),
        *enable("webhook_secret"),
        *policy("webhook_secret", "insert", owned),
        *enable("delivery"),
        *policy("delivery", "select", SEEN),
        # A client may add a test of its own endpoint, and put back what was given up or has arrived.
        *policy("delivery", "insert", f"{OWN} and {owned} and event_type = 'webhook.test' and status = 'WAITING'"),
        (
            f"create policy app_update on delivery for update to hub_app using ({OWN}) "
            f"with check ({OWN} and status = 'WAITING')"
        ),
        (
            "grant update (status, attempts, first_attempt_at, next_attempt_at, ended_at, fault, http_status) "
            "on delivery to hub_app"
        ),
        *enable("delivery_lane"),
        *policy("delivery_lane", "select", owned),
        *policy("delivery_lane", "insert", owned),
        f"create policy app_update on delivery_lane for update to hub_app using ({owned}) with check ({owned})",
        "grant update (due_at) on delivery_lane to hub_app",
        *enable("event_reader"),
        *enable("scheduled_tick"),
    ]:
        op.execute(statement)


def downgrade() -> None:
    raise NotImplementedError("deliveries are not taken away; restore from a backup instead")

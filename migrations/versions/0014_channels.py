"""destinations other than webhooks: banks, e-mail, text messages; versions of calendar years"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations.ops import ORGANIZATION, SUBJECT, covers, either, enable

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

CHANNELS = ("WEBHOOK", "BANK", "EMAIL", "SMS")
OWN = f"organization_id = {ORGANIZATION}"
SEEN = either(OWN, covers("reads", "delivery"))


def codes(name: str, values: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def moment(name: str, *, nullable: bool = True) -> sa.Column:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def key(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.Uuid(), nullable=nullable)


def foreign(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}"))


def channels() -> list[str]:
    op.add_column("webhook_endpoint", sa.Column("channel", codes("channel", CHANNELS), nullable=True))
    op.add_column("webhook_endpoint", sa.Column("account", sa.String(200), nullable=True))
    op.execute("update webhook_endpoint set channel = 'WEBHOOK'")
    op.alter_column("webhook_endpoint", "channel", nullable=False)
    op.create_check_constraint(
        "of_channel",
        "webhook_endpoint",
        "(channel = 'WEBHOOK') = (client_id <> '') and (channel = 'WEBHOOK') = (account is null)",
    )
    # Destinations that an operator registers are no client's: not to be seen, made or changed by one.
    webhook = "channel = 'WEBHOOK'"
    return [
        *(f"drop policy app_{command} on webhook_endpoint" for command in ("select", "insert", "update")),
        f"create policy app_select on webhook_endpoint for select to hub_app using ({webhook} and ({SEEN}))",
        (
            "create policy app_insert on webhook_endpoint for insert to hub_app "
            f"with check ({webhook} and {OWN} and client_id = {SUBJECT})"
        ),
        (
            "create policy app_update on webhook_endpoint for update to hub_app "
            f"using ({webhook} and {OWN} and status <> 'DELETED') with check ({webhook} and {OWN})"
        ),
    ]


def broadcasts() -> None:
    op.create_table(
        "broadcast",
        key("tenant_id"),
        key("endpoint_id"),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("kind", codes("kind", ("DELTA", "SNAPSHOT")), nullable=False),
        sa.Column("listed_rows", sa.Integer(), nullable=False),
        sa.Column("lifted_rows", sa.Integer(), nullable=False),
        moment("made_at", nullable=False),
        sa.Column("digest", sa.String(64), nullable=True),
        sa.Column("chases", sa.Integer(), nullable=False),
        moment("chased_at"),
        moment("acknowledged_at"),
        sa.Column("acknowledgement", codes("acknowledgement", ("ACCEPTED", "REFUSED")), nullable=True),
        sa.Column("refused_rows", sa.Integer(), nullable=False),
        sa.Column("reasons", postgresql.JSONB(), nullable=False),
        key("id"),
        foreign("broadcast", "endpoint_id", "webhook_endpoint"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_broadcast")),
        sa.UniqueConstraint("endpoint_id", "number", name=op.f("uq_broadcast_endpoint_id_number")),
    )
    silent = sa.text("acknowledged_at IS NULL")
    op.create_index("ix_broadcast_silent", "broadcast", ["endpoint_id", "number"], postgresql_where=silent)
    op.create_table(
        "broadcast_row",
        key("endpoint_id"),
        key("record_id"),
        key("broadcast_id"),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("lifted", sa.Boolean(), nullable=False),
        foreign("broadcast_row", "endpoint_id", "webhook_endpoint"),
        foreign("broadcast_row", "broadcast_id", "broadcast"),
        sa.PrimaryKeyConstraint("endpoint_id", "record_id", name=op.f("pk_broadcast_row")),
    )
    op.create_index("ix_broadcast_row_broadcast_id", "broadcast_row", ["broadcast_id", "record_id"])


def notifications() -> None:
    op.add_column("liaison", sa.Column("email_sealed", sa.LargeBinary(), nullable=True))
    op.create_table(
        "notification",
        key("tenant_id"),
        key("liaison_id"),
        key("organization_id"),
        sa.Column("channel", codes("channel", CHANNELS), nullable=False),
        moment("made_at", nullable=False),
        key("id"),
        foreign("notification", "organization_id", "organization"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notification")),
    )
    op.create_index("ix_notification_liaison", "notification", ["liaison_id", "channel", "made_at"])
    op.create_table(
        "notification_cause",
        key("liaison_id"),
        sa.Column("channel", codes("channel", CHANNELS), nullable=False),
        sa.Column("cause", sa.String(200), nullable=False),
        sa.Column("code", sa.String(60), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        moment("raised_at", nullable=False),
        key("notification_id", nullable=True),
        foreign("notification_cause", "notification_id", "notification"),
        sa.PrimaryKeyConstraint("liaison_id", "channel", "cause", name=op.f("pk_notification_cause")),
    )
    waiting = sa.text("notification_id IS NULL")
    op.create_index("ix_notification_cause_waiting", "notification_cause", ["raised_at"], postgresql_where=waiting)
    op.create_index("ix_notification_cause_notification_id", "notification_cause", ["notification_id"])


def calendars() -> None:
    """What was imported before becomes the first version of its year."""
    op.add_column("calendar_year", sa.Column("version", sa.Integer(), autoincrement=False, nullable=True))
    op.add_column("calendar_year", sa.Column("origin", sa.String(200), nullable=True))
    op.add_column("calendar_year", sa.Column("digest", sa.String(64), nullable=True))
    op.add_column("calendar_year", moment("imported_at"))
    op.execute(
        "update calendar_year set version = 1, origin = 'import', imported_at = updated_at, "
        "digest = encode(sha256(convert_to(content::text, 'UTF8')), 'hex')"
    )
    for name in ("version", "origin", "digest", "imported_at"):
        op.alter_column("calendar_year", name, nullable=False)
    op.drop_column("calendar_year", "created_at")
    op.drop_column("calendar_year", "updated_at")
    op.drop_constraint("pk_calendar_year", "calendar_year")
    op.create_primary_key("pk_calendar_year", "calendar_year", ["year", "version"])


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    statements = channels()
    broadcasts()
    notifications()
    calendars()
    for table in ("broadcast", "broadcast_row", "notification", "notification_cause"):
        statements += enable(table)
    statements += [
        "drop policy app_update on calendar_year",
        "revoke update on calendar_year from hub_app",
        "revoke update, delete on calendar_year from hub_system",
    ]
    for statement in statements:
        op.execute(statement)


def downgrade() -> None:
    raise NotImplementedError("what was told is not taken away; restore from a backup instead")

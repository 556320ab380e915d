"""the life of listings; checks of subjects"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations.ops import ORGANIZATION, OWN_SUBORDINATES, SUPERIOR, covers, either, enable, policy, visible

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

OWN = f"organization_id = {ORGANIZATION}"
STANDING = ("LISTED", "PUBLISHED", "CORRECTION_PENDING", "RECONSIDERING", "DELETE_DUE")
STATUSES = (
    "EXEC_FILED",
    "NOTICE_SERVED",
    "PRE_LISTING_NOTICED",
    "DECIDED",
    "IN_GRACE",
    "AVERTED",
    *STANDING,
    "DELETED_SHIELDED",
    "REPAIRED",
    "REVOKED",
)
GROUNDS = (
    "PERFORMED",
    "SETTLEMENT_PERFORMED",
    "CREDITOR_REQUEST",
    "NOTHING_FOUND",
    "STAYED",
    "NOT_ENFORCED",
    "ENDED",
    "TERM_EXPIRED",
    "EARLY",
)
CLOCKS = ("GRACE", "TERM", "OBJECTION", "RECONSIDERATION", "DELETION", "RELISTING_BAR")
MODES = ("EXACT_ID", "NAME_ONLY")
DISPOSITIONS = ("BLOCK", "WARN", "MANUAL", "PASS")
CHECKERS = (
    "root = any ((select array(select split_part(p, '/', 1) from "
    "unnest(string_to_array(nullif(current_setting('hub.reads_check', true), ''), ',')) p))::text[])"
)
"""A published listing is known everywhere; a check finds those of the caller's own tenant."""


def codes(name: str, values: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def moment(name: str, *, nullable: bool = True) -> sa.Column:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def day(name: str, *, nullable: bool = True) -> sa.Column:
    return sa.Column(name, sa.Date(), nullable=nullable)


def key(name: str = "id") -> sa.Column:
    return sa.Column(name, sa.Uuid(), nullable=False)


def checking() -> list[sa.Column]:
    return [key("tenant_id"), sa.Column("jurisdiction_path", sa.String(200), nullable=False), key("organization_id")]


def of_organization(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["organization_id"], ["organization.id"], name=op.f(f"fk_{table}_organization_id"))


def listings() -> None:
    table = "dishonesty_record"
    op.drop_constraint(op.f("ck_dishonesty_record_status"), table)
    op.create_check_constraint(op.f("ck_dishonesty_record_status"), table, sa.column("status").in_(STATUSES))
    moved = sa.Column("status_since", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False)
    for column in (
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        moved,
        sa.Column("rule_version", sa.String(20)),
        sa.Column("decision_number", sa.String(100)),
        *(day(name) for name in ("decided_on", "served_on", "grace_until", "term_until")),
        sa.Column("deletion_ground", codes("deletion_ground", GROUNDS)),
        *(day(name) for name in ("deletion_ground_on", "relist_barred_until")),
    ):
        op.add_column(table, column)
    op.create_table(
        "dishonesty_step",
        key(),
        key("record_id"),
        key("tenant_id"),
        sa.Column("event", sa.String(40), nullable=False),
        sa.Column("status", codes("status", STATUSES), nullable=False),
        moment("occurred_at", nullable=False),
        sa.Column("source_sequence", sa.BigInteger(), nullable=False),
        sa.Column("source_version", sa.Integer(), nullable=False),
        moment("received_at", nullable=False),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["record_id", "tenant_id"],
            ["dishonesty_record.id", "dishonesty_record.tenant_id"],
            name=op.f("fk_dishonesty_step_record_id_tenant_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dishonesty_step")),
        sa.UniqueConstraint(
            "record_id",
            "occurred_at",
            "source_sequence",
            "source_version",
            name=op.f("uq_dishonesty_step_record_id_occurred_at_source_sequence_source_version"),
        ),
    )
    op.create_table(
        "dishonesty_clock",
        key("record_id"),
        sa.Column("kind", codes("kind", CLOCKS), nullable=False),
        key("tenant_id"),
        day("anchor_on", nullable=False),
        day("due_on", nullable=False),
        sa.Column("clause", sa.String(300), nullable=False),
        sa.Column("told", sa.Boolean(), nullable=False),
        sa.Column("provisional", sa.Boolean(), nullable=False),
        day("met_on"),
        sa.ForeignKeyConstraint(
            ["record_id", "tenant_id"],
            ["dishonesty_record.id", "dishonesty_record.tenant_id"],
            name=op.f("fk_dishonesty_clock_record_id_tenant_id"),
        ),
        sa.PrimaryKeyConstraint("record_id", "kind", name=op.f("pk_dishonesty_clock")),
    )


def standing() -> None:
    op.create_table(
        "standing_listing",
        key("record_id"),
        key("tenant_id"),
        sa.Column("root", sa.String(20), nullable=False),
        sa.Column("identity", sa.LargeBinary(), nullable=False),
        sa.Column("name", sa.LargeBinary(), nullable=False),
        day("since", nullable=False),
        sa.PrimaryKeyConstraint("record_id", name=op.f("pk_standing_listing")),
    )
    op.create_index("ix_standing_listing_identity", "standing_listing", ["identity"])
    op.create_index("ix_standing_listing_name", "standing_listing", ["name"])
    op.create_table(
        "standing_measure",
        key("record_id"),
        key("organization_id"),
        sa.Column("code", sa.String(20), nullable=False),
        key("tenant_id"),
        sa.Column("jurisdiction_path", sa.String(200), nullable=False),
        sa.Column("mandatory", sa.Boolean(), nullable=False),
        day("since", nullable=False),
        of_organization("standing_measure"),
        sa.PrimaryKeyConstraint("record_id", "organization_id", "code", name=op.f("pk_standing_measure")),
    )


def checks() -> None:
    op.create_table(
        "subject_check",
        key(),
        *checking(),
        sa.Column("client_id", sa.String(100), nullable=False),
        moment("at", nullable=False),
        sa.Column("service_case_number", sa.String(100), nullable=False),
        sa.Column("service_item", sa.String(200), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("asked", "matched", "manual")),
        sa.Column("keys", sa.LargeBinary(), nullable=False),
        sa.Column("references", postgresql.JSONB(), nullable=True),
        sa.Column("hits", postgresql.JSONB(), nullable=False),
        moment("spread_at"),
        of_organization("subject_check"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subject_check")),
    )
    op.create_index("ix_subject_check_mine", "subject_check", ["organization_id", "at", "id"])
    op.create_index("ix_subject_check_waiting", "subject_check", ["at"], postgresql_where=sa.text("spread_at is null"))
    op.create_table(
        "checked_subject",
        key(),
        *checking(),
        sa.Column("key", sa.LargeBinary(), nullable=False),
        sa.Column("service_case_number", sa.String(100), nullable=False),
        sa.Column("reference", sa.String(100), nullable=True),
        moment("checked_at", nullable=False),
        moment("changed_at"),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        of_organization("checked_subject"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_checked_subject")),
        sa.UniqueConstraint("organization_id", "key", name=op.f("uq_checked_subject_organization_id_key")),
    )
    op.create_index("ix_checked_subject_key", "checked_subject", ["key"])
    op.create_index("ix_checked_subject_mine", "checked_subject", ["organization_id", "checked_at", "id"])
    op.create_table(
        "check_usage",
        sa.Column("client_id", sa.String(100), nullable=False),
        day("day", nullable=False),
        *checking(),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("asked", "named", "matched")),
        moment("alarmed_at"),
        of_organization("check_usage"),
        sa.PrimaryKeyConstraint("client_id", "day", name=op.f("pk_check_usage")),
    )


def answers() -> None:
    op.create_table(
        "check_disposition",
        key(),
        *checking(),
        sa.Column("disposition", codes("disposition", DISPOSITIONS), nullable=False),
        sa.Column("clause", sa.String(300), nullable=False),
        day("valid_from", nullable=False),
        moment("decided_at", nullable=False),
        of_organization("check_disposition"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_check_disposition")),
        sa.UniqueConstraint(
            "organization_id", "valid_from", name=op.f("uq_check_disposition_organization_id_valid_from")
        ),
    )
    op.create_table(
        "interception",
        key(),
        *checking(),
        key("check_id"),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("mode", codes("mode", MODES), nullable=False),
        sa.Column("advised", codes("advised", DISPOSITIONS), nullable=False),
        sa.Column("decision", codes("decision", DISPOSITIONS), nullable=False),
        sa.Column("override_reason", sa.String(500), nullable=True),
        sa.Column("system", sa.String(100), nullable=False),
        moment("at", nullable=False),
        sa.ForeignKeyConstraint(["check_id"], ["subject_check.id"], name=op.f("fk_interception_check_id")),
        of_organization("interception"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interception")),
        sa.UniqueConstraint("check_id", "position", name=op.f("uq_interception_check_id_position")),
    )
    op.create_index("ix_interception_mine", "interception", ["organization_id", "at", "id"])


def shared_while_standing() -> list[str]:
    """Before a listing stands, and after, it is for its court, its subject and the credit office only."""
    credit, government = covers("reads", "credit"), covers("reads", "government_credit")
    own = f"exists (select 1 from dishonesty_record_party p where p.record_id = dishonesty_record.id and {OWN})"
    told_of = (
        f"{SUPERIOR} and exists (select 1 from dishonesty_record_party p where p.record_id = dishonesty_record.id "
        f"and p.capacity = 'SUBJECT' and p.organization_id in ({OWN_SUBORDINATES}))"
    )
    states = ", ".join(f"'{each}'" for each in STANDING)
    public = either(f"government_subject and {government}", told_of)
    condition = either(credit, own, f"status in ({states}) and ({public})")
    return [f"alter policy app_select on dishonesty_record using ({condition})"]


def security() -> list[str]:
    seen = either(OWN, covers("reads", "credit"))
    statements: list[str] = []
    for table in ("dishonesty_step", "dishonesty_clock"):
        statements += [*enable(table), *policy(table, "select", visible("dishonesty_record", "record_id", table))]
    statements += [*enable("standing_listing"), *policy("standing_listing", "select", CHECKERS)]
    # Whoever carries a measure out enters it, on a listing that it sees.
    seen_listing = visible("dishonesty_record", "record_id", "standing_measure")
    carried = f"{OWN} and {seen_listing.replace('v.id =', 'v.tenant_id = standing_measure.tenant_id and v.id =')}"
    statements += [
        *enable("standing_measure"),
        *policy(
            "standing_measure",
            "select",
            either(OWN, visible("standing_listing", "record_id", "standing_measure").replace("v.id", "v.record_id")),
        ),
        *policy("standing_measure", "insert", carried),
        *policy("standing_measure", "delete", carried),
    ]
    for table in ("subject_check", "check_usage", "check_disposition", "interception"):
        statements += [*enable(table), *policy(table, "select", seen), *policy(table, "insert", OWN)]
    return [
        *statements,
        *policy("check_usage", "update", OWN),
        *enable("checked_subject"),
        *policy("checked_subject", "select", OWN),
        "revoke update, delete on interception from hub_system",
    ]


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    listings()
    standing()
    checks()
    answers()
    for statement in shared_while_standing() + security():
        op.execute(statement)


def downgrade() -> None:
    raise NotImplementedError("what courts told and departments checked is not taken away; restore from a backup")

"""measures of joint punishment: matched, ordered, in force, lifted with a receipt"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations.ops import ORGANIZATION, OWN_SUBORDINATES, SUPERIOR, covers, either, enable, policy, visible

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

OWN = f"organization_id = {ORGANIZATION}"
CREDIT, OFFICES = covers("reads", "credit"), covers("writes", "credit")
ALERT_KINDS = (
    "DUE_SOON",
    "DUE_TODAY",
    "OVERDUE",
    "ESCALATED",
    "REPORT_DUE",
    "REPORT_OVERDUE",
    "DEADLINE_PROVISIONAL",
    "PLENARY_MISSING",
    "LIAISON_MISSING",
    "CONFIRMATION_OVERDUE",
    "SETTLEMENT_OVERDUE",
    "ACCEPTANCE_OVERDUE",
    "REVIEW_OVERDUE",
    "NOTICE_OVERDUE",
    "MINUTES_OVERDUE",
    "QUERY_UNANSWERED",
    "OBJECTION_OVERDUE",
    "APPROVAL_LAPSED",
    "READS_STOPPED",
    "RESIDUAL_PUNISHMENT",
)


def tables() -> None:
    op.create_table(
        "measure_assignment",
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("issuer_id", sa.Uuid(), nullable=False),
        sa.Column("clause", sa.String(length=300), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("jurisdiction_path", sa.String(length=200), nullable=False),
        sa.Column("jurisdiction_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["issuer_id"], ["organization.id"], name=op.f("fk_measure_assignment_issuer_id")),
        sa.ForeignKeyConstraint(
            ["jurisdiction_id"], ["jurisdiction.id"], name=op.f("fk_measure_assignment_jurisdiction_id")
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_measure_assignment_organization_id")
        ),
        sa.PrimaryKeyConstraint("id", "tenant_id", name=op.f("pk_measure_assignment")),
    )
    op.create_index("ix_measure_assignment_order", "measure_assignment", ["code", "id"], unique=False)
    op.create_index(
        "uq_measure_assignment_standing",
        "measure_assignment",
        ["jurisdiction_id", "code", "organization_id", "tenant_id"],
        unique=True,
        postgresql_where=sa.text("valid_to IS NULL"),
    )
    op.create_table(
        "joint_punishment_measure",
        sa.Column("record_id", sa.Uuid(), nullable=False),
        sa.Column("court_id", sa.Uuid(), nullable=False),
        sa.Column("subject_organization_id", sa.Uuid(), nullable=True),
        sa.Column("implementer_id", sa.Uuid(), nullable=True),
        sa.Column(
            "status",
            sa.Enum(
                "MATCHED",
                "PROPOSED",
                "DROPPED",
                "ORDERED",
                "DECLINED",
                "IN_FORCE",
                "EXEMPTED",
                "LIFTING",
                "LIFTED",
                "VERIFIED_LIFTED",
                "ANNULLED",
                name="status",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("catalogue_version", sa.String(length=20), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column(
            "field",
            sa.Enum(
                "GOVERNMENT_PROCUREMENT",
                "TENDERING",
                "ADMINISTRATIVE_APPROVAL",
                "GOVERNMENT_SUPPORT",
                "FINANCING",
                "MARKET_ACCESS",
                "QUALIFICATION",
                "INTERVIEW",
                "AWARD",
                "RECORD",
                "INVESTMENT_APPROVAL",
                "SUBSIDY",
                "CONSUMPTION",
                name="field",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("legal_basis", sa.String(length=300), nullable=False),
        sa.Column("clause", sa.String(length=300), nullable=True),
        sa.Column(
            "level",
            sa.Enum("MANDATORY", "DISCRETIONARY", name="level", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column(
            "target",
            sa.Enum(
                "UNIT",
                "LEGAL_REPRESENTATIVE",
                "PRINCIPAL",
                "DIRECTLY_RESPONSIBLE",
                "ACTUAL_CONTROLLER",
                "FINANCE_HEAD",
                name="target",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("person_name", sa.String(length=100), nullable=True),
        sa.Column(
            "match_mode",
            sa.Enum("EXACT_ID", "NAME_ONLY", name="match_mode", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("automatic", sa.Boolean(), nullable=False),
        sa.Column("needs_approval", sa.Boolean(), nullable=False),
        sa.Column("overdue_list_id", sa.Uuid(), nullable=True),
        sa.Column("notice_id", sa.Uuid(), nullable=True),
        sa.Column("ordered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("in_force_on", sa.Date(), nullable=True),
        sa.Column("order_number", sa.String(length=100), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("reason_basis", sa.String(length=300), nullable=True),
        sa.Column("interception_count", sa.Integer(), nullable=False),
        sa.Column("feedback_count", sa.Integer(), nullable=False),
        sa.Column("award_restriction_id", sa.Uuid(), nullable=True),
        sa.Column(
            "ending",
            sa.Enum(
                "DELETED", "REVOKED", "AVERTED", name="ending", native_enum=False, create_constraint=True, length=40
            ),
            nullable=True,
        ),
        sa.Column("lift_requested_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lift_due_on", sa.Date(), nullable=True),
        sa.Column("lift_due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lift_due_provisional", sa.Boolean(), nullable=False),
        sa.Column("deadline_basis", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("urge_count", sa.Integer(), nullable=False),
        sa.Column("escalation_level", sa.Integer(), nullable=False),
        sa.Column("lifted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("receipt_number", sa.String(length=100), nullable=True),
        sa.Column("receipt_digest", sa.String(length=64), nullable=True),
        sa.Column("lifted_by", sa.String(length=100), nullable=True),
        sa.Column("verified_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("annulled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("jurisdiction_path", sa.String(length=200), nullable=False),
        sa.Column("jurisdiction_id", sa.Uuid(), nullable=False),
        sa.Column("status_since", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["court_id"], ["organization.id"], name=op.f("fk_joint_punishment_measure_court_id")),
        sa.ForeignKeyConstraint(
            ["implementer_id"], ["organization.id"], name=op.f("fk_joint_punishment_measure_implementer_id")
        ),
        sa.ForeignKeyConstraint(
            ["jurisdiction_id"], ["jurisdiction.id"], name=op.f("fk_joint_punishment_measure_jurisdiction_id")
        ),
        sa.ForeignKeyConstraint(
            ["record_id", "tenant_id"],
            ["dishonesty_record.id", "dishonesty_record.tenant_id"],
            name=op.f("fk_joint_punishment_measure_record_id_tenant_id"),
        ),
        sa.ForeignKeyConstraint(
            ["subject_organization_id"],
            ["organization.id"],
            name=op.f("fk_joint_punishment_measure_subject_organization_id"),
        ),
        sa.PrimaryKeyConstraint("id", "tenant_id", name=op.f("pk_joint_punishment_measure")),
    )
    op.create_index(
        "ix_joint_punishment_measure_due",
        "joint_punishment_measure",
        ["lift_due_at"],
        unique=False,
        postgresql_where=sa.text("status = 'LIFTING'"),
    )
    op.create_index(
        "ix_joint_punishment_measure_mine",
        "joint_punishment_measure",
        ["implementer_id", "created_at", "id"],
        unique=False,
    )
    op.create_index("ix_joint_punishment_measure_order", "joint_punishment_measure", ["created_at", "id"], unique=False)
    op.create_index("ix_joint_punishment_measure_record", "joint_punishment_measure", ["record_id"], unique=False)
    op.create_index(
        "uq_joint_punishment_measure_standing",
        "joint_punishment_measure",
        ["record_id", "code", "target", "person_name", "implementer_id", "tenant_id"],
        unique=True,
        postgresql_where=sa.text("ending IS NULL AND status NOT IN ('DROPPED', 'DECLINED')"),
        postgresql_nulls_not_distinct=True,
    )
    op.create_table(
        "punishment_feedback",
        sa.Column("measure_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("score_delta", sa.Integer(), nullable=True),
        sa.Column("interview_id", sa.Uuid(), nullable=True),
        sa.Column("reported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("jurisdiction_path", sa.String(length=200), nullable=False),
        sa.Column("jurisdiction_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["jurisdiction_id"], ["jurisdiction.id"], name=op.f("fk_punishment_feedback_jurisdiction_id")
        ),
        sa.ForeignKeyConstraint(
            ["measure_id", "tenant_id"],
            ["joint_punishment_measure.id", "joint_punishment_measure.tenant_id"],
            name=op.f("fk_punishment_feedback_measure_id_tenant_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_punishment_feedback_organization_id")
        ),
        sa.PrimaryKeyConstraint("id", "tenant_id", name=op.f("pk_punishment_feedback")),
    )
    op.create_index("ix_punishment_feedback_measure", "punishment_feedback", ["measure_id"], unique=False)
    op.create_table(
        "measure_interception",
        sa.Column("measure_id", sa.Uuid(), nullable=False),
        sa.Column("interception_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("affected_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("jurisdiction_path", sa.String(length=200), nullable=False),
        sa.Column("jurisdiction_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["interception_id"], ["interception.id"], name=op.f("fk_measure_interception_interception_id")
        ),
        sa.ForeignKeyConstraint(
            ["jurisdiction_id"], ["jurisdiction.id"], name=op.f("fk_measure_interception_jurisdiction_id")
        ),
        sa.ForeignKeyConstraint(
            ["measure_id", "tenant_id"],
            ["joint_punishment_measure.id", "joint_punishment_measure.tenant_id"],
            name=op.f("fk_measure_interception_measure_id_tenant_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_measure_interception_organization_id")
        ),
        sa.PrimaryKeyConstraint("id", "tenant_id", name=op.f("pk_measure_interception")),
        sa.UniqueConstraint(
            "measure_id",
            "interception_id",
            "tenant_id",
            name=op.f("uq_measure_interception_measure_id_interception_id_tenant_id"),
        ),
    )
    op.create_index("ix_measure_interception_order", "measure_interception", ["at", "id"], unique=False)


def measures() -> list[str]:
    """The credit office and the listing's court see every measure on it, an implementer its own, the listed unit what
    was ordered against it, a superior what a subordinate was ordered to do."""
    implementer, court = f"implementer_id = {ORGANIZATION}", f"court_id = {ORGANIZATION}"
    ordered = "status not in ('MATCHED', 'PROPOSED', 'DROPPED')"
    subject = f"{ordered} and subject_organization_id = {ORGANIZATION}"
    above = f"{ordered} and {SUPERIOR} and implementer_id in ({OWN_SUBORDINATES})"
    listed = visible("dishonesty_record", "record_id", "joint_punishment_measure").replace(
        "v.id =", "v.tenant_id = joint_punishment_measure.tenant_id and v.id ="
    )
    return [
        *enable("joint_punishment_measure"),
        *policy("joint_punishment_measure", "select", either(implementer, court, subject, CREDIT, above)),
        *policy("joint_punishment_measure", "insert", f"{OFFICES} and {listed}"),
        *policy("joint_punishment_measure", "update", either(implementer, OFFICES)),
        *enable("measure_assignment"),
        *policy("measure_assignment", "select", covers("reads", "home")),
        *policy("measure_assignment", "insert", OFFICES),
        *policy("measure_assignment", "update", OFFICES),
    ]


def _carried(table: str, *, code: bool = False) -> str:
    """The measure that a row is about is the caller's own to carry out."""
    which = f"m.record_id = {table}.record_id and m.code = {table}.code" if code else f"m.id = {table}.measure_id"
    return (
        f"{OWN} and exists (select 1 from joint_punishment_measure m where {which} "
        f"and m.tenant_id = {table}.tenant_id and m.implementer_id = {ORGANIZATION})"
    )


def carrying_out() -> list[str]:
    carried = _carried("standing_measure", code=True)
    told = visible("joint_punishment_measure", "measure_id", "punishment_feedback")
    return [
        *enable("punishment_feedback"),
        *policy("punishment_feedback", "select", told),
        *policy("punishment_feedback", "insert", _carried("punishment_feedback")),
        *enable("measure_interception"),
        *policy("measure_interception", "select", either(OWN, CREDIT)),
        *policy("measure_interception", "insert", _carried("measure_interception")),
        f"create policy app_carry on standing_measure for insert to hub_app with check ({carried})",
        f"create policy app_lay_down on standing_measure for delete to hub_app using ({carried})",
    ]


def alarms() -> list[str]:
    kinds = ", ".join(f"'{kind}'" for kind in ALERT_KINDS)
    about = f"target_kind = 'JointPunishmentMeasure' and {CREDIT}"
    return [
        "alter table alert drop constraint ck_alert_kind",
        f"alter table alert add constraint ck_alert_kind check (kind in ({kinds}))",
        f"create policy app_select_measure on alert for select to hub_app using ({about})",
    ]


PLACED = ("measure_assignment", "joint_punishment_measure", "punishment_feedback", "measure_interception")


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    tables()
    fixed = [
        f"create trigger keep_tenant before update on {table} for each row execute function keep_tenant()"
        for table in PLACED
    ]
    for statement in measures() + carrying_out() + alarms() + fixed:
        op.execute(statement)


def downgrade() -> None:
    raise NotImplementedError("what was ordered is not taken away; restore from a backup instead")

"""judicial suggestions, items of assessments, circulars; the political and legal affairs committee among the roles"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations.ops import (
    ORGANIZATION,
    OWN_SUBORDINATES,
    SUPERIOR,
    admit,
    covers,
    either,
    enable,
    party,
    policy,
)

revision = "0051"
down_revision = "0049"
branch_labels = None
depends_on = None

OWN = f"organization_id = {ORGANIZATION}"
COURT = f"court_id = {ORGANIZATION}"
OVERSEES = covers("reads", "supervision")
ABOVE = f"{SUPERIOR} and organization_id in ({OWN_SUBORDINATES})"
SCHEMES = ("PINGAN", "PERFORMANCE")


def codes(name: str, values: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def column(name: str, type_: object, *, nullable: bool = True) -> sa.Column:
    return sa.Column(name, type_, nullable=nullable)


def moment(name: str) -> sa.Column:
    return sa.Column(name, sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False)


def placed(*, staged: bool = True) -> list[sa.Column]:
    return [
        column("id", sa.Uuid(), nullable=False),
        column("tenant_id", sa.Uuid(), nullable=False),
        column("jurisdiction_path", sa.String(200), nullable=False),
        column("jurisdiction_id", sa.Uuid(), nullable=False),
        *([moment("status_since")] if staged else []),
        column("version", sa.Integer(), nullable=False),
        moment("created_at"),
        moment("updated_at"),
    ]


def refers(table: str, *names: str) -> list[sa.ForeignKeyConstraint]:
    return [
        sa.ForeignKeyConstraint(
            [name],
            ["jurisdiction.id" if name == "jurisdiction_id" else "organization.id"],
            name=op.f(f"fk_{table}_{name}"),
        )
        for name in (*names, "jurisdiction_id")
    ]


def suggestions() -> None:
    table = "judicial_suggestion"
    categories = ("DISHONEST_BODY", "COMPREHENSIVE", "APPEARANCE", "JUDGMENT_REFUSAL", "OTHER")
    statuses = ("DRAFT", "CONSULTED", "SENT", "RECEIVED", "REPLIED", "CLOSED", "WITHDRAWN")
    op.create_table(
        table,
        column("category", codes("category", categories), nullable=False),
        column("status", codes("status", statuses), nullable=False),
        *(column(name, sa.Uuid(), nullable=False) for name in ("court_id", "subject_id", "addressee_id")),
        column("record_id", sa.Uuid()),
        column("title", sa.String(200), nullable=False),
        *(column(name, postgresql.ARRAY(sa.Text()), nullable=False) for name in ("problems", "suggestions")),
        column("consultation", sa.Text()),
        column("document_no", sa.String(64)),
        column("year", sa.Integer()),
        column("serial", sa.Integer()),
        column("clause", sa.String(200)),
        column("signed_by", sa.String(100)),
        column("sent_at", sa.DateTime(timezone=True)),
        column("due_on", sa.Date()),
        column("due_basis", postgresql.JSONB(astext_type=sa.Text())),
        column("received_at", sa.DateTime(timezone=True)),
        column("received_by", sa.String(100)),
        column("reply", sa.Text()),
        column("adoption", codes("adoption", ("ADOPTED", "PARTLY", "NOT"))),
        column("replied_at", sa.DateTime(timezone=True)),
        column("outcome", sa.Text()),
        *placed(),
        *refers(table, "court_id", "subject_id", "addressee_id"),
        sa.UniqueConstraint(
            "court_id",
            "year",
            "serial",
            "tenant_id",
            name=op.f("uq_judicial_suggestion_court_id_year_serial_tenant_id"),
        ),
        sa.PrimaryKeyConstraint("id", "tenant_id", name=op.f("pk_judicial_suggestion")),
    )
    op.create_index("ix_judicial_suggestion_order", table, ["created_at", "id"])
    parties = "judicial_suggestion_party"
    op.create_table(
        parties,
        column("suggestion_id", sa.Uuid(), nullable=False),
        column("organization_id", sa.Uuid(), nullable=False),
        column("tenant_id", sa.Uuid(), nullable=False),
        column("capacity", codes("capacity", ("COURT", "ADDRESSEE", "COPIED")), nullable=False),
        column("jurisdiction_path", sa.String(200), nullable=False),
        moment("created_at"),
        moment("updated_at"),
        sa.ForeignKeyConstraint(
            ["suggestion_id", "tenant_id"],
            ["judicial_suggestion.id", "judicial_suggestion.tenant_id"],
            name=op.f("fk_judicial_suggestion_party_suggestion_id_tenant_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_judicial_suggestion_party_organization_id")
        ),
        sa.PrimaryKeyConstraint(
            "suggestion_id", "organization_id", "tenant_id", name=op.f("pk_judicial_suggestion_party")
        ),
    )
    op.create_index("ix_judicial_suggestion_party_mine", parties, ["organization_id", "suggestion_id"])


def assessments() -> None:
    table = "assessment_item"
    op.create_table(
        table,
        column("scheme", codes("scheme", SCHEMES), nullable=False),
        column("status", codes("status", ("PROPOSED", "ENTERED", "DROPPED", "CANCELLED")), nullable=False),
        column("year", sa.Integer(), nullable=False),
        *(column(name, sa.Uuid(), nullable=False) for name in ("organization_id", "assessor_id", "record_id")),
        column("case_number", sa.String(64), nullable=False),
        column("clause", sa.String(200)),
        column("points", sa.Integer()),
        column("reason", sa.Text()),
        column("decided_by", sa.String(100)),
        column("entered_at", sa.DateTime(timezone=True)),
        column("performed_on", sa.Date()),
        *placed(),
        *refers(table, "organization_id", "assessor_id"),
        sa.UniqueConstraint(
            "record_id",
            "scheme",
            "year",
            "tenant_id",
            name=op.f("uq_assessment_item_record_id_scheme_year_tenant_id"),
        ),
        sa.PrimaryKeyConstraint("id", "tenant_id", name=op.f("pk_assessment_item")),
    )
    op.create_index("ix_assessment_item_order", table, ["created_at", "id"])
    table = "circular"
    op.create_table(
        table,
        column("scheme", codes("scheme", SCHEMES), nullable=False),
        *(column(name, sa.Uuid(), nullable=False) for name in ("issuer_id", "organization_id", "item_id")),
        column("title", sa.String(200), nullable=False),
        column("content", sa.Text(), nullable=False),
        column("perform_by", sa.Date(), nullable=False),
        column("clause", sa.String(200)),
        column("signed_by", sa.String(100), nullable=False),
        *placed(staged=False),
        *refers(table, "issuer_id", "organization_id"),
        sa.ForeignKeyConstraint(
            ["item_id", "tenant_id"],
            ["assessment_item.id", "assessment_item.tenant_id"],
            name=op.f("fk_circular_item_id_tenant_id"),
        ),
        sa.PrimaryKeyConstraint("id", "tenant_id", name=op.f("pk_circular")),
    )
    op.create_index("ix_circular_order", table, ["created_at", "id"])


def security() -> list[str]:
    """A draft is its court's alone; an item its assessor's until it is entered; a circular is written once."""
    keeper = f"select exists (select 1 from judicial_suggestion s where s.id = key and s.{COURT})"
    member = party("judicial_suggestion", "suggestion_id")
    assessor = f"assessor_id = {ORGANIZATION}"
    assessed = (
        "exists (select 1 from assessment_item a where a.id = circular.item_id and a.tenant_id = circular.tenant_id "
        f"and a.organization_id = circular.organization_id and a.{assessor})"
    )
    return [
        admit("organization_function", "role", "POLITICAL_LEGAL_COMMITTEE"),
        *enable("judicial_suggestion"),
        *policy("judicial_suggestion", "select", either(COURT, member, f"sent_at is not null and {OVERSEES}")),
        *policy("judicial_suggestion", "insert", f"{COURT} and status = 'DRAFT'"),
        *policy("judicial_suggestion", "update", either(COURT, f"sent_at is not null and {member}")),
        (
            "create function keeps_judicial_suggestion(key uuid) returns boolean language sql stable security definer "
            f"set search_path = pg_catalog, public as $$ {keeper} $$"
        ),
        "revoke all on function keeps_judicial_suggestion(uuid) from public",
        "grant execute on function keeps_judicial_suggestion(uuid) to hub_app, hub_system",
        *enable("judicial_suggestion_party"),
        *policy("judicial_suggestion_party", "select", OWN),
        *policy("judicial_suggestion_party", "insert", "keeps_judicial_suggestion(suggestion_id)"),
        *enable("assessment_item"),
        *policy(
            "assessment_item",
            "select",
            either(assessor, f"entered_at is not null and ({either(OWN, OVERSEES, ABOVE)})"),
        ),
        *policy("assessment_item", "update", assessor),
        *enable("circular"),
        *policy("circular", "select", either(f"issuer_id = {ORGANIZATION}", OWN, OVERSEES, ABOVE)),
        *policy("circular", "insert", f"issuer_id = {ORGANIZATION} and {assessed}"),
        "revoke update, delete on circular from hub_system",
        *(
            f"create trigger keep_tenant before update on {table} for each row execute function keep_tenant()"
            for table in ("judicial_suggestion", "assessment_item", "circular")
        ),
    ]


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    suggestions()
    assessments()
    for statement in security():
        op.execute(statement)


def downgrade() -> None:
    raise NotImplementedError("what was suggested and assessed is not taken away; restore from a backup instead")

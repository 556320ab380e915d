"""clues to refusing or evading enforcement, and figures of tagged cases and clues"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations.ops import ORGANIZATION, admit, covers, either, enable, policy

revision = "0058"
down_revision = "0057"
branch_labels = None
depends_on = None

CLUE, STEP, EVIDENCE = "evasion_clue", "evasion_clue_step", "evasion_clue_evidence"
COURT, POLICE = f"court_id = {ORGANIZATION}", f"police_id = {ORGANIZATION}"
NOT_DEBTOR = f"debtor_id is distinct from {ORGANIZATION}"
WAITING = ("SENT", "RECEIVED", "RETURNED", "ACCEPTED")
STATES = (*WAITING, "NOT_ACCEPTED", "FILED", "NOT_FILED", "WITHDRAWN", "CLOSED")
REFUSALS = ("NO_CRIMINAL_FACT", "MINOR", "NOT_COMPETENT", "PERFORMED", "OTHER")
DOCUMENTS = (
    "TRANSFER_LETTER",
    "EXECUTION_BASIS",
    "PROPERTY_REPORT",
    "TRANSACTION_RECORD",
    "STATEMENT",
    "OTHER",
)
NOW = sa.text("now()")
FIGURES = f"""
    with tagged as (
        select court_id, kind, jurisdiction_id from case_tag
        where status = 'ACTIVE' and tagged_on between first_day and last_day and jurisdiction_path ^@ root
            and ({either(COURT, covers("reads", "supervision"))})
    ), clue as (
        select *, (created_at at time zone 'Asia/Shanghai')::date as sent_on from evasion_clue
        where jurisdiction_path ^@ root and ({either(COURT, covers("reads", "supervision"))})
    ), counted as (
        select jurisdiction_id, court_id,
            count(*) filter (where kind = 'LIVELIHOOD') as livelihood,
            count(*) filter (where kind = 'ADMINISTRATIVE_ORGAN') as organs,
            count(*) filter (where kind = 'ENFORCEMENT_EVASION') as evasion,
            0 as sent, 0 as received, 0 as returned, 0 as filed, 0 as overdue
        from tagged group by jurisdiction_id, court_id
        union all
        select jurisdiction_id, court_id, 0, 0, 0, count(*), count(received_at), count(returned_at), count(filed_on),
            count(*) filter (where due_on < today and status in ({", ".join(f"'{state}'" for state in WAITING)}))
        from clue where sent_on between first_day and last_day group by jurisdiction_id, court_id
    )
    select j.code, j.name, o.id, o.name, sum(livelihood)::int, sum(organs)::int, sum(evasion)::int, sum(sent)::int,
        sum(received)::int, sum(returned)::int, sum(filed)::int, sum(overdue)::int
    from counted c join jurisdiction j on j.id = c.jurisdiction_id join organization o on o.id = c.court_id
    group by j.code, j.name, o.id, o.name order by j.code, o.name, o.id
"""


def codes(name: str, *values: str, empty: bool = False) -> sa.Column[Any]:
    kind = sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)
    return sa.Column(name, kind, nullable=empty)


def column(name: str, kind: Any, *, empty: bool = False) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=empty)


def moment(name: str, *, empty: bool = False, default: Any = None) -> sa.Column[Any]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=empty, server_default=default)


def refers(table: str, column_: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column_], [f"{to}.id"], name=op.f(f"fk_{table}_{column_}"))


def refers_within(table: str, column_: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column_, "tenant_id"], [f"{to}.id", f"{to}.tenant_id"], name=op.f(f"fk_{table}_{column_}_tenant_id")
    )


def placed(table: str) -> list[Any]:
    return [
        column("id", sa.Uuid()),
        column("tenant_id", sa.Uuid()),
        column("jurisdiction_path", sa.String(200)),
        column("jurisdiction_id", sa.Uuid()),
        moment("created_at", default=NOW),
        moment("updated_at", default=NOW),
        refers(table, "jurisdiction_id", "jurisdiction"),
        sa.PrimaryKeyConstraint("id", "tenant_id", name=op.f(f"pk_{table}")),
    ]


def clues() -> None:
    op.create_table(
        CLUE,
        column("court_id", sa.Uuid()),
        column("police_id", sa.Uuid()),
        column("debtor_id", sa.Uuid(), empty=True),
        column("case_id", sa.Uuid()),
        column("subject_id", sa.Uuid()),
        column("case_number", sa.String(64)),
        column("conducts", postgresql.ARRAY(sa.String(40))),
        column("signed_by", sa.String(100)),
        codes("status", *STATES),
        column("round", sa.Integer()),
        column("due_on", sa.Date(), empty=True),
        column("due_basis", postgresql.JSONB(), empty=True),
        moment("received_at", empty=True),
        column("received_by", sa.String(100), empty=True),
        moment("returned_at", empty=True),
        moment("accepted_at", empty=True),
        codes("refusal", *REFUSALS, empty=True),
        column("filed_on", sa.Date(), empty=True),
        column("urged_count", sa.Integer()),
        moment("urged_at", empty=True),
        moment("ended_at", empty=True),
        moment("status_since", default=NOW),
        column("version", sa.Integer()),
        *placed(CLUE),
        *(refers(CLUE, name, "organization") for name in ("court_id", "police_id", "debtor_id")),
        refers_within(CLUE, "case_id", "legal_case"),
        refers_within(CLUE, "subject_id", "subject"),
        sa.CheckConstraint(
            "police_id <> coalesce(debtor_id, court_id)", name=op.f("ck_evasion_clue_not_of_the_police")
        ),
    )
    standing = sa.text("status in ('SENT', 'RECEIVED', 'RETURNED', 'ACCEPTED', 'FILED')")
    waiting = sa.text("status in ('SENT', 'RECEIVED', 'RETURNED', 'ACCEPTED')")
    op.create_index(
        "uq_evasion_clue_standing", CLUE, ["case_id", "subject_id", "tenant_id"], unique=True, postgresql_where=standing
    )
    op.create_index("ix_evasion_clue_order", CLUE, ["created_at", "id"])
    op.create_index("ix_evasion_clue_waiting", CLUE, ["due_on", "id"], postgresql_where=waiting)


def contents() -> None:
    op.create_table(
        STEP,
        column("clue_id", sa.Uuid()),
        column("number", sa.Integer()),
        column("event", sa.String(40)),
        column("organization_id", sa.Uuid()),
        moment("taken_at"),
        column("content_sealed", sa.LargeBinary()),
        *placed(STEP),
        refers(STEP, "organization_id", "organization"),
        refers_within(STEP, "clue_id", CLUE),
        sa.UniqueConstraint("clue_id", "number", "tenant_id", name=op.f(f"uq_{STEP}_clue_id_number_tenant_id")),
    )
    op.create_table(
        EVIDENCE,
        column("clue_id", sa.Uuid()),
        column("round", sa.Integer()),
        column("number", sa.Integer()),
        codes("kind", *DOCUMENTS),
        column("filename", sa.String(200)),
        column("digest", sa.String(64)),
        column("content_sealed", sa.LargeBinary()),
        *placed(EVIDENCE),
        refers_within(EVIDENCE, "clue_id", CLUE),
        sa.UniqueConstraint("clue_id", "digest", "tenant_id", name=op.f(f"uq_{EVIDENCE}_clue_id_digest_tenant_id")),
    )


def guarded() -> list[str]:
    """Between the court and the police. The auditor reads that there is a clue, never of whom nor what it says; no
    debtor reads one about itself, whatever else it may be."""
    between = f"({either(COURT, POLICE)}) and {NOT_DEBTOR}"
    metadata = f"{covers('reads', 'execution')} and {NOT_DEBTOR}"
    begun = f"{COURT} and status = 'SENT' and {NOT_DEBTOR} and police_id is distinct from {ORGANIZATION}"
    own_case = f"exists (select 1 from legal_case k where k.id = {CLUE}.case_id and k.{COURT})"
    statements = [
        *enable(CLUE),
        *policy(CLUE, "select", either(between, metadata)),
        *policy(CLUE, "insert", f"{begun} and {own_case}"),
        *policy(CLUE, "update", between),
    ]
    for table, writer in ((STEP, f"organization_id = {ORGANIZATION}"), (EVIDENCE, f"c.{COURT}")):
        of = f"exists (select 1 from {CLUE} c where c.id = {table}.clue_id and c.{NOT_DEBTOR} and "
        parties = f"({either(f'c.{COURT}', f'c.{POLICE}')})"
        statements += [
            *enable(table),
            *policy(table, "select", f"{of}{parties})"),
            *policy(table, "insert", f"{of}{parties} and {writer})"),
        ]
    return [
        *statements,
        *(
            f"create trigger keep_tenant before update on {table} for each row execute function keep_tenant()"
            for table in (CLUE, STEP, EVIDENCE)
        ),
        *alarms(),
    ]


def alarms() -> list[str]:
    """A court alarms the police that have its clue in hand and are late, and sees that it did."""
    late = f"c.status in ('SENT', 'RECEIVED', 'ACCEPTED') and c.due_on = alert.due_on and c.{NOT_DEBTOR}"
    of = (
        "kind = 'EVASION_CLUE_OVERDUE' and target_kind = 'EvasionClue' and exists (select 1 from evasion_clue c "
        f"where c.id = alert.target_id and c.{COURT} and c.police_id = alert.organization_id"
    )
    return [
        admit("alert", "kind", "EVASION_CLUE_OVERDUE"),
        f"create policy app_insert_evasion on alert for insert to hub_app with check ({of} and {late}))",
        f"create policy app_select_evasion on alert for select to hub_app using ({of}))",
    ]


def figures() -> list[str]:
    """Counts by jurisdiction and court, for who supervises there and, of its own, the court; never a row."""
    returns = (
        "table (code text, place text, court_id uuid, court text, livelihood integer, organs integer, evasion integer, "
        "sent integer, received integer, returned integer, filed integer, overdue integer)"
    )
    kinds = "linkage_figures(text, date, date, date)"
    return [
        (
            "create function linkage_figures(root text, first_day date, last_day date, today date) "
            f"returns {returns} language sql stable security definer set search_path = pg_catalog, public as "
            f"$$ {FIGURES} $$"
        ),
        f"revoke all on function {kinds} from public",
        f"grant execute on function {kinds} to hub_app",
    ]


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    clues()
    contents()
    for statement in guarded() + figures():
        op.execute(statement)


def downgrade() -> None:
    raise NotImplementedError("what courts referred is not taken away; restore from a backup instead")

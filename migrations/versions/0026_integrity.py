"""integrity of public bodies: how the list clears"""

from __future__ import annotations

from alembic import op

revision = "0026"
down_revision = "0021"
branch_labels = None
depends_on = None

STANDING = ("LISTED", "PUBLISHED", "CORRECTION_PENDING", "RECONSIDERING", "DELETE_DUE")
EXITED = ("DELETED_SHIELDED", "REPAIRED")
COVERED = "root ^@ any (string_to_array(nullif(current_setting('hub.reads_government_credit', true), ''), ','))"


def _states(states: tuple[str, ...]) -> str:
    return ", ".join(f"'{state}'" for state in states)


CLEARING = f"""
    with listing as (
        select coalesce(s.organization_id, s.id) as body, r.listed_on,
            case when o.jurisdiction_path ^@ root then o.jurisdiction_path else r.jurisdiction_path end as filed,
            case when r.status in ({_states(EXITED)})
                then coalesce(r.deleted_on, (r.status_since at time zone 'Asia/Shanghai')::date) end as left_on,
            (select max(e.claim_amount_fen) from case_list_entry e
                where e.case_id = r.case_id and e.tenant_id = r.tenant_id) as fen
        from dishonesty_record r
        join legal_case c on c.id = r.case_id and c.tenant_id = r.tenant_id
        join subject s on s.id = r.subject_id and s.tenant_id = r.tenant_id
        left join organization o on o.id = s.organization_id
        where r.jurisdiction_path ^@ root and {COVERED}
            and r.government_subject and r.status in ({_states(STANDING + EXITED)})
            and c.confidentiality = 'NORMAL'
    ), placed as (
        select l.*, p.place,
            l.listed_on between first_day and last_day as entered,
            coalesce(l.left_on between first_day and last_day, false) as cleared,
            l.listed_on <= last_day and coalesce(l.left_on > last_day, true) as remains
        from listing l cross join lateral (values
            (null::text),
            (case when l.filed = root then root
                else root || split_part(substr(l.filed, length(root) + 1), '/', 1) || '/' end)
        ) p(place)
    ), bodies as (
        select place, count(*) filter (where entered) as listed,
            count(*) filter (where cleared and not remains) as cleared, count(*) filter (where remains) as remaining
        from (
            select place, body, bool_or(entered) as entered, bool_or(cleared) as cleared, bool_or(remains) as remains
            from placed group by place, body
        ) b group by place
    ), cases as (
        select place, count(*) filter (where entered) as listed, count(*) filter (where cleared) as cleared,
            count(*) filter (where remains) as remaining, min(listed_on) filter (where remains) as oldest_on,
            (percentile_cont(0.5) within group (order by left_on - listed_on) filter (where cleared))::integer as days,
            sum(fen) filter (where remains) as fen, count(fen) filter (where remains) as priced
        from placed group by place
    )
    select c.place, b.listed, b.cleared, b.remaining, c.listed, c.cleared, c.remaining, c.oldest_on, c.days,
        c.fen::bigint, c.priced
    from cases c join bodies b on b.place is not distinct from c.place order by c.place nulls first
"""


def clearing() -> list[str]:
    """Figures of what its caller's role covers whole; who has left the list is in none of the rows it may read."""
    signature = "government_clearance(root text, first_day date, last_day date)"
    kinds = "government_clearance(text, date, date)"
    returns = (
        "table (place text, bodies_listed bigint, bodies_cleared bigint, bodies_remaining bigint, "
        "cases_listed bigint, cases_cleared bigint, cases_remaining bigint, oldest_on date, median_days integer, "
        "amount_fen bigint, cases_priced bigint)"
    )
    return [
        (
            f"create function {signature} returns {returns} language sql stable security definer "
            f"set search_path = pg_catalog, public as $$ {CLEARING} $$"
        ),
        f"revoke all on function {kinds} from public",
        f"grant execute on function {kinds} to hub_app, hub_system",
        "create index ix_dishonesty_record_government on dishonesty_record (jurisdiction_path) where government_subject",
    ]


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    for statement in clearing():
        op.execute(statement)


def downgrade() -> None:
    raise NotImplementedError("what was recorded is not taken away; restore from a backup instead")

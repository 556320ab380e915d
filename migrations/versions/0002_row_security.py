"""row security"""

from __future__ import annotations

from alembic import op

from migrations.ops import (
    IDENTIFIED,
    ORGANIZATION,
    OWN_SUBORDINATES,
    SUBJECT,
    SUPERIOR,
    covers,
    either,
    enable,
    party,
    policy,
    subordinate_party,
    visible,
)

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

MINE = f"organization_id = {ORGANIZATION}"

REFERENCE = (
    "jurisdiction",
    "organization",
    "organization_alias",
    "organization_group",
    "organization_group_member",
    "organization_function",
    "organization_superior",
    "court",
)
"""Read by every identified caller; kept by offices and administrators of the jurisdiction."""

SYSTEM_ONLY = ("oauth_client", "signing_key", "used_assertion", "revoked_token")

AGGREGATES = {
    # table: (area, key of its party table, columns that make the caller a party before party rows exist)
    "double_list_item": ("double_list", "item_id", ("lead_organization_id", "proposer_organization_id")),
    "joint_meeting": ("meeting", "meeting_id", ()),
    "linkage_matter": ("linkage", "matter_id", ("proposer_id",)),
    "linkage_task": ("linkage", "task_id", ("lead_organization_id",)),
    "coordination_request": ("linkage", "request_id", ("from_organization_id",)),
}

DETAILS = {
    # table: (area, parent table, column naming the parent)
    "item_confirmation": ("double_list", "double_list_item", "item_id"),
    "item_adjustment": ("double_list", "double_list_item", "item_id"),
    "agenda_item": ("meeting", "joint_meeting", "meeting_id"),
    "meeting_attendance": ("meeting", "joint_meeting", "meeting_id"),
}


def reference_tables() -> list[str]:
    statements: list[str] = []
    keepers = "nullif(current_setting('hub.writes_organization', true), '') is not null"
    for table in REFERENCE:
        statements += enable(table)
        statements += policy(table, "select", IDENTIFIED)
    for table in ("organization", "organization_alias", "organization_function", "court"):
        condition = covers("writes", "organization") if table == "organization" else keepers
        statements += policy(table, "insert", condition)
        statements += policy(table, "update", condition)
    return statements


def system_tables() -> list[str]:
    return [statement for table in SYSTEM_ONLY for statement in enable(table)]


def aggregate(table: str, area: str, key: str, own_columns: tuple[str, ...]) -> list[str]:
    own = [f"{column} = {ORGANIZATION}" for column in own_columns]
    member = party(table, key)
    readable = either(covers("reads", area), *own, member, subordinate_party(table, key))
    statements = enable(table)
    statements += policy(table, "select", readable)
    statements += policy(table, "insert", either(covers("writes", area), *own))
    statements += policy(table, "update", either(covers("writes", area), *own, member))
    return statements + parties(f"{table}_party", table, area, key, own_columns)


def parties(table: str, parent: str, area: str, key: str, own_columns: tuple[str, ...]) -> list[str]:
    subordinate = f"{SUPERIOR} and organization_id in ({OWN_SUBORDINATES})"
    # A policy that looked the parent up itself would recurse: the parent's policies look at the parties.
    owned = " or ".join(f"{column} = {ORGANIZATION}" for column in own_columns) or "false"
    keeper = f"keeps_{parent}"
    writable = either(covers("writes", area), f"{keeper}({key})")
    function = (
        f"create function {keeper}(key uuid) returns boolean language sql stable security definer "
        f"set search_path = pg_catalog, public as "
        f"$$ select exists (select 1 from {parent} where id = key and ({owned})) $$"
    )
    restrict = f"revoke all on function {keeper}(uuid) from public"
    allow = f"grant execute on function {keeper}(uuid) to hub_app, hub_system"
    statements = [function, restrict, allow, *enable(table)]
    statements += policy(table, "select", either(MINE, covers("reads", area), subordinate, f"{keeper}({key})"))
    for command in ("insert", "update", "delete"):
        statements += policy(table, command, writable)
    return statements


def details(table: str, area: str, parent: str, column: str) -> list[str]:
    seen = visible(parent, column, table)
    writable = either(covers("writes", area), seen)
    statements = enable(table)
    statements += policy(table, "select", either(covers("reads", area), seen))
    statements += policy(table, "insert", writable)
    statements += policy(table, "update", writable)
    if table == "item_confirmation":
        statements += policy(table, "delete", covers("writes", area))
    return statements


def double_lists() -> list[str]:
    listed = (
        "exists (select 1 from double_list_item_party p "
        f"where p.list_id = double_list.id and p.organization_id = {ORGANIZATION})"
    )
    subordinate = (
        f"{SUPERIOR} and exists (select 1 from double_list_item_party p "
        f"where p.list_id = double_list.id and p.organization_id in ({OWN_SUBORDINATES}))"
    )
    at_home = covers("reads", "home")
    reporting = (
        "exists (select 1 from double_list_item_party p "
        f"where p.item_id = progress_report.item_id and p.organization_id = {ORGANIZATION})"
    )
    return [
        *enable("double_list"),
        *policy("double_list", "select", either(covers("reads", "double_list"), at_home, listed, subordinate)),
        *policy("double_list", "insert", covers("writes", "double_list")),
        *policy("double_list", "update", covers("writes", "double_list")),
        *enable("progress_report"),
        *policy("progress_report", "select", either(covers("reads", "double_list"), MINE, reporting)),
        *policy(
            "progress_report",
            "insert",
            either(covers("writes", "double_list"), f"{MINE} and {reporting}"),
        ),
    ]


def bodies() -> list[str]:
    home = covers("reads", "home")
    member = f"organization_id = {ORGANIZATION} or acting_organization_id = {ORGANIZATION}"
    own_body = (
        "exists (select 1 from body_membership m where m.body_id = {table}.id and m.organization_id = "
        + ORGANIZATION
        + ")"
    )
    same_body = (
        "exists (select 1 from body_membership m where m.body_id = liaison.body_id "
        f"and m.organization_id = {ORGANIZATION} and m.valid_to is null)"
    )
    keeps = covers("writes", "organization")
    convenes = covers("writes", "meeting")
    proposed = f"proposer_id = {ORGANIZATION}"
    return [
        *enable("coordination_body"),
        *policy("coordination_body", "select", either(home, own_body.format(table="coordination_body"))),
        *policy("coordination_body", "insert", keeps),
        *policy("coordination_body", "update", keeps),
        *enable("body_membership"),
        *policy("body_membership", "select", either(home, member)),
        *policy("body_membership", "insert", either(keeps, convenes)),
        *policy("body_membership", "update", either(keeps, convenes)),
        *enable("membership_change"),
        *policy("membership_change", "select", either(covers("reads", "meeting"), proposed, MINE)),
        *policy("membership_change", "insert", either(convenes, proposed)),
        *policy("membership_change", "update", either(convenes, proposed)),
        *enable("liaison"),
        *policy("liaison", "select", either(home, MINE, same_body)),
        *policy("liaison", "insert", either(keeps, MINE)),
        *policy("liaison", "update", either(keeps, MINE)),
        *enable("responsibility"),
        *policy(
            "responsibility",
            "select",
            either(
                MINE,
                visible("double_list_item", "target_id", "responsibility"),
                visible("linkage_task", "target_id", "responsibility"),
            ),
        ),
        *policy("responsibility", "insert", either(covers("writes", "double_list"), MINE)),
        *policy("responsibility", "update", either(covers("writes", "double_list"), MINE)),
    ]


def resolutions() -> list[str]:
    own = f"lead_organization_id = {ORGANIZATION}"
    seen = visible("joint_meeting", "meeting_id", "resolution")
    return [
        *enable("resolution"),
        *policy("resolution", "select", either(covers("reads", "meeting"), own, seen)),
        *policy("resolution", "insert", covers("writes", "meeting")),
        *policy("resolution", "update", either(covers("writes", "meeting"), own)),
    ]


def policies() -> list[str]:
    writes = "nullif(current_setting('hub.writes_policy', true), '') is not null"
    return [
        *enable("policy_pack"),
        *policy("policy_pack", "select", IDENTIFIED),
        *policy(
            "policy_pack",
            "insert",
            "exists (select 1 from jurisdiction j where j.id = policy_pack.jurisdiction_id and "
            + covers("writes", "policy", "j.path")
            + ")",
        ),
        *enable("calendar_year"),
        *policy("calendar_year", "select", IDENTIFIED),
        *policy("calendar_year", "insert", writes),
        *policy("calendar_year", "update", writes),
    ]


def records() -> list[str]:
    own = f"subject = {SUBJECT}"
    return [
        *enable("alert"),
        *policy("alert", "select", either(MINE, covers("reads", "double_list"))),
        *enable("audit_event"),
        *policy("audit_event", "select", covers("reads", "audit")),
        *policy("audit_event", "insert", own),
        "revoke update, delete on audit_event from hub_system",
        *enable("outbox_event"),
        *policy("outbox_event", "insert", IDENTIFIED),
        *enable("idempotency_record"),
        *policy("idempotency_record", "select", own),
        *policy("idempotency_record", "insert", own),
        *policy("idempotency_record", "update", own),
    ]


def fixed_columns() -> list[str]:
    """Tenant and jurisdiction of a row never change, whoever asks."""
    guarded = [
        "double_list",
        *AGGREGATES,
        *DETAILS,
        "progress_report",
        "coordination_body",
        "body_membership",
        "membership_change",
        "liaison",
        "responsibility",
        "resolution",
        "alert",
    ]
    body = """
    create function keep_tenant() returns trigger language plpgsql set search_path = pg_catalog, public as $$
    begin
        if new.tenant_id is distinct from old.tenant_id
           or new.jurisdiction_path is distinct from old.jurisdiction_path then
            raise exception 'tenant and jurisdiction of a row never change' using errcode = 'integrity_constraint_violation';
        end if;
        return new;
    end $$
    """
    return [
        body,
        *(
            f"create trigger keep_tenant before update on {table} for each row execute function keep_tenant()"
            for table in guarded
        ),
    ]


def numbering() -> list[str]:
    """The next item number counts every item of a list, also those its caller may not see."""
    return [
        (
            "create function next_item_number(list uuid) returns integer language sql stable security definer "
            "set search_path = pg_catalog, public as $$ select coalesce(max(split_part(code, '-', 2)::integer), 0) + 1 "
            "from double_list_item where list_id = list $$"
        ),
        "revoke all on function next_item_number(uuid) from public",
        "grant execute on function next_item_number(uuid) to hub_app, hub_system",
    ]


def searching() -> list[str]:
    """Ids of items whose title contains a text. A policy keeps LIKE from the index, since LIKE is not leakproof: the
    search looks first, and row security still decides which of the found rows the caller gets."""
    return [
        (
            "create function search_item_ids(pattern text) returns setof uuid language sql stable rows 200 "
            "security definer set search_path = pg_catalog, public as $$ "
            "select id from double_list_item where title ilike pattern $$"
        ),
        "revoke all on function search_item_ids(text) from public",
        "grant execute on function search_item_ids(text) to hub_app",
    ]


def figures() -> list[str]:
    """Numbers that may be published: approved items by side and state, never a row."""
    return [
        (
            "create function public_item_counts(place text, list_year integer, moment timestamptz) "
            "returns table (side text, status text, items bigint, overdue bigint) language sql stable "
            "security definer set search_path = pg_catalog, public as $$ "
            "select i.side, i.status, count(*), count(*) filter (where i.due_at <= moment and i.status in "
            "('APPROVED', 'IN_PROGRESS', 'ADJUSTMENT_PENDING', 'PENDING_ACCEPTANCE')) "
            "from double_list_item i join jurisdiction j on j.code = place and i.jurisdiction_path ^@ j.path "
            "where i.year = list_year and i.status not in "
            "('DRAFT', 'SUBMITTED', 'UNDER_REVIEW', 'IN_COORDINATION', 'PENDING_APPROVAL') "
            "group by i.side, i.status order by i.side, i.status $$"
        ),
        "revoke all on function public_item_counts(text, integer, timestamptz) from public",
        "grant execute on function public_item_counts(text, integer, timestamptz) to hub_app",
    ]


def upgrade() -> None:
    statements = (
        reference_tables() + system_tables() + double_lists() + bodies() + resolutions() + policies() + records()
    )
    for table, (area, key, columns) in AGGREGATES.items():
        statements += aggregate(table, area, key, columns)
    for table, (area, parent, column) in DETAILS.items():
        statements += details(table, area, parent, column)
    statements += fixed_columns() + numbering() + searching() + figures()
    statements += ["grant select on alembic_version to hub_app, hub_system"]
    for statement in statements:
        op.execute(statement)


def downgrade() -> None:
    raise NotImplementedError("row security is not taken away; restore from a backup instead")

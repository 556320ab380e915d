"""Frozen helpers of migrations: row security policies as SQL text. Append, never change."""

from __future__ import annotations

SUBJECT = "(select nullif(current_setting('hub.subject', true), ''))"
ORGANIZATION = "(select nullif(current_setting('hub.organization', true), '')::uuid)"
SUPERIOR = "(select current_setting('hub.superior', true) = '1')"
IDENTIFIED = f"{SUBJECT} is not null"
OWN_SUBORDINATES = f"select s.organization_id from organization_superior s where s.superior_id = {ORGANIZATION}"


def covers(mode: str, area: str, column: str = "jurisdiction_path") -> str:
    """True when one of the caller's paths for the area (``mode`` is reads or writes) covers the column."""
    setting = f"current_setting('hub.{mode}_{area}', true)"
    return f"{column} ^@ any ((select string_to_array(nullif({setting}, ''), ','))::text[])"


def either(*conditions: str) -> str:
    return "(" + ") or (".join(conditions) + ")"


def party(table: str, key: str) -> str:
    """True when the caller's organisation is party to the row of ``table``."""
    parties = f"{table}_party"
    return f"exists (select 1 from {parties} p where p.{key} = {table}.id and p.organization_id = {ORGANIZATION})"


def subordinate_party(table: str, key: str) -> str:
    """True when a subordinate of the caller's organisation is party to the row; checked for superiors only."""
    return (
        f"{SUPERIOR} and exists (select 1 from {table}_party p join organization_superior s "
        f"on s.organization_id = p.organization_id where p.{key} = {table}.id and s.superior_id = {ORGANIZATION})"
    )


def visible(table: str, column: str, owner: str) -> str:
    """True when the row of ``table`` that ``owner.column`` names is visible to the caller."""
    return f"exists (select 1 from {table} v where v.id = {owner}.{column})"


def enable(table: str) -> list[str]:
    """Row security on and forced; the owner and the background role pass by explicit policies of their own."""
    return [
        f"alter table {table} enable row level security",
        f"alter table {table} force row level security",
        f"create policy owner_all on {table} for all to hub_owner using (true) with check (true)",
        f"create policy system_all on {table} for all to hub_system using (true) with check (true)",
        f"grant select, insert, update, delete on {table} to hub_system",
    ]


def policy(table: str, command: str, condition: str) -> list[str]:
    """Policy of the application role for one command, and the grant that goes with it."""
    clauses = {
        "select": f"using ({condition})",
        "insert": f"with check ({condition})",
        "update": f"using ({condition}) with check ({condition})",
        "delete": f"using ({condition})",
    }
    return [
        f"create policy app_{command} on {table} for {command} to hub_app {clauses[command]}",
        f"grant {command} on {table} to hub_app",
    ]


def admit(table: str, column: str, *values: str) -> str:
    """Let the CHECK of a code list take further values, whatever it takes by now."""
    name = f"ck_{table}_{column}"
    added = ", ".join(f"('{value}')" for value in values)
    return (
        "do $$ declare admitted text; begin "
        "select string_agg(distinct quote_literal(v), ', ') into admitted from ("
        "select (regexp_matches(pg_get_constraintdef(oid), '''([A-Z_]+)''', 'g'))[1] as v from pg_constraint "
        f"where conname = '{name}' and conrelid = '{table}'::regclass "
        f"union select v from (values {added}) as added (v)) each; "
        f"execute 'alter table {table} drop constraint {name}'; "
        f"execute format('alter table {table} add constraint {name} check ({column} in (%s))', admitted); "
        "end $$"
    )


def officer(of: str, condition: str) -> str:
    """True when the caller is an officer of the court in ``of`` and the condition on ``o`` holds."""
    return (
        f"exists (select 1 from execution_officer o where o.client_id = {SUBJECT} and o.court_id = {ORGANIZATION} "
        f"and o.court_id = {of} and ({condition}))"
    )


def ordering_officer(table: str) -> str:
    """True when the caller asked for the row of ``table``, handles it with who asked, or approves or commands there."""
    return officer(
        f"{table}.court_id",
        f"o.capacity in ('APPROVER', 'COMMAND') or o.id = {table}.requester_id or o.id = any ({table}.co_handler_ids)",
    )

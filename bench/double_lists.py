"""Double lists in bulk: one prefecture, ten counties, a hundred units, lists, items, parties, reports.

Made in SQL alone, the same rows for the same numbers. Unit ``n`` (0 … 99) leads the items
whose number ends so; two more units of its county cooperate, hence every unit is party to 3 % of the items.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

UNITS = 100
COUNTIES = 10


@dataclass(frozen=True, slots=True)
class Volume:
    items: int = 200_000
    reports_per_item: int = 3


def unit_id(number: int) -> UUID:
    """Key of unit ``number``, as the statements make it."""
    return UUID(hashlib.md5(f"unit{number}".encode(), usedforsecurity=False).hexdigest())


def county_path(number: int) -> str:
    """Path of the county of unit ``number``."""
    return f"990100/{990110 + number // 10}/"


_STATEMENTS = (
    """
    create temp table unit on commit drop as
    select n, md5('unit' || n)::uuid as id, n / 10 as county from generate_series(0, 99) n
    """,
    """
    insert into jurisdiction (id, code, name, short_name, level, parent_id, tenant_id, path)
    select md5('prefecture')::uuid, '990100', '基准市', '基准市', 'PREFECTURE', null, md5('prefecture')::uuid, '990100/'
    """,
    """
    insert into jurisdiction (id, code, name, short_name, level, parent_id, tenant_id, path)
    select md5('county' || c)::uuid, (990110 + c)::text, '基准县' || c, '基准县' || c, 'COUNTY',
           md5('prefecture')::uuid, md5('prefecture')::uuid, '990100/' || (990110 + c) || '/'
    from generate_series(0, 9) c
    """,
    """
    insert into organization (id, name, short_name, sort_key, kind, level, jurisdiction_id, jurisdiction_path,
                              vertically_managed, government_subject, version)
    select u.id, '基准县' || u.county || '第' || u.n || '局', '第' || u.n || '局', 'ju' || lpad(u.n::text, 3, '0'),
           'GOV_DEPARTMENT', 'COUNTY', md5('county' || u.county)::uuid, '990100/' || (990110 + u.county) || '/',
           false, true, 1
    from unit u
    """,
    """
    insert into organization_function (id, organization_id, jurisdiction_id, role, valid_from)
    select md5('function' || u.n)::uuid, u.id, md5('county' || u.county)::uuid, 'MEMBER_DEPARTMENT', date '2020-01-01'
    from unit u
    """,
    """
    insert into coordination_body (id, tenant_id, jurisdiction_id, jurisdiction_path, kind, name, version)
    select md5('body' || c)::uuid, md5('prefecture')::uuid, md5('county' || c)::uuid,
           '990100/' || (990110 + c) || '/', 'JOINT_MEETING', '基准县' || c || '府院联席会议', 1
    from generate_series(0, 9) c
    """,
    """
    insert into double_list (id, tenant_id, jurisdiction_id, jurisdiction_path, year, body_id, status, revision,
                             version)
    select md5('list' || c || '/' || y)::uuid, md5('prefecture')::uuid, md5('county' || c)::uuid,
           '990100/' || (990110 + c) || '/', y, md5('body' || c)::uuid, 'IN_FORCE', 0, 1
    from generate_series(0, 9) c, generate_series(2017, 2026) y
    """,
    """
    create temp table drawn on commit drop as
    select i, md5('item' || i)::uuid as id, c, 2017 + (i / 100) % 10 as year,
           c * 10 + i / 10 % 10 as lead, c * 10 + (i / 10 + 3) % 10 as second, c * 10 + (i / 10 + 7) % 10 as third,
           case i % 5 when 4 then null else date '2025-01-01' + (i * 7919 % 900) end as due_on
    from generate_series(0, :items - 1) i, lateral (select i % 10 as c) x
    """,
    """
    insert into double_list_item (
        id, tenant_id, jurisdiction_id, jurisdiction_path, list_id, year, side, code, title, content, area,
        lead_organization_id, cooperating_organization_ids, proposer_organization_id, deadline_kind, due_on, due_at,
        due_sort, due_provisional, deliverables, kpis, progress_percent, status, source_clause, edited, unresolved,
        next_report_provisional, version)
    select d.id, md5('prefecture')::uuid, md5('county' || d.c)::uuid, '990100/' || (990110 + d.c) || '/',
           md5('list' || d.c || '/' || d.year)::uuid, d.year,
           case when i % 2 = 0 then 'GOVERNMENT_LED' else 'COURT_LED' end, 'W' || lpad(i::text, 7, '0'),
           '推动涉政府债务案件执行联动事项第' || i || '项', repeat('建立府院执行联动机制，定期通报，协同化解。', 10),
           (array['EXECUTION', 'BANKRUPTCY', 'LAW_GOVERNMENT', 'DATA_SHARING'])[i % 4 + 1],
           md5('unit' || lead)::uuid, array[md5('unit' || second)::uuid, md5('unit' || third)::uuid],
           md5('unit' || lead)::uuid, case when due_on is null then 'LONG_TERM' else 'FIXED' end, due_on,
           (due_on + 1)::timestamp at time zone 'Asia/Shanghai', coalesce(due_on, date '9999-12-31'), false,
           '["报告"]', '[]', i % 101,
           (array['IN_PROGRESS', 'IN_PROGRESS', 'APPROVED', 'COMPLETED', 'PENDING_ACCEPTANCE'])[i % 5 + 1],
           '二(四)' || i % 30, false, '[]', false, 1
    from drawn d
    """,
    """
    insert into double_list_item_party (item_id, organization_id, tenant_id, capacity, list_id, due_sort,
                                        jurisdiction_path)
    select d.id, md5('unit' || p.n)::uuid, md5('prefecture')::uuid, p.capacity,
           md5('list' || d.c || '/' || d.year)::uuid,
           coalesce(due_on, date '9999-12-31'), '990100/' || (990110 + d.c) || '/'
    from drawn d,
         lateral (values (lead, 'LEAD'), (second, 'COOPERATING'), (third, 'COOPERATING')) p (n, capacity)
    """,
    """
    insert into progress_report (id, tenant_id, jurisdiction_id, jurisdiction_path, item_id, organization_id,
                                 recorded_by_id, period, text, progress_percent, kpi_values, reported_at)
    select md5('report' || d.i || '/' || r)::uuid, md5('prefecture')::uuid, md5('county' || d.c)::uuid,
           '990100/' || (990110 + d.c) || '/', d.id, md5('unit' || lead)::uuid, md5('unit' || lead)::uuid,
           '第' || r || '季度', '本季度推进情况第' || r || '次报告，完成沟通协调。', 20 * r, '[]',
           timestamptz '2026-01-01 00:00+08' + make_interval(days => r * 30, secs => d.i % 86400)
    from drawn d, generate_series(1, :reports) r
    """,
)

_ALERTS = """
    insert into alert (id, tenant_id, jurisdiction_id, jurisdiction_path, kind, severity, target_kind, target_id,
                       organization_id, title, due_on, offset_days, clause, raised_at)
    select md5('alert' || i)::uuid, md5('prefecture')::uuid, md5('county' || n / 10)::uuid,
           '990100/' || (990110 + n / 10) || '/', (array['DUE_SOON', 'OVERDUE'])[i / 100 % 2 + 1],
           (array['WARNING', 'SEVERE'])[i / 100 % 2 + 1], 'DoubleListItem', md5('item' || i % 200000)::uuid,
           md5('unit' || n)::uuid, '推动涉政府债务案件执行联动事项第' || i || '项', date '2025-01-01' + i % 900, i,
           '二(四)' || i % 30, timestamptz '2026-01-01 00:00+08' + make_interval(secs => i * 7)
    from generate_series(:present, :wanted - 1) i, lateral (select i % 100 as n) x
"""

_UNCHECKED = "set local session_replication_role = replica"
"""The rows are right by construction: no foreign key is looked up for each of millions."""

_TABLES = (
    "alert, progress_report, double_list_item_party, double_list_item, double_list, coordination_body, "
    "organization_function, organization, jurisdiction"
)


async def fill(owner: AsyncEngine, volume: Volume) -> None:
    """Empty the tables and fill them with the volume, as a superuser; then vacuum and analyse."""
    async with owner.begin() as connection:
        await connection.execute(text(f"truncate {_TABLES} cascade"))
        await connection.execute(text(_UNCHECKED))
        for statement in _STATEMENTS:
            await connection.execute(text(statement), {"items": volume.items, "reports": volume.reports_per_item})
    async with owner.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        await connection.execute(text(f"vacuum analyze {_TABLES}"))


async def raise_alerts(owner: AsyncEngine, *, present: int, wanted: int) -> None:
    """Add alerts up to the wanted number; every hundredth goes to the same unit."""
    async with owner.begin() as connection:
        await connection.execute(text(_UNCHECKED))
        await connection.execute(text(_ALERTS), {"present": present, "wanted": wanted})
    async with owner.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        await connection.execute(text("vacuum analyze alert"))

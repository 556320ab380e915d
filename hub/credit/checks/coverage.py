"""How far departments have embedded checks in what they do: who checks, what matches, what is stopped."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from hub.core.clock import end_of_day
from hub.core.errors import Reason, Refused

LONGEST = timedelta(days=366)
_COVERAGE = text(
    """
    with seen as (
        select f.organization_id from organization_function f join jurisdiction j on j.id = f.jurisdiction_id
        where f.role in ('MEMBER_DEPARTMENT', 'CREDIT_OFFICE') and f.valid_to is null
        and (f.organization_id = nullif(current_setting('hub.organization', true), '')::uuid
            or j.path ^@ any (string_to_array(nullif(current_setting('hub.reads_credit', true), ''), ',')))
        group by f.organization_id
    ), checked as (
        select organization_id, count(*) as checks, sum(asked) as subjects, sum(matched) as hits, sum(manual) as manual
        from subject_check where at >= :first and at < :after group by organization_id
    ), stopped as (
        select organization_id, count(*) filter (where decision = 'BLOCK') as interceptions,
            count(*) filter (where override_reason is not null) as overridden
        from interception where at >= :first and at < :after group by organization_id
    ), alarmed as (
        select organization_id, count(*) as alarms from check_usage
        where alarmed_at >= :first and alarmed_at < :after group by organization_id
    )
    select o.name as organization, c.checks is not null as embedded, coalesce(c.checks, 0) as checks,
        coalesce(c.subjects, 0) as subjects, coalesce(c.hits, 0) as hits, coalesce(c.manual, 0) as manual,
        coalesce(s.interceptions, 0) as interceptions, coalesce(s.overridden, 0) as overridden,
        coalesce(a.alarms, 0) as alarms
    from seen join organization o on o.id = seen.organization_id
    left join checked c on c.organization_id = o.id
    left join stopped s on s.organization_id = o.id
    left join alarmed a on a.organization_id = o.id
    order by o.name
    """
)


async def coverage(session: AsyncSession, first: date, last: date) -> list[dict[str, Any]]:
    """One row a department, those without checks too. Raises ``Refused`` (CHECK_PERIOD)."""
    if first > last or last - first > LONGEST:
        raise Refused(Reason("CHECK_PERIOD", ("from",)))
    bounds = {"first": end_of_day(first - timedelta(days=1)), "after": end_of_day(last)}
    rows = await session.execute(_COVERAGE, bounds)
    return [dict(row) for row in rows.mappings()]

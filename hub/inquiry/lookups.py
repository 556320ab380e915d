"""Who looked: readings about a subject, once the query or lookout they belong to is over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, or_, select

from hub.audit.catalogue import AuditAction
from hub.audit.recorder import Target
from hub.core.errors import refuse_if
from hub.core.payload import find_problems, required
from hub.db.models import ExecutionQuery, ExecutionRead, Jurisdiction, LookoutOrder, Organization
from hub.db.tenant_keys import tenant_keys
from hub.inquiry.purposes import purpose_problems
from hub.inquiry.targets import target_index
from hub.workflow.unit import Unit

MOST = 500


@dataclass(frozen=True, slots=True)
class WhoLooked:
    """查询何人查阅过 (who read about a subject), 限已办结的查询、临控 (of queries and lookouts that are over)."""

    number: str = required("公民身份号码或统一社会信用代码", "identity number or credit code", limit=40)
    purpose: str = required("用途", "purpose", limit=500)


async def who_looked(unit: Unit, asked: WhoLooked) -> Sequence[tuple[ExecutionRead, str]]:
    """Readings about the subject, latest first, with the query's number; for auditors and command centres."""
    home = await _home(unit)
    pack = await unit.policy.pack(unit.session, home.id, unit.today)
    refuse_if((*find_problems(asked), *purpose_problems(asked.purpose, pack, ("purpose",))))
    keys = await tenant_keys(unit.session, unit.keyring, home.tenant_id, unit.at)
    await unit.audit(AuditAction.EXECUTION_READS_LOOKED_UP, Target("ExecutionRead", None, unit.principal.home_path))
    found = await unit.session.execute(
        select(ExecutionRead, func.coalesce(ExecutionQuery.inquiry_number, LookoutOrder.lookout_number))
        .outerjoin(ExecutionQuery, ExecutionQuery.id == ExecutionRead.query_id)
        .outerjoin(LookoutOrder, LookoutOrder.id == ExecutionRead.lookout_id)
        .where(
            ExecutionRead.tenant_id == home.tenant_id,
            ExecutionRead.target_index == target_index(keys, asked.number),
            or_(ExecutionQuery.closed_at.is_not(None), LookoutOrder.ended_at.is_not(None)),
        )
        .order_by(ExecutionRead.at.desc(), ExecutionRead.id)
        .limit(MOST)
    )
    return found.tuples().all()


async def _home(unit: Unit) -> Jurisdiction:
    """The caller's jurisdiction."""
    found = await unit.session.scalars(
        select(Jurisdiction)
        .join(Organization, Organization.jurisdiction_id == Jurisdiction.id)
        .where(Organization.id == unit.organization_id)
    )
    return found.one()

"""责任到岗到人: each unit names who answers for an item or task (驻政〔2022〕59号 四(二); 汉川 四(一))."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from hub.audit.catalogue import AuditAction
from hub.audit.recorder import Target
from hub.core.errors import Denied, NotFound, Reason, refuse_if
from hub.core.ids import new_id
from hub.core.payload import find_problems
from hub.db.models import DoubleListItem, LinkageTask, Responsibility
from hub.linkage.commands import NamedResponsibility
from hub.linkage.policies import LinkagePolicy, linkage_policy
from hub.organizations.recording import check_recording
from hub.workflow.rows import within
from hub.workflow.unit import Unit


async def name_responsibility(unit: Unit, naming: NamedResponsibility) -> UUID:
    """Name or replace the persons of the caller's unit. Returns the id of the responsibility."""
    refuse_if(find_problems(naming))
    target = await _target(unit, naming.target_id)
    units = {target.lead_organization_id, *target.cooperating_organization_ids}
    await check_recording(unit, path=target.jurisdiction_path, jurisdiction_id=target.jurisdiction_id, units=units)
    if unit.acting_id not in units:
        raise Denied(Reason("NOT_RESPONSIBLE", ("targetId",)))
    policy = await linkage_policy(unit.policy, unit.session, target.jurisdiction_id, unit.today)
    refuse_if(_missing(naming, policy))
    said = {
        "leader": naming.leader,
        "division": naming.division,
        "person": naming.person,
        "post": naming.post,
        "updated_at": unit.at,
    }
    statement = insert(Responsibility).values(
        id=new_id(), target_id=target.id, organization_id=unit.acting_id, version=1, **within(target), **said
    )
    found: UUID | None = await unit.session.scalar(
        statement.on_conflict_do_update(
            index_elements=["target_id", "organization_id", "tenant_id"],
            set_={**said, "version": Responsibility.version + 1},
        ).returning(Responsibility.id)
    )
    kind = type(target).__name__
    await unit.audit(AuditAction.RESPONSIBILITY_NAMED, Target(kind, target.id, target.jurisdiction_path))
    assert found is not None
    return found


def _missing(naming: NamedResponsibility, policy: LinkagePolicy) -> tuple[Reason, ...]:
    """What the pack wants named and the unit leaves out."""
    names = [field.value.lower() for field in policy.responsibility_fields]
    return tuple(
        Reason("RESPONSIBILITY_INCOMPLETE", (name,)) for name in names if not (getattr(naming, name) or "").strip()
    )


async def _target(unit: Unit, key: UUID) -> Any:
    for model in (DoubleListItem, LinkageTask):
        found: UUID | None = await unit.session.scalar(select(model).where(model.id == key))
        if found is not None:
            return found
    raise NotFound(path=("targetId",))

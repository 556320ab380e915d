"""``hub register import``: a folder becomes the register, in one transaction, audited entry by entry."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select

from hub.audit.catalogue import AuditAction
from hub.audit.recorder import Target, record
from hub.core.clock import local_date
from hub.core.errors import Refused
from hub.core.keyring import KeyRing
from hub.core.principal import Principal
from hub.db.session import SystemSession
from hub.organizations.register.entries import Unit
from hub.organizations.register.files import RegisterFolder
from hub.organizations.register.plan import Changed, Plan
from hub.organizations.register.planning import plan_import
from hub.organizations.register.standing import read_standing
from hub.organizations.register.writing import Writing, path_of

OPERATOR = Principal(subject="operator", organization_id=None)
_ADVISORY_LOCK = 0x48554252

Entry = tuple[Target, dict[str, object]]


async def preview_register(session: SystemSession, folder: RegisterFolder, keyring: KeyRing) -> Plan:
    """What an import would change. Raises ``Refused`` with every reason (REGISTER_*)."""
    try:
        return plan_import(folder.register, await read_standing(session), keyring)
    except Refused as refusal:
        raise Refused(*folder.placed(refusal.reasons)) from None


async def import_register(
    session: SystemSession, folder: RegisterFolder, keyring: KeyRing, *, at: datetime, by: Principal = OPERATOR
) -> Plan:
    """Write what a preview shows; the same folder again changes nothing. Raises ``Refused`` as the preview does."""
    await session.execute(select(func.pg_advisory_xact_lock(_ADVISORY_LOCK)))
    plan = await preview_register(session, folder, keyring)
    writing = Writing(session, plan, at, local_date(at))
    await writing.write(keyring)
    for target, detail in _entries(plan, writing):
        await record(session, by, AuditAction.REGISTER_IMPORTED, at=at, target=target, detail=detail)
    return plan


def _entries(plan: Plan, writing: Writing) -> Iterator[Entry]:
    """One audit entry for each entry of the register that is new or different."""
    places = [("add", each.code) for each in plan.jurisdictions.added]
    places += [("change", each.after.code) for each in plan.jurisdictions.changed]
    for act, code in places:
        yield Target("Jurisdiction", writing.places[code], path_of(plan, code)), {"act": act, "code": code}
    for unit in plan.units.added:
        yield _unit(plan, unit), {"act": "add", "functions": _functions(unit)}
    for each in plan.units.changed:
        yield _unit(plan, each.after), _change(each)
    groups = [("add", group) for group in plan.groups.added]
    groups += [("change", changed.after) for changed in plan.groups.changed]
    for act, group in groups:
        target = Target("OrganizationGroup", None, path_of(plan, group.jurisdiction))
        yield target, {"act": act, "members": len(group.members)}
    yield from _new_entries(plan)


def _new_entries(plan: Plan) -> Iterator[Entry]:
    """Bodies, liaisons and policy packs, which an import only adds."""
    for body in plan.bodies:
        target = Target("CoordinationBody", UUID(body.key), path_of(plan, body.jurisdiction))
        yield target, {"act": "add", "seats": len(body.memberships)}
    homes = {body.key: body.jurisdiction for body in plan.merged.bodies}
    for liaison in plan.liaisons:
        target = Target("Liaison", None, path_of(plan, homes[liaison.body]))
        yield target, {"act": "add", "organization": liaison.organization}
    for pack in plan.packs:
        target = Target("PolicyPack", None, path_of(plan, pack.jurisdiction_code))
        yield target, {"act": "add", "version": pack.version}


def _unit(plan: Plan, unit: Unit) -> Target:
    return Target("Organization", UUID(unit.key), path_of(plan, unit.jurisdiction))


def _change(each: Changed[Unit]) -> dict[str, object]:
    held, holds = set(_functions(each.before)), set(_functions(each.after))
    return {
        "act": "change",
        "fields": [name for name, _, _ in each.fields()],
        "functions_added": sorted(holds - held),
        "functions_ended": sorted(held - holds),
    }


def _functions(unit: Unit) -> list[str]:
    return [f"{function.role.value}@{function.jurisdiction}" for function in unit.functions]

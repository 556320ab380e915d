"""Brings sandbox holders to the hub beside them, as an operator brings real ones: a destination each."""

from __future__ import annotations

from sqlalchemy import select

from connectors.sandbox.holders.ends import CLIENT
from connectors.sandbox.holders.street import HolderStreet
from hub.canonical.codes import Channel, EndpointStatus
from hub.cli.output import progress
from hub.cli.running import run
from hub.db.models import Jurisdiction, Organization, OrganizationAlias, WebhookEndpoint
from hub.db.session import SystemSession
from hub.delivery import destinations
from hub.holders.naming import told_events
from hub.runtime import Runtime, egress_guard

UNITS = {
    "police": "公安局",
    "social-security": "人社局",
    "natural-resources": "自然资源局",
    "housing": "住建局",
    "transport": "交通局",
    "agriculture": "农业农村局",
    "provident-fund": "公积金中心",
    "bank": "商业银行",
    "rural-bank": "农商行",
    "finance": "财政局",
    "telecom": "通信公司",
    "tax": "税务局",
}
"""What the unit behind a holder of the street is called in its jurisdiction."""


def join(street: HolderStreet, region: str) -> None:
    """Register every holder whose unit stands in the jurisdiction, in place of one of an earlier start; what waits for
    it goes out at once. Raises ``Refused`` with every reason (URL_*)."""

    async def action(runtime: Runtime) -> None:
        async with runtime.sessions.system("operator") as session:
            units = await _units(session, street, region)
            for name, unit in units.items():
                await _leave(session, runtime, unit)
                made = await destinations.register(
                    session,
                    runtime.keyring,
                    egress_guard(runtime.settings.delivery),
                    _destination(street, name, unit),
                    clock=runtime.clock,
                )
                await destinations.resend(session, made, clock=runtime.clock)
        runtime.notifier.ring()
        progress(f"已登记 {len(units)} 家协助查询单位 (holders registered)")

    run(action)


async def _units(session: SystemSession, street: HolderStreet, region: str) -> dict[str, Organization]:
    """Units by the name of their holder."""
    rows = await session.execute(
        select(OrganizationAlias.alias, Organization)
        .join(Organization, Organization.id == OrganizationAlias.organization_id)
        .join(Jurisdiction, Jurisdiction.id == Organization.jurisdiction_id)
        .where(Jurisdiction.code == region, OrganizationAlias.alias.in_(UNITS.values()))
    )
    found = dict(rows.tuples().all())
    return {name: found[UNITS[name]] for name in street.holders if UNITS[name] in found}


async def _leave(session: SystemSession, runtime: Runtime, unit: Organization) -> None:
    row = WebhookEndpoint
    of = (row.organization_id == unit.id, row.channel == Channel.HOLDER, row.status == EndpointStatus.ACTIVE)
    for key in (await session.scalars(select(row.id).where(*of))).all():
        await destinations.pause(session, key, clock=runtime.clock)


def _destination(street: HolderStreet, name: str, unit: Organization) -> destinations.Destination:
    holder = street.holders[name]
    return destinations.Destination(
        channel=Channel.HOLDER,
        organization_id=unit.id,
        url=street.url_of(name),
        account=CLIENT,
        secret=street.secret_of(name),
        shape=holder.shape.name,
        seal_key=holder.seal_key,
        query_types=tuple(each.value for each in holder.shape.query_types),
        event_types=told_events(controls=holder.shape.control is not None, lookouts=holder.shape.lookout is not None),
    )

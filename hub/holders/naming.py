"""What is told to the system of a holder, and who such a system is when it answers."""

from __future__ import annotations

from hub.access.scopes import Scope
from hub.core.principal import Clearance, Function, Principal, RoleName
from hub.db.models import WebhookEndpoint
from hub.delivery.orders import SENT

OVERRULED, URGED, WITHDRAWN, UPHELD = (f"execorder.{event}" for event in ("overrule", "urge", "withdrawn", "uphold"))
TOLD = (SENT, OVERRULED, URGED, WITHDRAWN, UPHELD)
"""Events of an order that its holder's system is told of."""


def system_of(endpoint: WebhookEndpoint) -> Principal:
    """The holder's system as a caller: it answers its own orders and can do nothing else."""
    return Principal(
        subject=f"destination:{endpoint.id}",
        organization_id=endpoint.organization_id,
        functions=(Function(RoleName.MEMBER_DEPARTMENT, endpoint.jurisdiction_path),),
        scopes=frozenset({Scope.EXECQUERY_RESPOND.value}),
        clearance=Clearance.L4,
    )

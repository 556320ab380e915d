"""What is told to the system of a holder, and who such a system is when it answers."""

from __future__ import annotations

from hub.access.scopes import Scope
from hub.canonical.exchange_codes import SubjectType
from hub.core.principal import Clearance, Function, Principal, RoleName
from hub.db.base import Tenanted
from hub.db.models import WebhookEndpoint
from hub.delivery.orders import CONTROL_SENT, SENT
from hub.inquiry.targets import Target

OVERRULED, URGED, WITHDRAWN, UPHELD = (f"execorder.{event}" for event in ("overrule", "urge", "withdrawn", "uphold"))
TOLD = (SENT, OVERRULED, URGED, WITHDRAWN, UPHELD)
"""Events of a query's order that its holder's system is told of."""
CONTROL_URGED, CONTROL_WITHDRAWN = "controlorder.urge", "controlorder.withdrawn"
CONTROL_TOLD = (CONTROL_SENT, CONTROL_URGED, CONTROL_WITHDRAWN)
"""Events of a control's order, for a system that is told of controls too."""


_REGION_DIGITS = 6


def told_events(*, controls: bool) -> tuple[str, ...]:
    """Events that a holder's system is told of, one that also ``controls`` what it holds."""
    return (*TOLD, *CONTROL_TOLD) if controls else TOLD


def region_of(order: Tenanted) -> str:
    """Six digits of the jurisdiction in which it is asked (GB/T 2260)."""
    return order.jurisdiction_path.rstrip("/").rpartition("/")[2][:_REGION_DIGITS]


def told_of(target: Target) -> dict[str, str]:
    """Whom an order is about, in the terms of a holder's message."""
    kind = "CITIZEN_ID" if target.kind is SubjectType.NATURAL else "USCC"
    return {
        "kind": target.kind.value,
        "name": target.name,
        "subject_number": target.number,
        "number_kind": "NAME" if target.number == target.name else kind,
    }


def system_of(endpoint: WebhookEndpoint) -> Principal:
    """The holder's system as a caller: it answers its own orders and can do nothing else."""
    return Principal(
        subject=f"destination:{endpoint.id}",
        organization_id=endpoint.organization_id,
        functions=(Function(RoleName.MEMBER_DEPARTMENT, endpoint.jurisdiction_path),),
        scopes=frozenset({Scope.EXECQUERY_RESPOND.value}),
        clearance=Clearance.L4,
    )

"""What is told to the system of a holder, and who such a system is when it answers."""

from __future__ import annotations

from typing import TypeVar

from hub.access.scopes import Scope
from hub.canonical.exchange_codes import SubjectType
from hub.canonical.holding import HolderReply
from hub.core.errors import Reason, Refused
from hub.core.principal import Clearance, Function, Principal, RoleName
from hub.db.base import Tenanted
from hub.db.models import WebhookEndpoint
from hub.delivery.orders import CONTROL_SENT, LOOKOUT_SENT, SENT
from hub.inquiry.targets import Target

OVERRULED, URGED, WITHDRAWN, UPHELD = (f"execorder.{event}" for event in ("overrule", "urge", "withdrawn", "uphold"))
TOLD = (SENT, OVERRULED, URGED, WITHDRAWN, UPHELD)
"""Events of a query's order that its holder's system is told of."""
CONTROL_URGED, CONTROL_WITHDRAWN = "controlorder.urge", "controlorder.withdrawn"
CONTROL_TOLD = (CONTROL_SENT, CONTROL_URGED, CONTROL_WITHDRAWN)
"""Events of a control's order, for a system that is told of controls too."""
LOOKOUT_TOLD = (LOOKOUT_SENT, *(f"lookout.{event}" for event in ("withdraw", "reject", "lapse", "ended", "close")))
"""Events of a lookout, for the system of the police: all but the first call it off."""

SomeOrder = TypeVar("SomeOrder", bound=Tenanted)
_REGION_DIGITS = 6


def told_events(*, controls: bool, lookouts: bool = False) -> tuple[str, ...]:
    """Events that a holder's system is told of, one that also ``controls`` what it holds, or that ``lookouts`` are
    told to."""
    return (*TOLD, *(CONTROL_TOLD if controls else ()), *(LOOKOUT_TOLD if lookouts else ()))


def region_of(order: Tenanted) -> str:
    """Six digits of the jurisdiction in which it is asked (GB/T 2260)."""
    return order.jurisdiction_path.rstrip("/").rpartition("/")[2][:_REGION_DIGITS]


def fitting(order: SomeOrder | None, reply: HolderReply) -> SomeOrder:
    """The holder's order of that number, answered for its own region. Raises ``Refused``."""
    if order is None:
        raise Refused(Reason("ANSWER_ORDER_UNKNOWN"))
    if reply.region != region_of(order):
        raise Refused(Reason("ANSWER_REGION"))
    return order


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
        scopes=frozenset({Scope.EXECQUERY_RESPOND.value, Scope.LOOKOUT_RESPOND.value}),
        clearance=Clearance.L4,
    )

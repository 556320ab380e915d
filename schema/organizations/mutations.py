"""Changes of coordination bodies: membership and liaisons."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from hub.access.scopes import Scope
from hub.core.texts import Text
from hub.organizations import liaisons, members
from hub.organizations.membership_workflow import MEMBERSHIP_CHANGE
from hub.workflow.unit import Unit
from schema.mutations.declare import Advancing, Making, declare


async def _propose(unit: Unit, payload: members.ChangeProposal) -> UUID:
    made = await members.propose_change(unit, payload)
    key: UUID = made.id
    return key


async def _name_liaison(unit: Unit, payload: liaisons.LiaisonNaming) -> UUID:
    made: Any = await liaisons.name_liaison(unit, payload)
    key: UUID = made.id
    return key


declare(
    Making(
        "proposeMembershipChange",
        Text("提出成员调整", "propose a membership change"),
        Scope.MEMBER_PROPOSE,
        "MembershipChange",
        members.ChangeProposal,
        _propose,
    ),
    Advancing(
        "advanceMembershipChange",
        Text("办理成员调整", "move a membership change along its table"),
        Scope.ORGANIZATION_READ,
        "MembershipChange",
        MEMBERSHIP_CHANGE,
        members.fire_change,
    ),
    Making(
        "nameLiaison",
        Text("指定联络员", "name a liaison"),
        Scope.MEMBER_PROPOSE,
        "Liaison",
        liaisons.LiaisonNaming,
        _name_liaison,
    ),
)

"""Changes of what is told to the public."""

from __future__ import annotations

from hub.access.scopes import Scope
from hub.core.texts import Text
from hub.publicity import items
from hub.publicity.payloads import PublicityDraft
from hub.publicity.workflow import PUBLICITY
from schema.mutations.declare import Advancing, Making, declare

declare(
    Making(
        "proposePublicityItem",
        Text("提出典型案例、整改案例或新闻发布会", "propose a case or a press conference to the public"),
        Scope.PUBLICITY_PROPOSE,
        "PublicityItem",
        PublicityDraft,
        items.propose,
    ),
    Advancing(
        "advancePublicityItem",
        Text("办理公开宣传材料：审查、批准、公开、撤回", "move a publicity item along"),
        Scope.PUBLICITY_PROPOSE,
        "PublicityItem",
        PUBLICITY,
        items.fire_item,
    ),
)

"""Filing an objection, and deciding it."""

from __future__ import annotations

from hub.access.scopes import Scope
from hub.core.texts import Text
from hub.objection.filing import file_objection, fire_objection
from hub.objection.payloads import Objection
from hub.objection.workflow import OBJECTION
from schema.mutations.declare import Advancing, Making, declare

declare(
    Making(
        "fileCreditObjection",
        Text("对失信信息提出异议，送法院或信用办", "object to a listing, to its court or the credit office"),
        Scope.REPAIR_APPLY,
        "CreditObjection",
        Objection,
        file_objection,
    ),
    Advancing(
        "advanceCreditObjection",
        Text("办理异议；只有法院报文改变失信信息", "move an objection; only its court's message changes a listing"),
        Scope.DISHONESTY_READ,
        "CreditObjection",
        OBJECTION,
        fire_objection,
    ),
)

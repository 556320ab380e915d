"""Filing an objection, and deciding it."""

from __future__ import annotations

from hub.access.scopes import Scope
from hub.canonical.objection_codes import RemarkKind
from hub.core.texts import Text
from hub.objection.filing import file_objection, fire_objection
from hub.objection.payloads import Objection
from hub.objection.remarks import Remark, remarking
from hub.objection.workflow import OBJECTION
from schema.mutations.declare import Advancing, Making, declare

declare(
    *(
        Making(name, text, Scope.REPAIR_HANDLE, "ListingRemark", Remark, remarking(kind))
        for name, text, kind in (
            ("annotateListing", Text("信用办批注失信信息", "annotate a listing"), RemarkKind.ANNOTATION),
            (
                "confirmShield",
                Text("信用办确认平台已屏蔽，须在法院删除之后", "confirm that the platform shields it, once deleted"),
                RemarkKind.SHIELD_CONFIRMED,
            ),
            (
                "requestCourtCheck",
                Text("信用办请法院核对失信信息", "ask the court to check a listing"),
                RemarkKind.COURT_CHECK_REQUESTED,
            ),
        )
    ),
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

"""Applying for a repair, pushing a closing, moving either along the table."""

from __future__ import annotations

from hub.access.scopes import Scope
from hub.core.texts import Text
from hub.repair.applying import apply_repair, fire_repair, push_closure
from hub.repair.payloads import ClosureOf, RepairApplication, StopReceipt
from hub.repair.stopping import confirm_stop
from hub.repair.workflow import REPAIR
from schema.mutations.declare import Advancing, Editing, Making, declare

declare(
    Making(
        "applyCreditRepair",
        Text(
            "凭结案文书申请信用修复：送认定法院核实，不直接移出名单",
            "apply for a repair with the closing document: a request to the court, which alone deletes",
        ),
        Scope.REPAIR_APPLY,
        "CreditRepair",
        RepairApplication,
        apply_repair,
    ),
    Making(
        "pushClosure",
        Text("法院推送结案；重复推送为同一件", "its court pushes a closing; pushed twice it is one repair"),
        Scope.REPAIR_HANDLE,
        "CreditRepair",
        ClosureOf,
        push_closure,
    ),
    Advancing(
        "advanceCreditRepair",
        Text("推进信用修复", "move a credit repair along its table"),
        Scope.DISHONESTY_READ,
        "CreditRepair",
        REPAIR,
        fire_repair,
    ),
    Editing(
        "confirmPublicationStop",
        Text("税务或者信用平台回执已停止公布", "tax authority or credit platform says that it has stopped publishing"),
        Scope.DISHONESTY_READ,
        "PublicationStop",
        StopReceipt,
        confirm_stop,
    ),
)

"""Labels of credit repair."""

from __future__ import annotations

from hub.core.texts.text import Text

REPAIR_LABELS: dict[str, dict[str, Text]] = {
    "RepairPath": {
        "SUBJECT_APPLY": Text("主体申请", "the subject applies"),
        "COURT_PUSH": Text("法院结案推送", "its court pushes the closing"),
        "TERM_EXPIRY": Text("纳入期限届满", "the term of the listing ends"),
        "REORGANISATION_RULING": Text("重整计划批准裁定", "a reorganisation is confirmed"),
    },
    "PerformanceKind": {
        "PERFORMED": Text("履行完毕", "performed"),
        "SETTLED": Text("达成和解", "settled"),
        "COOPERATED": Text("积极配合处置财产", "cooperates in the disposal of assets"),
    },
    "RepairStatus": {
        "CLOSURE_DUE": Text("已结案，待法院推送", "closed; its court has yet to push the closing"),
        "INITIATED": Text("已发起", "initiated"),
        "RETURNED_INCOMPLETE": Text("退回补正", "returned as incomplete"),
        "ACCEPTED": Text("已受理", "accepted"),
        "VERIFYING": Text("认定单位核实中", "being verified by the recogniser"),
        "APPROVED": Text("同意修复，待法院删除", "approved; waits for the court's deletion"),
        "REJECTED": Text("不予修复", "rejected"),
        "SHIELDED": Text("已屏蔽，惩戒解除中", "shielded; measures are being lifted"),
        "COMPLETED": Text("修复完成", "completed"),
        "WITHDRAWN": Text("已撤回", "withdrawn"),
        "REVOKED": Text("修复已撤销", "revoked"),
    },
    "RepairClock": {
        "CLOSURE_PUSH": Text("结案推送", "push of the closing"),
        "MATERIALS": Text("材料核对", "check of the materials"),
        "VERIFICATION": Text("认定单位核实", "verification by the recogniser"),
        "DELETION": Text("法院删除失信信息", "deletion by the court"),
        "SHIELDING": Text("信用平台屏蔽", "shielding on the credit platform"),
        "RESTORATION": Text("恢复公示", "restoration after a revocation"),
        "PUBLICITY_LEAST": Text("最短公示期", "least time of publicity"),
        "PUBLICITY_MOST": Text("最长公示期", "longest time of publicity"),
    },
    "ClockOrigin": {
        "LAW": Text("国家规定", "national law"),
        "NOTICE": Text("本地通知", "the local notice"),
        "DEFAULT": Text("产品默认", "product default"),
    },
    "Severity": {
        "MINOR": Text("轻微失信", "minor"),
        "GENERAL": Text("一般失信", "general"),
        "SERIOUS": Text("严重失信", "serious"),
    },
    "StopStatus": {
        "ASKED": Text("已通知停止公布", "asked to stop"),
        "STOPPED": Text("已停止公布", "stopped"),
    },
}

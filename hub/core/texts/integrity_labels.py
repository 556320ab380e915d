"""Labels of the integrity of public bodies, by kind and value."""

from __future__ import annotations

from hub.core.texts.text import Text

INTEGRITY_LABELS: dict[str, dict[str, Text]] = {
    "ClearanceUnit": {
        "BODY": Text("按主体", "bodies"),
        "CASE": Text("按案件", "cases"),
    },
    "IntegrityCategory": {
        "CONTRACT_DEFAULT": Text("违约失信", "breach of contract"),
        "ARREARS": Text("拖欠账款", "arrears"),
        "DISHONEST_DEBTOR": Text("失信被执行人", "dishonest judgment debtor"),
        "APPEARANCE_FAILURE": Text("负责人应出庭未出庭", "head of the body did not appear in court"),
        "OTHER": Text("其他政务失信", "other dishonesty of a public body"),
    },
    "IntegrityStatus": {
        "RECORDED": Text("已记录", "recorded"),
        "CONTESTED": Text("异议处理中", "contested"),
        "RECTIFIED": Text("已整改", "rectified"),
        "WITHDRAWN": Text("已撤回", "withdrawn"),
        "EXPIRED": Text("保存期满", "kept no longer"),
    },
}

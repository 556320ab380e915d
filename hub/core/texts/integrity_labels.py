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
    "ComplaintStatus": {
        "REGISTERED": Text("已登记", "registered"),
        "REJECTED": Text("不予受理", "not to be handled"),
        "HANDED": Text("已转办", "handed to the body"),
        "ANSWERED": Text("已答复", "answered"),
        "VERIFIED": Text("已核实", "verified"),
        "CLOSED": Text("已办结", "closed"),
    },
    "PublicityKind": {
        "TYPICAL_CASE": Text("典型案例", "typical case"),
        "RECTIFIED_CASE": Text("整改正面案例", "rectified case"),
        "PRESS_CONFERENCE": Text("新闻发布会", "press conference"),
    },
    "PublicityStatus": {
        "PROPOSED": Text("已提出", "proposed"),
        "REVIEWED": Text("已审查", "reviewed"),
        "APPROVED": Text("已批准", "approved"),
        "PUBLISHED": Text("已公开", "published"),
        "WITHDRAWN": Text("已撤回", "withdrawn"),
    },
    "PublicityApprover": {
        "CREDIT_OFFICE": Text("信用办", "credit office"),
        "OFFICE": Text("联席会议办公室", "joint-meeting office"),
        "GOVERNMENT": Text("本级政府", "the government"),
        "COURT": Text("法院", "the court"),
    },
    "IntegrityStatus": {
        "RECORDED": Text("已记录", "recorded"),
        "CONTESTED": Text("异议处理中", "contested"),
        "RECTIFIED": Text("已整改", "rectified"),
        "WITHDRAWN": Text("已撤回", "withdrawn"),
        "EXPIRED": Text("保存期满", "kept no longer"),
    },
}

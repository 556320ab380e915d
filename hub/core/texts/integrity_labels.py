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
    "EngagementStatus": {
        "OPEN": Text("评价中", "with the evaluator"),
        "RETURNED": Text("已提交评分", "scores returned"),
        "ATTACHED": Text("评分已入档", "scores attached"),
        "ENDED": Text("已终止", "called off"),
    },
    "CreditGrade": {
        "A": Text("优", "excellent"),
        "B": Text("良", "good"),
        "C": Text("中", "fair"),
        "D": Text("差", "poor"),
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
    "OrganizationNameKind": {
        "FULL": Text("全称", "full name"),
        "SHORT": Text("简称", "short name"),
        "FORMER": Text("旧称", "former name"),
    },
    "TransferReason": {
        "SUCCESSION": Text("机构合并或更名，由承继单位承接", "succession"),
        "SUCCESSION_ENDED": Text("承继关系已更正", "the succession was corrected"),
        "MATCHED": Text("人工认定", "a person said so"),
        "MATCH_UNDONE": Text("人工认定已撤销", "that word was taken back"),
    },
    "CandidateReason": {
        "SAME_NAME": Text("名称相同", "same name"),
        "OTHER_NAME": Text("简称或别名相同", "same short or other name"),
        "FORMER_NAME": Text("曾用名相同", "same former name"),
        "SUCCESSOR": Text("原单位已并入该单位", "the unit of that name was merged into it"),
        "SIMILAR_NAME": Text("名称相近", "similar name"),
    },
    "IntegrityStatus": {
        "RECORDED": Text("已记录", "recorded"),
        "CONTESTED": Text("异议处理中", "contested"),
        "RECTIFIED": Text("已整改", "rectified"),
        "WITHDRAWN": Text("已撤回", "withdrawn"),
        "EXPIRED": Text("保存期满", "kept no longer"),
    },
}

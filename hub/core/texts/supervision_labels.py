"""Labels of supervision, by kind and value."""

from __future__ import annotations

from hub.core.texts.text import Text

SUPERVISION_LABELS: dict[str, dict[str, Text]] = {
    "NoticeKind": {
        "REMINDER_LETTER": Text("提醒函", "reminder letter"),
        "URGING_LETTER": Text("督促函", "urging letter"),
        "ASSIGNMENT_ORDER": Text("交办单", "assignment order"),
        "SUPERVISION_ORDER": Text("督办单", "supervision order"),
    },
    "NoticeStatus": {
        "DRAFT": Text("草拟", "draft"),
        "PENDING_SIGNOFF": Text("待签发", "waiting to be signed"),
        "ISSUED": Text("已签发", "issued"),
        "DELIVERED": Text("已送达", "delivered"),
        "SIGNED": Text("已签收", "receipt signed"),
        "IN_HANDLING": Text("办理中", "in handling"),
        "EXTENSION_PENDING": Text("延期待批", "extension asked for"),
        "REPLIED": Text("已回复", "replied"),
        "ESCALATED": Text("已提级", "escalated"),
        "CLOSED_SATISFIED": Text("已办结", "closed, satisfied"),
        "CLOSED_UNRESOLVED": Text("未落实结案", "closed, unresolved"),
        "WITHDRAWN": Text("已撤回", "withdrawn"),
    },
    "RecipientRole": {
        "SUBJECT": Text("主送", "addressed"),
        "SUPERIOR": Text("上级主管部门", "superior authority"),
        "CC": Text("抄送", "copied"),
    },
    "NoticeTrigger": {
        "MANUAL": Text("人工起草", "drafted by a person"),
        "CASE_FILED": Text("起诉政府案件", "a suit against a public body"),
        "CASE_LOST": Text("败诉案件", "a lost suit"),
        "LISTED": Text("列入失信名单", "a listing"),
    },
    "NoticeSigner": {
        "ISSUER": Text("发文单位负责人", "head of the issuing unit"),
        "GOVERNMENT": Text("本级政府", "the government"),
    },
    "CaseReportKind": {
        "FILED": Text("起诉政府案件已立案", "a suit against a public body was filed"),
        "LOST": Text("政府败诉裁判已生效", "a judgment against a public body took effect"),
        "OVERDUE": Text("逾期未履行", "not performed in time"),
    },
    "ReferralKind": {
        "ACCOUNTABILITY_CLUE": Text("问责线索", "accountability clue"),
        "RECORD": Text("政务失信记录", "record of dishonesty"),
    },
    "SuggestionCategory": {
        "DISHONEST_BODY": Text("失信政务主体", "dishonest public body"),
        "COMPREHENSIVE": Text("综合治理类", "comprehensive governance"),
        "APPEARANCE": Text("负责人不依法出庭", "heads who do not appear"),
        "JUDGMENT_REFUSAL": Text("拒不履行裁判", "judgments not performed"),
        "OTHER": Text("其他", "other"),
    },
    "SuggestionStatus": {
        "DRAFT": Text("草拟", "draft"),
        "CONSULTED": Text("已听取意见", "addressee heard"),
        "SENT": Text("已发出", "sent"),
        "RECEIVED": Text("已签收", "received"),
        "REPLIED": Text("已回复", "replied"),
        "CLOSED": Text("已办结", "closed"),
        "WITHDRAWN": Text("已撤回", "withdrawn"),
    },
    "SuggestionAdoption": {
        "ADOPTED": Text("采纳", "adopted"),
        "PARTLY": Text("部分采纳", "partly adopted"),
        "NOT": Text("未采纳", "not adopted"),
    },
    "SuggestionCapacity": {
        "COURT": Text("建议法院", "court"),
        "ADDRESSEE": Text("建议对象", "addressee"),
        "COPIED": Text("抄送", "copied"),
    },
    "AssessmentScheme": {
        "PINGAN": Text("平安建设考核", "assessment of public safety work"),
        "PERFORMANCE": Text("目标（绩效）考核", "performance assessment"),
    },
    "AssessmentStatus": {
        "PROPOSED": Text("拟计入", "proposed"),
        "ENTERED": Text("已计入", "entered"),
        "DROPPED": Text("不予计入", "left out"),
        "CANCELLED": Text("已取消", "cancelled"),
    },
    "InterviewStatus": {
        "PLANNED": Text("已安排", "planned"),
        "HELD": Text("已约谈", "held"),
        "CANCELLED": Text("已取消", "cancelled"),
    },
    "PeriodicReportKind": {
        "GOVERNANCE_CIRCULAR": Text("政府失信治理情况通报", "circular on government dishonesty"),
        "DISHONESTY_PUSH": Text("失信被执行人定期推送", "periodic push of dishonest judgment debtors"),
        "EXECUTION_REPORT": Text("执行案件分类月报", "monthly report of classified execution cases"),
    },
    "PeriodicReportStatus": {
        "COMPILED": Text("已编制，待签发", "compiled, waiting to be signed"),
        "ISSUED": Text("已签发", "issued"),
    },
}

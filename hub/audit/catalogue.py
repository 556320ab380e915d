"""The closed catalogue of audit events, ``subject:action``."""

from __future__ import annotations

from enum import StrEnum

from hub.core.texts import Text


class AuditAction(StrEnum):
    LIST_CREATED = "doublelist:create"
    LIST_TRANSITION = "doublelist:transition"
    ITEM_CREATED = "doublelistitem:create"
    ITEM_EDITED = "doublelistitem:edit"
    ITEM_TRANSITION = "doublelistitem:transition"
    NOTICE_IMPORTED = "notice:import"
    RESPONSIBILITY_NAMED = "responsibility:name"
    MEETING_CREATED = "meeting:create"
    MEETING_EDITED = "meeting:edit"
    MEETING_TRANSITION = "meeting:transition"
    TASK_CREATED = "task:create"
    TASK_TRANSITION = "task:transition"
    MATTER_PROPOSED = "matter:propose"
    MATTER_TRANSITION = "matter:transition"
    COORDINATION_OPENED = "coordination:open"
    COORDINATION_TRANSITION = "coordination:transition"
    MEMBER_CHANGE_PROPOSED = "memberchange:propose"
    MEMBER_CHANGE_TRANSITION = "memberchange:transition"
    LIAISON_NAMED = "liaison:name"
    LIAISON_PHONE_READ = "liaison:read-phone"
    SUPERVISION_DRAFTED = "supervision:draft"
    SUPERVISION_EDITED = "supervision:edit"
    SUPERVISION_TRANSITION = "supervision:transition"
    CASE_REPORTED = "casereport:create"
    AWARD_RESTRICTED = "award:restrict"
    AWARD_RELEASED = "award:release"
    AWARD_CHECKED = "award:check"
    INTEGRITY_RECORDED = "integrity:record"
    INTEGRITY_TRANSITION = "integrity:transition"
    INTEGRITY_FILE_READ = "integrity:read-file"
    INTEGRITY_NAME_READ = "integrity:read-name"
    EVALUATION_COMMISSIONED = "evaluation:commission"
    EVALUATION_SCORED = "evaluation:score"
    EVALUATION_TRANSITION = "evaluation:transition"
    COMPLAINT_REGISTERED = "complaint:register"
    COMPLAINT_TRANSITION = "complaint:transition"
    COMPLAINANT_READ = "complaint:read-complainant"
    PUBLICITY_PROPOSED = "publicity:propose"
    PUBLICITY_TRANSITION = "publicity:transition"
    SUBJECT_UNMATCHED = "subject:undo-match"
    SUBJECT_TRANSFERRED = "subject:transfer"
    ORGANIZATION_NAMED = "organization:record-name"
    MEASURE_ASSIGNED = "measure:assign"
    MEASURE_ASSIGNMENT_ENDED = "measure:assignmentEnd"
    MEASURE_PROPOSED = "measure:propose"
    MEASURE_TRANSITION = "measure:transition"
    MEASURES_FOLLOWED = "measure:follow"
    OVERDUE_LIST_COMPILED = "overduelist:compile"
    OVERDUE_LIST_TRANSITION = "overduelist:transition"
    INTERVIEW_PLANNED = "interview:plan"
    INTERVIEW_TRANSITION = "interview:transition"
    SUGGESTION_DRAFTED = "suggestion:draft"
    SUGGESTION_TRANSITION = "suggestion:transition"
    ASSESSMENT_PROPOSED = "assessment:propose"
    ASSESSMENT_TRANSITION = "assessment:transition"
    CIRCULAR_ISSUED = "circular:issue"
    REFERRAL_PUSHED = "referral:push"
    REFERRAL_RECEIVED = "referral:receive"
    REPORT_COMPILED = "report:compile"
    REPORT_COMPLETED = "report:complete"
    REPORT_ISSUED = "report:issue"
    REGISTER_IMPORTED = "register:import"
    REGISTER_EXPORTED = "register:export"
    POLICY_PACK_IMPORTED = "policy:import-pack"
    CALENDAR_IMPORTED = "policy:import-calendar"
    ALERT_RAISED = "alert:raise"
    BULK_STARTED = "bulk:start"
    BULK_COMPLETED = "bulk:complete"
    BULK_FAILED = "bulk:fail"
    BULK_CANCELLED = "bulk:cancel"
    BULK_FETCHED = "bulk:fetch"
    BATCH_RECEIVED = "exchange:receive"
    BATCH_REFUSED = "exchange:refuse"
    MESSAGES_APPLIED = "exchange:apply"
    SNAPSHOT_COMPARED = "exchange:reconcile"
    SNAPSHOT_DECIDED = "exchange:decide_snapshot"
    BUREAU_TOLD = "credit:tell_bureau"
    MESSAGE_READ = "exchange:read-content"
    MESSAGE_MENDED = "exchange:mend"
    MESSAGE_REPLAYED = "exchange:replay"
    IDENTITY_READ = "subject:read-identity"
    CHECK_ALARM = "check:alarm"
    CHECK_RULE_SET = "check:set-rule"
    INTERCEPTION_REPORTED = "interception:report"
    SUBJECT_MATCHED = "subject:match"
    LISTING_REMARKED = "listing:remark"
    OBJECTION_FILED = "creditobjection:file"
    OBJECTION_TRANSITION = "creditobjection:transition"
    REPAIR_BEGUN = "creditrepair:begin"
    REPAIR_TRANSITION = "creditrepair:transition"
    WEBHOOK_CREATED = "webhook:create"
    WEBHOOK_CHANGED = "webhook:change"
    WEBHOOK_STOPPED = "webhook:stop"
    DELIVERY_REPLAYED = "delivery:replay"
    DELIVERY_GIVEN_UP = "delivery:give-up"
    EXECUTION_OFFICER_KEPT = "execofficer:keep"
    EXECUTION_OFFICER_STOPPED = "execofficer:stop"
    EXECUTION_OFFICER_REINSTATED = "execofficer:reinstate"
    COURT_SEAL_KEPT = "courtseal:keep"
    EXECUTION_QUERY_SUBMITTED = "execquery:submit"
    EXECUTION_QUERY_TRANSITION = "execquery:transition"
    EXECUTION_QUERY_REPEATED = "execquery:repeat"
    EXECUTION_QUERY_PURGED = "execquery:purge"
    EXECUTION_ORDER_TRANSITION = "execorder:transition"
    EXECUTION_ORDER_OPENED = "execorder:open"
    EXECUTION_RESULT_READ = "execresult:read"
    EXECUTION_READS_LOOKED_UP = "execresult:who-looked"
    BANKRUPTCY_SUBMITTED = "bankruptcy:submit"
    BANKRUPTCY_TRANSITION = "bankruptcy:transition"
    STABILITY_SUBMITTED = "stability:submit"
    FUND_OPENED = "fund:open"
    FUND_ADJUSTED = "fund:adjust"
    FUND_APPLIED = "fund:apply"
    FUND_TRANSITION = "fund:transition"
    FUND_APPLICANT_READ = "fund:read-applicant"
    CASE_TAGGED = "case:tag"
    EVASION_REFERRED = "evasion:refer"
    EVASION_TRANSITION = "evasion:transition"
    EVASION_READ = "evasion:read"
    EVASION_URGED = "evasion:urge"
    CLUE_REQUESTED = "clue:request"
    CLUE_PUSHED = "clue:push"
    CLUE_TRANSITION = "clue:transition"
    CLUE_READ = "clue:read"
    CLUE_PURGED = "clue:purge"
    PLAN_PROPOSED = "plan:propose"
    PLAN_TRANSITION = "plan:transition"
    CAMPAIGN_OPENED = "campaign:open"
    CAMPAIGN_TRANSITION = "campaign:transition"
    CAMPAIGN_SUBMITTED = "campaign:submit"
    CAMPAIGN_TAGGED = "campaign:tag"
    CAMPAIGN_RECOVERED = "campaign:recover"
    CAMPAIGN_FROZEN = "campaign:freeze"
    CAMPAIGN_LIST_DOWNLOADED = "campaign:list.download"
    CAMPAIGN_DEBTOR_OPENED = "campaign:debtor.open"
    CAMPAIGN_ROUND_PLANNED = "campaign:round.plan"
    CAMPAIGN_ROUND_TRANSITION = "campaign:round.transition"
    MARRIAGE_RECORDED = "marriage:record"
    MARRIAGE_CORRECTED = "marriage:correct"
    MARRIAGE_WITHDRAWN = "marriage:withdraw"
    MARRIAGE_SETTLED = "marriage:settle"
    MARRIAGE_TRANSITION = "marriage:transition"
    MARRIAGE_READ = "marriage:read"
    ADDRESS_DECLARED = "address:declare"
    ADDRESS_TRANSITION = "address:transition"
    ADDRESS_READ = "address:read"
    CONTROL_ORDER_SUBMITTED = "controlorder:submit"
    CONTROL_ORDER_TRANSITION = "controlorder:transition"
    CONTROL_ORDER_OPENED = "controlorder:open"
    ASSET_CONTROL_EXPIRED = "assetcontrol:expire"
    ASSET_CONTROL_PURGED = "assetcontrol:purge"
    LOOKOUT_SUBMITTED = "lookout:submit"
    LOOKOUT_TRANSITION = "lookout:transition"
    LOOKOUT_OPENED = "lookout:open"
    LOOKOUT_PURGED = "lookout:purge"
    LOOKOUT_HIT_REPORTED = "lookouthit:report"
    LOOKOUT_HIT_TRANSITION = "lookouthit:transition"
    AUDIT_READ = "audit:read"
    ACCESS_EXPLAINED = "audit:explain-access"
    READS_COUNTED = "read:count"
    SENSITIVE_READ = "read:sensitive"
    SCOPE_DENIED = "access:scope-denied"
    ACTION_REFUSED = "access:action-refused"
    TOKEN_ISSUED = "token:issue"  # noqa: S105 - an event name
    TOKEN_REFUSED = "token:refuse"  # noqa: S105 - an event name
    TOKEN_REVOKED = "token:revoke"  # noqa: S105 - an event name
    CLIENT_CREATED = "client:create"
    CLIENT_ROTATED = "client:rotate"
    CLIENT_DISABLED = "client:disable"
    CLIENT_QUOTA_SET = "client:set-quota"
    DOCUMENT_PUBLISHED = "document:publish"
    DOCUMENT_WITHDRAWN = "document:withdraw"
    KEY_ROTATED = "key:rotate"
    DEMO_LOADED = "demo:load"


class Outcome(StrEnum):
    DONE = "DONE"
    REFUSED = "REFUSED"


ACTION_TEXTS: dict[AuditAction, Text] = {
    AuditAction.LIST_CREATED: Text("建立双清单", "double list created"),
    AuditAction.LIST_TRANSITION: Text("双清单流转", "double list moved"),
    AuditAction.ITEM_CREATED: Text("建立清单事项", "item created"),
    AuditAction.ITEM_EDITED: Text("修改清单事项草稿", "item draft edited"),
    AuditAction.ITEM_TRANSITION: Text("清单事项流转", "item moved"),
    AuditAction.NOTICE_IMPORTED: Text("导入通知文件", "notice imported"),
    AuditAction.RESPONSIBILITY_NAMED: Text("明确责任到岗到人", "responsibility named"),
    AuditAction.MEETING_CREATED: Text("筹备联席会议", "meeting planned"),
    AuditAction.MEETING_EDITED: Text("登记会议议题、出席或议定事项", "agenda, attendance or resolution recorded"),
    AuditAction.MEETING_TRANSITION: Text("联席会议流转", "meeting moved"),
    AuditAction.TASK_CREATED: Text("建立联动任务", "task created"),
    AuditAction.TASK_TRANSITION: Text("联动任务流转", "task moved"),
    AuditAction.MATTER_PROPOSED: Text("提出联动事项", "linkage matter proposed"),
    AuditAction.MATTER_TRANSITION: Text("联动事项流转", "linkage matter moved"),
    AuditAction.COORDINATION_OPENED: Text("发起协调请求", "coordination request opened"),
    AuditAction.COORDINATION_TRANSITION: Text("协调请求流转", "coordination request moved"),
    AuditAction.MEMBER_CHANGE_PROPOSED: Text("提出成员调整", "member change proposed"),
    AuditAction.MEMBER_CHANGE_TRANSITION: Text("成员调整流转", "member change moved"),
    AuditAction.LIAISON_NAMED: Text("指定联络员", "liaison named"),
    AuditAction.LIAISON_PHONE_READ: Text("读取联络员电话", "liaison telephone read"),
    AuditAction.SUPERVISION_DRAFTED: Text("起草督办函件", "supervision notice drafted"),
    AuditAction.SUPERVISION_EDITED: Text("修改督办函件草稿", "draft of a supervision notice edited"),
    AuditAction.SUPERVISION_TRANSITION: Text("督办函件流转", "supervision notice moved"),
    AuditAction.CASE_REPORTED: Text("法院通报涉政府案件", "case against a public body reported"),
    AuditAction.AWARD_RESTRICTED: Text("取消年度评先评优资格", "award restricted"),
    AuditAction.AWARD_RELEASED: Text("恢复评先评优资格", "award restriction lifted"),
    AuditAction.AWARD_CHECKED: Text("查询评先评优资格", "eligibility for awards asked for"),
    AuditAction.INTEGRITY_RECORDED: Text("记录政务失信信息", "integrity record made"),
    AuditAction.INTEGRITY_TRANSITION: Text("政务失信记录流转", "integrity record moved"),
    AuditAction.INTEGRITY_FILE_READ: Text("查阅个人诚信档案", "integrity file of a person read"),
    AuditAction.INTEGRITY_NAME_READ: Text("查看责任人姓名", "name of a responsible person read"),
    AuditAction.EVALUATION_COMMISSIONED: Text("委托第三方评价", "evaluation commissioned"),
    AuditAction.EVALUATION_SCORED: Text("评分", "body scored"),
    AuditAction.EVALUATION_TRANSITION: Text("第三方评价流转", "evaluation moved"),
    AuditAction.COMPLAINT_REGISTERED: Text("登记政务失信投诉", "complaint registered"),
    AuditAction.COMPLAINT_TRANSITION: Text("政务失信投诉流转", "complaint moved"),
    AuditAction.COMPLAINANT_READ: Text("查看投诉人信息", "complainant read"),
    AuditAction.PUBLICITY_PROPOSED: Text("提出公开宣传材料", "publicity item proposed"),
    AuditAction.PUBLICITY_TRANSITION: Text("公开宣传材料流转", "publicity item moved"),
    AuditAction.SUBJECT_UNMATCHED: Text("撤销主体认定", "decision about a body undone"),
    AuditAction.SUBJECT_TRANSFERRED: Text("主体改由承继单位承接", "body held to be its successor"),
    AuditAction.ORGANIZATION_NAMED: Text("登记单位名称沿革", "name of a unit recorded"),
    AuditAction.MEASURE_ASSIGNED: Text("指定惩戒实施单位", "implementer named"),
    AuditAction.MEASURE_ASSIGNMENT_ENDED: Text("终止惩戒实施职责", "assignment of an implementer ended"),
    AuditAction.MEASURE_PROPOSED: Text("提出惩戒措施", "measure proposed"),
    AuditAction.MEASURE_TRANSITION: Text("惩戒措施流转", "measure moved"),
    AuditAction.MEASURES_FOLLOWED: Text("惩戒措施随失信信息变动", "measures followed their listing"),
    AuditAction.OVERDUE_LIST_COMPILED: Text("编制逾期名单", "overdue list compiled"),
    AuditAction.OVERDUE_LIST_TRANSITION: Text("逾期名单流转", "overdue list moved"),
    AuditAction.INTERVIEW_PLANNED: Text("安排约谈", "interview planned"),
    AuditAction.INTERVIEW_TRANSITION: Text("约谈流转", "interview moved"),
    AuditAction.SUGGESTION_DRAFTED: Text("起草司法建议", "judicial suggestion drafted"),
    AuditAction.SUGGESTION_TRANSITION: Text("司法建议流转", "judicial suggestion moved"),
    AuditAction.ASSESSMENT_PROPOSED: Text("提出考核事项", "item of an assessment proposed"),
    AuditAction.ASSESSMENT_TRANSITION: Text("考核事项流转", "item of an assessment moved"),
    AuditAction.CIRCULAR_ISSUED: Text("发出通报批评", "circular issued"),
    AuditAction.REFERRAL_PUSHED: Text("移送线索或记录", "referral pushed"),
    AuditAction.REFERRAL_RECEIVED: Text("签收移送", "referral received"),
    AuditAction.REPORT_COMPILED: Text("编制定期报告", "periodic report compiled"),
    AuditAction.REPORT_COMPLETED: Text("补充定期报告的说明", "statements of a periodic report added"),
    AuditAction.REPORT_ISSUED: Text("签发定期报告", "periodic report issued"),
    AuditAction.REGISTER_IMPORTED: Text("导入名录", "register imported"),
    AuditAction.REGISTER_EXPORTED: Text("导出名录", "register exported"),
    AuditAction.POLICY_PACK_IMPORTED: Text("导入政策包", "policy pack imported"),
    AuditAction.CALENDAR_IMPORTED: Text("导入工作日历", "working calendar imported"),
    AuditAction.ALERT_RAISED: Text("发出预警", "alert raised"),
    AuditAction.BULK_STARTED: Text("发起批量导出", "bulk export asked for"),
    AuditAction.BULK_COMPLETED: Text("批量导出完成", "bulk export completed"),
    AuditAction.BULK_FAILED: Text("批量导出未完成，文件已销毁", "bulk export failed, its file destroyed"),
    AuditAction.BULK_CANCELLED: Text("取消批量导出", "bulk export cancelled"),
    AuditAction.BULK_FETCHED: Text("下载批量导出文件", "file of a bulk export fetched"),
    AuditAction.BATCH_RECEIVED: Text("接收报送批次", "batch received"),
    AuditAction.BATCH_REFUSED: Text("整批拒收", "batch refused"),
    AuditAction.MESSAGES_APPLIED: Text("报文生效", "messages applied"),
    AuditAction.SNAPSHOT_COMPARED: Text("快照核对", "snapshot compared"),
    AuditAction.SNAPSHOT_DECIDED: Text("决定暂停的快照", "held snapshot decided"),
    AuditAction.BUREAU_TOLD: Text("报送征信机构", "credit bureau told"),
    AuditAction.MESSAGE_READ: Text("读取待处理报文内容", "content of a waiting message read"),
    AuditAction.MESSAGE_MENDED: Text("更正待处理报文", "message mended"),
    AuditAction.MESSAGE_REPLAYED: Text("重新处理报文", "message replayed"),
    AuditAction.IDENTITY_READ: Text("读取公民身份号码", "identity number read"),
    AuditAction.CHECK_ALARM: Text("核查比中占比异常", "more of a client's checks matched than is usual"),
    AuditAction.CHECK_RULE_SET: Text("设定核查处置规则", "rule of disposition set"),
    AuditAction.INTERCEPTION_REPORTED: Text("回报拦截", "interception reported"),
    AuditAction.SUBJECT_MATCHED: Text("主体人工比对", "subject matched by a person"),
    AuditAction.LISTING_REMARKED: Text("批注失信信息、确认屏蔽或请法院核对", "remark on a listing"),
    AuditAction.OBJECTION_FILED: Text("提出异议", "objection filed"),
    AuditAction.OBJECTION_TRANSITION: Text("异议流转", "objection moved"),
    AuditAction.REPAIR_BEGUN: Text("发起信用修复", "credit repair begun"),
    AuditAction.REPAIR_TRANSITION: Text("信用修复流转", "credit repair moved"),
    AuditAction.WEBHOOK_CREATED: Text("登记推送地址", "webhook endpoint registered"),
    AuditAction.WEBHOOK_CHANGED: Text("修改、暂停、恢复、换钥或删除推送地址", "webhook endpoint changed by its owner"),
    AuditAction.WEBHOOK_STOPPED: Text("推送地址被自动停止", "webhook endpoint stopped by the hub"),
    AuditAction.DELIVERY_REPLAYED: Text("重放投递", "delivery replayed"),
    AuditAction.DELIVERY_GIVEN_UP: Text("投递多次失败，已放弃", "delivery given up"),
    AuditAction.EXECUTION_OFFICER_KEPT: Text("登记或变更执行人员", "execution officer registered or changed"),
    AuditAction.EXECUTION_OFFICER_STOPPED: Text("查阅过量，停用执行人员", "officer stopped for reading too much"),
    AuditAction.EXECUTION_OFFICER_REINSTATED: Text("恢复执行人员", "officer reinstated"),
    AuditAction.COURT_SEAL_KEPT: Text("登记法院电子印章", "seal of a court registered"),
    AuditAction.EXECUTION_QUERY_SUBMITTED: Text("提出网络查控", "execution query submitted"),
    AuditAction.EXECUTION_QUERY_TRANSITION: Text("网络查控流转", "execution query moved"),
    AuditAction.EXECUTION_QUERY_REPEATED: Text("按期再次查询", "execution query asked again"),
    AuditAction.EXECUTION_QUERY_PURGED: Text("销毁查控结果", "results of a query purged"),
    AuditAction.EXECUTION_ORDER_TRANSITION: Text("协助查询流转", "holder's part of a query moved"),
    AuditAction.EXECUTION_ORDER_OPENED: Text("协助单位查看查询内容", "holder opened what is asked of it"),
    AuditAction.EXECUTION_RESULT_READ: Text("查阅查控结果", "result of a query read"),
    AuditAction.EXECUTION_READS_LOOKED_UP: Text("查询何人查阅过", "who read was looked up"),
    AuditAction.BANKRUPTCY_SUBMITTED: Text("提交破产协调事项", "matters of a bankruptcy submitted"),
    AuditAction.BANKRUPTCY_TRANSITION: Text("破产协调流转", "bankruptcy or matter of it moved"),
    AuditAction.STABILITY_SUBMITTED: Text("提交维稳方案", "stability plan submitted"),
    AuditAction.FUND_OPENED: Text("设立资金账户", "fund account opened"),
    AuditAction.FUND_ADJUSTED: Text("调整资金预算", "budget of a fund adjusted"),
    AuditAction.FUND_APPLIED: Text("申请资金", "payment from a fund applied for"),
    AuditAction.FUND_TRANSITION: Text("资金申请流转", "application to a fund moved"),
    AuditAction.FUND_APPLICANT_READ: Text("查看救助申请人", "applicant of relief read"),
    AuditAction.CASE_TAGGED: Text("案件标签变动", "tag of a case changed"),
    AuditAction.EVASION_REFERRED: Text("移送拒执线索", "clue to evading enforcement referred"),
    AuditAction.EVASION_TRANSITION: Text("拒执线索流转", "clue to evading enforcement moved"),
    AuditAction.EVASION_READ: Text("查阅拒执线索", "clue to evading enforcement read"),
    AuditAction.EVASION_URGED: Text("催办拒执线索", "clue to evading enforcement urged"),
    AuditAction.CLUE_REQUESTED: Text("请求资金线索", "fund clue requested"),
    AuditAction.CLUE_PUSHED: Text("主动推送资金线索", "fund clue pushed unasked"),
    AuditAction.CLUE_TRANSITION: Text("资金线索流转", "fund clue moved"),
    AuditAction.CLUE_READ: Text("查阅资金线索账户", "account of a fund clue read"),
    AuditAction.CLUE_PURGED: Text("销毁资金线索账户", "account of a fund clue purged"),
    AuditAction.PLAN_PROPOSED: Text("提出履行计划", "performance plan proposed"),
    AuditAction.PLAN_TRANSITION: Text("履行计划流转", "performance plan moved"),
    AuditAction.CAMPAIGN_OPENED: Text("启动专项行动", "campaign opened"),
    AuditAction.CAMPAIGN_TRANSITION: Text("专项行动流转", "campaign moved"),
    AuditAction.CAMPAIGN_SUBMITTED: Text("报送专项行动案件", "cases handed in to a campaign"),
    AuditAction.CAMPAIGN_TAGGED: Text("标记专项行动案件", "cases tagged by the court"),
    AuditAction.CAMPAIGN_RECOVERED: Text("报告执行到位金额", "recovery reported"),
    AuditAction.CAMPAIGN_FROZEN: Text("固定专项行动统计", "figures of a campaign frozen"),
    AuditAction.CAMPAIGN_LIST_DOWNLOADED: Text("下载专项行动案件清单", "list of a campaign downloaded"),
    AuditAction.CAMPAIGN_DEBTOR_OPENED: Text("查看专项行动债务人", "person who owes opened"),
    AuditAction.CAMPAIGN_ROUND_PLANNED: Text("部署集中行动", "concentrated round planned"),
    AuditAction.CAMPAIGN_ROUND_TRANSITION: Text("集中行动流转", "concentrated round moved"),
    AuditAction.MARRIAGE_RECORDED: Text("登记待共享的婚姻信息", "marriage information recorded for sharing"),
    AuditAction.MARRIAGE_CORRECTED: Text("更正已共享的婚姻信息", "shared marriage information corrected"),
    AuditAction.MARRIAGE_WITHDRAWN: Text("撤回未封存的婚姻信息", "marriage information withdrawn before sealing"),
    AuditAction.MARRIAGE_SETTLED: Text("处理未匹配的婚姻信息", "unmatched marriage information settled"),
    AuditAction.MARRIAGE_TRANSITION: Text("婚姻信息批次流转", "marriage batch moved"),
    AuditAction.MARRIAGE_READ: Text("查看婚姻信息当事人", "parties of marriage information read"),
    AuditAction.ADDRESS_DECLARED: Text("申报送达地址", "service address declared"),
    AuditAction.ADDRESS_TRANSITION: Text("送达地址流转", "service address moved"),
    AuditAction.ADDRESS_READ: Text("法院查询送达地址", "service addresses read by a court"),
    AuditAction.CONTROL_ORDER_SUBMITTED: Text("提出财产控制", "control order submitted"),
    AuditAction.CONTROL_ORDER_TRANSITION: Text("财产控制请求流转", "control order moved"),
    AuditAction.CONTROL_ORDER_OPENED: Text("协助单位查看控制请求", "holder opened a control order"),
    AuditAction.ASSET_CONTROL_EXPIRED: Text("财产控制到期", "control of an asset ran out"),
    AuditAction.ASSET_CONTROL_PURGED: Text("销毁财产控制明细", "details of a control purged"),
    AuditAction.LOOKOUT_SUBMITTED: Text("提出临控", "lookout submitted"),
    AuditAction.LOOKOUT_TRANSITION: Text("临控流转", "lookout moved"),
    AuditAction.LOOKOUT_OPENED: Text("公安机关查看临控内容", "police opened a lookout"),
    AuditAction.LOOKOUT_PURGED: Text("销毁临控明细", "details of a lookout purged"),
    AuditAction.LOOKOUT_HIT_REPORTED: Text("报告临控发现", "hit of a lookout reported"),
    AuditAction.LOOKOUT_HIT_TRANSITION: Text("临控发现处置", "hit of a lookout moved"),
    AuditAction.AUDIT_READ: Text("查阅审计记录", "audit log read"),
    AuditAction.ACCESS_EXPLAINED: Text("查阅访问权限说明", "access explained"),
    AuditAction.READS_COUNTED: Text("普通读取计数", "plain reads counted"),
    AuditAction.SENSITIVE_READ: Text("读取敏感字段", "sensitive fields read"),
    AuditAction.SCOPE_DENIED: Text("授权范围不足被拒", "refused for want of scope"),
    AuditAction.ACTION_REFUSED: Text("操作被拒", "action refused"),
    AuditAction.TOKEN_ISSUED: Text("签发访问令牌", "token issued"),
    AuditAction.TOKEN_REFUSED: Text("令牌请求被拒", "token request refused"),
    AuditAction.TOKEN_REVOKED: Text("撤销访问令牌", "token revoked"),
    AuditAction.CLIENT_CREATED: Text("登记客户端", "client created"),
    AuditAction.CLIENT_ROTATED: Text("更换客户端密钥", "client secret rotated"),
    AuditAction.CLIENT_DISABLED: Text("停用客户端", "client disabled"),
    AuditAction.CLIENT_QUOTA_SET: Text("设定客户端配额", "client quota set"),
    AuditAction.DOCUMENT_PUBLISHED: Text("发布可信操作文档", "trusted document published"),
    AuditAction.DOCUMENT_WITHDRAWN: Text("撤回可信操作文档", "trusted document withdrawn"),
    AuditAction.KEY_ROTATED: Text("轮换签名密钥", "signing key rotated"),
    AuditAction.DEMO_LOADED: Text("装入演示数据", "demonstration data loaded"),
}

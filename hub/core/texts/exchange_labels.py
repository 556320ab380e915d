"""Labels of what systems exchange: lists, listings, subjects, messages, connectors."""

from __future__ import annotations

from hub.core.texts.text import Text

EXCHANGE_LABELS: dict[str, dict[str, Text]] = {
    "CaseListKind": {
        "DISHONEST": Text("失信被执行人案件", "cases of dishonest judgment debtors"),
        "PENDING": Text("未结案件", "pending cases"),
        "TERMINATED_THIS_EXECUTION": Text("终本案件", "cases whose present execution is terminated"),
        "CONSUMPTION_RESTRICTION": Text("限制消费令", "orders that restrict consumption"),
    },
    "AssociatedRole": {
        "LEGAL_REPRESENTATIVE": Text("法定代表人", "legal representative"),
        "PRINCIPAL": Text("主要负责人", "principal"),
        "DIRECTLY_RESPONSIBLE": Text("直接责任人员", "person directly responsible"),
        "ACTUAL_CONTROLLER": Text("实际控制人", "actual controller"),
        "FINANCE_HEAD": Text("财务部门负责人", "head of finance"),
    },
    "CaseProcedure": {
        "CIVIL": Text("民事", "civil"),
        "ADMINISTRATIVE": Text("行政", "administrative"),
        "EXECUTION": Text("执行", "execution"),
        "NON_LITIGATION_EXECUTION": Text("行政非诉执行", "non-litigation administrative execution"),
        "BANKRUPTCY": Text("破产", "bankruptcy"),
        "PRESERVATION": Text("财产保全", "preservation"),
        "PRE_FILING_MEDIATION": Text("诉前调解", "mediation before filing"),
    },
    "CasePartyRole": {
        "PLAINTIFF": Text("原告", "plaintiff"),
        "DEFENDANT": Text("被告", "defendant"),
        "THIRD_PARTY": Text("第三人", "third party"),
        "APPLICANT": Text("申请人", "applicant"),
        "JUDGMENT_DEBTOR": Text("被执行人", "judgment debtor"),
        "RESPONDENT": Text("被申请人", "respondent"),
    },
    "Confidentiality": {
        "NORMAL": Text("一般", "normal"),
        "JUVENILE": Text("涉未成年人", "juvenile"),
        "PRIVACY": Text("涉个人隐私", "privacy"),
        "COMMERCIAL": Text("涉商业秘密", "trade secret"),
        "STATE_SECRET": Text("涉国家秘密", "state secret"),
    },
    "MirrorCapacity": {
        "SOURCE": Text("提供单位", "source"),
        "SUBJECT": Text("所涉主体", "subject"),
    },
    "MirrorStatus": {
        "ACTIVE": Text("在列", "on the list"),
        "ENDED": Text("已退出", "off the list"),
    },
    "DishonestyStatus": {
        "EXEC_FILED": Text("执行立案", "execution filed"),
        "NOTICE_SERVED": Text("已送达执行通知", "enforcement notice served"),
        "PRE_LISTING_NOTICED": Text("已预告知", "told before listing"),
        "DECIDED": Text("已决定", "decided"),
        "IN_GRACE": Text("宽限期内", "in the grace period"),
        "AVERTED": Text("宽限期内履行，未纳入", "averted by performance"),
        "LISTED": Text("已纳入", "listed"),
        "PUBLISHED": Text("已公布", "published"),
        "CORRECTION_PENDING": Text("异议审查中", "objection under examination"),
        "RECONSIDERING": Text("复议中", "under reconsideration"),
        "DELETE_DUE": Text("应当删除", "to be deleted"),
        "DELETED_SHIELDED": Text("已删除屏蔽", "deleted and shielded"),
        "REPAIRED": Text("已修复", "repaired"),
        "REVOKED": Text("已撤销", "revoked"),
        "ARCHIVED": Text("已归档", "archived"),
    },
    "DeletionGround": {
        "PERFORMED": Text("已履行或执行完毕", "performed or executed"),
        "SETTLEMENT_PERFORMED": Text("和解协议履行完毕", "settlement performed"),
        "CREDITOR_REQUEST": Text("申请执行人书面申请并经法院同意", "at the creditor's written request"),
        "NOTHING_FOUND": Text("终本后两次以上查询未发现财产", "nothing found after termination"),
        "STAYED": Text("审判监督或破产程序中止执行", "stayed by review or bankruptcy"),
        "NOT_ENFORCED": Text("裁定不予执行", "enforcement refused"),
        "ENDED": Text("裁定终结执行", "execution ended"),
        "TERM_EXPIRED": Text("纳入期限届满", "the term has ended"),
        "EARLY": Text("积极履行或主动纠正，提前删除", "early, for performing or correcting"),
    },
    "ListingInitiative": {
        "CREDITOR": Text("依申请", "at the creditor's request"),
        "COURT": Text("依职权", "by the court"),
    },
    "ListingClock": {
        "GRACE": Text("宽限期", "grace period"),
        "TERM": Text("纳入期限", "term of the listing"),
        "OBJECTION": Text("纠正申请审查期限", "time to examine an objection"),
        "RECONSIDERATION": Text("复议决定期限", "time to decide a reconsideration"),
        "DELETION": Text("删除期限", "time to delete"),
        "RELISTING_BAR": Text("不得依申请重新纳入的期间", "no re-listing at the creditor's request until"),
    },
    "CheckMode": {
        "EXACT_ID": Text("按证件号码精确比对", "by its own number"),
        "NAME_ONLY": Text("仅名称相同，须人工核实", "by name only, for a person to check"),
    },
    "Disposition": {
        "BLOCK": Text("拦截", "block"),
        "WARN": Text("提示", "warn"),
        "MANUAL": Text("人工核实", "a person checks"),
        "PASS": Text("放行", "pass"),
    },
    "SubjectType": {
        "LEGAL": Text("法人", "legal person"),
        "NATURAL": Text("自然人", "natural person"),
        "OTHER_ORG": Text("其他组织", "other organisation"),
    },
    "MatchConfidence": {
        "EXACT_ID": Text("信用代码一致", "by its code"),
        "NAME": Text("名称唯一一致", "by its name, which only one unit bears"),
        "MANUAL": Text("人工比对", "by a person"),
        "NONE": Text("未比对上", "not matched"),
    },
    "SubjectMatchStatus": {
        "OPEN": Text("待人工比对", "waits for a person"),
        "MATCHED": Text("已比对", "matched"),
    },
    "BatchKind": {
        "DELTA": Text("增量", "changes"),
        "SNAPSHOT": Text("全量快照", "full snapshot"),
        "ZERO": Text("零报告", "zero report"),
    },
    "BatchStatus": {
        "ACCEPTED": Text("已接收", "accepted"),
        "REFUSED": Text("整批拒收", "refused whole"),
    },
    "InboxStatus": {
        "RECEIVED": Text("待处理", "waits"),
        "INVALID": Text("内容有误", "invalid"),
        "NEEDS_INFORMATION": Text("待补充信息", "needs information"),
        "QUARANTINED": Text("已隔离", "quarantined"),
        "APPLIED": Text("已生效", "applied"),
        "SUPERSEDED": Text("已被更新的报文取代", "superseded by a newer message"),
    },
    "ReconciliationOutcome": {
        "EQUAL": Text("无缺失", "nothing missing"),
        "ENDED_MISSING": Text("已移出快照所无条目", "entries missing from the snapshot were ended"),
        "HELD": Text("缺失过多，未移出任何条目", "too much is missing; nothing was ended"),
        "RELEASED": Text("经人工放行，已移出快照所无条目", "released by a person; missing entries were ended"),
        "REFUSED": Text("经人工否决，快照作废", "set aside by a person; nothing was ended"),
        "OVERTAKEN": Text("已被后续快照取代", "overtaken by a later snapshot"),
    },
    "Narrative": {
        "CASE_FACTS": Text("基本案情", "facts of the case"),
        "EXECUTION_BASIS": Text("执行依据文号", "basis of the execution"),
        "DISHONEST_CONDUCT": Text("失信情形、失信行为情况", "grounds and conduct"),
    },
    "SnapshotDecision": {
        "RELEASE": Text("放行", "let it take effect"),
        "REFUSE": Text("否决", "set it aside"),
    },
    "IssueKind": {
        "BATCH_GAP": Text("批号缺失", "a batch is missing"),
        "BATCH_REFUSED": Text("整批拒收", "a batch was refused"),
        "MESSAGE_ID_REUSED": Text("同一报文号内容不同", "one message id, two contents"),
        "SNAPSHOT_SHRUNK": Text("快照异常缩减", "a snapshot shrank beyond measure"),
        "SUBJECT_UNMATCHED": Text("主体未比对上", "a subject could not be matched"),
        "SOURCE_SILENT": Text("来源静默", "a source is silent"),
        "FEED_REFUSED": Text("报送行被对方退回", "a row was refused by who was fed it"),
        "FEED_UNANSWERED": Text("报送长期未获回执", "rows have had no answer for long"),
        "TAGGED_BODY_UNMATCHED": Text(
            "涉行政机关案件的主体未与单位对应", "body of a case of an administrative organ that is no known unit"
        ),
    },
    "FeedState": {
        "WAITING": Text("待报送", "to be handed over"),
        "SENT": Text("已报送待回执", "handed over"),
        "ACCEPTED": Text("对方已接收", "accepted"),
        "REFUSED": Text("对方已退回", "refused"),
    },
    "ConnectorCondition": {
        "WORKING": Text("正常", "working"),
        "SILENT": Text("静默", "silent"),
        "FAILING": Text("故障", "failing"),
    },
}

"""Labels of execution queries."""

from __future__ import annotations

from hub.core.texts.text import Text

INQUIRY_LABELS: dict[str, dict[str, Text]] = {
    "OfficerCapacity": {
        "OFFICER": Text("执行人员", "execution officer"),
        "APPROVER": Text("执行局负责人", "leader of the execution bureau"),
        "COMMAND": Text("执行指挥中心", "execution command centre"),
    },
    "QueryType": {
        "PERSON_IDENTITY": Text("身份信息", "identity"),
        "HUKOU": Text("户籍信息", "household registration"),
        "RESIDENCE": Text("居住信息", "residence"),
        "HOTEL": Text("住宿登记", "hotel stays"),
        "EXIT_ENTRY": Text("出入境记录", "exits and entries"),
        "MARRIAGE": Text("婚姻登记", "marriage"),
        "SOCIAL_SECURITY": Text("社会保险", "social security"),
        "PROVIDENT_FUND": Text("住房公积金", "housing provident fund"),
        "REAL_ESTATE": Text("不动产", "real estate"),
        "VEHICLE": Text("机动车", "vehicles"),
        "AGRI_MACHINE": Text("农业机械", "agricultural machines"),
        "VESSEL": Text("船舶", "vessels"),
        "BUSINESS_REG": Text("经营主体登记", "business registration"),
        "EQUITY": Text("股权", "equity"),
        "BANK_ACCOUNT": Text("银行账户", "bank accounts"),
        "SECURITIES": Text("证券", "securities"),
        "INSURANCE": Text("商业保险", "insurance"),
        "TAX_INVOICE": Text("税务发票", "tax invoices"),
        "TELECOM_NUMBER": Text("通信号码", "telephone numbers"),
        "PLATFORM_ACCOUNT": Text("网络平台账户", "platform accounts"),
    },
    "QueryPurpose": {
        "LOCATE_PERSON": Text("查找被执行人", "to find the debtor"),
        "LOCATE_ASSET": Text("查找财产", "to find assets"),
        "VERIFY_REPORT": Text("核实财产报告", "to verify an asset report"),
        "CONTROL_ASSET": Text("控制财产", "to control assets"),
    },
    "QueryUrgency": {
        "NORMAL": Text("普通", "normal"),
        "EMERGENCY": Text("紧急，先发送后审批", "emergency: sent first, approved after"),
    },
    "LegalDocumentKind": {
        "INQUIRY_NOTICE": Text("协助查询通知书", "notice to assist with an inquiry"),
        "EXECUTION_RULING": Text("执行裁定书", "execution ruling"),
        "EXECUTION_NOTICE": Text("执行通知书", "execution notice"),
    },
    "ExecutionQueryStatus": {
        "PENDING_APPROVAL": Text("待审批", "waits for approval"),
        "REJECTED": Text("未批准", "rejected"),
        "CANCELLED": Text("已撤销", "cancelled"),
        "DISPATCHED": Text("已发送", "dispatched"),
        "PARTIALLY_ANSWERED": Text("部分反馈", "partially answered"),
        "ANSWERED": Text("已反馈", "answered"),
        "USED": Text("已查阅", "used"),
        "CLOSED": Text("已办结", "closed"),
        "PURGED": Text("结果已销毁", "results purged"),
    },
    "ExecutionOrderStatus": {
        "DISPATCHED": Text("已发送", "dispatched"),
        "ACCEPTED": Text("已接收", "accepted by the holder"),
        "ANSWERED": Text("已反馈", "answered"),
        "RETURNED": Text("已退回", "returned by the holder"),
        "OBJECTED": Text("提出异议", "objected to"),
        "CANCELLED": Text("已撤销", "cancelled"),
    },
    "AnswerCode": {
        "FOUND": Text("查有结果", "found"),
        "NOT_FOUND": Text("查无结果", "nothing found"),
        "NO_SUCH_SUBJECT": Text("查无此人（单位）", "no such subject"),
        "PARTIAL": Text("部分结果", "found in part"),
        "REFUSED": Text("不予提供", "refused"),
        "ERROR": Text("无法查询", "could not be looked up"),
    },
    "ReturnReason": {
        "SEAL_MISSING": Text("缺少印章", "a seal is missing"),
        "DOCUMENT_UNREADABLE": Text("文书无法读取", "a document cannot be read"),
        "DOCUMENT_MISMATCH": Text("文书与请求不符", "documents and request differ"),
        "SUBJECT_UNCLEAR": Text("被查询人信息不清", "the subject is not clear"),
        "NOT_COMPETENT": Text("不属本单位", "not this unit's business"),
        "OTHER": Text("其他", "other"),
    },
}

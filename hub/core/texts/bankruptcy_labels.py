"""Labels of bankruptcy coordination and of the funds, by kind and value."""

from __future__ import annotations

from hub.core.texts.text import Text

BANKRUPTCY_LABELS: dict[str, dict[str, Text]] = {
    "BankruptcyStatus": {
        "PROPOSED": Text("已提交清单", "list submitted"),
        "REVIEWED": Text("已审核，待分派", "reviewed; to be assigned"),
        "ASSIGNED": Text("已分派", "assigned"),
        "IN_PROGRESS": Text("办理中", "in progress"),
        "ALL_SETTLED": Text("事项均已办结", "every matter settled"),
        "CLOSED": Text("协调终结", "closed"),
    },
    "BankruptcyOutcome": {
        "PLAN_APPROVED": Text("批准重整计划", "reorganisation plan approved"),
        "SETTLEMENT_RECOGNISED": Text("认可和解协议", "settlement recognised"),
        "LIQUIDATION": Text("宣告破产", "declared bankrupt"),
        "TERMINATED": Text("终结破产程序", "proceedings ended"),
    },
    "BankruptcyMatterType": {
        "PETITION_STABILITY": Text("信访稳定", "petition stability"),
        "EMPLOYEE_SETTLEMENT": Text("职工安置", "settlement of employees"),
        "ASSET_REVITALISATION": Text("资产盘活", "revitalisation of assets"),
        "REGISTRATION_CANCELLATION": Text("工商注销", "cancellation of the registration"),
        "TAX_RELIEF": Text("税务减免", "tax relief"),
        "CREDIT_REPAIR": Text("信用修复", "credit repair"),
        "REAL_ESTATE": Text("不动产处置", "disposal of real estate"),
        "INFORMATION_SHARING": Text("破产信息共享", "sharing of bankruptcy information"),
        "FINANCE": Text("融资支持", "financing"),
        "CHANGE_REGISTRATION": Text("变更登记", "change of registration"),
        "OTHER": Text("其他", "other"),
    },
    "BankruptcyMatterStatus": {
        "OPEN": Text("待分派", "to be assigned"),
        "ASSIGNED": Text("待接收", "assigned"),
        "HANDLING": Text("办理中", "being handled"),
        "FEEDBACK": Text("已反馈，待法院认可", "reported"),
        "ACCEPTED": Text("法院已认可", "accepted by the court"),
        "CLOSED": Text("已销号", "closed"),
        "RETURNED": Text("责任单位退回", "returned by the unit"),
        "WITHDRAWN": Text("已撤回", "withdrawn"),
    },
    "PetitionRisk": {"LOW": Text("低", "low"), "MEDIUM": Text("中", "medium"), "HIGH": Text("高", "high")},
    "StabilityStatus": {
        "SUBMITTED": Text("已提交", "submitted"),
        "APPROVED": Text("已批准", "approved"),
        "RETURNED": Text("已退回", "returned"),
    },
    "StabilityApprover": {
        "GOVERNMENT": Text("本级政府", "the government"),
        "OFFICE": Text("联席会议办公室", "joint-meeting office"),
    },
    "FundKind": {
        "BANKRUPTCY_AID": Text("破产援助资金", "bankruptcy aid fund"),
        "EXECUTION_RELIEF": Text("执行救助专项资金", "execution relief fund"),
    },
    "FundPurpose": {
        "ADMINISTRATOR_FEE": Text("管理人报酬", "fee of the administrator"),
        "EMPLOYEE_WAGES": Text("部分职工工资", "part of the wages"),
        "APPLICANT_RELIEF": Text("救助困难申请执行人", "relief of an applicant in hardship"),
    },
    "ReliefClaim": {
        "WAGES": Text("追索劳动报酬", "wages"),
        "TRAFFIC_ACCIDENT": Text("交通事故", "traffic accident"),
        "PERSONAL_INJURY": Text("人身损害", "personal injury"),
        "SUPPORT": Text("赡养费、扶养费、抚养费", "support"),
        "OTHER": Text("其他", "other"),
    },
    "DisbursementStatus": {
        "APPLIED": Text("已申请", "applied for"),
        "APPROVED": Text("已批准，待支付", "approved"),
        "PAID": Text("已支付", "paid"),
        "REFUSED": Text("不予批准", "refused"),
        "WITHDRAWN": Text("已撤回", "withdrawn"),
        "CANCELLED": Text("已取消，额度退回", "cancelled; the amount is free again"),
    },
    "FundApprover": {
        "FINANCE": Text("财政部门", "finance department"),
        "GOVERNMENT": Text("本级政府", "the government"),
    },
}

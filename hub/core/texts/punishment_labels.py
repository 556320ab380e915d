"""Labels of joint punishment, by kind and value."""

from __future__ import annotations

from hub.core.texts.text import Text

PUNISHMENT_LABELS: dict[str, dict[str, Text]] = {
    "PunishmentField": {
        "GOVERNMENT_PROCUREMENT": Text("政府采购", "government procurement"),
        "TENDERING": Text("招标投标", "tendering"),
        "ADMINISTRATIVE_APPROVAL": Text("行政审批", "administrative approval"),
        "GOVERNMENT_SUPPORT": Text("政府扶持", "government support"),
        "FINANCING": Text("融资信贷", "financing and credit"),
        "MARKET_ACCESS": Text("市场准入", "market access"),
        "QUALIFICATION": Text("资质认定", "qualification"),
        "INTERVIEW": Text("失信约谈", "interview"),
        "AWARD": Text("评先评优和绩效考核", "awards and assessment"),
        "RECORD": Text("信用记录", "credit record"),
        "INVESTMENT_APPROVAL": Text("投资项目审批", "investment project approval"),
        "SUBSIDY": Text("政府性补贴补助", "subsidies"),
        "CONSUMPTION": Text("限制消费", "consumption"),
    },
    "MeasureLevel": {
        "MANDATORY": Text("应当采取", "mandatory"),
        "DISCRETIONARY": Text("可以采取", "discretionary"),
    },
    "MeasureTarget": {
        "UNIT": Text("失信主体", "the listed unit"),
        "LEGAL_REPRESENTATIVE": Text("法定代表人", "legal representative"),
        "PRINCIPAL": Text("主要负责人", "principal"),
        "DIRECTLY_RESPONSIBLE": Text("影响债务履行的直接责任人", "directly responsible person"),
        "ACTUAL_CONTROLLER": Text("实际控制人", "actual controller"),
        "FINANCE_HEAD": Text("财务部门负责人", "head of finance"),
    },
    "MeasureStatus": {
        "MATCHED": Text("已比中，待审核", "matched, to be reviewed"),
        "PROPOSED": Text("拟采取", "proposed"),
        "DROPPED": Text("不采取", "dropped"),
        "ORDERED": Text("已决定，待实施单位接收", "ordered"),
        "DECLINED": Text("依法不予实施", "declined"),
        "IN_FORCE": Text("实施中", "in force"),
        "EXEMPTED": Text("暂停实施", "exempted"),
        "LIFTING": Text("待解除", "to be lifted"),
        "LIFTED": Text("已解除，待核实", "lifted, to be verified"),
        "VERIFIED_LIFTED": Text("已核实解除", "lift verified"),
        "ANNULLED": Text("失信信息撤销，已作废", "annulled: the listing was revoked"),
    },
    "MeasureEnding": {
        "DELETED": Text("失信信息已删除", "the listing was deleted"),
        "REVOKED": Text("失信信息已撤销", "the listing was revoked"),
        "AVERTED": Text("宽限期内履行，未纳入", "the listing was averted"),
    },
    "OverdueListStatus": {
        "COMPILED": Text("已编制", "compiled"),
        "SUBMITTED_TO_GOVERNMENT": Text("已报政府核定", "submitted to the government"),
        "APPROVED": Text("已核定", "approved"),
        "RETURNED": Text("已退回", "returned"),
        "DELIVERED": Text("已交付实施单位", "delivered"),
        "MEASURES_REPORTED": Text("惩戒情况已报送", "measures reported"),
        "CLOSED": Text("已办结", "closed"),
    },
    "OverdueListCapacity": {
        "ISSUER": Text("编制单位", "issuer"),
        "COURT": Text("会核法院", "court"),
        "IMPLEMENTER": Text("惩戒实施单位", "implementer"),
    },
}

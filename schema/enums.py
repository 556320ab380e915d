"""Code lists as GraphQL enums: the platform's own enums, described by its labels."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, TypeVar

import strawberry

from hub.audit.catalogue import Outcome
from hub.canonical import (
    addresses,
    bankruptcy_codes,
    campaign,
    codes,
    control_codes,
    evasion_codes,
    exchange_codes,
    execution_codes,
    fund_codes,
    integrity_codes,
    marriage,
    objection_codes,
    punishment_codes,
    repair_codes,
    supervision_codes,
)
from hub.core.deprecation import Deprecation, reason_of
from hub.core.principal import RoleName
from hub.core.texts import Text, label_text
from hub.simulation.moves import PolicyMoveKind
from schema.binding.orders import Orders

E = TypeVar("E", bound=StrEnum)

ENUMS: dict[type[StrEnum], Text] = {
    codes.JurisdictionLevel: Text("行政区划级别", "level of a jurisdiction"),
    codes.OrganizationLevel: Text("单位层级", "level of an organisation"),
    codes.OrganizationKind: Text("单位类别", "kind of organisation"),
    codes.CourtLevel: Text("法院级别", "level of a court"),
    codes.BodyKind: Text("协调机构类别", "kind of coordination body"),
    codes.MembershipRole: Text("成员身份", "role in a coordination body"),
    codes.MembershipChangeKind: Text("成员调整类别", "kind of membership change"),
    codes.MembershipChangeStatus: Text("成员调整状态", "state of a membership change"),
    codes.ListSide: Text("清单类别", "side of the double list"),
    codes.LinkageArea: Text("联动领域", "area of linkage"),
    codes.DeadlineKind: Text("时限类别", "kind of deadline"),
    codes.DoubleListStatus: Text("双清单状态", "state of a double list"),
    codes.ItemStatus: Text("清单事项状态", "state of a double-list item"),
    codes.MeetingKind: Text("会议类别", "kind of meeting"),
    codes.MeetingStatus: Text("会议状态", "state of a meeting"),
    codes.TaskOrigin: Text("任务来源", "origin of a task"),
    codes.TaskStatus: Text("任务状态", "state of a task"),
    codes.MatterStatus: Text("联动事项状态", "state of a linkage matter"),
    codes.CoordinationStatus: Text("协调请求状态", "state of a coordination request"),
    codes.RoutePath: Text("联系路径", "contact path"),
    codes.AdjustmentStatus: Text("调整申请状态", "state of an adjustment"),
    codes.AlertKind: Text("预警类别", "kind of alert"),
    codes.AlertSeverity: Text("预警程度", "severity of an alert"),
    codes.LedgerKind: Text("台账类别", "kind of ledger"),
    codes.BulkStatus: Text("批量导出状态", "state of a bulk export"),
    supervision_codes.NoticeKind: Text("督办函件种类", "kind of a supervision notice"),
    supervision_codes.NoticeStatus: Text("督办函件状态", "state of a supervision notice"),
    supervision_codes.NoticeTrigger: Text("督办函件起草缘由", "what a supervision notice was drafted upon"),
    supervision_codes.RecipientRole: Text("收文身份", "role of a recipient"),
    supervision_codes.CaseReportKind: Text("法院通报事项", "what a court reports"),
    supervision_codes.ReferralKind: Text("移送种类", "kind of a referral"),
    bankruptcy_codes.BankruptcyStatus: Text("破产府院协调状态", "state of a bankruptcy coordination"),
    bankruptcy_codes.BankruptcyOutcome: Text("破产案件裁定结果", "outcome of a bankruptcy case"),
    bankruptcy_codes.BankruptcyMatterType: Text("破产协调事项种类", "kind of matter of a bankruptcy"),
    bankruptcy_codes.BankruptcyMatterStatus: Text("破产协调事项状态", "state of a matter of a bankruptcy"),
    bankruptcy_codes.PetitionRisk: Text("信访风险等级", "risk of petitions"),
    bankruptcy_codes.StabilityStatus: Text("维稳方案状态", "state of a stability plan"),
    bankruptcy_codes.FundKind: Text("资金种类", "kind of fund"),
    bankruptcy_codes.FundPurpose: Text("资金用途", "what a fund pays"),
    bankruptcy_codes.ReliefClaim: Text("救助的债权种类", "kind of claim of who is relieved"),
    bankruptcy_codes.DisbursementStatus: Text("资金申请状态", "state of an application to a fund"),
    repair_codes.StopStatus: Text("停止公布状态", "whether publication has stopped"),
    integrity_codes.IntegrityCategory: Text("政务失信类别", "category of an integrity record"),
    integrity_codes.EngagementStatus: Text("评价委托状态", "state of an evaluation"),
    integrity_codes.CreditGrade: Text("信用等级", "credit grade"),
    integrity_codes.IntegrityStatus: Text("政务失信记录状态", "state of an integrity record"),
    integrity_codes.ComplaintStatus: Text("投诉状态", "state of a complaint"),
    integrity_codes.PublicityKind: Text("公开宣传种类", "kind of publicity item"),
    integrity_codes.PublicityStatus: Text("公开宣传状态", "state of a publicity item"),
    exchange_codes.OrganizationNameKind: Text("单位名称类别", "kind of a name"),
    exchange_codes.TransferReason: Text("主体改认缘由", "why a body is held to be another unit"),
    exchange_codes.CandidateReason: Text("候选单位理由", "why a unit may be the body"),
    integrity_codes.ClearanceUnit: Text("清零进度计数单位", "what the clearing progress counts"),
    supervision_codes.SuggestionCategory: Text("司法建议类别", "category of a judicial suggestion"),
    supervision_codes.SuggestionStatus: Text("司法建议状态", "state of a judicial suggestion"),
    supervision_codes.SuggestionAdoption: Text("司法建议采纳情况", "how far a suggestion was adopted"),
    supervision_codes.AssessmentScheme: Text("考核", "scheme of assessment"),
    supervision_codes.AssessmentStatus: Text("考核事项状态", "state of an item of an assessment"),
    supervision_codes.InterviewStatus: Text("约谈状态", "state of an interview"),
    supervision_codes.PeriodicReportKind: Text("定期报告种类", "kind of a periodic report"),
    supervision_codes.PeriodicReportStatus: Text("定期报告状态", "state of a periodic report"),
    punishment_codes.PunishmentField: Text("惩戒领域", "field of joint punishment"),
    punishment_codes.MeasureLevel: Text("应当或者可以采取", "whether a measure is mandatory"),
    punishment_codes.MeasureTarget: Text("惩戒对象", "whom a measure meets"),
    punishment_codes.MeasureStatus: Text("惩戒措施状态", "state of a measure"),
    punishment_codes.OverdueListStatus: Text("逾期名单状态", "state of an overdue list"),
    punishment_codes.OverdueListCapacity: Text("逾期名单中的身份", "capacity of a party of an overdue list"),
    punishment_codes.MeasureEnding: Text("惩戒措施因何结束", "how the listing behind a measure ended"),
    exchange_codes.CaseListKind: Text("案件清单", "list of cases"),
    exchange_codes.CaseProcedure: Text("案件程序", "procedure of a case"),
    exchange_codes.CasePartyRole: Text("诉讼地位", "role in a case"),
    exchange_codes.Confidentiality: Text("案件密级", "confidentiality of a case"),
    exchange_codes.MirrorStatus: Text("镜像条目状态", "state of a mirrored entry"),
    exchange_codes.DishonestyStatus: Text("失信信息状态", "state of a listing"),
    exchange_codes.DeletionGround: Text("删除失信信息的事由", "ground of a deletion"),
    exchange_codes.ListingClock: Text("失信信息的期限", "period in the life of a listing"),
    exchange_codes.CheckMode: Text("比对方式", "how a subject was matched"),
    exchange_codes.AssociatedRole: Text("随单位被限制消费人员的身份", "as what a person is restricted beside a unit"),
    exchange_codes.Disposition: Text("处置", "what is done with a subject"),
    exchange_codes.SubjectType: Text("主体类型", "kind of subject"),
    exchange_codes.MatchConfidence: Text("主体比对依据", "grounds of a match"),
    exchange_codes.SubjectMatchStatus: Text("主体比对状态", "state of a match"),
    exchange_codes.BatchKind: Text("批次类别", "kind of batch"),
    exchange_codes.BatchStatus: Text("批次接收状态", "whether a batch was accepted"),
    exchange_codes.InboxStatus: Text("报文状态", "state of a message"),
    exchange_codes.ReconciliationOutcome: Text("快照核对结论", "outcome of a comparison"),
    exchange_codes.SnapshotDecision: Text("对暂停快照的决定", "what is decided of a held snapshot"),
    exchange_codes.IssueKind: Text("数据质量问题类别", "kind of data quality issue"),
    exchange_codes.FeedState: Text("报送状态", "state of a row handed over"),
    exchange_codes.ConnectorCondition: Text("连接器状况", "condition of a connector"),
    execution_codes.OfficerCapacity: Text("执行人员职责", "capacity of an officer"),
    execution_codes.QueryType: Text("查询类型", "type of question"),
    execution_codes.QueryPurpose: Text("查询用途类别", "kind of purpose"),
    execution_codes.QueryUrgency: Text("紧急程度", "urgency"),
    execution_codes.LegalDocumentKind: Text("法律文书种类", "kind of legal document"),
    execution_codes.ExecutionQueryStatus: Text("网络查控状态", "state of an execution query"),
    execution_codes.ExecutionOrderStatus: Text("协助查询状态", "state of a holder's part"),
    execution_codes.AnswerCode: Text("查询反馈结果", "result of a question"),
    execution_codes.ReturnReason: Text("退回原因", "why an order is returned"),
    evasion_codes.EvasionClueStatus: Text("拒执线索状态", "state of a clue to evading enforcement"),
    evasion_codes.EvasionConduct: Text("涉嫌的行为", "what a debtor is suspected of"),
    evasion_codes.ClueRefusal: Text("不予受理或不予立案的原因", "why a clue is not taken up or filed"),
    evasion_codes.ClueEvidenceKind: Text("证据材料种类", "kind of document of a clue"),
    evasion_codes.CaseTagKind: Text("案件标签", "tag of a case"),
    evasion_codes.CaseTagStatus: Text("案件标签状态", "state of a tag"),
    evasion_codes.CaseTagOrigin: Text("标签来源", "where a tag was told"),
    fund_codes.FundClueStatus: Text("资金线索状态", "state of a fund clue"),
    fund_codes.ClueMoney: Text("资金种类", "kind of money"),
    fund_codes.FundUsability: Text("可否执行", "whether it may be executed against"),
    fund_codes.ClueDecline: Text("不予提供的原因", "why no clue is given"),
    fund_codes.PerformancePlanStatus: Text("履行计划状态", "state of a performance plan"),
    campaign.CampaignKind: Text("专项行动种类", "kind of campaign"),
    campaign.CampaignStatus: Text("专项行动状态", "state of a campaign"),
    campaign.CampaignCapacity: Text("参与身份", "in what capacity a unit takes part"),
    campaign.CampaignRoundKind: Text("集中行动种类", "kind of a concentrated round"),
    campaign.CampaignRoundStatus: Text("集中行动状态", "state of a concentrated round"),
    campaign.CampaignRoundResult: Text("集中行动中单个案件的结果", "what a round came to in one case"),
    marriage.MarriageRecordKind: Text("婚姻裁判种类", "kind of decision about a marriage"),
    marriage.MarriageCorrection: Text("更正原因", "why an item is corrected"),
    marriage.MarriageBatchStatus: Text("婚姻信息批次状态", "state of a batch of marriage information"),
    marriage.MarriageReceipt: Text("婚姻登记结果", "what the register did"),
    marriage.MarriageSettlement: Text("未匹配信息的处理方式", "how an exception was settled"),
    addresses.ServiceAddressKind: Text("送达地址种类", "kind of service address"),
    addresses.ServiceAddressStatus: Text("送达地址状态", "state of a service address"),
    addresses.RegistrationStatus: Text("企业登记状态", "where an enterprise stands in the register"),
    addresses.ReferralOutcome: Text("移送处理结果", "what the register did about an address"),
    repair_codes.RepairPath: Text("信用修复途径", "path of a credit repair"),
    repair_codes.RepairStatus: Text("信用修复状态", "state of a credit repair"),
    repair_codes.PerformanceKind: Text("自动履行的方式", "how a duty was performed"),
    repair_codes.RepairClock: Text("信用修复的期限", "period of a credit repair"),
    repair_codes.ClockOrigin: Text("期限的规定来源", "whose a period is"),
    repair_codes.Severity: Text("失信程度", "severity of dishonest conduct"),
    objection_codes.RemarkKind: Text("批注种类", "kind of a remark"),
    objection_codes.ObjectionKind: Text("异议种类", "kind of an objection"),
    objection_codes.ObjectionStatus: Text("异议状态", "state of an objection"),
    PolicyMoveKind: Text("政策变动影响的种类", "what a changed pack moves"),
    control_codes.ControlAction: Text("财产控制措施", "what is done with an asset"),
    control_codes.ControlResult: Text("财产控制结果", "result of a control order"),
    control_codes.ControlOrderStatus: Text("财产控制请求状态", "state of a control order"),
    control_codes.AssetControlStatus: Text("财产控制状态", "state of a control"),
    control_codes.AssetClass: Text("财产类别", "class of an asset"),
    control_codes.LookoutTarget: Text("临控对象", "what is watched for"),
    control_codes.LookoutMeasure: Text("临控措施", "what is done on a hit"),
    control_codes.LookoutStatus: Text("临控状态", "state of a lookout"),
    control_codes.LookoutHitStatus: Text("临控发现状态", "state of a hit"),
    control_codes.LookoutOutcome: Text("临控处置结果", "outcome of a hit"),
    RoleName: Text("角色", "role of an organisation in a jurisdiction"),
    Outcome: Text("结果", "outcome of an audited act"),
    codes.EndpointStatus: Text("推送地址状态", "state of a webhook endpoint"),
    codes.EndpointReason: Text("停止推送的原因", "why an endpoint is not delivered to"),
    codes.DeliveryStatus: Text("投递状态", "state of a delivery"),
    codes.DeliveryFault: Text("投递失败的原因", "why an attempt failed"),
}


DEPRECATED_VALUES: dict[StrEnum, Deprecation] = {}
"""Values that are to go, with what to use instead."""


def realise_enums() -> None:
    """Make every code list a GraphQL enum; values are described by their labels."""
    for enum, text in ENUMS.items():
        _describe(enum, text, {member.value: label_text(f"{enum.__name__}.{member.value}") for member in enum})


def order_enum(orders: Orders) -> Any:
    """The enum of a connection's ``orderBy``. Raises ``TypeError`` when the orders have none."""
    if orders.enum is None:
        raise TypeError("a single order has no enum")
    return _describe(orders.enum, orders.text, {value: order.text for value, order in orders.by_value.items()})


def _describe(enum: type[E], text: Text, values: dict[str, Text]) -> type[E]:
    if any(member.name != member.value for member in enum):
        raise ValueError(f"{enum.__name__}: names and values must agree")
    if "__strawberry_definition__" not in vars(enum):
        strawberry.enum(enum)
    definition = enum.__strawberry_definition__  # type: ignore[attr-defined]
    definition.description = str(text)
    for value in definition.values:
        value.description = str(values[value.name])
        value.deprecation_reason = reason_of(DEPRECATED_VALUES.get(enum(value.name)))
    return enum

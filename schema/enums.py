"""Code lists as GraphQL enums: the platform's own enums, described by its labels."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, TypeVar

import strawberry

from hub.audit.catalogue import Outcome
from hub.canonical import codes, exchange_codes, execution_codes, punishment_codes, supervision_codes
from hub.core.deprecation import Deprecation, reason_of
from hub.core.principal import RoleName
from hub.core.texts import Text, label_text
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

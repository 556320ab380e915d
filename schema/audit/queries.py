"""The audit log, read by auditors only."""

from __future__ import annotations

from datetime import datetime

import strawberry

from hub.access.scopes import Scope
from hub.audit.catalogue import AuditAction, Outcome
from hub.db import models
from schema.audit.explaining import AccessExplanation, explain_access
from schema.binding.conditions import Argument, argument, at_least, at_most, chosen, equals, is_node, matches
from schema.binding.declare import filter_input, node, query
from schema.binding.fields import Connection, answered, column, connection, relation
from schema.binding.orders import descending, only
from schema.nodes import Node
from schema.organizations.queries import in_jurisdiction
from schema.organizations.types import Organization

EVENT = models.AuditEvent
READ = (Scope.AUDIT_READ,)


@node("AE", "审计记录", "audit event", model=EVENT, scopes=READ, recorded=AuditAction.AUDIT_READ)
class AuditEvent(Node):
    at: datetime = column(EVENT.at, "时间", "when")
    event: str = column(EVENT.event, "事件代码", "what, a code of the closed catalogue")
    outcome: Outcome = column(EVENT.outcome, "结果", "outcome")
    subject: str = column(EVENT.subject, "客户端或后台任务", "client or background job")
    organization: Organization | None = relation(EVENT.organization_id, "单位", "organisation")
    on_behalf_of: Organization | None = relation(EVENT.on_behalf_of_id, "代录单位", "unit it was recorded for")
    target_kind: str | None = column(EVENT.target_kind, "对象类别", "kind of target")
    target_key: str | None = column(EVENT.target_id, "对象键（UUID）", "key of the target")
    reason: str | None = column(EVENT.reason, "未被接受的理由代码", "codes of a refusal")
    purpose: str | None = column(EVENT.purpose, "目的", "purpose")
    correlation_id: str = column(EVENT.correlation_id, "关联编号", "correlation id")


@filter_input("审计查询条件", "conditions on audit events")
class AuditEventFilter:
    event: str | None = equals(EVENT.event, "事件代码", "code of the event")
    outcome: Outcome | None = equals(EVENT.outcome, "结果", "outcome")
    organization_id: strawberry.ID | None = is_node(EVENT.organization_id, "OR", "单位标识", "id of the organisation")
    subject: str | None = equals(EVENT.subject, "客户端", "client")
    at_from: datetime | None = at_least(EVENT.at, "不早于", "at or after")
    at_to: datetime | None = at_most(EVENT.at, "不晚于", "at or before")
    jurisdiction_code: str | None = matches(in_jurisdiction, "区划代码，含下级", "jurisdiction code, with those below")


def _id(zh: str, en: str) -> Argument:
    return argument(strawberry.ID, chosen(zh, en))


@query
class AuditQueries:
    audit_events: Connection[AuditEvent] = connection(
        "审计记录，最新在前",
        "audit events, latest first",
        orders=only(descending("最新在前", "latest first", EVENT.at)),
        filtered_by=AuditEventFilter,
        scopes=READ,
    )
    explain_access: AccessExplanation | None = answered(
        explain_access,
        "说明一个单位能否看到一个对象及其依据；本查询留痕",
        "whether and why an organisation sees an object; asking is audited",
        arguments={
            "organization_id": _id("单位标识", "id of the organisation"),
            "id": _id("对象标识", "id of the object"),
        },
        scopes=READ,
    )

"""Rows of the hub's own that were handed over to other systems, and what was said of each."""

from __future__ import annotations

from datetime import datetime

from hub.canonical.exchange_codes import CaseListKind, FeedState
from hub.core.principal import Clearance
from hub.db import models
from schema.binding.conditions import equals, one_of
from schema.binding.declare import PUBLIC, filter_input, node, part
from schema.binding.fields import column, relation, value
from schema.binding.fields import record as record_of
from schema.ingest.types import READ
from schema.nodes import Node
from schema.organizations.types import Organization

FED = models.FeedRow


@part("报送的内容", "what was handed over of a row", scopes=PUBLIC, level=Clearance.L1)
class FedContent:
    case_number: str = value("case_number", "案号，已撤回的为空", "case number; empty when withdrawn")
    subject_name: str = value("subject_name", "主体名称，已撤回的为空", "name of the body; empty when withdrawn")
    uscc: str = value("uscc", "统一社会信用代码，已撤回的为空", "unified social credit code; empty when withdrawn")
    status: str = value("status", "状态代码", "code of its state")


@node("FR", "向其他系统报送的行", "row handed over to another system", model=FED, scopes=READ, level=Clearance.L1)
class FedRow(Node):
    source: str = column(FED.source, "对方系统代码", "the system it is for")
    organization: Organization = relation(FED.organization_id, "对方系统所属单位", "who runs that system")
    list_kind: CaseListKind = column(FED.list_kind, "清单", "list")
    content: FedContent = record_of(FED.body, "报送的内容", "what was handed over")
    state: FeedState = column(FED.state, "报送状态", "whether it was handed over, and what was said of it")
    reason: str | None = column(FED.reason, "退回理由", "why it was refused")
    attempts: int = column(FED.attempts, "报送次数", "how often it was handed over")
    sent_at: datetime | None = column(FED.sent_at, "报送时间", "handed over at")
    answered_at: datetime | None = column(FED.answered_at, "回执时间", "answered at")


@filter_input("报送行查询条件", "conditions on rows handed over")
class FedRowFilter:
    source: str | None = equals(FED.source, "对方系统代码", "the system")
    state: list[FeedState] | None = one_of(FED.state, "报送状态", "states")
    list_kind: CaseListKind | None = equals(FED.list_kind, "清单", "list")

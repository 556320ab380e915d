"""工作落实台账 and 重点问题事项清单 as one list: approved items, or key issues, with how they stand."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    String,
    and_,
    case,
    cast,
    extract,
    func,
    literal,
    literal_column,
    null,
    or_,
    select,
)

from hub.access.scopes import Scope
from hub.canonical.codes import ItemStatus, LedgerKind, TaskOrigin
from hub.core.areas import Area
from hub.db.models import Alert, DoubleListItem, LinkageTask, LinkageTaskParty, ProgressReport
from hub.linkage.alerts.due import ACTIVE_ITEMS, ACTIVE_TASKS
from schema.binding.ambient import Ambient, Row
from schema.binding.declare import part
from schema.binding.fields import any_node, column, expression, relation, relations
from schema.nodes import Node
from schema.organizations.types import Organization

UNAPPROVED = (
    ItemStatus.DRAFT,
    ItemStatus.SUBMITTED,
    ItemStatus.UNDER_REVIEW,
    ItemStatus.IN_COORDINATION,
    ItemStatus.PENDING_APPROVAL,
)
PARTY = LinkageTaskParty
RUNNING = sorted({state.value for state in (*ACTIVE_ITEMS, *ACTIVE_TASKS)})


def ledger_rows(ambient: Ambient, given: Mapping[str, Any]) -> Select[Any]:
    """Rows of the ledger asked for; row security decides which of them the caller sees."""
    if given["kind"] == LedgerKind.KEY_ISSUES.value:
        return _rows(
            LinkageTask,
            "LinkageTask",
            year=cast(extract("year", LinkageTask.created_at), Integer),
            percent=cast(null(), Integer),
            latest=case((_takes_part(ambient), LinkageTask.report)),
        ).where(LinkageTask.origin == TaskOrigin.ISSUE)
    latest = (
        select(ProgressReport.text)
        .where(ProgressReport.item_id == DoubleListItem.id)
        .order_by(ProgressReport.reported_at.desc(), ProgressReport.id.desc())
        .limit(literal_column("1"))
        .correlate(DoubleListItem)
        .scalar_subquery()
    )
    return _rows(
        DoubleListItem,
        "DoubleListItem",
        year=DoubleListItem.year,
        percent=DoubleListItem.progress_percent,
        latest=latest,
    ).where(DoubleListItem.status.not_in(UNAPPROVED))


def _takes_part(ambient: Ambient) -> ColumnElement[bool]:
    """Whether the caller sees a task in its own right: what was reported is no business of a superior."""
    mine = and_(PARTY.task_id == LinkageTask.id, PARTY.organization_id == ambient.organization)
    covered = LinkageTask.jurisdiction_path.op("^@", is_comparison=True)(func.any(ambient.paths(Area.LINKAGE)))
    return or_(covered, select(PARTY.task_id).where(mine).correlate(LinkageTask).exists())


def _rows(model: type[Any], kind: str, *, year: Any, percent: Any, latest: Any) -> Select[Any]:
    return select(
        model.id.label("id"),
        literal(kind, String).label("target_kind"),
        model.id.label("target_id"),
        model.jurisdiction_path.label("jurisdiction_path"),
        year.label("year"),
        model.title.label("title"),
        model.lead_organization_id.label("lead_organization_id"),
        model.cooperating_organization_ids.label("cooperating_organization_ids"),
        cast(model.status, String).label("status"),
        model.due_on.label("due_on"),
        model.due_at.label("due_at"),
        model.due_sort.label("due_sort"),
        percent.label("progress_percent"),
        latest.label("report"),
    )


def _overdue(row: Row, ambient: Ambient) -> ColumnElement[bool]:
    return and_(row.c.status.in_(RUNNING), func.coalesce(row.c.due_at <= ambient.now, literal_column("false")))


ITEM = DoubleListItem


@part("台账条目", "ledger entry", scopes=(Scope.DOUBLELIST_READ,))
class LedgerEntry:
    subject: Node | None = any_node(
        Alert.target_kind,
        Alert.target_id,
        {"DoubleListItem": "DoubleListItem", "LinkageTask": "LinkageTask"},
        "清单事项或重点问题",
        "the item or key issue",
    )
    title: str = column(ITEM.title, "标题", "title")
    lead_organization: Organization | None = relation(ITEM.lead_organization_id, "牵头（责任）单位", "lead unit")
    cooperating_organizations: list[Organization] = relations(
        ITEM.cooperating_organization_ids, "配合单位", "cooperating units"
    )
    status: str = column(ITEM.status, "状态代码", "state")
    due_on: date | None = column(ITEM.due_on, "完成时限", "due date")
    overdue: bool = expression(_overdue, "是否逾期", "whether overdue", uses=(ITEM.status, ITEM.due_at))
    progress_percent: int | None = column(ITEM.progress_percent, "进度百分比", "percent done")
    latest_report: str | None = column(LinkageTask.report, "最近报告的落实情况", "what was reported last")

"""Tags of cases, seen with their case, and the conditions on them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import strawberry
from sqlalchemy import ARRAY, ColumnElement, String, func, select

from hub.access.scopes import Scope
from hub.canonical.evasion_codes import CaseTagKind, CaseTagOrigin, CaseTagStatus
from hub.core.principal import Clearance
from hub.db import models
from schema.binding.ambient import Ambient, Row
from schema.binding.conditions import argument, at_least, at_most, equals, is_node, matches, one_of
from schema.binding.declare import filter_input, node, part, query
from schema.binding.fields import Connection, column, connection, one, relation
from schema.binding.orders import descending, only
from schema.nodes import Node
from schema.organizations.queries import in_jurisdiction
from schema.organizations.types import Organization

TAG, TAGGING = models.CaseTag, models.CaseTagging
READ = (Scope.CASE_READ, Scope.DISHONESTY_READ)


def tagged(column_: str) -> Any:
    """A condition on rows of a case: it has one of the tags at present."""

    def make(row: Row, _ambient: Ambient, kinds: Any) -> ColumnElement[bool]:
        standing = TAG.status == CaseTagStatus.ACTIVE
        return select(TAG.id).where(TAG.case_id == row.c[column_], standing, TAG.kind == func.any(kinds)).exists()

    return matches(
        make,
        "案件带有其中任一标签",
        "the case has one of these tags",
        bind_type=ARRAY(String()),
        accept=lambda value, _path: [CaseTagKind(each).value for each in value],
    )


@node("TG", "案件标签", "tag of a case", model=TAG, scopes=READ)
class CaseTag(Node):
    kind: CaseTagKind = column(TAG.kind, "标签", "tag")
    label: str = column(TAG.label, "标注当日政策包所定的名称", "what the policy of that day calls it")
    clause: str | None = column(TAG.clause, "依据的条款", "clause it rests on")
    status: CaseTagStatus = column(TAG.status, "状态", "state")
    origin: CaseTagOrigin = column(TAG.origin, "来源", "where it was told")
    court: Organization = relation(TAG.court_id, "标注法院", "court that tagged it")
    ground: str | None = column(TAG.ground, "法院说明的依据", "what the court says of it", level=Clearance.L2)
    tagged_on: date = column(TAG.tagged_on, "标注日期", "tagged on")
    withdrawn_on: date | None = column(TAG.withdrawn_on, "撤回日期", "withdrawn on")
    withdrawal_reason: str | None = column(TAG.withdrawal_reason, "撤回理由", "why", level=Clearance.L2)
    version: int = column(TAG.version, "版本", "version")


@part(
    "法院历次所述标签，仅该法院可见",
    "what its court said of the tags, for that court alone",
    model=TAGGING,
    scopes=READ,
)
class CaseTagging:
    kinds: list[CaseTagKind] = column(TAGGING.kinds, "当时的全部标签", "all the tags by then")
    ground: str | None = column(TAGGING.ground, "说明", "why", level=Clearance.L2)
    origin: CaseTagOrigin = column(TAGGING.origin, "来源", "where it was told")
    told_at: datetime = column(TAGGING.told_at, "法院所称时点", "when, as the court says")
    late: bool = column(TAGGING.late, "是否迟到", "whether something newer had been told before")


@filter_input("案件标签条件", "conditions on tags of cases")
class CaseTagFilter:
    kind: list[CaseTagKind] | None = one_of(TAG.kind, "标签", "tags")
    status: CaseTagStatus | None = equals(TAG.status, "状态", "state")
    court_id: strawberry.ID | None = is_node(TAG.court_id, "OR", "标注法院标识", "id of the court")
    case_id: strawberry.ID | None = is_node(TAG.case_id, "LC", "案件标识", "id of the case")
    tagged_from: date | None = at_least(TAG.tagged_on, "标注不早于", "tagged on or after")
    tagged_to: date | None = at_most(TAG.tagged_on, "标注不晚于", "tagged on or before")
    jurisdiction_code: str | None = matches(in_jurisdiction, "区划代码，含下级", "jurisdiction code, with those below")


@query
class CaseTagQueries:
    case_tags: Connection[CaseTag] = connection(
        "案件标签：能看到案件的方能看到，最新标注在前",
        "tags of cases, for whoever sees the case, latest first",
        orders=only(descending("最新标注在前", "latest first", TAG.tagged_on)),
        filtered_by=CaseTagFilter,
        scopes=READ,
    )
    case_tag: CaseTag | None = one(
        "按标识读取案件标签",
        "a tag by its id",
        by={"id": argument(strawberry.ID, is_node(TAG.id, "TG", "标识", "id"))},
        scopes=READ,
    )

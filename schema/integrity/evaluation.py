"""Evaluation by a third party: engagements, and the extract that an evaluator scores."""

from __future__ import annotations

from datetime import datetime

import strawberry

from hub.access.scopes import Scope
from hub.canonical.integrity_codes import EngagementStatus
from hub.core.areas import Area
from hub.db import models
from schema.binding.conditions import is_node
from schema.binding.declare import audience, filter_input, node, part, query
from schema.binding.fields import Connection, column, connection, records, value
from schema.binding.orders import ascending, descending, only
from schema.nodes import Node

ENGAGEMENT, EXTRACT = models.IntegrityEngagement, models.EvaluationExtract
READ = (Scope.EVALUATION_READ,)


@part("提取表中的一项，只给区间", "figure of an extract, a band alone", scopes=READ)
class ExtractFigure:
    name: str = value("name", "类别", "what is counted")
    band: str = value("band", "区间；* 为单位过少不予列示", "band; * where too few bodies share it")


@node(
    "EG",
    "第三方评价",
    "evaluation by a third party",
    model=ENGAGEMENT,
    scopes=READ,
    audience=audience(Area.CREDIT, own=(ENGAGEMENT.commissioner_id, ENGAGEMENT.evaluator_id)),
)
class IntegrityEngagement(Node):
    status: EngagementStatus = column(ENGAGEMENT.status, "状态", "state")
    standard_version: str = column(ENGAGEMENT.standard_version, "评价标准版本", "version of the standard")
    bodies: int = column(ENGAGEMENT.bodies, "被评价单位数", "number of bodies")
    note: str | None = column(ENGAGEMENT.note, "说明", "note")
    created_at: datetime = column(ENGAGEMENT.created_at, "委托时间", "commissioned at")
    version: int = column(ENGAGEMENT.version, "版本", "version")


@node(
    "EX",
    "去标识化提取表的一行",
    "a body in the de-identified extract",
    model=EXTRACT,
    scopes=READ,
    audience=audience(Area.CREDIT, own=(EXTRACT.commissioner_id, EXTRACT.evaluator_id)),
)
class EvaluationExtract(Node):
    pseudonym: str = column(EXTRACT.pseudonym, "化名，仅用于本次评价", "pseudonym of this evaluation alone")
    kind: str = column(EXTRACT.kind, "单位类别；* 为单位过少不予列示", "kind; * where too few bodies share it")
    figures: list[ExtractFigure] = records(
        EXTRACT.figures, "各类失信和投诉的数量区间", "records and complaints, in bands"
    )
    score: int | None = column(EXTRACT.score, "得分", "score")
    remark: str | None = column(EXTRACT.remark, "说明", "remark")
    version: int = column(EXTRACT.version, "版本", "version")


@filter_input("提取表查询条件", "conditions on extracts")
class EvaluationExtractFilter:
    engagement_id: strawberry.ID | None = is_node(EXTRACT.engagement_id, "EG", "评价标识", "id of the evaluation")


@query
class EvaluationQueries:
    integrity_engagements: Connection[IntegrityEngagement] = connection(
        "第三方评价，最新在前",
        "evaluations by third parties, latest first",
        orders=only(descending("最新在前", "latest first", ENGAGEMENT.created_at)),
        scopes=READ,
    )
    evaluation_extracts: Connection[EvaluationExtract] = connection(
        "去标识化提取表，按化名",
        "the de-identified extract, by pseudonym",
        orders=only(ascending("按化名", "by pseudonym", EXTRACT.pseudonym)),
        filtered_by=EvaluationExtractFilter,
        scopes=READ,
    )

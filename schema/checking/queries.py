"""Checks as departments and credit offices read them: own checks, interceptions, rules, and coverage."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import strawberry

from hub.access.scopes import Scope
from hub.canonical.exchange_codes import CheckMode, Disposition
from hub.core.principal import Clearance
from hub.core.texts import Text
from hub.credit.checks.coverage import coverage
from hub.db import models
from schema.binding.conditions import argument, at_least, at_most, chosen, holds, is_node
from schema.binding.declare import filter_input, node, query, said
from schema.binding.fields import Connection, answered, column, connection, relation
from schema.binding.orders import descending, only
from schema.nodes import Node
from schema.organizations.types import Organization

if TYPE_CHECKING:
    from schema.operation import HubContext

CHECK, CHECKED = models.SubjectCheck, models.CheckedSubject
RULE, STOPPED = models.CheckDisposition, models.Interception
SCOPES = (Scope.DISHONESTY_CHECK,)


@node("CK", "一次核查", "a check", model=CHECK, scopes=SCOPES, level=Clearance.L0)
class SubjectCheck(Node):
    organization: Organization = relation(CHECK.organization_id, "核查单位", "who checked")
    at: datetime = column(CHECK.at, "时间", "when")
    service_case_number: str = column(CHECK.service_case_number, "办件编号", "number of the matter in hand")
    service_item: str = column(CHECK.service_item, "办理事项", "what was being decided")
    asked: int = column(CHECK.asked, "所查主体数", "subjects asked about")
    matched: int = column(CHECK.matched, "精确比中数", "of these, matched exactly")
    manual: int = column(CHECK.manual, "仅名称相同数", "of these, by name only")


@node("CS", "核查过的主体", "a subject the caller has checked", model=CHECKED, scopes=SCOPES, level=Clearance.L0)
class CheckedSubject(Node):
    service_case_number: str = column(CHECKED.service_case_number, "最近一次核查的办件编号", "matter of the last check")
    reference: str | None = column(CHECKED.reference, "最近一次核查时的编号", "the caller's own number then")
    checked_at: datetime = column(CHECKED.checked_at, "最近一次核查时间", "last checked at")
    changed_at: datetime | None = column(
        CHECKED.changed_at, "其后变化的时间，请再次核查", "changed at; check again to see how it stands"
    )
    version: int = column(CHECKED.version, "版本，每次变化加一", "version, grows with each change")


@node("CD", "核查处置规则", "a department's rule of disposition", model=RULE, scopes=SCOPES, level=Clearance.L0)
class CheckDisposition(Node):
    organization: Organization = relation(RULE.organization_id, "单位", "whose rule")
    disposition: Disposition = column(RULE.disposition, "对精确比中主体的处置", "what is done with an exact match")
    clause: str = column(RULE.clause, "依据条款", "clause it rests on")
    valid_from: date = column(RULE.valid_from, "生效日期", "in force from")


@node("IC", "拦截记录", "what was done with a match", model=STOPPED, scopes=SCOPES, level=Clearance.L0)
class Interception(Node):
    organization: Organization = relation(STOPPED.organization_id, "单位", "which department")
    check: SubjectCheck | None = relation(STOPPED.check_id, "所据核查", "the check behind it")
    position: int = column(STOPPED.position, "主体序号", "position of the subject")
    mode: CheckMode = column(STOPPED.mode, "比对方式", "how it was matched")
    advised: Disposition = column(STOPPED.advised, "核查所示处置", "what the check advised")
    decision: Disposition = column(STOPPED.decision, "实际处置", "what was done")
    override_reason: str | None = column(STOPPED.override_reason, "处置从轻的理由", "why milder")
    system: str = column(STOPPED.system, "业务系统", "the business system")
    at: datetime = column(STOPPED.at, "时间", "when")
    affected_at: datetime | None = column(
        STOPPED.affected_at, "失信信息撤销、须复核该处置的时间", "listing revoked at; the decision is to be seen again"
    )


@filter_input("拦截查询条件", "conditions on interceptions")
class InterceptionFilter:
    affected: bool | None = holds(
        lambda row, _: row.c.affected_at.is_not(None), "是否须复核", "whether the decision is to be seen again"
    )


@filter_input("核查查询条件", "conditions on checks")
class SubjectCheckFilter:
    organization_id: strawberry.ID | None = is_node(CHECK.organization_id, "OR", "单位标识", "id of the department")
    at_from: datetime | None = at_least(CHECK.at, "不早于", "at or after")
    at_to: datetime | None = at_most(CHECK.at, "不晚于", "at or before")


@strawberry.type(description=str(Text("一个单位的核查嵌入和拦截情况", "how far a department has embedded checks")))
class CheckCoverage:
    organization: str = said("单位", "department")
    embedded: bool = said("期内是否核查过", "whether it checked at all")
    checks: int = said("核查次数", "checks")
    subjects: int = said("核查主体数", "subjects checked")
    hits: int = said("精确比中数", "exact matches")
    manual: int = said("仅名称相同数", "matches by name only")
    interceptions: int = said("拦截数", "blocked")
    overridden: int = said("从轻处置数", "milder than advised")
    alarms: int = said("比中占比告警日数", "days with an alarm of unusually many matches")


async def _coverage(context: HubContext, given: Mapping[str, Any]) -> list[CheckCoverage]:
    async with context.reading() as session:
        rows = await coverage(session, given["from"], given["to"])
    return [CheckCoverage(**each) for each in rows]


@query
class CheckQueries:
    subject_checks: Connection[SubjectCheck] = connection(
        "核查记录：本单位的，信用办可见所辖全部，最新在前",
        "checks on record: the caller's own, the credit office its jurisdiction, latest first",
        orders=only(descending("最新在前", "latest first", CHECK.at)),
        filtered_by=SubjectCheckFilter,
        scopes=SCOPES,
    )
    checked_subjects: Connection[CheckedSubject] = connection(
        "本单位核查过的主体，最近核查的在前",
        "subjects the caller has checked, latest first",
        orders=only(descending("最近核查的在前", "latest first", CHECKED.checked_at)),
        scopes=SCOPES,
    )
    interceptions: Connection[Interception] = connection(
        "拦截记录：本单位的，信用办可见所辖全部，最新在前",
        "interceptions: the caller's own, the credit office its jurisdiction, latest first",
        orders=only(descending("最新在前", "latest first", STOPPED.at)),
        filtered_by=InterceptionFilter,
        scopes=SCOPES,
    )
    check_coverage: list[CheckCoverage] = answered(
        _coverage,
        "各单位核查嵌入、比中和拦截情况：本单位的，信用办可见所辖全部",
        "coverage, hits and interceptions by department: the caller's own, the credit office its jurisdiction",
        arguments={
            "from": argument(date, chosen("起日", "first day")),
            "to": argument(date, chosen("止日", "last day")),
        },
        scopes=SCOPES,
    )

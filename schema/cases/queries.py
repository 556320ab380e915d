"""Lists of pending cases and of terminated executions: each unit its own rows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import strawberry
from sqlalchemy import and_, case, null, select

from hub.access.scopes import Scope
from hub.canonical.case_number import parse_case_number
from hub.canonical.evasion_codes import CaseTagKind
from hub.canonical.exchange_codes import CaseListKind, CasePartyRole, CaseProcedure, Confidentiality, MirrorStatus
from hub.core.areas import Area
from hub.core.principal import Clearance
from hub.db import models
from schema.binding.ambient import Ambient, Row
from schema.binding.conditions import argument, at_least, at_most, equals, is_node, matches, one_of, own_rows
from schema.binding.declare import audience, filter_input, node, query
from schema.binding.fields import Connection, children, column, connection, expression, one, relation
from schema.binding.orders import ascending, descending, only
from schema.cases.tags import READ as READ_TAGS
from schema.cases.tags import TAG, TAGGING, CaseTag, CaseTagging, tagged
from schema.money import yuan
from schema.nodes import Node
from schema.organizations.queries import in_jurisdiction
from schema.organizations.types import Organization
from schema.subjects.freshness import Freshness, freshness
from schema.subjects.types import Subject

CASE, ENTRY, PARTY = models.LegalCase, models.CaseListEntry, models.CaseListEntryParty
READ = (Scope.CASE_READ,)


def _yuan(row: Row, ambient: Ambient) -> Any:
    """Who is not party to the entry reads none."""
    mine = and_(PARTY.entry_id == row.c.id, PARTY.organization_id == ambient.organization)
    return case((select(PARTY.entry_id).where(mine).exists(), yuan(row.c.claim_amount_fen)), else_=null())


def accept_case_number(value: Any, path: tuple[str | int, ...]) -> str:
    """The number in its canonical form. Raises ``Refused`` (CASE_NUMBER_*)."""
    return str(parse_case_number(value, path=path))


CASE_NUMBER = ("案号（法〔2015〕137号）", "case number")


@node("LC", "案件", "case", model=CASE, scopes=(Scope.CASE_READ, Scope.DISHONESTY_READ))
class LegalCase(Node):
    case_number: str = column(CASE.case_number, *CASE_NUMBER)
    court: Organization = relation(CASE.court_id, "受理法院", "court")
    procedure: CaseProcedure | None = column(CASE.procedure, "程序", "procedure")
    cause: str | None = column(CASE.cause, "案由；涉密案件为空", "cause; null for a confidential case")
    filed_on: date | None = column(CASE.filed_on, "立案日期", "filed on")
    closed_on: date | None = column(CASE.closed_on, "结案日期", "closed on")
    confidentiality: Confidentiality = column(CASE.confidentiality, "密级", "confidentiality")
    freshness: Freshness = freshness()
    tags: list[CaseTag] = children(
        TAG.case_id,
        "案件标签，含已撤回的",
        "tags of the case, with those taken back",
        order=ascending("按标签", "by tag", TAG.kind),
        scopes=READ_TAGS,
    )
    taggings: list[CaseTagging] = children(
        TAGGING.case_id,
        "历次标注，仅该法院可见",
        "each time the court said so, for that court alone",
        order=ascending("按时间", "by time", TAGGING.told_at),
        scopes=READ_TAGS,
    )


@node(
    "CE",
    "未结或终本清单条目",
    "entry of the list of pending cases or of terminated executions",
    model=ENTRY,
    scopes=READ,
    audience=audience(
        Area.GOVERNMENT_CREDIT,
        party=PARTY,
        key=PARTY.entry_id,
        shared=((ENTRY.listed_on, PARTY.listed_on), (ENTRY.jurisdiction_path, PARTY.jurisdiction_path)),
    ),
)
class CaseListEntry(Node):
    list_kind: CaseListKind = column(ENTRY.list_kind, "清单", "list")
    status: MirrorStatus = column(ENTRY.status, "是否在列", "whether on the list")
    case: LegalCase | None = relation(ENTRY.case_id, "案件", "case")
    case_number: str = column(ENTRY.case_number, *CASE_NUMBER)
    court: Organization = relation(ENTRY.court_id, "报送法院", "court that told it")
    subject: Subject | None = relation(ENTRY.subject_id, "涉案主体", "subject")
    role: CasePartyRole = column(ENTRY.role, "诉讼地位", "role in the case")
    claim_amount: str | None = expression(
        _yuan,
        "标的金额（元，两位小数），仅报送法院和涉案单位可读",
        "amount claimed, in yuan; for the court and the unit concerned",
        uses=(ENTRY.id, ENTRY.claim_amount_fen),
        level=Clearance.L2,
    )
    listed_on: date = column(ENTRY.listed_on, "列入日期", "on the list since")
    updated_at: datetime = column(ENTRY.updated_at, "更新时间", "last changed at")
    freshness: Freshness = freshness()


@filter_input("清单条目查询条件", "conditions on list entries")
class CaseListEntryFilter:
    mine: bool | None = own_rows("仅本单位报送或涉及本单位的", "only what the caller's organisation told or is told of")
    list_kind: list[CaseListKind] | None = one_of(ENTRY.list_kind, "清单", "lists")
    status: MirrorStatus | None = equals(ENTRY.status, "是否在列", "whether on the list")
    case_number: str | None = replace(equals(ENTRY.case_number, *CASE_NUMBER), accept=accept_case_number)
    court_id: strawberry.ID | None = is_node(ENTRY.court_id, "OR", "报送法院标识", "id of the court")
    tags: list[CaseTagKind] | None = tagged("case_id")
    listed_from: date | None = at_least(ENTRY.listed_on, "列入不早于", "listed on or after")
    listed_to: date | None = at_most(ENTRY.listed_on, "列入不晚于", "listed on or before")
    jurisdiction_code: str | None = matches(in_jurisdiction, "区划代码，含下级", "jurisdiction code, with those below")


@query
class CaseQueries:
    case_list_entries: Connection[CaseListEntry] = connection(
        "法院推送的未结、终本案件清单：各单位只见本单位的，最新列入在前",
        "lists of pending cases and terminated executions that courts push: each unit its own rows, latest first",
        orders=only(descending("最新列入在前", "latest first", ENTRY.listed_on)),
        filtered_by=CaseListEntryFilter,
        scopes=READ,
    )
    case_list_entry: CaseListEntry | None = one(
        "按标识读取清单条目",
        "a list entry by its id",
        by={"id": argument(strawberry.ID, is_node(ENTRY.id, "CE", "标识", "id"))},
        scopes=READ,
    )

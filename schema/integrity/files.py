"""Integrity files of bodies, and, narrowly, of those who answer for them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

import strawberry

from hub.access.scopes import Scope
from hub.audit.catalogue import AuditAction
from hub.audit.recorder import Target, record
from hub.canonical.integrity_codes import CreditGrade, IntegrityCategory, IntegrityStatus
from hub.core.errors import refuse_if
from hub.core.ids import encode_node_id
from hub.core.payload import SHORT_TEXT, text_problems
from hub.core.principal import Clearance
from hub.core.texts import Text
from hub.integrity.files import File, organization_file, person_file
from schema.binding.conditions import argument, chosen
from schema.binding.declare import query, said
from schema.binding.fields import answered
from schema.mutations.reading import read_id

if TYPE_CHECKING:
    from schema.operation import HubContext

READ = (Scope.INTEGRITY_READ,)


@strawberry.type(description=str(Text("档案中的一条记录", "a record in a file")))
class IntegrityFileEntry:
    record_id: strawberry.ID = said("记录标识", "id of the record")
    category: IntegrityCategory = said("类别", "category")
    status: IntegrityStatus = said("状态", "state")
    title: str = said("事由", "subject")
    occurred_on: date = said("发生日期", "occurred on")
    ended_on: date | None = said("终止日期", "counts no more from")


@strawberry.type(description=str(Text("一类失信记录的数量", "number of standing records of one category")))
class IntegrityCategoryCount:
    category: IntegrityCategory = said("类别", "category")
    standing: int = said("未终止的记录数", "records that stand")


@strawberry.type(description=str(Text("诚信档案", "integrity file")))
class IntegrityFile:
    organization_id: strawberry.ID = said("单位标识", "id of the body")
    organization_name: str = said("单位名称", "name of the body")
    person_name_masked: str | None = said("个人档案的姓名，只显示姓", "of a person's file, the surname alone")
    person_post: str | None = said("个人档案的职务", "of a person's file, the post")
    standing: int = said("未终止的记录数", "records that stand")
    categories: list[IntegrityCategoryCount] = said("未终止的记录，按类别", "records that stand, by category")
    score: int | None = said("最近一次第三方评价得分", "score of the latest evaluation")
    standard_version: str | None = said("评价标准版本", "version of the standard")
    grade: CreditGrade | None = said("信用等级；在列失信期间为差", "credit grade; poor while on the court's list")
    award_restricted_years: list[int] = said("取消评先评优资格的年度", "years without awards")
    entries: list[IntegrityFileEntry] = said("可读的记录，最近发生的在前", "records that may be read, latest first")


def _shown(found: File) -> IntegrityFile:
    return IntegrityFile(
        organization_id=strawberry.ID(encode_node_id("OR", found.organization.id)),
        organization_name=found.organization.name,
        person_name_masked=None if found.person is None else found.person.name_masked,
        person_post=None if found.person is None else found.person.post,
        standing=found.standing,
        categories=[IntegrityCategoryCount(category=kind, standing=count) for kind, count in found.categories],
        score=None if found.evaluation is None else found.evaluation.score,
        standard_version=None if found.evaluation is None else found.evaluation.standard_version,
        grade=found.grade,
        award_restricted_years=list(found.restricted),
        entries=[
            IntegrityFileEntry(
                record_id=strawberry.ID(encode_node_id("GI", row.id)),
                category=row.category,
                status=row.status,
                title=row.title,
                occurred_on=row.occurred_on,
                ended_on=row.ended_on,
            )
            for row in found.records
        ],
    )


async def _file(context: HubContext, given: Mapping[str, Any]) -> IntegrityFile | None:
    key = read_id(given["organizationId"], "OR", ("organizationId",))
    async with context.reading() as session:
        found = await organization_file(session, context.principal, key)
    return None if found is None else _shown(found)


async def _person_file(context: HubContext, given: Mapping[str, Any]) -> IntegrityFile | None:
    """Who read whose file for what purpose is on record before it is released."""
    refuse_if(text_problems(given["purpose"], ("purpose",), limit=SHORT_TEXT))
    key = read_id(given["personId"], "IP", ("personId",))
    if context.principal.clearance < Clearance.L2:
        return None
    async with context.reading() as session:
        found = await person_file(session, key)
    if found is None or found.person is None:
        return None
    async with context.sessions.write(context.principal) as session:
        target = Target("IntegrityPerson", key, found.person.jurisdiction_path)
        await record(
            session,
            context.principal,
            AuditAction.INTEGRITY_FILE_READ,
            at=context.now,
            target=target,
            reason=given["purpose"],
        )
    return _shown(found)


@query
class FileQueries:
    integrity_file: IntegrityFile | None = answered(
        _file,
        "单位的诚信档案：本单位、上级和所辖监督单位可读，其他为空",
        "integrity file of a body: for itself, its superior and those who oversee its place; null for others",
        arguments={"organization_id": argument(strawberry.ID, chosen("单位标识", "id of the body"))},
        scopes=READ,
    )
    person_integrity_file: IntegrityFile | None = answered(
        _person_file,
        "个人诚信档案：仅信用办、记录单位和所在单位可读，须说明目的，读取留痕",
        "integrity file of a person: for the credit office, the recorder and the body; with a purpose, on record",
        arguments={
            "person_id": argument(strawberry.ID, chosen("人员标识", "id of the person")),
            "purpose": argument(str, chosen("查阅目的", "purpose of the reading")),
        },
        scopes=READ,
    )

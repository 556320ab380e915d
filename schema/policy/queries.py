"""Policy packs: the values in force in a jurisdiction, each with the clause behind it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import strawberry
from sqlalchemy import Date, and_, func, or_, select

from hub.access.scopes import Scope
from hub.core.texts import Text
from hub.db import models
from schema.binding.ambient import Ambient, Row
from schema.binding.conditions import argument, matches
from schema.binding.declare import node, query, said
from schema.binding.fields import Connection, column, connection, one, python, relation
from schema.binding.orders import descending, only
from schema.nodes import Node
from schema.organizations.types import Jurisdiction

if TYPE_CHECKING:
    from schema.operation import HubContext

PACK, J = models.PolicyPackRow, models.Jurisdiction
READ = (Scope.POLICY_READ,)


@strawberry.type(description=str(Text("政策包中的一个参数", "a value of a policy pack")))
class PolicyParameter:
    key: str = said("参数键", "key")
    value: str = said("参数值（JSON）", "value as JSON")
    origin: str = said("来源：通知、国家规定或产品默认", "origin: notice, national rule or product default")
    clause: str | None = said("依据条款", "clause behind it")


async def _parameters(_context: HubContext, rows: Sequence[Mapping[str, Any]]) -> list[list[PolicyParameter]]:
    return [
        [
            PolicyParameter(
                key=key,
                value=json.dumps(each.get("value"), ensure_ascii=False),
                origin=str(each.get("origin") or "NOTICE"),
                clause=each.get("clause"),
            )
            for key, each in sorted(row["content"].get("parameters", {}).items())
        ]
        for row in rows
    ]


@node("PP", "政策包", "policy pack", model=PACK, scopes=READ)
class PolicyPack(Node):
    jurisdiction: Jurisdiction = relation(PACK.jurisdiction_id, "区划", "jurisdiction")
    version: str = column(PACK.version, "版本", "version")
    document_no: str | None = column(PACK.document_no, "文号", "document number")
    effective_from: date = column(PACK.effective_from, "生效日期", "in force from")
    effective_to: date | None = column(PACK.effective_to, "失效日期", "in force until")
    parameters: list[PolicyParameter] = python(
        _parameters, "参数及依据", "values with their clauses", needs=(PACK.content,)
    )


def _governs(row: Row, _ambient: Ambient, code: Any) -> Any:
    """The pack of the jurisdiction itself, or of the nearest one above that has any."""
    asked = select(J.path).where(J.code == code).scalar_subquery()
    pack = PACK.__table__.alias("governing")
    nearest = (
        select(J.id)
        .where(
            asked.op("^@", is_comparison=True)(J.path), select(pack.c.id).where(pack.c.jurisdiction_id == J.id).exists()
        )
        .order_by(func.length(J.path).desc())
        .limit(1)
        .scalar_subquery()
    )
    return row.c.jurisdiction_id == nearest


def _in_force(row: Row, _ambient: Ambient, day: Any) -> Any:
    return and_(row.c.effective_from <= day, or_(row.c.effective_to.is_(None), row.c.effective_to >= day))


@query
class PolicyQueries:
    policy_pack: PolicyPack | None = one(
        "区划现行政策包，本级没有时取最近上级的",
        "the policy pack of a jurisdiction, else of the nearest one above",
        by={
            "jurisdiction_code": argument(str, matches(_governs, "区划代码", "jurisdiction code")),
            "on": argument(
                date | None,
                matches(
                    _in_force, "在该日有效，缺省为最新", "in force on that day; the latest by default", bind_type=Date()
                ),
            ),
        },
        order=descending("最新在前", "latest first", PACK.effective_from),
        scopes=READ,
    )
    policy_packs: Connection[PolicyPack] = connection(
        "政策包各版本",
        "every version of the policy packs",
        orders=only(descending("按生效日期倒序", "latest first", PACK.effective_from)),
        scopes=READ,
    )

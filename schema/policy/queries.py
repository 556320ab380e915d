"""Policy packs: the values in force in a jurisdiction, each with the clause behind it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, Any

import strawberry
from sqlalchemy import Date, and_, func, or_, select

from hub.access.scopes import Scope
from hub.core.clock import local_date
from hub.core.errors import Denied, Reason
from hub.core.ids import encode_node_id
from hub.core.principal import RoleName
from hub.core.texts import Text
from hub.db import models
from hub.simulation.moves import Move, PolicyMoveKind
from hub.simulation.simulating import simulate
from schema.binding.ambient import Ambient, Row
from schema.binding.conditions import argument, chosen, matches
from schema.binding.declare import node, query, said
from schema.binding.fields import Connection, answered, column, connection, one, python, relation
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


TAGS = {
    "SupervisionNotice": "SN",
    "PeriodicReport": "PE",
    "ExecutionOrder": "EO",
    "DishonestyRecord": "DR",
    "CreditRepair": "CX",
}


@strawberry.type(description=str(Text("政策包中变动的参数", "parameter that differs")))
class PolicyChange:
    key: str = said("参数键", "key")
    old_value: str | None = said("现行值（JSON）", "value in force, as JSON")
    new_value: str | None = said("拟定值（JSON）", "value asked about, as JSON")
    clause: str | None = said("拟定值的依据条款", "clause behind the value asked about")


@strawberry.type(description=str(Text("政策变动将影响的一项时限或职责", "deadline or duty that would move")))
class PolicyMove:
    kind: PolicyMoveKind = said("种类", "kind")
    key: str = said("所依参数键", "parameter it rests on")
    title: str = said("事项", "what it is")
    old_due_on: date | None = said("现行到期日；新增的为空", "due now; null for what is added")
    new_due_on: date | None = said("变动后到期日；取消的为空", "due then; null for what falls away")
    old_clause: str | None = said("现行依据", "clause now")
    new_clause: str | None = said("变动后依据", "clause then")
    provisional: bool = said("日历未公布，暂定", "provisional for want of a calendar")
    period: str | None = said("定期职责的期间", "period of a duty")
    target_id: strawberry.ID | None = said("在办事项标识", "id of the open matter")


@strawberry.type(
    description=str(Text("政策包变动模拟，不改动数据", "what a changed pack would move; nothing is written"))
)
class PolicySimulation:
    old_version: str = said("现行版本", "version in force")
    new_version: str = said("拟定版本", "version asked about")
    effective_from: date = said("拟定版本生效日期", "in force from")
    changes: list[PolicyChange] = said("变动的参数", "parameters that differ")
    moves: list[PolicyMove] = said("将变动的职责和时限", "duties and deadlines that would move")


async def _simulate(context: HubContext, given: Mapping[str, Any]) -> PolicySimulation:
    """For who keeps policies and for the joint-meeting office; each sees the open matters it may see anyway."""
    if not context.principal.has_role(RoleName.JOINT_MEETING_OFFICE) and not context.principal.has_role(
        RoleName.ADMINISTRATOR
    ):
        raise Denied(Reason("FORBIDDEN"))
    async with context.reading() as session:
        found = await simulate(session, context.services.policy, given["pack"].encode(), local_date(context.now))
    return PolicySimulation(
        old_version=found.before.version,
        new_version=found.after.version,
        effective_from=found.after.effective_from,
        changes=[PolicyChange(**asdict(each)) for each in found.changes],
        moves=[_move(each) for each in found.moves],
    )


def _move(move: Move) -> PolicyMove:
    known = {name: value for name, value in asdict(move).items() if name not in ("target_kind", "target_id")}
    if move.target_id is None or move.target_kind is None:
        return PolicyMove(**known, target_id=None)
    return PolicyMove(**known, target_id=strawberry.ID(encode_node_id(TAGS[move.target_kind], move.target_id)))


@query
class PolicyQueries:
    simulate_policy: PolicySimulation = answered(
        _simulate,
        "模拟政策包变动：列出将变动的时限和职责，不改动任何数据",
        "what a changed policy pack would move: deadlines and duties; nothing is written",
        arguments={"pack": argument(str, chosen("拟定的政策包（YAML）", "the pack asked about, as YAML"))},
        scopes=READ,
    )
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

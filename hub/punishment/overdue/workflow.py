"""OverdueList 逾期名单: the table from compiling to closing.

Source: 新信用发〔2018〕6号 二（五）: 信用办、法院编制，报市政府核定后交付有关部门采取惩戒措施。
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import delete

from hub.access.scopes import Scope
from hub.canonical.punishment_codes import OverdueListCapacity, OverdueListStatus
from hub.core.errors import Reason
from hub.core.texts import Text
from hub.core.workflow import Actor, Effect, Guard, Machine, Note, Transition
from hub.db.bulk import among, insert_new
from hub.db.models import OverdueListEntry, OverdueListParty
from hub.organizations.existence import require_organizations
from hub.punishment.overdue import payloads
from hub.punishment.overdue.facts import OverdueFacts
from hub.punishment.payloads import MeasureReason
from hub.supervision.payloads import LeaderSignature
from hub.workflow.firing import Firing

S = OverdueListStatus
C = OverdueListCapacity
CLAUSE = "新信用发〔2018〕6号 二（五）"


def _confirmed(facts: OverdueFacts, _: Any) -> Iterable[Reason]:
    return (Reason("OVERDUE_UNCONFIRMED"),) if facts.waiting(C.COURT) else ()


def _not_yet(facts: OverdueFacts, _: Any) -> Iterable[Reason]:
    return () if facts.own in facts.waiting(C.COURT) else (Reason("OVERDUE_CONFIRMED"),)


def _unreported(facts: OverdueFacts, _: Any) -> Iterable[Reason]:
    return () if facts.own in facts.waiting(C.IMPLEMENTER) else (Reason("OVERDUE_REPORTED"),)


def _may_circulate(facts: OverdueFacts, _: Any) -> Iterable[Reason]:
    return () if facts.limits_financing else (Reason("OVERDUE_NOT_FINANCING"),)


def _not_circulated(facts: OverdueFacts, _: Any) -> Iterable[Reason]:
    party = facts.parties.get(facts.own) if facts.own is not None else None
    return (Reason("OVERDUE_CIRCULATED"),) if party is not None and party.circulated_at is not None else ()


def _all_reported(facts: OverdueFacts, _: Any) -> Iterable[Reason]:
    return (Reason("OVERDUE_UNREPORTED"),) if facts.waiting(C.IMPLEMENTER) else ()


async def _confirm(firing: Firing) -> None:
    firing.facts.parties[firing.unit.organization_id].confirmed_at = firing.unit.at


async def _approve(firing: Firing) -> None:
    given, row = firing.payload, firing.row
    row.signed_by, row.signer_post, row.approved_at = given.signed_by.strip(), given.post.strip(), firing.unit.at


async def _return(firing: Firing) -> None:
    firing.row.return_reason = firing.payload.reason


async def _revise(firing: Firing) -> None:
    entry, removed = OverdueListEntry, firing.payload.removed_record_ids
    mine = entry.list_id == firing.row.id
    await firing.unit.session.execute(delete(entry).where(mine, among(entry.record_id, removed)))
    for party in firing.facts.parties.values():
        party.confirmed_at = None


async def _deliver(firing: Firing) -> None:
    unit, row, units = firing.unit, firing.row, dict.fromkeys(firing.payload.organization_ids)
    await require_organizations(unit, units, path="organizationIds")
    row.delivered_at = unit.at
    told = {"list_id": row.id, "tenant_id": row.tenant_id, "jurisdiction_path": row.jurisdiction_path}
    await insert_new(
        unit.session,
        OverdueListParty,
        [{**told, "organization_id": key, "capacity": C.IMPLEMENTER} for key in units],
    )


async def _circulate(firing: Firing) -> None:
    firing.facts.parties[firing.unit.organization_id].circulated_at = firing.unit.at


async def _report(firing: Firing) -> None:
    mine = firing.facts.parties[firing.unit.organization_id]
    mine.reported_at, mine.report = firing.unit.at, firing.payload.text


def _row(
    event: str, source: S, target: S, actor: Actor, scope: Scope, text: Text, **more: Any
) -> Transition[OverdueFacts]:
    about = {"actors": (actor,), "scope": scope, "text": text, "clause": CLAUSE, **more}
    return Transition(event=event, sources=(source,), target=target, **about)


def _decisions(event: str, target: S, text: Text, **more: Any) -> tuple[Transition[OverdueFacts], ...]:
    """By the government; where the pack names the office, by the office too."""
    given = S.SUBMITTED_TO_GOVERNMENT, target
    return tuple(
        _row(event, *given, actor, Scope.OVERDUE_APPROVE, text, **more) for actor in (Actor.GOVERNMENT, Actor.OFFICE)
    )


OVERDUE: Machine[OverdueFacts] = Machine(
    name="OverdueList",
    text=Text("逾期名单", "list of overdue subjects"),
    states=OverdueListStatus,
    initial=S.COMPILED,
    terminal=frozenset({S.CLOSED}),
    transitions=(
        _row(
            "confirm",
            S.COMPILED,
            S.COMPILED,
            Actor.COURT,
            Scope.NOTICE_SIGN,
            Text("法院会核", "a court confirms"),
            payload=Note,
            guards=(Guard("notYetConfirmed", Text("本院尚未会核", "not confirmed yet"), _not_yet),),
            effects=(Effect("keepConfirmation", Text("登记会核时间", "when is kept"), _confirm),),
        ),
        _row(
            "submit",
            S.COMPILED,
            S.SUBMITTED_TO_GOVERNMENT,
            Actor.ISSUER,
            Scope.MEASURE_ORDER,
            Text("报政府核定", "submit to the government"),
            guards=(Guard("confirmedByCourts", Text("有关法院均已会核", "every court has confirmed"), _confirmed),),
        ),
        *_decisions(
            "approve",
            S.APPROVED,
            Text("核定", "approve"),
            payload=LeaderSignature,
            effects=(Effect("keepSignature", Text("登记核定人和时间", "who approved it is kept"), _approve),),
        ),
        *_decisions(
            "return",
            S.RETURNED,
            Text("退回", "return"),
            payload=MeasureReason,
            effects=(Effect("keepReason", Text("登记退回理由", "the reason is kept"), _return),),
        ),
        _row(
            "revise",
            S.RETURNED,
            S.COMPILED,
            Actor.ISSUER,
            Scope.MEASURE_ORDER,
            Text("修改", "revise"),
            payload=payloads.OverdueListRevision,
            effects=(Effect("leaveOut", Text("删去主体，会核作废", "entries left out, confirmations void"), _revise),),
        ),
        _row(
            "deliver",
            S.APPROVED,
            S.DELIVERED,
            Actor.ISSUER,
            Scope.MEASURE_ORDER,
            Text("交付惩戒实施单位", "deliver"),
            payload=payloads.OverdueListDelivery,
            effects=(Effect("deliver", Text("实施单位可见", "implementers see it"), _deliver),),
        ),
        _row(
            "circulate",
            S.DELIVERED,
            S.DELIVERED,
            Actor.IMPLEMENTER,
            Scope.MEASURE_IMPLEMENT,
            Text("向银行通报", "circulate to the banks"),
            guards=(
                Guard("limitsFinancing", Text("本单位承担限制融资措施", "the unit limits financing"), _may_circulate),
                Guard("notYetCirculated", Text("尚未通报", "not circulated yet"), _not_circulated),
            ),
            effects=(Effect("keepCirculation", Text("登记通报时间", "when is kept"), _circulate),),
        ),
        _row(
            "report",
            S.DELIVERED,
            S.DELIVERED,
            Actor.IMPLEMENTER,
            Scope.MEASURE_IMPLEMENT,
            Text("报送惩戒情况", "report what was done"),
            payload=payloads.OverdueListReport,
            guards=(Guard("notYetReported", Text("本单位尚未报送", "not reported yet"), _unreported),),
            effects=(Effect("keepReport", Text("登记惩戒情况", "the report is kept"), _report),),
        ),
        _row(
            "collect",
            S.DELIVERED,
            S.MEASURES_REPORTED,
            Actor.ISSUER,
            Scope.MEASURE_ORDER,
            Text("汇总惩戒情况", "collect the reports"),
            guards=(Guard("allReported", Text("实施单位均已报送", "everybody has reported"), _all_reported),),
        ),
        _row("close", S.MEASURES_REPORTED, S.CLOSED, Actor.ISSUER, Scope.MEASURE_ORDER, Text("办结", "close")),
    ),
)

"""The way of an item to the public as a table: proposed, reviewed, approved by whom the pack names, published.

Source: 新信用发〔2018〕6号 二（七）; 温政办〔2021〕13号 二（一）8; 汉川市人民法院工作方案 三（一）.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from hub.access.scopes import Scope
from hub.canonical.integrity_codes import PublicityApprover, PublicityKind, PublicityStatus
from hub.core.errors import Reason
from hub.core.texts import Text, label_text
from hub.core.workflow import Actor, Effect, Guard, Machine, Transition
from hub.db.models import PublicityItem
from hub.publicity.identifying import find_identifying
from hub.publicity.payloads import PublicityApproval, PublicityReason, PublicityReview, PublicityWording
from hub.workflow.firing import Firing

CLAUSE = "新信用发〔2018〕6号 二（七）"
S = PublicityStatus


@dataclass(frozen=True, slots=True)
class PublicityFacts:
    """``tellable``: the listing it is about is neither revoked nor of a confidential case; ``rectified``: it was
    deleted upon performance; ``named``: a person of the case is named; ``approver`` and ``clause`` by the pack."""

    item: PublicityItem
    today: date
    acting_id: UUID | None
    tellable: bool
    rectified: bool
    named: bool
    approver: PublicityApprover
    clause: str | None
    approves: bool


def _clean(facts: PublicityFacts, _: Any) -> Iterable[Reason]:
    yield from find_identifying([("title", facts.item.title), ("content", facts.item.content)])
    if facts.named:
        yield Reason("PERSON_NAMED", ("content",))


def _tellable(facts: PublicityFacts, _: Any) -> Iterable[Reason]:
    return () if facts.tellable else (Reason("CASE_NOT_TO_BE_TOLD", ("recordId",)),)


def _rectified(facts: PublicityFacts, _: Any) -> Iterable[Reason]:
    missing = facts.item.kind is PublicityKind.RECTIFIED_CASE and not facts.rectified
    return (Reason("CASE_NOT_RECTIFIED", ("recordId",)),) if missing else ()


def _another(facts: PublicityFacts, _: Any) -> Iterable[Reason]:
    return (Reason("REVIEWER_IS_PROPOSER"),) if facts.acting_id == facts.item.proposer_id else ()


def _approver(facts: PublicityFacts, _: Any) -> Iterable[Reason]:
    named = label_text(f"PublicityApprover.{facts.approver.value}").zh
    return () if facts.approves else (Reason("APPROVER_IS_ANOTHER", params={"approver": named}),)


def _held(facts: PublicityFacts, _: Any) -> Iterable[Reason]:
    held = facts.item.held_on
    return (Reason("CONFERENCE_AHEAD"),) if held is not None and held > facts.today else ()


async def _wording(firing: Firing) -> None:
    row, given = firing.row, firing.payload
    row.title = row.title if given.title is None else given.title.strip()
    row.content = row.content if given.content is None else given.content


async def _review(firing: Firing) -> None:
    firing.row.review_note, firing.row.reviewed_by_id = firing.payload.note, firing.unit.organization_id


async def _return(firing: Firing) -> None:
    firing.row.review_note = firing.payload.reason


async def _approve(firing: Firing) -> None:
    row = firing.row
    row.approved_by, row.approved_by_id = firing.payload.approved_by.strip(), firing.unit.organization_id
    row.clause = firing.facts.clause


async def _publish(firing: Firing) -> None:
    firing.row.published_on = firing.unit.today


async def _withdraw(firing: Firing) -> None:
    firing.row.withdraw_reason = getattr(firing.payload, "reason", None)


CLEAN = Guard("nobodyTold", Text("不含可识别个人的信息", "nothing tells a person"), _clean)
TELLABLE = Guard("tellable", Text("案件未撤销且不涉密", "the case is neither revoked nor confidential"), _tellable)
RECTIFIED = Guard("rectified", Text("整改案例已整改", "a rectified case has been rectified"), _rectified)
ANOTHER = Guard("another", Text("审查单位不是提出单位", "who reviews has not proposed it"), _another)
APPROVER = Guard("approver", Text("由政策包规定的主体批准", "the pack names who approves"), _approver)
HELD = Guard("held", Text("新闻发布会已经召开", "the press conference has been held"), _held)


def _row(
    event: str, source: S | tuple[S, ...], target: S, actor: Actor, text: Text, effect: Any, **more: Any
) -> Transition[PublicityFacts]:
    sources = source if isinstance(source, tuple) else (source,)
    return Transition(
        event=event,
        sources=sources,
        target=target,
        actors=(actor,),
        scope=Scope.PUBLICITY_PROPOSE if actor is Actor.PROPOSER else Scope.PUBLICITY_REVIEW,
        text=text,
        clause=CLAUSE,
        effects=(Effect(f"{event}Item", text, effect),),
        **more,
    )


FIT = (CLEAN, TELLABLE, RECTIFIED)
PUBLICITY: Machine[PublicityFacts] = Machine(
    name="PublicityItem",
    text=Text("典型案例和宣传", "publicity item"),
    states=PublicityStatus,
    initial=S.PROPOSED,
    terminal=frozenset({S.WITHDRAWN}),
    transitions=(
        _row(
            "rewrite",
            S.PROPOSED,
            S.PROPOSED,
            Actor.PROPOSER,
            Text("修改", "rewrite"),
            _wording,
            payload=PublicityWording,
        ),
        _row(
            "review",
            S.PROPOSED,
            S.REVIEWED,
            Actor.OFFICE,
            Text("通过去标识化审查", "pass the review"),
            _review,
            payload=PublicityReview,
            guards=(ANOTHER, *FIT),
        ),
        _row(
            "return",
            (S.PROPOSED, S.REVIEWED, S.APPROVED),
            S.PROPOSED,
            Actor.OFFICE,
            Text("退回修改", "send back"),
            _return,
            payload=PublicityReason,
        ),
        _row(
            "approve",
            S.REVIEWED,
            S.APPROVED,
            Actor.APPROVER,
            Text("批准公开", "approve"),
            _approve,
            payload=PublicityApproval,
            guards=(APPROVER, *FIT),
        ),
        _row(
            "publish",
            S.APPROVED,
            S.PUBLISHED,
            Actor.OFFICE,
            Text("公开", "publish"),
            _publish,
            guards=(*FIT, HELD),
        ),
        _row(
            "withdraw",
            (S.PROPOSED, S.REVIEWED, S.APPROVED, S.PUBLISHED),
            S.WITHDRAWN,
            Actor.PROPOSER,
            Text("撤回", "withdraw"),
            _withdraw,
            payload=PublicityReason,
        ),
        _row(
            "withdrawByOffice",
            (S.APPROVED, S.PUBLISHED),
            S.WITHDRAWN,
            Actor.OFFICE,
            Text("撤下", "take down"),
            _withdraw,
            payload=PublicityReason,
        ),
    ),
)

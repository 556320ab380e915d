"""The table of a concentrated round: planned by the office, worked and reported by the court, closed by the office."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from hub.access.scopes import Scope
from hub.audit.catalogue import AuditAction
from hub.campaign.round_effects import CANCEL, CHOOSE, RECORD, REPORT, RETURN
from hub.campaign.round_payloads import CampaignRoundCases, CampaignRoundOutcomes, CampaignRoundReturn
from hub.canonical.campaign import CampaignRoundResult, CampaignRoundStatus, CampaignStatus
from hub.core.errors import Reason
from hub.core.texts import Text
from hub.core.workflow import Actor, Guard, Machine, Note, Transition
from hub.db.models import CampaignRound
from hub.workflow.firing import Course

S = CampaignRoundStatus
COURSE = Course("CampaignRound", AuditAction.CAMPAIGN_ROUND_TRANSITION, "campaignround")


@dataclass(frozen=True, slots=True)
class RoundFacts:
    """``results`` by case, as far as the caller sees them; ``campaign`` where its campaign stands."""

    row: CampaignRound
    results: Mapping[UUID, CampaignRoundResult | None]
    campaign: CampaignStatus | None


def _chosen(facts: RoundFacts, _given: Any) -> Iterable[Reason]:
    if not facts.results:
        yield Reason("CAMPAIGN_ROUND_EMPTY")


def _all_told(facts: RoundFacts, _given: Any) -> Iterable[Reason]:
    count = sum(result is None for result in facts.results.values())
    if count:
        yield Reason("CAMPAIGN_ROUND_OPEN", params={"count": count})


def _running(facts: RoundFacts, _given: Any) -> Iterable[Reason]:
    if facts.campaign is not CampaignStatus.OPEN:
        yield Reason("CAMPAIGN_NOT_OPEN")


def _standing(facts: RoundFacts, _given: Any) -> Iterable[Reason]:
    if facts.campaign is CampaignStatus.CANCELLED:
        yield Reason("CAMPAIGN_NOT_OPEN")


CHOSEN: Guard[RoundFacts] = Guard("chosen", Text("已选定案件", "cases are chosen"), _chosen)
ALL_TOLD: Guard[RoundFacts] = Guard("allTold", Text("每件都有结果", "every case has a result"), _all_told)
RUNNING: Guard[RoundFacts] = Guard("running", Text("专项行动进行中", "the campaign is open"), _running)
STANDING: Guard[RoundFacts] = Guard("standing", Text("专项行动未取消", "the campaign is not cancelled"), _standing)
_COURT: dict[str, Any] = {"scope": Scope.CAMPAIGN_RECOVER, "actors": (Actor.COURT,)}
_OFFICE: dict[str, Any] = {"scope": Scope.CAMPAIGN_ORGANISE, "actors": (Actor.OFFICE,)}


def _row(event: str, sources: tuple[S, ...], target: S, text: Text, **more: Any) -> Transition[RoundFacts]:
    return Transition(
        event=event, sources=sources, target=target, text=text, clause="温政办〔2021〕13号 二（四）31", **more
    )


ROUND: Machine[RoundFacts] = Machine(
    name="CampaignRound",
    text=Text("集中行动", "concentrated round"),
    states=S,
    initial=S.PLANNED,
    terminal=frozenset({S.CLOSED, S.CANCELLED}),
    transitions=(
        _row(
            "choose",
            (S.PLANNED,),
            S.PLANNED,
            Text("选定案件", "choose the cases"),
            payload=CampaignRoundCases,
            guards=(RUNNING,),
            effects=(CHOOSE,),
            **_COURT,
        ),
        _row(
            "start", (S.PLANNED,), S.UNDERWAY, Text("开始", "begin"), payload=Note, guards=(RUNNING, CHOSEN), **_COURT
        ),
        _row(
            "record",
            (S.UNDERWAY,),
            S.UNDERWAY,
            Text("登记各件结果", "record results"),
            payload=CampaignRoundOutcomes,
            guards=(STANDING,),
            effects=(RECORD,),
            **_COURT,
        ),
        _row(
            "report",
            (S.UNDERWAY,),
            S.REPORTED,
            Text("上报，统计随之固定", "report; the figures are fixed"),
            payload=Note,
            guards=(STANDING, ALL_TOLD),
            effects=(REPORT,),
            **_COURT,
        ),
        _row(
            "sendBack",
            (S.REPORTED,),
            S.UNDERWAY,
            Text("退回补正", "send back"),
            payload=CampaignRoundReturn,
            effects=(RETURN,),
            **_OFFICE,
        ),
        _row("close", (S.REPORTED,), S.CLOSED, Text("办结", "close"), payload=Note, **_OFFICE),
        _row(
            "cancel",
            (S.PLANNED, S.UNDERWAY),
            S.CANCELLED,
            Text("取消", "cancel"),
            payload=CampaignRoundReturn,
            effects=(CANCEL,),
            **_OFFICE,
        ),
    ),
)

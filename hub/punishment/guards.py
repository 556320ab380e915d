"""Conditions of the events of a measure, each with its sentence."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from hub.canonical.punishment_codes import PunishmentField
from hub.core.errors import Reason
from hub.core.texts import Text
from hub.core.workflow import Guard
from hub.punishment.facts import MeasureFacts


def _stands(facts: MeasureFacts, _: Any) -> Iterable[Reason]:
    return () if facts.stands else (Reason("MEASURE_LISTING_GONE"),)


def _named(facts: MeasureFacts, given: Any) -> Iterable[Reason]:
    if given is None or facts.measure.implementer_id is not None or given.implementer_id is not None:
        return ()
    return (Reason("MEASURE_IMPLEMENTER_MISSING", ("implementerId",)),)


def _approved(facts: MeasureFacts, _: Any) -> Iterable[Reason]:
    if not facts.measure.needs_approval or facts.approved is not None:
        return ()
    return (Reason("MEASURE_NOT_APPROVED"),)


def _based(facts: MeasureFacts, _: Any) -> Iterable[Reason]:
    return () if facts.measure.legal_basis.strip() else (Reason("MEASURE_WITHOUT_BASIS"),)


def _assigned(facts: MeasureFacts, _: Any) -> Iterable[Reason]:
    return () if facts.measure.implementer_id is not None else (Reason("MEASURE_IMPLEMENTER_MISSING"),)


def _started(facts: MeasureFacts, given: Any) -> Iterable[Reason]:
    ahead = given is not None and given.start_on > facts.today
    return (Reason("MEASURE_START_AHEAD", ("startOn",)),) if ahead else ()


def _court_order(facts: MeasureFacts, given: Any) -> Iterable[Reason]:
    asked = facts.measure.field is PunishmentField.CONSUMPTION
    if given is None or not asked or (given.order_number or "").strip():
        return ()
    return (Reason("MEASURE_COURT_ORDER", ("orderNumber",)),)


def _interviewed(facts: MeasureFacts, given: Any) -> Iterable[Reason]:
    if given is None:
        return ()
    if given.interview_id is not None:
        known = given.interview_id in facts.held_interviews
        return () if known else (Reason("MEASURE_INTERVIEW_UNKNOWN", ("interviewId",)),)
    needed = facts.measure.field is PunishmentField.INTERVIEW
    return (Reason("MEASURE_INTERVIEW_UNKNOWN", ("interviewId",)),) if needed else ()


def _handed(facts: MeasureFacts, _: Any) -> Iterable[Reason]:
    return (Reason("MEASURE_OF_COURT"),) if facts.measure.field is PunishmentField.CONSUMPTION else ()


STANDS = Guard("listingStands", Text("失信信息仍在列", "the listing stands"), _stands)
NAMED = Guard("implementerNamed", Text("已指定实施单位", "an implementer is named"), _named)
ORDERING = (
    STANDS,
    Guard("hasBasis", Text("有法律依据", "it has a legal basis"), _based),
    Guard("implementerNamed", Text("已指定实施单位", "an implementer is named"), _assigned),
    Guard("overdueListApproved", Text("逾期名单已经核定", "the list of overdue subjects is approved"), _approved),
)
HANDED = Guard("notOfCourt", Text("不是法院限制消费", "no restriction of a court"), _handed)
STARTED = Guard("started", Text("开始日期不晚于今天", "it has begun"), _started)
COURT_ORDER = Guard("courtOrder", Text("限制消费须有法院决定文号", "the court's order is named"), _court_order)
INTERVIEWED = Guard("interviewHeld", Text("约谈已经进行", "the interview was held"), _interviewed)

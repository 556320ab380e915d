"""What events of a round do beside the change of state. The campaign is had alone while any of them runs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ScalarSelect, Select, delete, func, select

from hub.campaign.round_payloads import CampaignRoundCases, CampaignRoundOutcome, CampaignRoundOutcomes
from hub.campaign.taking import campaign_of
from hub.campaign.working import tag
from hub.canonical.campaign import DONE, RESULTS, CampaignRoundKind, CampaignRoundResult, CampaignRoundStatus
from hub.canonical.case_number import parse_case_number
from hub.core.errors import Reason, Refused, refuse_if
from hub.core.texts import Text
from hub.core.workflow import Effect
from hub.db.models import CampaignCase, CampaignRecovery, CampaignRound, CampaignRoundCase, CampaignRoundFigure
from hub.workflow.firing import Firing
from hub.workflow.rows import within


async def _choose(firing: Firing) -> None:
    """Raises ``Refused`` with what is wrong with each case."""
    unit, row, given = firing.unit, firing.row, firing.payload
    assert isinstance(given, CampaignRoundCases)
    found = await unit.session.scalars(
        select(CampaignCase).where(
            CampaignCase.id.in_(given.case_ids),
            CampaignCase.campaign_id == row.campaign_id,
            CampaignCase.court_id == row.court_id,
        )
    )
    cases = {case.id: case for case in found}
    busy = await _busy(firing, given.case_ids)
    reasons = []
    for at, key in enumerate(given.case_ids):
        case, path = cases.get(key), ("caseIds", at)
        if case is None:
            reasons.append(Reason("NOT_FOUND", path))
        elif not _fits(row.kind, case):
            reasons.append(Reason("CAMPAIGN_ROUND_STAGE", path))
        elif key in busy:
            reasons.append(Reason("CAMPAIGN_ROUND_TAKEN", path))
    refuse_if(reasons)
    await unit.session.execute(delete(CampaignRoundCase).where(CampaignRoundCase.round_id == row.id))
    unit.session.add_all(
        CampaignRoundCase(round_id=row.id, case_id=case.id, bank_id=case.bank_id, court_id=case.court_id, **within(row))
        for case in cases.values()
    )


def _fits(kind: CampaignRoundKind, case: CampaignCase) -> bool:
    return case.case_number is None if kind is CampaignRoundKind.FILING else case.tagged_at is not None


async def _busy(firing: Firing, keys: Sequence[UUID]) -> set[UUID]:
    """Cases in another round of the kind at the same time: what is recovered there would count twice."""
    row, other = firing.row, CampaignRound
    found = await firing.unit.session.scalars(
        select(CampaignRoundCase.case_id)
        .join(other, other.id == CampaignRoundCase.round_id)
        .where(
            CampaignRoundCase.case_id.in_(keys),
            other.id != row.id,
            other.kind == row.kind,
            other.status != CampaignRoundStatus.CANCELLED,
            other.starts_on <= row.ends_on,
            other.ends_on >= row.starts_on,
        )
    )
    return set(found)


async def _record(firing: Firing) -> None:
    """Raises ``Refused`` with what is wrong with each result."""
    unit, row, given = firing.unit, firing.row, firing.payload
    assert isinstance(given, CampaignRoundOutcomes)
    found = await unit.session.execute(
        select(CampaignRoundCase, CampaignCase)
        .join(CampaignCase, CampaignCase.id == CampaignRoundCase.case_id)
        .where(CampaignRoundCase.round_id == row.id)
        .with_for_update()
    )
    chosen = {case.id: (entry, case) for entry, case in found.tuples()}
    reasons = []
    for at, each in enumerate(given.results):
        wrong = _result_problems(firing, each, chosen.get(each.case_id))
        reasons += [Reason(why.code, ("results", at, *why.path)) for why in wrong]
    refuse_if(reasons)
    for at, each in enumerate(given.results):
        entry, case = chosen[each.case_id]
        entry.result, entry.result_on = each.result, each.on
        if each.case_number and case.case_number is None:
            await _file(firing, case, str(parse_case_number(each.case_number)), at)


def _result_problems(
    firing: Firing, each: CampaignRoundOutcome, chosen: tuple[CampaignRoundCase, CampaignCase] | None
) -> list[Reason]:
    row = firing.row
    if chosen is None:
        return [Reason("CAMPAIGN_ROUND_UNKNOWN", ("caseId",))]
    entry, case = chosen
    reasons = []
    if each.result not in RESULTS[row.kind]:
        reasons.append(Reason("CAMPAIGN_ROUND_RESULT", ("result",)))
    if not row.starts_on <= each.on <= firing.unit.today:
        reasons.append(Reason("CAMPAIGN_ROUND_DAY", ("on",)))
    number = str(parse_case_number(each.case_number)) if each.case_number else None
    if entry.result is CampaignRoundResult.FILED and number != case.case_number:
        reasons.append(Reason("CAMPAIGN_ROUND_FILED", ("result",)))
    return reasons


async def _file(firing: Firing, case: CampaignCase, number: str, at: int) -> None:
    """The court gives the case its number and takes it up with that."""
    unit = firing.unit
    of = select(CampaignCase.id).where(
        CampaignCase.campaign_id == case.campaign_id,
        CampaignCase.court_id == case.court_id,
        CampaignCase.case_number == number,
    )
    if await unit.session.scalar(of.limit(1)) is not None:
        raise Refused(Reason("CAMPAIGN_ROUND_NUMBER_TAKEN", ("results", at, "caseNumber")))
    case.case_number = number
    await unit.session.flush()
    await tag(unit, await campaign_of(unit, case.campaign_id, "campaignId"), case)


async def _report(firing: Firing) -> None:
    unit, row = firing.unit, firing.row
    row.figure_version += 1
    recovered = (
        select(func.coalesce(func.sum(CampaignRecovery.amount_fen), 0))
        .where(
            CampaignRecovery.case_id == CampaignCase.id,
            CampaignRecovery.recovered_on.between(row.starts_on, row.ends_on),
        )
        .scalar_subquery()
    )
    found = await unit.session.execute(_contents(row, recovered))
    totals: dict[UUID | None, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for bank, result, principal, amount in found:
        for key in {None, bank}:
            parts = zip(totals[key], (1, int(result in DONE), principal, int(amount)), strict=True)
            totals[key] = [before + more for before, more in parts]
    for key, (cases, done, principal, amount) in totals.items():
        unit.session.add(
            CampaignRoundFigure(
                round_id=row.id,
                office_id=row.office_id,
                court_id=row.court_id,
                organization_id=key,
                figure_version=row.figure_version,
                cases=cases,
                done=done,
                principal_fen=principal,
                recovered_fen=amount,
                **within(row),
            )
        )


def _contents(
    row: CampaignRound, recovered: ScalarSelect[int]
) -> Select[UUID | None, CampaignRoundResult | None, int, int]:
    return (
        select(CampaignRoundCase.bank_id, CampaignRoundCase.result, CampaignCase.principal_fen, recovered)
        .join(CampaignCase, CampaignCase.id == CampaignRoundCase.case_id)
        .where(CampaignRoundCase.round_id == row.id)
    )


async def _note(firing: Firing) -> None:
    firing.row.note = firing.payload.reason.strip()


CHOOSE = Effect("choose", Text("案件列入集中行动", "the cases are in the round"), _choose)
RECORD = Effect(
    "record", Text("记录各件结果；已立案的记录案号并标记", "results are kept; a case filed gets its number"), _record
)
REPORT = Effect("report", Text("固定本次统计", "the figures are fixed"), _report)
RETURN = Effect("return", Text("记录退回理由", "the reason is kept"), _note)
CANCEL = Effect("cancel", Text("记录取消理由", "the reason is kept"), _note)

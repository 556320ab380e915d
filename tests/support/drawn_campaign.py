"""Special enforcement campaigns of a generated world: participants, lists, cases, recoveries, rounds, figures."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from hub.campaign.debtors import context
from hub.canonical import campaign as codes
from hub.db import models
from tests.support.drawn_inquiry import cases_of

if TYPE_CHECKING:
    from tests.support.content import Row, _Drawing

C = codes.CampaignCapacity
TAGS: dict[type[Any], str] = {
    models.Campaign: "CZ",
    models.CampaignParticipant: "CT",
    models.CampaignCase: "CC",
    models.CampaignRecovery: "CY",
    models.CampaignFigure: "CF",
    models.CampaignRound: "CQ",
}


def draw_campaigns(drawing: _Drawing, county: str, placed: Row) -> None:
    """Departments stand for the banks: who is one is a matter of the capacity it takes part in. The last has none."""
    units = drawing.world.organizations
    banks = [units[key] for key in (f"{county}.civil", f"{county}.police", "city.tax")]
    courts = [units[f"{county}.court"], units["city.court"]]
    helping = [units[f"{county}.portal"], units["county.police"]]
    for left in reversed(range(drawing.size // 2)):
        capacities = dict.fromkeys(drawing.random.sample(banks, 2) if left else [], C.BANK)
        capacities |= dict.fromkeys(drawing.random.sample(courts, drawing.random.randrange(1, 3)), C.COURT)
        capacities |= {unit: C.SUPPORT for unit in helping if unit not in capacities and drawing.chance(0.6)}
        _campaign(drawing, placed, drawing.pick((units[f"{county}.finance"], units["county.finance"])), capacities)


def _campaign(drawing: _Drawing, placed: Row, office: UUID, capacities: dict[UUID, codes.CampaignCapacity]) -> None:
    campaign = drawing.content.add(
        models.Campaign,
        id=drawing.id(),
        kind=drawing.pick(codes.CampaignKind),
        kind_label=drawing.pick((None, drawing.mark("种类"))),
        clause=drawing.pick((None, drawing.mark("条款"))),
        with_banks=C.BANK in capacities.values(),
        title=drawing.mark("行动"),
        status=drawing.pick(codes.CampaignStatus),
        office_id=office,
        party_ids=sorted(capacities),
        starts_on=drawing.pick((drawing.day(), date(2026, 3, 1))),
        cut_off_on=drawing.day(),
        version=1,
        status_since=drawing.moment(),
        **drawing.stamps(),
        **placed,
    )
    about = {"campaign_id": campaign["id"]}
    for unit, capacity in capacities.items():
        more = {"organization_id": unit, "capacity": capacity, "office_id": office}
        drawing.content.add(models.CampaignParticipant, id=drawing.id(), **about, **more, **drawing.stamps(), **placed)
    for unit in (None, *(unit for unit, capacity in capacities.items() if capacity is not C.SUPPORT)):
        drawing.content.add(
            models.CampaignFigure,
            id=drawing.id(),
            office_id=office,
            organization_id=unit,
            figure_version=1,
            cases=drawing.random.randrange(9),
            principal_fen=drawing.random.randrange(10**9),
            recovered_fen=drawing.random.randrange(10**6),
            **about,
            **drawing.stamps(),
            **placed,
        )
    courts = [unit for unit, each in capacities.items() if each is C.COURT]
    told = [(bank, drawing.pick(courts)) for bank, capacity in capacities.items() if capacity is C.BANK]
    cases = [
        _case(drawing, placed, about, {"bank_id": bank, "court_id": court})
        for bank, court in told or [(None, court) for court in courts]
    ]
    for court in courts:
        _round(drawing, placed, {**about, "office_id": office, "court_id": court}, cases)


def _case(drawing: _Drawing, placed: Row, about: Row, between: Row) -> Row:
    key, name = drawing.id(), drawing.mark("债务人")
    told = drawing.content.add(
        models.CampaignList,
        id=drawing.id(),
        teller_id=between["bank_id"] or between["court_id"],
        rows=drawing.random.randrange(1000),
        taken=drawing.random.randrange(1000),
        **about,
        **drawing.stamps(),
        **placed,
    )
    case = drawing.content.add(
        models.CampaignCase,
        id=key,
        list_id=told["id"],
        list_row=1,
        case_number=drawing.mark("案号"),
        loan_number=drawing.pick((None, drawing.mark("借款"))),
        debtor_uscc=drawing.pick((None, "91350211M000100Y43")),
        debtor_masked=name,
        debtor_sealed=drawing.world.keyring.seal(name, context=context(key)),
        principal_fen=drawing.random.randrange(10**9),
        lent_on=drawing.pick((None, drawing.day())),
        legal_case_id=drawing.pick((None, *(each["id"] for each in cases_of(drawing, placed)))),
        tagged_at=drawing.pick((None, drawing.moment())),
        **about,
        **between,
        **drawing.stamps(),
        **placed,
    )
    for _ in range(drawing.random.randrange(3)):
        drawing.content.add(
            models.CampaignRecovery,
            id=drawing.id(),
            case_id=case["id"],
            amount_fen=drawing.random.randrange(-100, 10**6),
            recovered_on=drawing.day(),
            **between,
            **drawing.stamps(),
            **placed,
        )
    return case


def _round(drawing: _Drawing, placed: Row, held: Row, cases: list[Row]) -> None:
    """One of a court, with its cases; of a court that has none there is a round all the same."""
    row = drawing.content.add(
        models.CampaignRound,
        id=drawing.id(),
        kind=drawing.pick(codes.CampaignRoundKind),
        title=drawing.mark("集中行动"),
        status=drawing.pick(codes.CampaignRoundStatus),
        starts_on=drawing.day(),
        ends_on=drawing.day(),
        note=drawing.pick((None, drawing.mark("退回"))),
        figure_version=1,
        status_since=drawing.moment(),
        version=1,
        **held,
        **drawing.stamps(),
        **placed,
    )
    of = {"round_id": row["id"], "court_id": held["court_id"]}
    chosen = [case for case in cases if case["court_id"] == held["court_id"]]
    for case in chosen:
        drawing.content.add(
            models.CampaignRoundCase,
            id=drawing.id(),
            case_id=case["id"],
            bank_id=case["bank_id"],
            result=drawing.pick((None, *codes.RESULTS[row["kind"]])),
            result_on=drawing.pick((None, drawing.day())),
            **of,
            **drawing.stamps(),
            **placed,
        )
    for unit in dict.fromkeys((None, *(case["bank_id"] for case in chosen))):
        drawing.content.add(
            models.CampaignRoundFigure,
            id=drawing.id(),
            office_id=held["office_id"],
            organization_id=unit,
            figure_version=1,
            cases=drawing.random.randrange(9),
            done=drawing.random.randrange(9),
            principal_fen=drawing.random.randrange(10**9),
            recovered_fen=drawing.random.randrange(10**6),
            **of,
            **drawing.stamps(),
            **placed,
        )

"""Special enforcement campaigns of a generated world: participants, cases, recoveries, frozen figures."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from hub.canonical import campaign as codes
from hub.db import models

if TYPE_CHECKING:
    from tests.support.content import Row, _Drawing

C = codes.CampaignCapacity
TAGS: dict[type[Any], str] = {
    models.Campaign: "CZ",
    models.CampaignParticipant: "CT",
    models.CampaignCase: "CC",
    models.CampaignRecovery: "CY",
    models.CampaignFigure: "CF",
}


def draw_campaigns(drawing: _Drawing, county: str, placed: Row) -> None:
    """Departments stand for the banks: who is one is a matter of the capacity it takes part in."""
    units = drawing.world.organizations
    banks = [units[key] for key in (f"{county}.civil", f"{county}.police", "city.tax")]
    courts = [units[f"{county}.court"], units["city.court"]]
    helping = [units[f"{county}.portal"], units["county.police"]]
    for _ in range(drawing.size // 2):
        capacities = dict.fromkeys(drawing.random.sample(banks, 2), C.BANK)
        capacities |= dict.fromkeys(drawing.random.sample(courts, drawing.random.randrange(1, 3)), C.COURT)
        capacities |= {unit: C.SUPPORT for unit in helping if unit not in capacities and drawing.chance(0.6)}
        _campaign(drawing, placed, drawing.pick((units[f"{county}.finance"], units["county.finance"])), capacities)


def _campaign(drawing: _Drawing, placed: Row, office: UUID, capacities: dict[UUID, codes.CampaignCapacity]) -> None:
    campaign = drawing.content.add(
        models.Campaign,
        id=drawing.id(),
        kind=drawing.pick(codes.CampaignKind),
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
    for bank, capacity in capacities.items():
        if capacity is C.BANK:
            court = drawing.pick([unit for unit, each in capacities.items() if each is C.COURT])
            _case(drawing, placed, about, {"bank_id": bank, "court_id": court})


def _case(drawing: _Drawing, placed: Row, about: Row, between: Row) -> None:
    case = drawing.content.add(
        models.CampaignCase,
        id=drawing.id(),
        case_number=drawing.mark("案号"),
        debtor_uscc=drawing.pick((None, "91350211M000100Y43")),
        principal_fen=drawing.random.randrange(10**9),
        lent_on=drawing.day(),
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

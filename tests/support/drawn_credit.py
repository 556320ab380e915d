"""The credit side of a generated world: what follows a listing, who was told of it, what is kept of it."""

from __future__ import annotations

from typing import Any

from hub.db import models
from tests.support.drawing import Drawing
from tests.support.drawn_checks import draw_checks
from tests.support.drawn_consequences import draw_consequences
from tests.support.drawn_evaluations import draw_evaluations
from tests.support.drawn_exchange import draw_exchange
from tests.support.drawn_integrity import draw_integrity
from tests.support.drawn_listings import draw_listings
from tests.support.drawn_punishment import draw_punishment
from tests.support.drawn_restrictions import draw_restrictions
from tests.support.rows import Row

TAGS: dict[type[Any], str] = {
    models.IntegrityPerson: "IP",
    models.IntegrityRecord: "GI",
    models.IntegrityComplaint: "GC",
    models.PublicityItem: "PI",
    models.IntegrityEngagement: "EG",
    models.EvaluationExtract: "EX",
    models.MeasureAssignment: "MA",
    models.JointPunishmentMeasure: "JP",
    models.MeasureInterception: "MX",
    models.OverdueList: "OL",
    models.ConsumptionRestriction: "CP",
    models.SubjectCheck: "CK",
    models.CheckedSubject: "CS",
    models.CheckDisposition: "CD",
    models.Interception: "IC",
    models.JudicialSuggestion: "JS",
    models.AssessmentItem: "AM",
    models.Circular: "CU",
    models.PublicationStop: "PS",
    models.OrganizationName: "ON",
    models.ExchangeEntry: "XM",
    models.WebhookEndpoint: "WH",
    models.Delivery: "DV",
    models.BulkOperation: "BO",
}


def draw_credit(drawing: Drawing, county: str, placed: Row) -> None:
    """For one county, each part after what it hangs on."""
    for draw in (
        draw_listings,
        draw_checks,
        draw_restrictions,
        draw_punishment,
        draw_integrity,
        draw_evaluations,
        draw_consequences,
        draw_exchange,
    ):
        draw(drawing, county, placed)

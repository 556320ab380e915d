"""Listings at a place that no caller of a generated world covers: what may be told of a case hangs on them, seen or
not."""

from __future__ import annotations

from hub.canonical import exchange_codes as codes
from hub.db import models
from tests.support.drawing import Drawing
from tests.support.mirrored_content import _case, _mirrored
from tests.support.rows import Row
from tests.support.world import CITY

ELSEWHERE = "990000/"
TOLD = (
    (codes.DishonestyStatus.PUBLISHED, codes.Confidentiality.NORMAL),
    (codes.DishonestyStatus.REPAIRED, codes.Confidentiality.NORMAL),
    (codes.DishonestyStatus.REVOKED, codes.Confidentiality.NORMAL),
    (codes.DishonestyStatus.IN_GRACE, codes.Confidentiality.NORMAL),
    (codes.DishonestyStatus.PUBLISHED, None),
)
"""State and confidentiality; None stands for every other than the normal one."""


def draw_backdrop(drawing: Drawing) -> None:
    """One case and listing of each kind. They stay where they are when what is hidden is taken away."""
    city = drawing.world.jurisdictions[CITY]
    placed: Row = {"tenant_id": city, "jurisdiction_id": city, "jurisdiction_path": ELSEWHERE}
    others = [each for each in codes.Confidentiality if each is not codes.Confidentiality.NORMAL]
    for number, (status, confidentiality) in enumerate(TOLD):
        _listing(drawing, placed, number, status, confidentiality or drawing.pick(others))


def _listing(
    drawing: Drawing,
    placed: Row,
    number: int,
    status: codes.DishonestyStatus,
    confidentiality: codes.Confidentiality,
) -> None:
    content = drawing.content
    subject = {
        "id": drawing.id(),
        "kind": codes.SubjectType.LEGAL,
        "name": drawing.mark("他处主体"),
        "name_masked": "他处主体",
        "match_confidence": codes.MatchConfidence.NONE,
        "government_subject": True,
        **drawing.stamps(),
        **placed,
    }
    case = _case(drawing, placed, drawing.world.organizations["neighbour.court"], number)
    content.of(models.LegalCase).remove(case)
    case["confidentiality"] = confidentiality
    listing = {
        "id": drawing.id(),
        "status": status,
        "mirror_status": codes.MirrorStatus.ACTIVE,
        "subject_id": subject["id"],
        "government_subject": True,
        "grounds": [],
        "listed_on": drawing.day(),
        **_mirrored(drawing, number, case),
        **drawing.stamps(),
        **placed,
    }
    for model, row in ((models.Subject, subject), (models.LegalCase, case), (models.DishonestyRecord, listing)):
        content.backdrop.setdefault(model, []).append(row)

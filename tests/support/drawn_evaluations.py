"""Evaluations by a third party of a generated world: engagements, their extracts, and who is who."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from hub.canonical import integrity_codes as codes
from hub.db import models
from tests.support.drawing import Drawing
from tests.support.rows import Row


def draw_evaluations(drawing: Drawing, county: str, placed: Row) -> None:
    for status in codes.EngagementStatus:
        _engagement(drawing, county, placed, status)


def _engagement(drawing: Drawing, county: str, placed: Row, status: codes.EngagementStatus) -> None:
    """One that has ended was commissioned by who is no credit office any more."""
    office = "civil" if status is codes.EngagementStatus.ENDED else "credit"
    commissioner = drawing.world.organizations[f"{county}.{office}"]
    evaluator = drawing.world.organizations["city.evaluator"]
    row = drawing.content.add(
        models.IntegrityEngagement,
        id=drawing.id(),
        status=status,
        commissioner_id=commissioner,
        evaluator_id=evaluator if drawing.chance(0.8) else drawing.world.organizations[f"{county}.civil"],
        standard_version=drawing.mark("标准"),
        bodies=2,
        note=drawing.pick((None, drawing.mark("说明"))),
        version=1,
        status_since=drawing.moment(),
        **drawing.stamps(),
        **placed,
    )
    attached = drawing.moment() if status is codes.EngagementStatus.ATTACHED else None
    for body in dict.fromkeys(drawing.unit(county) for _ in range(2)):
        _evaluated(drawing, placed, row, body, attached)


def _evaluated(drawing: Drawing, placed: Row, engagement: Row, body: UUID, attached: Any) -> None:
    shared = {
        "engagement_id": engagement["id"],
        "commissioner_id": engagement["commissioner_id"],
        "pseudonym": f"{drawing.random.randrange(16**8):08X}",
    }
    drawing.content.add(
        models.EvaluationExtract,
        id=drawing.id(),
        evaluator_id=engagement["evaluator_id"],
        kind="*",
        figures=[{"name": "ARREARS", "band": "1-2"}],
        score=drawing.pick((None, 77)),
        remark=drawing.pick((None, drawing.mark("评语"))),
        version=1,
        **shared,
        **drawing.stamps(),
        **placed,
    )
    drawing.content.add(
        models.IntegrityEvaluation,
        id=drawing.id(),
        organization_id=body,
        standard_version=engagement["standard_version"],
        score=drawing.random.randrange(101) if attached else None,
        grade=drawing.pick(codes.CreditGrade) if attached else None,
        attached_at=attached,
        **shared,
        **drawing.stamps(),
        **placed,
    )

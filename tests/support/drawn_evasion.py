"""Tags of cases and clues to evading enforcement of a generated world."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hub.canonical import evasion_codes as codes
from hub.db import models
from hub.evasion.effects import evidence_context, step_context
from tests.support.drawn_funds import trace
from tests.support.drawn_inquiry import cases_of, subjects_of

if TYPE_CHECKING:
    from tests.support.content import Row, _Drawing

TAGS: dict[type[Any], str] = {models.CaseTag: "TG", models.EvasionClue: "EL"}
POLICE = ("police", "civil")
DEBTORS = (None, "court", "audit", "office", "finance", "police")
"""Whom a clue is about, in turn: nobody of the register, its own court, who audits and who oversees the place."""


def draw_evasion(drawing: _Drawing, county: str, placed: Row) -> None:
    cases, subjects = cases_of(drawing, placed), subjects_of(drawing, placed)
    units = drawing.world.organizations
    for number, case in enumerate(cases):
        for kind in drawing.random.sample(list(codes.CaseTagKind), 1 + number % 2):
            _tag(drawing, placed, case, kind)
    for number, debtor in enumerate(DEBTORS):
        court = units["city.court" if number % 3 == 2 else f"{county}.court"]
        police = units["city.police" if number == 1 else f"{county}.{POLICE[debtor == 'police']}"]
        about = {"court_id": court, "police_id": police, "debtor_id": debtor and units[f"{county}.{debtor}"]}
        subject = subjects[(number + number // len(cases)) % len(subjects)]
        _clue(drawing, placed, {**about, "case_id": cases[number % len(cases)]["id"], "subject_id": subject["id"]})


def _tag(drawing: _Drawing, placed: Row, case: Row, kind: codes.CaseTagKind) -> None:
    said = {
        "id": drawing.id(),
        "case_id": case["id"],
        "court_id": case["court_id"],
        "ground": drawing.pick((None, drawing.mark("依据"))),
        "origin": drawing.pick(codes.CaseTagOrigin),
        "told_at": drawing.moment(),
    }
    drawing.content.add(
        models.CaseTag,
        kind=kind,
        status=drawing.pick(codes.CaseTagStatus),
        label=drawing.mark("标签"),
        clause=drawing.pick((None, drawing.mark("条款"))),
        tagged_on=drawing.day(),
        withdrawn_on=drawing.pick((None, drawing.day())),
        withdrawal_reason=drawing.pick((None, drawing.mark("撤回"))),
        version=1,
        **said,
        **drawing.stamps(),
        **placed,
    )
    again = {"id": drawing.id(), "kinds": [kind.value], "confirmed_at": drawing.moment(), "late": drawing.chance(0.3)}
    told = {"origin": codes.CaseTagOrigin.HUB}
    drawing.content.add(models.CaseTagging, **said | again | told, **drawing.stamps(), **placed)


def _clue(drawing: _Drawing, placed: Row, about: Row) -> None:
    """One clue of a debtor in a case, however few of them there are."""
    clue = drawing.content.add(
        models.EvasionClue,
        id=drawing.id(),
        case_number=drawing.mark("案号"),
        conducts=[drawing.pick(codes.EvasionConduct).value],
        signed_by=drawing.mark("签发"),
        status=drawing.pick(codes.EvasionClueStatus),
        round=1,
        due_on=drawing.pick((None, drawing.day())),
        due_basis=None,
        received_at=drawing.pick((None, drawing.moment())),
        received_by=drawing.pick((None, drawing.mark("签收"))),
        refusal=drawing.pick((None, *codes.ClueRefusal)),
        filed_on=drawing.pick((None, drawing.day())),
        urged_count=drawing.random.randrange(3),
        status_since=drawing.moment(),
        version=1,
        **about,
        **drawing.stamps(),
        **placed,
    )
    trace(drawing, placed, clue, "EvasionClue")
    step, document, of = drawing.id(), drawing.id(), {"clue_id": clue["id"], "number": 1}
    drawing.content.add(
        models.EvasionClueStep,
        id=step,
        event="refer",
        organization_id=clue["court_id"],
        taken_at=drawing.moment(),
        content_sealed=drawing.world.keyring.seal(drawing.mark("事实"), context=step_context(step)),
        **of,
        **drawing.stamps(),
        **placed,
    )
    drawing.content.add(
        models.EvasionClueEvidence,
        id=document,
        round=1,
        kind=drawing.pick(codes.ClueEvidenceKind),
        filename=drawing.mark("材料"),
        digest=f"{drawing.random.randrange(16**64):064x}",
        content_sealed=drawing.world.keyring.seal(drawing.mark("内容"), context=evidence_context(document)),
        **of,
        **drawing.stamps(),
        **placed,
    )

"""Evaluation of public bodies by a third party: commissioned, scored under pseudonyms, attached by the credit office.

Source: 黑市诚信办发〔2023〕3号 二（四）4.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from hub.access.scopes import Scope
from hub.audit.catalogue import AuditAction
from hub.audit.recorder import Target
from hub.canonical.integrity_codes import CreditGrade, EngagementStatus
from hub.core.errors import NotFound, Reason, Refused, refuse_if
from hub.core.ids import new_id
from hub.core.payload import find_problems, listed, optional, required
from hub.core.principal import RoleName
from hub.core.texts import Text
from hub.core.workflow import Actor, Effect, Guard, Machine, Note, Transition
from hub.db.models import (
    EvaluationExtract,
    IntegrityEngagement,
    IntegrityEvaluation,
    Organization,
    OrganizationFunction,
)
from hub.integrity.extracting import figures_of, guarded, pseudonyms
from hub.organizations.existence import require_organizations
from hub.policy.pack import PolicyPack
from hub.workflow.firing import Course, Firing, announce, check_version, fire, touch
from hub.workflow.rows import locked, place, placed_in
from hub.workflow.unit import Unit

COURSE = Course("IntegrityEngagement", AuditAction.EVALUATION_TRANSITION, "evaluation")
CLAUSE = "黑市诚信办发〔2023〕3号 二（四）4"
LEAST = "evaluation.cell"
GRADES = (
    (CreditGrade.A, "evaluation.grade.a"),
    (CreditGrade.B, "evaluation.grade.b"),
    (CreditGrade.C, "evaluation.grade.c"),
)
S = EngagementStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluationOrder:
    """委托第三方评价；评价机构只见化名和区间 (commission: the evaluator sees pseudonyms and bands alone)."""

    jurisdiction_code: str = required("区划代码", "jurisdiction code", limit=12)
    evaluator_id: UUID = required("评价机构", "evaluator", node="OR")
    standard_version: str = required("评价标准版本", "version of the standard", limit=100)
    organization_ids: tuple[UUID, ...] = listed("被评价单位", "bodies evaluated", node="OR")

    def find_rule_problems(self) -> Iterator[Reason]:
        if len(set(self.organization_ids)) != len(self.organization_ids):
            yield Reason("BODY_TWICE", ("organizationIds",))


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluationScore:
    """评分 (score of a body)."""

    score: int = required("得分", "score", minimum=0, maximum=100)
    remark: str | None = optional("说明", "remark")


@dataclass(frozen=True, slots=True)
class EngagementFacts:
    unscored: int


def _scored(facts: EngagementFacts, _: Any) -> Iterable[Reason]:
    return (Reason("BODIES_UNSCORED", params={"count": facts.unscored}),) if facts.unscored else ()


def grade_of(pack: PolicyPack, score: int) -> CreditGrade:
    return next((grade for grade, key in GRADES if score >= pack.number(key)), CreditGrade.D)


async def _attach(firing: Firing) -> None:
    """Put the scores into the files of the bodies that the pseudonyms stand for."""
    unit, row = firing.unit, firing.row
    pack = await unit.policy.pack(unit.session, row.jurisdiction_id, unit.today)
    extract, evaluation = EvaluationExtract, IntegrityEvaluation
    pairs = await unit.session.execute(
        select(evaluation, extract.score)
        .join(
            extract,
            (extract.engagement_id == evaluation.engagement_id) & (extract.pseudonym == evaluation.pseudonym),
        )
        .where(evaluation.engagement_id == row.id)
    )
    for found, score in pairs.tuples().all():
        if score is not None:
            found.score, found.grade, found.attached_at = score, grade_of(pack, score), unit.at


async def _note(firing: Firing) -> None:
    firing.row.note = firing.payload.note


def _row(event: str, sources: tuple[S, ...], target: S, actor: Actor, text: Text, apply: Any, **more: Any) -> Any:
    return Transition(
        event=event,
        sources=sources,
        target=target,
        actors=(actor,),
        scope=Scope.EVALUATION_SCORE if actor is Actor.HOLDER else Scope.INTEGRITY_RECORD,
        text=text,
        clause=CLAUSE,
        payload=Note,
        effects=(Effect(f"{event}Evaluation", text, apply),),
        **more,
    )


_SCORED = Guard("scored", Text("全部单位已评分", "every body is scored"), _scored)

ENGAGEMENT: Machine[EngagementFacts] = Machine(
    name="IntegrityEngagement",
    text=Text("第三方评价", "evaluation by a third party"),
    states=EngagementStatus,
    initial=S.OPEN,
    terminal=frozenset({S.ATTACHED, S.ENDED}),
    transitions=(
        _row(
            "submit",
            (S.OPEN,),
            S.RETURNED,
            Actor.HOLDER,
            Text("提交评分", "return the scores"),
            _note,
            guards=(_SCORED,),
        ),
        _row("attach", (S.RETURNED,), S.ATTACHED, Actor.ISSUER, Text("评分入档", "attach the scores"), _attach),
        _row("end", (S.OPEN, S.RETURNED), S.ENDED, Actor.ISSUER, Text("终止评价", "call it off"), _note),
    ),
)


def engagement_actors(row: IntegrityEngagement, organization_id: UUID | None) -> frozenset[Actor]:
    found = {Actor.ISSUER} if row.commissioner_id == organization_id else set()
    return frozenset(found | ({Actor.HOLDER} if row.evaluator_id == organization_id else set()))


async def engage(unit: Unit, given: EvaluationOrder) -> UUID:
    """Commission an evaluation. Raises ``Refused`` with every reason: too few bodies could be told apart."""
    refuse_if(find_problems(given))
    jurisdiction = await place(unit, given.jurisdiction_code)
    covered = any(jurisdiction.path.startswith(path) for path in unit.principal.paths(RoleName.CREDIT_OFFICE))
    if not covered or unit.principal.on_behalf_of is not None:
        raise Refused(Reason("RECORDER_NOT_PERMITTED", ("jurisdictionCode",)))
    await require_organizations(unit, given.organization_ids, path="organizationIds")
    pack = await unit.policy.pack(unit.session, jurisdiction.id, unit.today)
    least = pack.number(LEAST)
    refuse_if(await _problems(unit, given, jurisdiction, least))
    shared = {"commissioner_id": unit.organization_id, **placed_in(jurisdiction)}
    row = IntegrityEngagement(
        id=new_id(),
        status=S.OPEN,
        evaluator_id=given.evaluator_id,
        standard_version=given.standard_version.strip(),
        bodies=len(given.organization_ids),
        created_at=unit.at,
        status_since=unit.at,
        **shared,
    )
    unit.session.add(row)
    await unit.session.flush()
    known = guarded(await figures_of(unit.session, given.organization_ids), least)
    for body, pseudonym in pseudonyms(given.organization_ids).items():
        named = {"engagement_id": row.id, "pseudonym": pseudonym, "created_at": unit.at, **shared}
        kind, *figures = known[body].items()
        bands = [{"name": name, "band": value} for name, value in figures]
        unit.session.add(
            EvaluationExtract(id=new_id(), evaluator_id=row.evaluator_id, kind=kind[1], figures=bands, **named)
        )
        unit.session.add(
            IntegrityEvaluation(id=new_id(), organization_id=body, standard_version=row.standard_version, **named)
        )
    await unit.session.flush()
    await unit.audit(AuditAction.EVALUATION_COMMISSIONED, Target(COURSE.kind, row.id, row.jurisdiction_path))
    await announce(unit, COURSE, row, "commissioned")
    return row.id


async def _problems(unit: Unit, given: EvaluationOrder, jurisdiction: Any, least: int) -> list[Reason]:
    found: list[Reason] = []
    if len(given.organization_ids) < least:
        found.append(Reason("EVALUATION_TOO_FEW", ("organizationIds",), {"least": least}))
    function = OrganizationFunction
    registered = select(function.id).where(
        function.organization_id == given.evaluator_id,
        function.role == RoleName.THIRD_PARTY_EVALUATOR,
        function.jurisdiction_id == jurisdiction.id,
        function.valid_to.is_(None),
    )
    if await unit.session.scalar(registered) is None:
        found.append(Reason("EVALUATOR_NOT_REGISTERED", ("evaluatorId",)))
    inside = Organization.jurisdiction_path.startswith(jurisdiction.path) & Organization.government_subject
    wanted = select(func.count()).where(Organization.id.in_(given.organization_ids), inside)
    if await unit.session.scalar(wanted) != len(given.organization_ids):
        found.append(Reason("SUBJECT_NOT_GOVERNMENT", ("organizationIds",)))
    return found


async def score(
    unit: Unit, extract_id: UUID, given: EvaluationScore, *, expected_version: int | None = None
) -> EvaluationExtract:
    """The evaluator's score of one pseudonym, while the engagement is open."""
    row: EvaluationExtract = await locked(unit, EvaluationExtract, extract_id)
    if row.evaluator_id != unit.organization_id:
        raise NotFound(path=("id",))
    check_version(row, expected_version)
    refuse_if(find_problems(given))
    row.score, row.remark = given.score, given.remark
    touch(unit, row)
    await unit.audit(AuditAction.EVALUATION_SCORED, Target("EvaluationExtract", row.id, row.jurisdiction_path))
    return row


async def fire_engagement(
    unit: Unit, engagement_id: UUID, event: str, payload: object, *, expected_version: int | None = None
) -> IntegrityEngagement:
    """Move an engagement. Raises ``NotFound`` for one that the caller cannot see, ``Refused`` with every reason."""
    row: IntegrityEngagement = await locked(unit, IntegrityEngagement, engagement_id)
    extract = EvaluationExtract
    unscored = select(func.count()).where(extract.engagement_id == row.id, extract.score.is_(None))
    await fire(
        unit,
        ENGAGEMENT,
        COURSE,
        row,
        event,
        payload,
        actors=engagement_actors(row, unit.organization_id),
        facts=EngagementFacts(await unit.session.scalar(unscored) or 0),
        expected_version=expected_version,
    )
    return row

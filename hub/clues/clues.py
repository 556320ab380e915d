"""Fund clues are asked for, told unasked, moved and read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from hub.access.scopes import Scope
from hub.audit.catalogue import AuditAction
from hub.audit.recorder import Target
from hub.canonical.codes import OrganizationKind
from hub.canonical.fund_codes import FundClueStatus
from hub.clues.effects import account_context, keep_items, rule_of, start_verifying
from hub.clues.payloads import FundCluePush, FundClueRequest, FundClueVerification
from hub.clues.standing import debtor_problems, finance_of, obligor_problems
from hub.clues.workflow import CLUE, COURSE, ClueFacts, clue_actors
from hub.core.errors import Denied, NotFound, Reason, refuse_if
from hub.core.ids import new_id
from hub.core.payload import find_problems, required
from hub.db.models import FundClue, FundClueItem, LegalCase, Organization, Subject
from hub.db.tenant_keys import tenant_keys
from hub.inquiry.purposes import purpose_problems
from hub.inquiry.submitting import case_of
from hub.organizations.existence import require_organizations
from hub.policy.pack import PolicyPack
from hub.policy.rule_data import deadline_to_plain
from hub.workflow.firing import announce, fire
from hub.workflow.rows import home_jurisdiction, locked, placed_in, within
from hub.workflow.unit import Unit

S = FundClueStatus
PRACTISED = "fund_clue.push"


def practice_problems(pack: PolicyPack) -> tuple[Reason, ...]:
    return () if pack.flag(PRACTISED) else (Reason("CLUE_NOT_PRACTISED"),)


async def request_clue(unit: Unit, given: FundClueRequest) -> UUID:
    """Ask finance for a clue to a debtor's money. Raises ``NotFound`` for a case that is not the court's, ``Refused``
    with every reason."""
    unit.require_own()
    case = await case_of(unit, given.case_id)
    pack = await unit.policy.pack(unit.session, case.jurisdiction_id, unit.today)
    subject = await unit.session.scalar(select(Subject).where(Subject.id == given.subject_id))
    finance_id = await finance_of(unit.session, pack, case.jurisdiction_id)
    found = [
        *find_problems(given),
        *practice_problems(pack),
        *await obligor_problems(unit.session, case, subject),
        *purpose_problems(given.purpose_text, pack, ("purposeText",)),
    ]
    if subject is not None and subject.organization_id == finance_id:
        found.append(Reason("DEBTOR_IS_FINANCE", ("subjectId",)))
    refuse_if(found)
    assert subject is not None
    calendar = await unit.policy.calendar(unit.session)
    deadline = pack.deadline(rule_of("fund_clue.answer", given.urgency), unit.today, calendar)
    row = FundClue(
        id=new_id(),
        court_id=case.court_id,
        finance_id=finance_id,
        debtor_id=subject.organization_id,
        case_id=case.id,
        case_number=case.case_number,
        requested_by_court=True,
        urgency=given.urgency,
        purpose_text=given.purpose_text,
        status=S.REQUESTED,
        due_on=deadline.due_on,
        due_basis=deadline_to_plain(deadline),
        created_at=unit.at,
        status_since=unit.at,
        version=1,
        **within(case),
    )
    await _begin(unit, row, AuditAction.CLUE_REQUESTED)
    await announce(unit, COURSE, row, "requested")
    return row.id


async def push_clue(unit: Unit, given: FundCluePush) -> UUID:
    """Tell a court of a debtor's money unasked; which case it belongs to, the court finds out. Nothing is said about
    whether there is one. Raises ``Denied`` for anybody but finance, ``Refused`` with every reason."""
    unit.require_own()
    place = await home_jurisdiction(unit.session, unit.organization_id)
    pack = await unit.policy.pack(unit.session, place.id, unit.today)
    if await finance_of(unit.session, pack, place.id) != unit.organization_id:
        raise Denied(Reason("NOT_FINANCE"))
    await require_organizations(unit, [given.court_organization_id], path="courtOrganizationId")
    await require_organizations(unit, [given.debtor_organization_id], path="debtorOrganizationId")
    refuse_if((*find_problems(given), *practice_problems(pack), *await _party_problems(unit, given, place.path)))
    row = FundClue(
        id=new_id(),
        court_id=given.court_organization_id,
        finance_id=unit.organization_id,
        debtor_id=given.debtor_organization_id,
        case_number=given.case_number.strip(),
        requested_by_court=False,
        urgency=given.urgency,
        status=S.PUSHED,
        answered_at=unit.at,
        created_at=unit.at,
        status_since=unit.at,
        version=1,
        **placed_in(place),
    )
    await start_verifying(unit, row)
    unit.session.add(row)
    await unit.session.flush()
    await keep_items(unit, row, given.clues)
    await _begin(unit, row, AuditAction.CLUE_PUSHED)
    await announce(unit, COURSE, row, "told")
    return row.id


async def _party_problems(unit: Unit, given: FundCluePush, path: str) -> list[Reason]:
    units = await unit.session.scalars(
        select(Organization).where(Organization.id.in_((given.court_organization_id, given.debtor_organization_id)))
    )
    by_id = {each.id: each for each in units}
    court, debtor = by_id[given.court_organization_id], by_id[given.debtor_organization_id]
    found = []
    if court.kind is not OrganizationKind.COURT or not path.startswith(court.jurisdiction_path):
        found.append(Reason("COURT_NOT_SERVED", ("courtOrganizationId",)))
    if not debtor.government_subject:
        found.append(Reason("DEBTOR_NOT_PUBLIC", ("debtorOrganizationId",)))
    if debtor.id == unit.organization_id:
        found.append(Reason("DEBTOR_IS_FINANCE", ("debtorOrganizationId",)))
    return found


async def _begin(unit: Unit, row: FundClue, action: AuditAction) -> None:
    unit.session.add(row)
    await unit.session.flush()
    await unit.audit(action, Target(COURSE.kind, row.id, row.jurisdiction_path))


async def fire_clue(
    unit: Unit, clue_id: UUID, event: str, payload: object, *, expected_version: int | None = None
) -> FundClue:
    """Move a clue. Raises ``NotFound`` to everybody but its court and finance, ``Refused`` with every reason."""
    unit.require_own()
    row: FundClue = await locked(unit, FundClue, clue_id)
    await fire(
        unit,
        CLUE,
        COURSE,
        row,
        event,
        payload,
        actors=clue_actors(row, unit.organization_id),
        facts=await _facts(unit, row, payload),
        expected_version=expected_version,
    )
    return row


async def _facts(unit: Unit, row: FundClue, payload: object) -> ClueFacts:
    named = payload.case_id if isinstance(payload, FundClueVerification) else None
    if named is None or row.case_id is not None:
        return ClueFacts(row)
    wanted = select(LegalCase).where(LegalCase.id == named, LegalCase.court_id == unit.organization_id)
    case = await unit.session.scalar(wanted)
    if case is None:
        raise NotFound(path=("event", "verify", "caseId"))
    return ClueFacts(row, case, tuple(await debtor_problems(unit.session, case, row.debtor_id)))


@dataclass(frozen=True, slots=True, kw_only=True)
class FundClueReading:
    """查阅资金线索账户 (reading the accounts of a clue)."""

    clue_id: UUID = required("资金线索标识", "id of the clue", node="FC")
    purpose: str = required("本次查阅用途", "purpose of this reading", limit=500)


async def read_clue(unit: Unit, asked: FundClueReading) -> Sequence[tuple[FundClueItem, str | None]]:
    """The clues with their accounts, for court and finance, with a trace first. Raises ``NotFound``, ``Refused``."""
    unit.require_own()
    unit.require_scope(Scope.CLUE_READ)
    row: FundClue = await locked(unit, FundClue, asked.clue_id, path="clueId")
    if not clue_actors(row, unit.organization_id):
        raise NotFound(path=("clueId",))
    pack = await unit.policy.pack(unit.session, row.jurisdiction_id, unit.today)
    refuse_if((*find_problems(asked), *purpose_problems(asked.purpose, pack, ("purpose",))))
    await unit.audit(AuditAction.CLUE_READ, Target(COURSE.kind, row.id, row.jurisdiction_path), purpose=asked.purpose)
    wanted = select(FundClueItem).where(FundClueItem.clue_id == row.id).order_by(FundClueItem.number)
    items = (await unit.session.scalars(wanted)).all()
    keys = await tenant_keys(unit.session, unit.keyring, row.tenant_id, unit.at)
    return [
        (
            item,
            None if item.account_sealed is None else keys.open(item.account_sealed, context=account_context(item.id)),
        )
        for item in items
    ]

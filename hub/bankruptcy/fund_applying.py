"""Courts apply to a fund; who the pack names approves; the holder pays."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from hub.audit.catalogue import AuditAction
from hub.audit.recorder import Target
from hub.bankruptcy.effects import count
from hub.bankruptcy.fund_payloads import FundApplication, ReliefPerson
from hub.bankruptcy.fund_workflow import APPROVER, DECIDE_BY, DISBURSEMENT, FundFacts, disbursement_actors
from hub.bankruptcy.funds import account_of
from hub.canonical.bankruptcy_codes import DisbursementStatus, FundApprover
from hub.canonical.citizen_id import find_citizen_id_problems, normalize_citizen_id
from hub.core.errors import Denied, NotFound, Reason, Refused, refuse_if
from hub.core.ids import new_id
from hub.core.keyring import KeyRing
from hub.core.money import fen
from hub.core.payload import find_problems
from hub.core.principal import RoleName
from hub.core.workflow import Actor
from hub.db.models import BankruptcyCoordination, FundAccount, FundDisbursement, ReliefApplicant
from hub.integrity.complaint_workflow import tells
from hub.workflow.firing import Course, announce, fire
from hub.workflow.rows import home_jurisdiction, locked, within
from hub.workflow.unit import Unit

COURSE = Course("FundDisbursement", AuditAction.FUND_TRANSITION, "funddisbursement")
_STANDING = (DisbursementStatus.APPLIED, DisbursementStatus.APPROVED, DisbursementStatus.PAID)


async def apply_fund(unit: Unit, given: FundApplication) -> UUID:
    """Apply for a payment from this year's fund. Raises ``Denied``, ``NotFound`` for a bankruptcy that is not the
    court's own, ``Refused`` with every reason."""
    if unit.principal.on_behalf_of is not None or not unit.principal.paths(RoleName.COURT):
        raise Denied(Reason("FORBIDDEN"))
    refuse_if(find_problems(given))
    home = await home_jurisdiction(unit.session, unit.organization_id)
    account = await account_of(unit, home, given.kind, unit.today.year)
    case = await _case(unit, given)
    number = case.case_number if case else (given.case_number or "").strip()
    reasons = [] if account else [Reason("FUND_NOT_OPEN", ("kind",), {"year": unit.today.year})]
    if case is not None and not case.assetless:
        reasons.append(Reason("FUND_NOT_ASSETLESS", ("coordinationId",)))
    if given.applicant is not None:
        reasons += await _applicant_problems(unit, given.applicant, number)
        reasons += _told(given.applicant, given.grounds)
    if reasons or account is None:
        raise Refused(*reasons)
    row = FundDisbursement(
        id=new_id(),
        account_id=account.id,
        kind=given.kind,
        purpose=given.purpose,
        claim=given.claim,
        status=DisbursementStatus.APPLIED,
        court_id=unit.organization_id,
        holder_id=account.holder_id,
        coordination_id=given.coordination_id,
        case_number=number,
        amount_fen=fen(given.amount),
        grounds=given.grounds,
        applied_by=unit.principal.subject,
        created_at=unit.at,
        status_since=unit.at,
        **within(account),
    )
    await count(unit, row, DECIDE_BY)
    unit.session.add(row)
    await unit.session.flush()
    if given.applicant is not None:
        unit.session.add(_sealed(unit, row, given.applicant))
        await unit.session.flush()
    target = Target(COURSE.kind, row.id, row.jurisdiction_path)
    await unit.audit(AuditAction.FUND_APPLIED, target, amount=row.amount_fen)
    await announce(unit, COURSE, row, "applied")
    return row.id


async def _case(unit: Unit, given: FundApplication) -> BankruptcyCoordination | None:
    if given.coordination_id is None:
        return None
    case: BankruptcyCoordination | None = await unit.session.scalar(
        select(BankruptcyCoordination).where(
            BankruptcyCoordination.id == given.coordination_id,
            BankruptcyCoordination.court_id == unit.organization_id,
        )
    )
    if case is None:
        raise NotFound(path=("coordinationId",))
    return case


def _index(unit: Unit, citizen_id: str) -> bytes:
    return unit.keyring.digest(normalize_citizen_id(citizen_id), purpose="relief-applicant")


async def _applicant_problems(unit: Unit, person: ReliefPerson, number: str) -> list[Reason]:
    path = ("applicant", "citizenId")
    wrong = list(find_citizen_id_problems(person.citizen_id, today=unit.today, path=path))
    if wrong:
        return wrong
    known = (
        select(FundDisbursement.id)
        .join(ReliefApplicant, ReliefApplicant.id == FundDisbursement.id)
        .where(
            ReliefApplicant.identity_index == _index(unit, person.citizen_id),
            FundDisbursement.case_number == number,
            FundDisbursement.status.in_(_STANDING),
        )
    )
    return [Reason("FUND_RELIEVED", path)] if await unit.session.scalar(known.limit(1)) is not None else []


def _told(person: ReliefPerson, grounds: str) -> list[Reason]:
    """Grounds are read by whoever oversees the fund: they do not tell who is relieved."""
    return [Reason("FUND_APPLICANT_TOLD", ("grounds",))] if tells(grounds, (person.name, person.citizen_id)) else []


def sealed_context(part: str, disbursement_id: UUID) -> str:
    """What a sealed part is bound to."""
    return f"relief_applicant|{part}_sealed|{disbursement_id}"


def opened(keyring: KeyRing, row: ReliefApplicant, part: str) -> str:
    """A part of who is relieved, in clear."""
    return keyring.open(getattr(row, f"{part}_sealed"), context=sealed_context(part, row.id))


def _sealed(unit: Unit, row: FundDisbursement, person: ReliefPerson) -> ReliefApplicant:
    said = {"name": person.name.strip(), "identity": normalize_citizen_id(person.citizen_id)}
    sealed = {
        f"{part}_sealed": unit.keyring.seal(value, context=sealed_context(part, row.id)) for part, value in said.items()
    }
    return ReliefApplicant(
        id=row.id,
        court_id=row.court_id,
        holder_id=row.holder_id,
        identity_index=_index(unit, person.citizen_id),
        created_at=unit.at,
        **sealed,
        **within(row),
    )


async def fire_disbursement(
    unit: Unit, disbursement_id: UUID, event: str, payload: object, *, expected_version: int | None = None
) -> FundDisbursement:
    """Move an application. Its account is locked first by whoever may spend from it, so that two approvals at once
    cannot overdraw it. Raises ``NotFound``, ``Denied``, ``Refused`` with every reason."""
    if unit.principal.on_behalf_of is not None:
        raise NotFound(path=("id",))
    row: FundDisbursement = await locked(unit, FundDisbursement, disbursement_id)
    pack = await unit.policy.pack(unit.session, row.jurisdiction_id, unit.today)
    actors = disbursement_actors(unit.principal, row, FundApprover(pack.choice(APPROVER)))
    wanted = select(FundAccount).where(FundAccount.id == row.account_id)
    if actors & {Actor.APPROVER, Actor.HOLDER}:
        wanted = wanted.with_for_update()
    account = (await unit.session.scalars(wanted)).one()
    facts = FundFacts(row, account, unit.today)
    await fire(
        unit,
        DISBURSEMENT,
        COURSE,
        row,
        event,
        payload,
        actors=actors,
        facts=facts,
        expected_version=expected_version,
    )
    return row

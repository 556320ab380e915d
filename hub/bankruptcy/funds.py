"""Finance opens the fund of a year and adjusts its budget."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from hub.audit.catalogue import AuditAction
from hub.audit.recorder import Target
from hub.bankruptcy.fund_payloads import FundAdjustment, FundOpening
from hub.core.errors import Denied, NotFound, Reason, Refused, refuse_if
from hub.core.ids import new_id
from hub.core.money import fen
from hub.core.payload import find_problems
from hub.db.models import FundAccount, Jurisdiction
from hub.organizations.named import unit_named
from hub.workflow.firing import Course, announce, check_version, touch
from hub.workflow.rows import home_jurisdiction, locked, placed_in
from hub.workflow.unit import Unit

OF_ACCOUNT = Course("FundAccount", AuditAction.FUND_ADJUSTED, "fundaccount")
FINANCE = "fund.finance"


async def open_fund(unit: Unit, given: FundOpening) -> UUID:
    """Open the fund of a year. Raises ``Denied`` for whoever is not the finance department of the place, ``Refused``
    (FUND_OPEN) where there is one already."""
    refuse_if(find_problems(given))
    home = await home_jurisdiction(unit.session, unit.organization_id)
    pack = await unit.policy.pack(unit.session, home.id, unit.today)
    finance = await unit_named(unit.session, pack, FINANCE, home.id, "FUND_FINANCE_UNKNOWN")
    if finance != unit.organization_id or unit.principal.on_behalf_of is not None:
        raise Denied(Reason("FUND_NOT_FINANCE"))
    if await account_of(unit, home, given.kind, given.fiscal_year) is not None:
        raise Refused(Reason("FUND_OPEN", ("fiscalYear",)))
    row = FundAccount(
        id=new_id(),
        kind=given.kind,
        fiscal_year=given.fiscal_year,
        holder_id=unit.organization_id,
        budget_fen=fen(given.budget),
        approved_fen=0,
        paid_fen=0,
        basis=given.basis.strip(),
        created_at=unit.at,
        **placed_in(home),
    )
    unit.session.add(row)
    await unit.session.flush()
    target = Target(OF_ACCOUNT.kind, row.id, row.jurisdiction_path)
    await unit.audit(AuditAction.FUND_OPENED, target, budget=row.budget_fen)
    await announce(unit, OF_ACCOUNT, row, "opened")
    return row.id


async def account_of(unit: Unit, home: Jurisdiction, kind: object, year: int) -> FundAccount | None:
    found: FundAccount | None = await unit.session.scalar(
        select(FundAccount).where(
            FundAccount.jurisdiction_id == home.id, FundAccount.kind == kind, FundAccount.fiscal_year == year
        )
    )
    return found


async def adjust_fund(
    unit: Unit, account_id: UUID, given: FundAdjustment, *, expected_version: int | None = None
) -> FundAccount:
    """Adjust a budget, never below what is approved. Raises ``NotFound`` for whoever does not hold the fund."""
    row: FundAccount = await locked(unit, FundAccount, account_id)
    if row.holder_id != unit.organization_id or unit.principal.on_behalf_of is not None:
        raise NotFound(path=("id",))
    check_version(row, expected_version)
    refuse_if(find_problems(given))
    budget = fen(given.budget) or 0
    if budget < row.approved_fen:
        raise Refused(Reason("FUND_BELOW_APPROVED", ("budget",)))
    before, row.budget_fen, row.basis = row.budget_fen, budget, given.basis.strip()
    touch(unit, row)
    await unit.session.flush()
    target = Target(OF_ACCOUNT.kind, row.id, row.jurisdiction_path)
    await unit.audit(AuditAction.FUND_ADJUSTED, target, before=before, after=budget)
    await announce(unit, OF_ACCOUNT, row, "adjusted")
    return row

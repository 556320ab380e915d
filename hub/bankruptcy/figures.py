"""Yearly figures of the funds: what was budgeted, applied for, approved and paid, and whether it ties out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from hub.canonical.bankruptcy_codes import DisbursementStatus
from hub.core.principal import Principal, RoleName
from hub.db.models import FundAccount, FundDisbursement

S = DisbursementStatus


@dataclass(frozen=True, slots=True)
class Tally:
    count: int = 0
    asked_fen: int = 0
    approved_fen: int = 0


@dataclass(frozen=True, slots=True)
class FundYear:
    """``whole``: whether the caller sees every application to the account; else the tallies are of its own."""

    account: FundAccount
    whole: bool
    by_status: dict[DisbursementStatus, Tally]

    def of(self, *states: DisbursementStatus) -> Tally:
        found = [self.by_status.get(state, Tally()) for state in states]
        return Tally(
            sum(each.count for each in found),
            sum(each.asked_fen for each in found),
            sum(each.approved_fen for each in found),
        )

    @property
    def ties_out(self) -> bool | None:
        """Whether the account says what its applications sum up to; None for whoever does not see them all."""
        if not self.whole:
            return None
        sums = (self.of(S.APPROVED, S.PAID).approved_fen, self.of(S.PAID).approved_fen)
        return sums == (self.account.approved_fen, self.account.paid_fen)


async def fund_years(session: AsyncSession, principal: Principal, code_path: str, year: int) -> list[FundYear]:
    """Funds of a year in a jurisdiction and below it, as far as the caller sees them."""
    accounts = (
        await session.scalars(
            select(FundAccount)
            .where(FundAccount.fiscal_year == year, FundAccount.jurisdiction_path.startswith(code_path))
            .order_by(FundAccount.jurisdiction_path, FundAccount.kind)
        )
    ).all()
    tallies = await _tallies(session, [each.id for each in accounts])
    own = principal.organization_id
    return [
        FundYear(each, own == each.holder_id or not _is_court(principal), tallies.get(each.id, {})) for each in accounts
    ]


def _is_court(principal: Principal) -> bool:
    return bool(principal.paths(RoleName.COURT))


async def _tallies(session: AsyncSession, accounts: Iterable[UUID]) -> dict[UUID, dict[DisbursementStatus, Tally]]:
    row = FundDisbursement
    sums = select(
        row.account_id,
        row.status,
        func.count(),
        func.sum(row.amount_fen),
        func.coalesce(func.sum(row.approved_fen), 0),
    )
    found = await session.execute(sums.where(row.account_id.in_(list(accounts))).group_by(row.account_id, row.status))
    made: dict[UUID, dict[DisbursementStatus, Tally]] = {}
    for account, status, count, asked, approved in found:
        made.setdefault(account, {})[status] = Tally(count, int(asked or 0), int(approved or 0))
    return made

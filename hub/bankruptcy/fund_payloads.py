"""What callers may hand over about funds: accounts, applications, decisions, payments."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from hub.bankruptcy.payloads import digest_problems
from hub.canonical.bankruptcy_codes import PURPOSES, FundKind, FundPurpose, ReliefClaim
from hub.canonical.case_number import find_case_number_problems
from hub.core.errors import Reason
from hub.core.money import fen, yuan_problems
from hub.core.payload import SHORT_TEXT, optional, required
from hub.integrity.payloads import NAME

FIRST_YEAR, LAST_YEAR = 2000, 2100


def amount_problems(amount: str | None, name: str = "amount") -> Iterator[Reason]:
    """Of an amount in yuan that must be more than nothing."""
    wrong = tuple(yuan_problems(amount))
    if wrong or (amount is not None and not fen(amount)):
        yield Reason("AMOUNT_INVALID", (name,))


@dataclass(frozen=True, slots=True, kw_only=True)
class FundOpening:
    """设立一个年度的资金账户 (open a fund for one fiscal year)."""

    kind: FundKind = required("资金种类", "kind of fund")
    fiscal_year: int = required("预算年度", "fiscal year")
    budget: str = required("年度预算（元）", "budget in yuan", limit=20)
    basis: str = required("预算依据（文号）", "document the budget rests on", limit=SHORT_TEXT)

    def find_rule_problems(self) -> Iterator[Reason]:
        yield from amount_problems(self.budget, "budget")
        if not FIRST_YEAR <= self.fiscal_year <= LAST_YEAR:
            yield Reason("FUND_YEAR", ("fiscalYear",))


@dataclass(frozen=True, slots=True, kw_only=True)
class FundAdjustment:
    """调整年度预算 (adjust the budget)."""

    budget: str = required("调整后的年度预算（元）", "budget in yuan after it", limit=20)
    basis: str = required("调整依据（文号）", "document it rests on", limit=SHORT_TEXT)

    def find_rule_problems(self) -> Iterator[Reason]:
        yield from amount_problems(self.budget, "budget")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReliefPerson:
    """被救助的申请执行人；加密保存，仅法院和财政经办单位可读 (the applicant in hardship; sealed)."""

    name: str = required("姓名", "name", limit=NAME)
    citizen_id: str = required("公民身份号码", "resident identity number", limit=20)


@dataclass(frozen=True, slots=True, kw_only=True)
class FundApplication:
    """资金申请：破产援助须指明无产可破的案件，执行救助须写明救助对象 (application to a fund)."""

    kind: FundKind = required("资金种类", "kind of fund")
    purpose: FundPurpose = required("用途", "what is to be paid")
    amount: str = required("申请金额（元）", "amount in yuan", limit=20)
    grounds: str = required("申请理由：无财产可供执行和生活困难的情况", "grounds: no assets, and the hardship")
    coordination_id: UUID | None = optional("破产协调（破产援助）", "the bankruptcy, of aid", node="BC")
    case_number: str | None = optional("执行案号（执行救助）", "number of the execution case, of relief", limit=64)
    claim: ReliefClaim | None = optional("债权种类（执行救助）", "kind of claim, of relief")
    applicant: ReliefPerson | None = optional("救助对象（执行救助）", "who is relieved, of relief")

    def find_rule_problems(self) -> Iterator[Reason]:
        yield from amount_problems(self.amount)
        if self.purpose not in PURPOSES[self.kind]:
            yield Reason("FUND_PURPOSE", ("purpose",))
        relief = {"caseNumber": self.case_number, "claim": self.claim, "applicant": self.applicant}
        wanted = {"coordinationId": self.coordination_id} if self.kind is FundKind.BANKRUPTCY_AID else relief
        others = relief if self.kind is FundKind.BANKRUPTCY_AID else {"coordinationId": self.coordination_id}
        yield from (Reason("FUND_DETAIL_MISSING", (name,)) for name, value in wanted.items() if value is None)
        yield from (Reason("FUND_DETAIL_OF_OTHER", (name,)) for name, value in others.items() if value is not None)
        if self.case_number is not None:
            yield from find_case_number_problems(self.case_number, path=("caseNumber",))


@dataclass(frozen=True, slots=True, kw_only=True)
class FundApproval:
    """批准 (approval)."""

    amount: str | None = optional("批准金额（元）；不填为申请金额", "amount in yuan; all of it if not given", limit=20)

    def find_rule_problems(self) -> Iterator[Reason]:
        yield from amount_problems(self.amount)


@dataclass(frozen=True, slots=True, kw_only=True)
class FundReason:
    """理由 (reason)."""

    reason: str = required("理由", "reason", limit=2000)


@dataclass(frozen=True, slots=True, kw_only=True)
class FundPayment:
    """支付及凭证 (payment with its voucher)."""

    voucher_no: str = required("支付凭证号", "number of the voucher", limit=100)
    voucher_digest: str = required("支付凭证的 SHA-256 摘要", "SHA-256 of the voucher, hex", limit=64)
    paid_on: date = required("支付日期", "paid on")

    def find_rule_problems(self) -> Iterator[Reason]:
        yield from digest_problems(self.voucher_digest, "voucherDigest")

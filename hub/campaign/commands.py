"""What callers say of a campaign: who takes part, the cases of a bank, what a court recovered. Amounts in yuan."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from hub.canonical.campaign import CampaignKind
from hub.canonical.case_number import find_case_number_problems
from hub.canonical.uscc import find_uscc_problems
from hub.core.errors import Reason
from hub.core.money import fen, yuan_problems
from hub.core.payload import listed, optional, required

MOST_CASES = 200


def _amount_problems(amount: str, name: str) -> Iterator[Reason]:
    if any(yuan_problems(amount)) or not fen(amount):
        yield Reason("CAMPAIGN_AMOUNT", (name,))


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignOpening:
    """启动专项行动 (opening of a campaign)."""

    kind: CampaignKind = required("种类", "kind")
    title: str = required("名称", "title", limit=200)
    starts_on: date = required("开始日期", "start")
    cut_off_on: date = required("统计截止日期（含当日）", "cut-off of the figures, inclusive")
    bank_ids: tuple[UUID, ...] = listed(
        "参与的银行；由法院报送案件的种类不填", "participating banks; none where courts tell the cases", node="OR"
    )
    court_ids: tuple[UUID, ...] = listed("参与的法院", "participating courts", node="OR")
    support_ids: tuple[UUID, ...] = listed("配合单位", "supporting units: police, big data", node="OR")

    def find_rule_problems(self) -> Iterator[Reason]:
        if self.cut_off_on < self.starts_on:
            yield Reason("CAMPAIGN_PERIOD", ("cutOffOn",))
        named = (*self.bank_ids, *self.court_ids, *self.support_ids)
        if not self.court_ids or len(set(named)) != len(named):
            yield Reason("CAMPAIGN_PARTICIPANTS", ("courtIds",))


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignCaseDraft:
    """一件案件：不良贷款或者法院本院案件 (one claim: a loan, or a case of a court's own)."""

    court_id: UUID = required("管辖或者执行法院", "court", node="OR")
    case_number: str | None = optional("案号；尚未立案的不填", "case number; none before it is filed", limit=64)
    loan_number: str | None = optional("借款合同编号", "number of the loan", limit=64)
    debtor_name: str | None = optional("债务人名称", "who owes", limit=200)
    debtor_uscc: str | None = optional("债务人统一社会信用代码", "credit code of a company that owes", limit=18)
    debtor_citizen_id: str | None = optional("债务人公民身份号码", "number of a person who owes", limit=18)
    principal: str = required("未偿本金（元）", "principal outstanding, in yuan", limit=20)
    lent_on: date | None = optional("放款日期", "day of the loan")

    def find_rule_problems(self) -> Iterator[Reason]:
        if not (self.case_number or (self.loan_number or "").strip()):
            yield Reason("CAMPAIGN_NUMBER", ("caseNumber",))
        if self.case_number:
            yield from find_case_number_problems(self.case_number, path=("caseNumber",))
        if self.debtor_uscc:
            yield from find_uscc_problems(self.debtor_uscc, path=("debtorUscc",))
        if self.debtor_citizen_id and (self.debtor_uscc or not (self.debtor_name or "").strip()):
            yield Reason("CAMPAIGN_DEBTOR", ("debtorCitizenId",))
        yield from _amount_problems(self.principal, "principal")

    @property
    def identity(self) -> str:
        """What it goes by, as written."""
        return (self.loan_number or "").strip() or self.case_number or ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignSubmission:
    """报送案件 (cases of a bank, or of a court where no bank takes part)."""

    campaign_id: UUID = required("专项行动", "campaign", node="CZ")
    cases: tuple[CampaignCaseDraft, ...] = listed("各件", "the cases")

    def find_rule_problems(self) -> Iterator[Reason]:
        named = {(each.court_id, each.identity) for each in self.cases}
        if not 0 < len(self.cases) <= MOST_CASES or len(named) != len(self.cases):
            yield Reason("CAMPAIGN_CASES", ("cases",), {"limit": MOST_CASES})


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignTagging:
    """标记本院案件 (a court tags a case of its own as one of the campaign)."""

    case_id: UUID = required("案件", "case", node="CC")


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignRecovering:
    """报告执行到位 (recovery in a case)."""

    case_id: UUID = required("案件", "case", node="CC")
    amount: str = required("金额（元）", "amount in yuan", limit=20)
    recovered_on: date = required("到位日期", "day of recovery")
    reversal: bool = required("是否冲正此前误报的金额", "whether it takes back what was reported by mistake")

    def find_rule_problems(self) -> Iterator[Reason]:
        yield from _amount_problems(self.amount, "amount")

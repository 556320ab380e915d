"""What callers say of a concentrated round: when and where, which cases, what it came to in each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from hub.canonical.campaign import CampaignRoundKind, CampaignRoundResult
from hub.canonical.case_number import find_case_number_problems
from hub.core.errors import Reason
from hub.core.payload import listed, optional, required

MOST = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignRoundPlanning:
    """部署集中行动 (planning of a round)."""

    campaign_id: UUID = required("专项行动", "campaign", node="CZ")
    court_id: UUID = required("承办法院", "court", node="OR")
    kind: CampaignRoundKind = required("种类", "kind")
    title: str = required("名称", "title", limit=200)
    starts_on: date = required("开始日期", "first day")
    ends_on: date = required("结束日期（含当日）", "last day, inclusive")


@dataclass(frozen=True, slots=True)
class CampaignRoundCases:
    """选定的案件，替换此前所选 (the cases chosen, in place of those before)."""

    case_ids: tuple[UUID, ...] = listed("案件", "cases", node="CC")

    def find_rule_problems(self) -> Iterator[Reason]:
        if not 0 < len(self.case_ids) <= MOST or len(set(self.case_ids)) < len(self.case_ids):
            yield Reason("CAMPAIGN_ROUND_CASES", ("caseIds",), {"limit": MOST})


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignRoundOutcome:
    """一件案件的结果 (what the round came to in one case)."""

    case_id: UUID = required("案件", "case", node="CC")
    result: CampaignRoundResult = required("结果", "result")
    on: date = required("结果日期", "day of the result")
    case_number: str | None = optional("新立案号，限已立案", "number of a case that was filed", limit=64)

    def find_rule_problems(self) -> Iterator[Reason]:
        if self.case_number:
            yield from find_case_number_problems(self.case_number, path=("caseNumber",))
        if (self.result is CampaignRoundResult.FILED) != bool(self.case_number):
            yield Reason("CAMPAIGN_ROUND_NUMBER", ("caseNumber",))


@dataclass(frozen=True, slots=True)
class CampaignRoundOutcomes:
    """登记结果，可更正此前所登 (results; later ones correct earlier)."""

    results: tuple[CampaignRoundOutcome, ...] = listed("各件结果", "results")

    def find_rule_problems(self) -> Iterator[Reason]:
        named = {each.case_id for each in self.results}
        if not 0 < len(self.results) <= MOST or len(named) < len(self.results):
            yield Reason("CAMPAIGN_ROUND_CASES", ("results",), {"limit": MOST})


@dataclass(frozen=True, slots=True)
class CampaignRoundReturn:
    """退回或者取消的理由 (why it is sent back or cancelled)."""

    reason: str = required("理由", "why", limit=500)

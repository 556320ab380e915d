"""What callers may hand over about a bankruptcy, its matters and stability plans."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from hub.canonical.bankruptcy_codes import BankruptcyMatterType, BankruptcyOutcome, PetitionRisk
from hub.canonical.case_number import find_case_number_problems
from hub.canonical.uscc import find_uscc_problems
from hub.core.errors import Reason
from hub.core.payload import SHORT_TEXT, listed, optional, required
from hub.integrity.payloads import Evidence

MOST_MATTERS = 50
_DIGEST = re.compile("[0-9a-f]{64}")


def digest_problems(digest: str, name: str) -> Iterator[Reason]:
    if not _DIGEST.fullmatch(digest):
        yield Reason("DIGEST_INVALID", (name,))


def matter_count_problems(matters: tuple[BankruptcyMatterDraft, ...]) -> Iterator[Reason]:
    if not 0 < len(matters) <= MOST_MATTERS:
        yield Reason("BANKRUPTCY_MATTERS", ("matters",), {"limit": MOST_MATTERS})


@dataclass(frozen=True, slots=True, kw_only=True)
class BankruptcyMatterDraft:
    """需政府协调的一项事项 (a matter that needs the government)."""

    type: BankruptcyMatterType = required("种类", "kind of matter")
    title: str = required("事项", "what is needed", limit=SHORT_TEXT)
    content: str = required("具体情况和需求", "circumstances and need")


@dataclass(frozen=True, slots=True, kw_only=True)
class MatterList:
    """破产案件需政府协调的事项清单 (matters of one bankruptcy case that need the government)."""

    case_number: str = required("破产案号", "number of the bankruptcy case", limit=64)
    debtor_name: str = required("债务人企业名称", "name of the debtor enterprise", limit=SHORT_TEXT)
    debtor_uscc: str = required("债务人统一社会信用代码", "unified social credit code of the debtor", limit=18)
    accepted_on: date = required("裁定受理日期", "petition accepted on")
    ruling_no: str = required("受理裁定文号", "number of the ruling of acceptance", limit=100)
    ruling_digest: str = required("受理裁定的 SHA-256 摘要", "SHA-256 of the ruling, hex", limit=64)
    administrator: str = required("管理人（机构名称）", "administrator, an institution", limit=SHORT_TEXT)
    assetless: bool = optional("是否无产可破", "whether the estate cannot pay the proceedings", default=False)
    sham_review: str = required("防范假破产的审查情况", "what the review against sham bankruptcy found")
    matters: tuple[BankruptcyMatterDraft, ...] = listed("各事项", "the matters")

    def find_rule_problems(self) -> Iterator[Reason]:
        yield from find_case_number_problems(self.case_number, path=("caseNumber",))
        yield from find_uscc_problems(self.debtor_uscc, path=("debtorUscc",))
        yield from digest_problems(self.ruling_digest, "rulingDigest")
        yield from matter_count_problems(self.matters)


@dataclass(frozen=True, slots=True, kw_only=True)
class FurtherMatters:
    """补报事项 (further matters of the same case)."""

    matters: tuple[BankruptcyMatterDraft, ...] = listed("各事项", "the matters")

    def find_rule_problems(self) -> Iterator[Reason]:
        yield from matter_count_problems(self.matters)


@dataclass(frozen=True, slots=True, kw_only=True)
class BankruptcyMeasures:
    """政府办制定的《具体办法》 (the specific measures that the government office makes)."""

    measures_no: str = required("《具体办法》文号", "number of the measures", limit=100)
    measures: str = required("责任分工和工作要求", "who does what, and how")


@dataclass(frozen=True, slots=True, kw_only=True)
class CourtOutcome:
    """法院裁定 (what the court decided of the case)."""

    outcome: BankruptcyOutcome = required("结果", "outcome")
    outcome_on: date = required("裁定日期", "decided on")
    outcome_no: str = required("裁定文号", "number of the ruling", limit=100)
    outcome_digest: str = required("裁定书的 SHA-256 摘要", "SHA-256 of the ruling, hex", limit=64)

    def find_rule_problems(self) -> Iterator[Reason]:
        yield from digest_problems(self.outcome_digest, "outcomeDigest")


@dataclass(frozen=True, slots=True, kw_only=True)
class MatterAssignment:
    """确定责任单位和办法 (owner and method)."""

    owner_id: UUID = required("责任单位", "unit that owns it", node="OR")
    method: str = required("办理办法", "how it is to be handled")
    due_on: date | None = optional("办理期限；不填则按本地规定计算", "due on; counted by the pack if not given")


@dataclass(frozen=True, slots=True, kw_only=True)
class MatterReport:
    """办理情况 (what was done)."""

    result: str = required("办理结果", "result")
    evidence: tuple[Evidence, ...] = listed("佐证材料", "evidence")

    def find_rule_problems(self) -> Iterator[Reason]:
        if not self.evidence:
            yield Reason("EVIDENCE_MISSING", ("evidence",))


@dataclass(frozen=True, slots=True, kw_only=True)
class MatterReason:
    """理由 (reason)."""

    reason: str = required("理由", "reason", limit=2000)


@dataclass(frozen=True, slots=True, kw_only=True)
class StabilityContent:
    """风险研判和维稳方案 (risk study and plan)."""

    risk: PetitionRisk = required("信访风险等级", "risk of petitions")
    risk_study: str = required("信访风险研判", "study of the petition risk")
    plan: str = required("维稳方案", "plan to keep the peace")


@dataclass(frozen=True, slots=True, kw_only=True)
class StabilityDraft(StabilityContent):
    """不动产处置的维稳方案 (plan for a disposal of real estate)."""

    matter_id: UUID = required("不动产处置事项", "the matter of real estate", node="BM")
    responsible_id: UUID = required(
        "属地责任单位（产业集聚区管委会、乡镇等）", "local body that answers for it", node="OR"
    )

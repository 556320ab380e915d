"""What callers say about clues to refusing or evading enforcement."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from hub.canonical.evasion_codes import ClueEvidenceKind, ClueRefusal, EvasionConduct
from hub.core.errors import Reason
from hub.core.payload import listed, optional, required
from hub.inquiry.documents import DOCUMENT_LIMIT, digest_problems

MOST_DOCUMENTS = 20
NAME = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class ClueEvidence:
    """证据材料 (a document)."""

    kind: ClueEvidenceKind = required("材料种类", "kind")
    filename: str = required("文件名", "file name", limit=200)
    content: str = required("内容（Base64）", "content in base64", limit=DOCUMENT_LIMIT)
    sha256: str = required("内容的SHA-256（十六进制）", "SHA-256 of the content, hex", limit=64)

    def find_rule_problems(self) -> Iterator[Reason]:
        yield from digest_problems(self.content, self.sha256, ())


def _evidence_problems(given: tuple[ClueEvidence, ...]) -> Iterator[Reason]:
    if not 0 < len(given) <= MOST_DOCUMENTS:
        yield Reason("CLUE_EVIDENCE_COUNT", ("evidence",), {"limit": MOST_DOCUMENTS})
    if len({each.sha256.lower() for each in given}) < len(given):
        yield Reason("CLUE_EVIDENCE_TWICE", ("evidence",))


@dataclass(frozen=True, slots=True, kw_only=True)
class EvasionReferral:
    """移送拒执线索 (a clue that a court refers to the police)."""

    case_id: UUID = required("执行案件标识", "id of the case", node="LC")
    subject_id: UUID = required("涉嫌的被执行人标识", "id of the obligor", node="SU")
    conducts: tuple[EvasionConduct, ...] = listed("涉嫌的行为", "what is suspected")
    facts: str = required("涉嫌的事实，加密保存", "the facts, kept sealed", limit=5000)
    signed_by: str = required("签发人姓名、职务", "who signs it, with the post", limit=NAME)
    evidence: tuple[ClueEvidence, ...] = listed("证据材料", "documents")

    def find_rule_problems(self) -> Iterator[Reason]:
        if not self.conducts or len(set(self.conducts)) < len(self.conducts):
            yield Reason("CLUE_CONDUCTS", ("conducts",))
        yield from _evidence_problems(self.evidence)


@dataclass(frozen=True, slots=True, kw_only=True)
class EvasionClueReceipt:
    """公安机关签收 (receipt)."""

    received_by: str = required("签收人姓名", "name of who received it", limit=NAME)


@dataclass(frozen=True, slots=True, kw_only=True)
class EvasionClueReturn:
    """退回补充材料 (returned for material)."""

    wanted: str = required("需要补充的材料和理由", "what is needed, and why", limit=2000)


@dataclass(frozen=True, slots=True, kw_only=True)
class EvasionClueSupplement:
    """补充材料 (further material)."""

    facts: str = required("补充说明", "what is added", limit=5000)
    evidence: tuple[ClueEvidence, ...] = listed("证据材料", "documents")

    def find_rule_problems(self) -> Iterator[Reason]:
        yield from _evidence_problems(self.evidence)


@dataclass(frozen=True, slots=True, kw_only=True)
class EvasionClueAcceptance:
    """受理 (taken up)."""

    document_number: str = required("受案登记或受理文号", "number under which it is taken up", limit=NAME)
    note: str | None = optional("说明", "note", limit=2000)


@dataclass(frozen=True, slots=True, kw_only=True)
class EvasionClueRefusal:
    """不予受理或不予立案 (not taken up, or no criminal case filed)."""

    reason: ClueRefusal = required("原因", "reason")
    note: str = required("具体说明", "explanation", limit=2000)
    document_number: str | None = optional("文书文号", "number of the document", limit=NAME)


@dataclass(frozen=True, slots=True, kw_only=True)
class EvasionClueFiling:
    """刑事立案 (a criminal case filed)."""

    document_number: str = required("立案决定书文号", "number of the decision", limit=NAME)
    filed_on: date = required("立案日期", "filed on")


@dataclass(frozen=True, slots=True, kw_only=True)
class EvasionClueRemark:
    """说明 (a statement)."""

    note: str = required("说明", "what there is to say", limit=2000)


@dataclass(frozen=True, slots=True, kw_only=True)
class EvasionClueReading:
    """查阅拒执线索 (reading a clue)."""

    clue_id: UUID = required("拒执线索标识", "id of the clue", node="EL")
    purpose: str = required("本次查阅用途", "purpose of this reading", limit=500)

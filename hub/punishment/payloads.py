"""What callers may hand to joint punishment: frozen inputs, validated by ``hub.core.payload``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from hub.canonical.punishment_codes import MeasureTarget
from hub.core.errors import Reason
from hub.core.payload import SHORT_TEXT, optional, required

NAME, CODE, CLAUSE, NUMBER = 100, 20, 300, 100
_DIGEST = re.compile("[0-9a-f]{64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureDuty:
    """指定措施的实施单位 (which organisation carries a measure out)."""

    jurisdiction_code: str = required("区划代码", "jurisdiction code", limit=12)
    code: str = required("措施代码", "code of the measure", limit=CODE)
    organization_id: UUID = required("实施单位", "implementer", node="OR")
    clause: str = required("依据条款", "clause it rests on", limit=CLAUSE)
    valid_until: date | None = optional(
        "实施至该日；缺省按政策包规定的期限", "carried out until that day; by default as long as the pack says"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureDutyEnd:
    """终止单位实施措施的职责 (until when an organisation carries a measure out, and who follows it)."""

    assignment_id: UUID = required("措施实施单位标识", "id of the assignment", node="MA")
    valid_until: date = required("实施至该日", "carried out until that day")
    reason: str = required("理由", "reason", limit=CLAUSE)
    successor_id: UUID | None = optional(
        "承接单位；未填且没有其他实施单位的，在办措施列为无人实施",
        "who follows; without one, and without any other implementer, its measures are named as nobody's",
        node="OR",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureHandover:
    """改由另一单位实施 (another carries the measure out)."""

    implementer_id: UUID = required("改由其实施的单位", "who carries it out from now on", node="OR")
    reason: str = required("理由", "reason", limit=CLAUSE)


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureProposal:
    """对失信主体或责任人员提出的惩戒措施 (a measure proposed by a person)."""

    record_id: UUID = required("失信信息", "listing", node="DR")
    code: str = required("措施代码", "code of the measure", limit=CODE)
    target: MeasureTarget = optional("惩戒对象", "whom it meets", default=MeasureTarget.UNIT)
    person_name: str | None = optional("人员姓名；对象为人员时必填", "name, where it meets a person", limit=NAME)
    implementer_id: UUID | None = optional("实施单位", "implementer", node="OR")

    def find_rule_problems(self) -> Iterator[Reason]:
        if (self.target is MeasureTarget.UNIT) != (self.person_name is None):
            yield Reason("MEASURE_PERSON", ("personName",))


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureReview:
    """审核意见 (review of a match)."""

    implementer_id: UUID | None = optional("实施单位；未指定时必填", "implementer; needed where none is", node="OR")


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureReason:
    """理由 (reason)."""

    reason: str = required("理由", "reason")


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureStart:
    """接收并实施 (accepted and carried out)."""

    start_on: date = required("开始实施日期", "in force from")
    order_number: str | None = optional("决定文号；法院限制消费令必填", "number of the order", limit=NUMBER)


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureObstacle:
    """依法不实施或者暂停实施的理由 (lawful reason not to carry it out, or not for now)."""

    reason: str = required("理由", "reason")
    legal_basis: str = required("法律依据", "legal basis", limit=CLAUSE)


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureFeedback:
    """惩戒反馈 (feedback)."""

    text: str = required("实施情况", "what was done", limit=2_000)
    score_delta: int | None = optional("绩效考核扣分", "points taken from the score", minimum=0, maximum=100)
    interview_id: UUID | None = optional("相关约谈", "interview it tells of", node="IV")


@dataclass(frozen=True, slots=True, kw_only=True)
class LiftReceipt:
    """解除回执 (receipt of a lift)."""

    receipt_number: str = required("回执编号", "number of the receipt", limit=NUMBER)
    digest: str = required("回执文件的 SHA-256 摘要", "SHA-256 of the receipt, 64 hexadecimal digits", limit=64)
    lifted_by: str = required("经办人", "who lifted it", limit=NAME)
    note: str | None = optional("说明", "note", limit=SHORT_TEXT)

    def find_rule_problems(self) -> Iterator[Reason]:
        if not _DIGEST.fullmatch(self.digest):
            yield Reason("DIGEST_INVALID", ("digest",))

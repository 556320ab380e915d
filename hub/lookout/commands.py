"""What callers say about lookouts: the order, its withdrawal, a hit and what became of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from hub.canonical.control_codes import LookoutMeasure, LookoutOutcome, LookoutTarget
from hub.canonical.execution_codes import QueryUrgency
from hub.core.errors import Reason
from hub.core.payload import listed, optional, required
from hub.inquiry.documents import LegalDocument

# A province, a letter, five or six places (GA 36): the last ones of some plates are characters of their own.
PLATE = re.compile(r"[\u4e00-\u9fff][A-Z][A-Z0-9]{4,5}[A-Z0-9\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class LookoutDraft:
    """临控请求 (a lookout)."""

    case_id: UUID = required("执行案件标识", "id of the case", node="LC")
    subject_id: UUID = required("被执行人标识", "id of the obligor", node="SU")
    target_kind: LookoutTarget = required("临控对象", "what is watched for")
    plate: str | None = optional("号牌，临控车辆必填", "plate, of a vehicle", limit=20)
    measures: tuple[LookoutMeasure, ...] = listed("发现后的措施", "what is done on a hit")
    police_organization_id: UUID = required("公安机关标识", "id of the police unit", node="OR")
    area: str = required("临控区域", "area", limit=200)
    valid_from: date = required("起始日", "from")
    valid_to: date = required("截止日", "until")
    duty_contact: str = required("二十四小时值班联系人及电话", "duty contact, round the clock", limit=200)
    purpose_text: str = required("事由", "purpose", limit=500)
    urgency: QueryUrgency = optional("紧急程度", "urgency", default=QueryUrgency.NORMAL)
    document: LegalDocument = required("协助临控的法律文书", "the legal document it rests on")

    def find_rule_problems(self) -> Iterator[Reason]:
        vehicle = self.target_kind is LookoutTarget.VEHICLE
        if vehicle != (self.plate is not None):
            yield Reason("PLATE_MISPLACED", ("plate",))
        elif self.plate is not None and not PLATE.fullmatch(normal_plate(self.plate)):
            yield Reason("PLATE_INVALID", ("plate",))
        wrong = LookoutMeasure.DETAIN_PERSON if vehicle else LookoutMeasure.DETAIN_VEHICLE
        if not self.measures or len(set(self.measures)) < len(self.measures) or wrong in self.measures:
            yield Reason("MEASURES_INVALID", ("measures",))
        if self.valid_from > self.valid_to:
            yield Reason("LOOKOUT_PERIOD", ("validTo",))


def normal_plate(text: str) -> str:
    return "".join(character for character in text if character.isalnum()).upper()


@dataclass(frozen=True, slots=True, kw_only=True)
class LookoutWithdrawal:
    """撤控 (withdrawal)."""

    reason: str = required("撤控事由", "why", limit=500)


@dataclass(frozen=True, slots=True, kw_only=True)
class HitReport:
    """发现临控对象 (a hit)."""

    lookout_id: UUID = required("临控标识", "id of the lookout", node="LO")
    met_at: datetime = required("发现时间", "when")
    place: str = required("发现地点", "where", limit=200)
    police_unit: str = required("发现单位", "police unit", limit=200)


@dataclass(frozen=True, slots=True, kw_only=True)
class HitConclusion:
    """处置结果 (what became of it)."""

    outcome: LookoutOutcome = required("处置结果", "outcome")
    note: str | None = optional("说明", "note", limit=500)

"""The proof that every measure on a listing was lifted, and the catalogue in force, as they are answered."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import strawberry
from sqlalchemy import select

from hub.canonical.exchange_codes import DishonestyStatus
from hub.canonical.punishment_codes import MeasureLevel, MeasureStatus, MeasureTarget, PunishmentField
from hub.core.clock import local_date
from hub.core.errors import Reason, Refused
from hub.core.ids import encode_node_id
from hub.core.texts import Text
from hub.db.models import Jurisdiction
from hub.punishment.catalogue import PunishmentPolicy
from hub.punishment.proof import LiftProof as Proof
from hub.punishment.proof import ProofClock, ProofMeasure, lift_proof
from schema.binding.declare import said
from schema.mutations.reading import read_id

if TYPE_CHECKING:
    from schema.operation import HubContext


@strawberry.type(description=str(Text("解除证明中的一个期限", "a period in the proof of a lift")))
class LiftClock:
    subject: str = said("事项", "what is counted")
    statutory: bool = said("是否法定期限；否则为本地期限", "whether the law fixes it, else the jurisdiction")
    clause: str = said("依据", "clause")
    due_on: date = said("届满日", "ends on")
    met_on: date | None = said("办结日", "done on")


@strawberry.type(description=str(Text("解除证明中的一项措施", "a measure in the proof of a lift")))
class LiftedMeasure:
    id: strawberry.ID = said("措施标识", "id of the measure")
    code: str = said("措施代码", "code")
    name: str = said("措施名称", "name")
    implementer: str | None = said("实施单位", "implementer")
    status: MeasureStatus = said("状态", "state")
    settled: bool = said("是否已了结", "whether nothing of it burdens anybody any more")
    ordered_at: datetime | None = said("决定时间", "ordered at")
    requested_at: datetime | None = said("要求解除时间", "lift requested at")
    lifted_at: datetime | None = said("解除时间", "lifted at")
    receipt_number: str | None = said("解除回执编号", "number of the receipt")
    receipt_digest: str | None = said("回执文件摘要", "SHA-256 of the receipt")
    verified_at: datetime | None = said("核实时间", "verified at")
    annulled_at: datetime | None = said("作废时间", "annulled at")
    clocks: list[LiftClock] = said("期限", "periods")


@strawberry.type(description=str(Text("解除证明：各项措施解除的完整链条", "proof that every measure was lifted")))
class LiftProof:
    record_id: strawberry.ID = said("失信信息标识", "id of the listing")
    listing_status: DishonestyStatus = said("失信信息状态", "state of the listing")
    ended_by: str | None = said("使其结束的事件", "event that ended it")
    ended_at: datetime | None = said("结束时间", "when")
    clocks: list[LiftClock] = said("失信信息的期限，法定与本地并列", "periods of the listing, statutory and local")
    measures: list[LiftedMeasure] = said("各项措施", "measures")
    residual: list[str] = said("尚未解除的实施单位", "implementers that have not lifted yet")
    complete: bool = said("是否全部解除并核实", "whether all is lifted and verified")


@strawberry.type(description=str(Text("目录中的一项措施", "a measure of the catalogue")))
class CatalogueMeasure:
    code: str = said("措施代码", "code")
    name: str = said("名称", "name")
    name_en: str = said("英文名称", "name in English")
    field: PunishmentField = said("惩戒领域", "field")
    level: MeasureLevel = said("应当或者可以采取", "mandatory or discretionary")
    legal_basis: str = said("法律依据", "legal basis")
    targets: list[MeasureTarget] = said("惩戒对象", "whom it meets here")
    court_only: bool = said("是否只能由法院决定", "whether the court alone decides it")
    needs_approval: bool = said(
        "对政务主体采取前须经核定逾期名单", "whether, against a public body, it needs an approved list"
    )


@strawberry.type(description=str(Text("联合惩戒措施目录", "catalogue of measures of joint punishment")))
class MeasureCatalogue:
    version: str = said("版本", "version")
    title: str = said("名称", "title")
    clause: str | None = said("本地依据条款", "clause of the local notice")
    valid_from: date = said("生效日期", "in force from")
    valid_to: date | None = said("失效日期", "in force until")
    measures: list[CatalogueMeasure] = said("本地适用的措施", "measures that apply here")


async def catalogue(context: HubContext, given: Mapping[str, Any]) -> MeasureCatalogue:
    """Raises ``Refused`` (JURISDICTION_UNKNOWN)."""
    on = given.get("on") or local_date(context.now)
    async with context.reading() as session:
        place = await session.scalar(select(Jurisdiction.id).where(Jurisdiction.code == given["jurisdictionCode"]))
        if place is None:
            code = {"code": str(given["jurisdictionCode"])[:20]}
            raise Refused(Reason("JURISDICTION_UNKNOWN", ("jurisdictionCode",), code))
        policy = PunishmentPolicy(await context.services.policy.pack(session, place, on))
    known = policy.catalogue
    return MeasureCatalogue(
        version=known.version,
        title=known.title.zh,
        clause=policy.clause,
        valid_from=known.valid_from,
        valid_to=known.valid_to,
        measures=[
            CatalogueMeasure(
                code=each.code,
                name=each.name.zh,
                name_en=each.name.en,
                field=each.field,
                level=each.level,
                legal_basis=each.legal_basis,
                targets=list(policy.targets(each)),
                court_only=each.court_only,
                needs_approval=policy.needs_approval(each, government=True),
            )
            for each in policy.measures(on)
        ],
    )


async def proof(context: HubContext, given: Mapping[str, Any]) -> LiftProof | None:
    key = read_id(given["recordId"], "DR", ("recordId",))
    async with context.reading() as session:
        calendar = await context.services.policy.calendar(session)
        found = await lift_proof(session, context.principal, key, calendar)
    return None if found is None else _shown(found)


def _shown(found: Proof) -> LiftProof:
    return LiftProof(
        record_id=strawberry.ID(encode_node_id("DR", found.record_id)),
        listing_status=found.status,
        ended_by=found.ended_by,
        ended_at=found.ended_at,
        clocks=[_clock(each) for each in found.clocks],
        measures=[_measure(each) for each in found.measures],
        residual=list(found.residual),
        complete=found.complete,
    )


def _measure(each: ProofMeasure) -> LiftedMeasure:
    measure = each.measure
    return LiftedMeasure(
        id=strawberry.ID(encode_node_id("JP", measure.id)),
        code=measure.code,
        name=measure.name,
        implementer=each.implementer,
        status=measure.status,
        settled=each.settled,
        ordered_at=measure.ordered_at,
        requested_at=measure.lift_requested_at,
        lifted_at=measure.lifted_at,
        receipt_number=measure.receipt_number,
        receipt_digest=measure.receipt_digest,
        verified_at=measure.verified_at,
        annulled_at=measure.annulled_at,
        clocks=[_clock(clock) for clock in each.clocks],
    )


def _clock(clock: ProofClock) -> LiftClock:
    return LiftClock(
        subject=clock.subject,
        statutory=clock.statutory,
        clause=clock.clause,
        due_on=clock.due_on,
        met_on=clock.met_on,
    )

"""What follows when a notice is not heeded: awards restricted, interviews, referrals."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

import strawberry

from hub.access.scopes import Scope
from hub.audit.catalogue import AuditAction
from hub.audit.recorder import Target, record
from hub.canonical.supervision_codes import InterviewStatus, ReferralKind
from hub.core.areas import Area
from hub.core.clock import local_date
from hub.core.principal import Clearance
from hub.core.texts import Text
from hub.db import models
from hub.supervision.awards import is_restricted
from hub.supervision.interviews import INTERVIEW as TABLE
from hub.supervision.interviews import InterviewFacts, interview_actors
from schema.binding.conditions import argument, chosen, equals, is_node, matches, one_of
from schema.binding.declare import audience, filter_input, node, query, said
from schema.binding.fields import Connection, answered, column, connection, python, relation
from schema.binding.orders import descending, only
from schema.linkage.computed import AvailableEvent, Possible, events_of
from schema.mutations.reading import read_id
from schema.nodes import Node
from schema.organizations.queries import in_jurisdiction
from schema.organizations.types import Jurisdiction, Organization
from schema.supervision.notices import READ, SupervisionNotice

if TYPE_CHECKING:
    from hub.db.session import ReadSession
    from schema.operation import HubContext

AWARD, INTERVIEW = models.AwardRestriction, models.Interview
REFERRAL, RECEIPT = models.Referral, models.ReferralReceipt
RECEIVING, SENDING = (Scope.REFERRAL_RECEIVE,), (Scope.REFERRAL_SEND, Scope.REFERRAL_RECEIVE, Scope.AUDIT_READ)
_CODE = ("区划代码，含下级", "jurisdiction code, with those below")
_UNIT = ("所涉单位标识", "id of the unit concerned")


async def _events(context: HubContext, _session: ReadSession, rows: list[models.Interview]) -> Mapping[UUID, Possible]:
    own, today = context.principal.organization_id, local_date(context.now)
    return {
        row.id: TABLE.available(
            row.status,
            actors=interview_actors(row, own),
            scopes=context.principal.scopes,
            facts=InterviewFacts(row, today),
        )
        for row in rows
    }


@node(
    "AW",
    "取消评先评优资格",
    "restriction of a unit's awards",
    model=AWARD,
    scopes=READ,
    audience=audience(Area.SUPERVISION, own=(AWARD.organization_id, AWARD.issuer_id)),
)
class AwardRestriction(Node):
    organization: Organization = relation(AWARD.organization_id, "单位", "unit")
    year: int = column(AWARD.year, "年度", "year")
    issuer: Organization = relation(AWARD.issuer_id, "作出单位", "who decided it")
    notice: SupervisionNotice | None = relation(AWARD.notice_id, "所依据的督办函件", "notice it follows")
    reason: str | None = column(AWARD.reason, "理由", "reason", content=True)
    clause: str | None = column(AWARD.clause, "依据条款", "clause")
    lifted_at: datetime | None = column(AWARD.lifted_at, "解除时间", "lifted at")
    lift_reason: str | None = column(AWARD.lift_reason, "解除理由", "why it was lifted", content=True)
    created_at: datetime = column(AWARD.created_at, "作出时间", "decided at")
    version: int = column(AWARD.version, "版本", "version")


@node(
    "IV",
    "约谈",
    "interview",
    model=INTERVIEW,
    scopes=READ,
    audience=audience(Area.SUPERVISION, own=(INTERVIEW.organization_id, INTERVIEW.interviewer_id)),
)
class Interview(Node):
    status: InterviewStatus = column(INTERVIEW.status, "状态", "state")
    interviewer: Organization = relation(INTERVIEW.interviewer_id, "约谈单位", "who calls in")
    organization: Organization = relation(INTERVIEW.organization_id, "被约谈单位", "unit called in")
    jurisdiction: Jurisdiction = relation(INTERVIEW.jurisdiction_id, "区划", "jurisdiction")
    notice: SupervisionNotice | None = relation(INTERVIEW.notice_id, "相关督办函件", "notice it is about")
    subject: str = column(INTERVIEW.subject, "事由", "subject")
    planned_on: date = column(INTERVIEW.planned_on, "安排日期", "planned for")
    place: str | None = column(INTERVIEW.place, "地点", "place")
    held_on: date | None = column(INTERVIEW.held_on, "约谈日期", "held on")
    attendee: str | None = column(INTERVIEW.attendee, "到场负责人", "who came", level=Clearance.L2)
    attendee_post: str | None = column(INTERVIEW.attendee_post, "到场负责人职务", "post of who came")
    minutes: str | None = column(INTERVIEW.minutes, "约谈纪要", "minutes", level=Clearance.L2)
    cancel_reason: str | None = column(INTERVIEW.cancel_reason, "取消理由", "why it was cancelled", level=Clearance.L2)
    version: int = column(INTERVIEW.version, "版本", "version")
    available_events: list[AvailableEvent] = python(
        events_of(INTERVIEW, _events), "当前可办理的事件", "events possible now", needs=(INTERVIEW.id,)
    )


@node(
    "RF",
    "移送的线索或记录，仅接收单位可读",
    "referral, read by its receiver alone",
    model=REFERRAL,
    scopes=RECEIVING,
    audience=audience(Area.AUDIT, own=(REFERRAL.receiver_id,)),
)
class Referral(Node):
    kind: ReferralKind = column(REFERRAL.kind, "种类", "kind")
    sender: Organization = relation(REFERRAL.sender_id, "移送单位", "sender")
    organization: Organization = relation(REFERRAL.organization_id, "所涉单位", "unit concerned")
    title: str = column(REFERRAL.title, "标题", "title")
    content: str | None = column(REFERRAL.content, "内容", "content", level=Clearance.L2)
    basis: str = column(REFERRAL.basis, "移送依据", "basis for referring it")
    created_at: datetime = column(REFERRAL.created_at, "移送时间", "referred at")


@node(
    "RR",
    "移送回执",
    "receipt of a referral",
    model=RECEIPT,
    scopes=SENDING,
    audience=audience(Area.AUDIT, own=(RECEIPT.sender_id, RECEIPT.receiver_id)),
)
class ReferralReceipt(Node):
    kind: ReferralKind = column(RECEIPT.kind, "种类", "kind")
    sender: Organization = relation(RECEIPT.sender_id, "移送单位", "sender")
    receiver: Organization = relation(RECEIPT.receiver_id, "接收单位", "receiver")
    digest: str = column(RECEIPT.digest, "移送内容的 SHA-256 摘要", "SHA-256 of the content")
    sent_at: datetime = column(RECEIPT.sent_at, "移送时间", "sent at")
    received_at: datetime | None = column(RECEIPT.received_at, "签收时间", "received at")
    received_by: str | None = column(RECEIPT.received_by, "签收人", "who received it", level=Clearance.L2)
    version: int = column(RECEIPT.version, "版本", "version")


@strawberry.type(description=str(Text("评先评优资格", "eligibility for awards")))
class AwardEligibility:
    eligible: bool = said("该年度是否可参加评先评优", "whether the unit may have awards of the year")
    year: int = said("年度", "year")


async def _eligibility(context: HubContext, given: Mapping[str, Any]) -> AwardEligibility:
    """The answer and no more; who asked about whom is on record."""
    key, year = read_id(given["organizationId"], "OR", ("organizationId",)), given["year"]
    async with context.sessions.write(context.principal) as session:
        restricted = await is_restricted(session, key, year)
        target = Target("Organization", key, context.principal.home_path)
        await record(
            session,
            context.principal,
            AuditAction.AWARD_CHECKED,
            at=context.now,
            target=target,
            detail={"year": year, "eligible": not restricted},
        )
    return AwardEligibility(eligible=not restricted, year=year)


@filter_input("取消评优查询条件", "conditions on award restrictions")
class AwardRestrictionFilter:
    year: int | None = equals(AWARD.year, "年度", "year")
    organization_id: strawberry.ID | None = is_node(AWARD.organization_id, "OR", *_UNIT)
    jurisdiction_code: str | None = matches(in_jurisdiction, *_CODE)


@filter_input("约谈查询条件", "conditions on interviews")
class InterviewFilter:
    status: list[InterviewStatus] | None = one_of(INTERVIEW.status, "状态", "states")
    organization_id: strawberry.ID | None = is_node(INTERVIEW.organization_id, "OR", *_UNIT)
    jurisdiction_code: str | None = matches(in_jurisdiction, *_CODE)


@query
class FollowingQueries:
    award_restrictions: Connection[AwardRestriction] = connection(
        "取消评先评优资格的决定，最新在前",
        "restrictions of awards, latest first",
        orders=only(descending("最新在前", "latest first", AWARD.created_at)),
        filtered_by=AwardRestrictionFilter,
        scopes=READ,
    )
    award_eligibility: AwardEligibility = answered(
        _eligibility,
        "单位某年度能否参加评先评优：只答能否，不涉缘由，查询留痕",
        "whether a unit may have awards of a year: yes or no without grounds, on record",
        arguments={
            "organization_id": argument(strawberry.ID, chosen("单位标识", "id of the unit")),
            "year": argument(int, chosen("年度", "year")),
        },
        scopes=READ,
    )
    interviews: Connection[Interview] = connection(
        "约谈，最近安排的在前",
        "interviews, latest first",
        orders=only(descending("最近在前", "latest first", INTERVIEW.planned_on)),
        filtered_by=InterviewFilter,
        scopes=READ,
    )
    referrals: Connection[Referral] = connection(
        "移送给本单位的线索和记录，最新在前",
        "what was referred to the caller, latest first",
        orders=only(descending("最新在前", "latest first", REFERRAL.created_at)),
        scopes=RECEIVING,
    )
    referral_receipts: Connection[ReferralReceipt] = connection(
        "移送回执，最新在前",
        "receipts of referrals, latest first",
        orders=only(descending("最新在前", "latest first", RECEIPT.sent_at)),
        scopes=SENDING,
    )

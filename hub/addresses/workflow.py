"""ServiceAddress 送达地址: the table (domain: DECLARED → COMMITTED → ACTIVE → CHANGED | INVALID →
ABNORMAL_OPERATION_REFERRED). That an address is changed follows from the one that takes its place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from hub.access.scopes import Scope
from hub.addresses.commands import AddressCommitment, ReferralAnswer, ReturnedMail
from hub.addresses.keeping import registrar_of, take_place
from hub.audit.catalogue import AuditAction
from hub.canonical.addresses import OF_THE_REGISTER, ServiceAddressKind, ServiceAddressStatus
from hub.core.errors import Reason
from hub.core.texts import Text
from hub.core.workflow import Actor, Effect, Guard, Machine, Note, Transition
from hub.db.models import ServiceAddress
from hub.workflow.firing import Course, Firing

S = ServiceAddressStatus
COURSE = Course("ServiceAddress", AuditAction.ADDRESS_TRANSITION, "serviceaddress")
CLAUSE = "中华人民共和国民事诉讼法第九十条；温政办〔2021〕13号 二（四）26"
REFERRAL_RULE = "address.referral"


@dataclass(frozen=True, slots=True)
class AddressFacts:
    row: ServiceAddress
    today: date


def _consents(facts: AddressFacts, given: Any) -> Iterable[Reason]:
    if facts.row.kind is ServiceAddressKind.E_MAIL and given is not None and not given.electronic_service:
        yield Reason("EMAIL_NEEDS_CONSENT", ("electronicService",))


def _effective(facts: AddressFacts, _given: Any) -> Iterable[Reason]:
    if facts.row.effective_from > facts.today:
        yield Reason("ADDRESS_NOT_EFFECTIVE")


def _past(facts: AddressFacts, given: Any) -> Iterable[Reason]:
    if given is not None and not facts.row.effective_from <= given.returned_on <= facts.today:
        yield Reason("RETURN_DATE", ("returnedOn",))


def _registered(facts: AddressFacts, _given: Any) -> Iterable[Reason]:
    if facts.row.uscc is None or facts.row.kind not in OF_THE_REGISTER:
        yield Reason("ADDRESS_NOT_REGISTERED")


def _unanswered(facts: AddressFacts, _given: Any) -> Iterable[Reason]:
    if facts.row.referral_outcome is not None:
        yield Reason("REFERRAL_ANSWERED")


async def _commit(firing: Firing) -> None:
    row, given = firing.row, firing.payload
    row.commitment_number, row.commitment_digest = given.document_number, given.document_digest
    row.confirmed_by_commitment = True


async def _activate(firing: Firing) -> None:
    firing.row.status = S.COMMITTED  # until what stood in its place has fallen
    await take_place(firing.unit.session, firing.row, firing.unit.today, firing.unit.at)
    firing.row.status = S.ACTIVE


async def _fail(firing: Firing) -> None:
    row, given = firing.row, firing.payload
    row.returned_on, row.return_reason, row.effective_to = given.returned_on, given.reason, firing.unit.today
    row.reporter_id = firing.unit.organization_id


async def _refer(firing: Firing) -> None:
    """From now on the register's clock runs."""
    unit, row = firing.unit, firing.row
    pack = await unit.policy.pack(unit.session, row.jurisdiction_id, unit.today)
    due = pack.deadline(REFERRAL_RULE, unit.today, await unit.policy.calendar(unit.session))
    row.registrar_id = await registrar_of(unit.session, pack, row.jurisdiction_id)
    row.referred_at, row.referral_due_on, row.referral_due_at = unit.at, due.due_on, due.due_at


async def _answer(firing: Firing) -> None:
    row, given = firing.row, firing.payload
    row.referral_outcome, row.referral_note, row.answered_at = given.outcome, given.note, firing.unit.at


CONSENTS: Guard[AddressFacts] = Guard("consents", Text("电子邮箱须同意电子送达", "e-mail needs consent"), _consents)
EFFECTIVE: Guard[AddressFacts] = Guard("effective", Text("已到生效日期", "in effect by now"), _effective)
PAST: Guard[AddressFacts] = Guard("past", Text("退回日期在生效之后、今日之前", "returned while in effect"), _past)
REGISTERED: Guard[AddressFacts] = Guard("registered", Text("登记或者年报地址", "of the register"), _registered)
UNANSWERED: Guard[AddressFacts] = Guard("unanswered", Text("尚未答复", "not answered yet"), _unanswered)
_PROVIDE: dict[str, Any] = {"actors": (Actor.PROPOSER,), "scope": Scope.ADDRESS_PROVIDE, "clause": CLAUSE}
_REPORT: dict[str, Any] = {"actors": (Actor.COURT,), "scope": Scope.ADDRESS_REPORT, "clause": CLAUSE}

ADDRESS: Machine[AddressFacts] = Machine(
    name="ServiceAddress",
    text=Text("送达地址", "service address"),
    states=S,
    initial=S.DECLARED,
    terminal=frozenset({S.CHANGED}),
    transitions=(
        Transition(
            event="commit",
            sources=(S.DECLARED,),
            target=S.COMMITTED,
            text=Text("签署承诺", "commit"),
            payload=AddressCommitment,
            guards=(CONSENTS,),
            effects=(Effect("commit", Text("记入承诺", "note the commitment"), _commit),),
            **_PROVIDE,
        ),
        Transition(
            event="activate",
            sources=(S.COMMITTED,),
            target=S.ACTIVE,
            text=Text("启用", "activate"),
            payload=Note,
            guards=(EFFECTIVE,),
            effects=(Effect("supersede", Text("替代原地址", "take the place of the former one"), _activate),),
            **_PROVIDE,
        ),
        Transition(
            event="reportReturned",
            sources=(S.ACTIVE,),
            target=S.INVALID,
            text=Text("退信，地址失效", "mail came back"),
            payload=ReturnedMail,
            guards=(PAST,),
            effects=(Effect("fail", Text("记入退信", "note the return"), _fail),),
            **_REPORT,
        ),
        Transition(
            event="refer",
            sources=(S.INVALID,),
            target=S.ABNORMAL_OPERATION_REFERRED,
            text=Text("移送市场监管部门", "refer to market regulation"),
            payload=Note,
            guards=(REGISTERED,),
            effects=(Effect("refer", Text("起算处理期限", "start the register's clock"), _refer),),
            **_REPORT,
        ),
        Transition(
            event="answerReferral",
            sources=(S.ABNORMAL_OPERATION_REFERRED,),
            target=S.ABNORMAL_OPERATION_REFERRED,
            text=Text("答复处理结果", "answer what was done"),
            payload=ReferralAnswer,
            actors=(Actor.HOLDER,),
            scope=Scope.ADDRESS_PROVIDE,
            clause=CLAUSE,
            guards=(UNANSWERED,),
            effects=(Effect("answer", Text("记入处理结果", "note the outcome"), _answer),),
        ),
    ),
)

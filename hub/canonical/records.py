"""What courts tell, in the hub's own terms: cases, subjects, places on lists, listings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from hub.canonical.citizen_id import CitizenId
from hub.canonical.evasion_codes import CaseTagKind
from hub.canonical.exchange_codes import (
    AssociatedRole,
    CaseListKind,
    CasePartyRole,
    CaseProcedure,
    Confidentiality,
    DeletionGround,
    DishonestyStatus,
    ListingInitiative,
    MirrorStatus,
    SubjectType,
)


@dataclass(frozen=True, slots=True)
class SubjectTold:
    """A person or body as told: ``uscc`` is checked (GB 32100), as is ``citizen_id`` (GB 11643)."""

    kind: SubjectType
    name: str
    uscc: str | None = None
    citizen_id: CitizenId | None = None


@dataclass(frozen=True, slots=True)
class TagsTold:
    """All the tags that a case has by its court's word; none of them when they are taken back. ``ground`` says why."""

    kinds: tuple[CaseTagKind, ...]
    ground: str | None = None


@dataclass(frozen=True, slots=True)
class CaseTold:
    """Without ``tags`` nothing is said of them."""

    case_number: str
    procedure: CaseProcedure | None = None
    cause: str | None = None
    filed_on: date | None = None
    closed_on: date | None = None
    confidentiality: Confidentiality = Confidentiality.NORMAL
    tags: TagsTold | None = None


@dataclass(frozen=True, slots=True)
class ListEntry:
    """A subject's place on the list of pending cases or of terminated executions. Amounts in fen."""

    list_kind: CaseListKind
    status: MirrorStatus
    case: CaseTold
    subject: SubjectTold
    role: CasePartyRole
    listed_on: date
    claim_amount_fen: int | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """A listing of a dishonest judgment debtor; ``grounds`` are codes 1 to 6 (法释〔2017〕7号 art. 1).

    ``case_facts``, ``execution_basis`` and ``conduct`` are what a push has to tell (基本案情, 执行依据, 失信情形),
    ``rule_version`` names the text of the rule it was decided by.
    """

    status: DishonestyStatus
    mirror_status: MirrorStatus
    case: CaseTold
    subject: SubjectTold
    grounds: tuple[int, ...]
    listed_on: date
    legal_representative: str | None = None
    execution_basis: str | None = None
    basis_unit: str | None = None
    duty: str | None = None
    performance: str | None = None
    case_facts: str | None = None
    conduct: str | None = None
    published_on: date | None = None
    deleted_on: date | None = None
    rule_version: str | None = None
    decision_number: str | None = None
    decided_on: date | None = None
    served_on: date | None = None
    grace_until: date | None = None
    term_until: date | None = None
    deletion_ground: DeletionGround | None = None
    deletion_ground_on: date | None = None
    initiative: ListingInitiative | None = None

    @property
    def list_kind(self) -> CaseListKind:
        return CaseListKind.DISHONEST


@dataclass(frozen=True, slots=True)
class AssociatedPerson:
    """A person whom an order against a unit restricts too: never listed by it (法发〔2019〕35号)."""

    role: AssociatedRole
    name: str
    citizen_id: CitizenId | None = None


@dataclass(frozen=True, slots=True)
class RestrictionOrder:
    """An order that restricts consumption (限制消费令), made by a court alone; ``persons`` are restricted beside its
    subject. ``exempted_on`` is a single exemption (一次性解除), after which the order stands."""

    status: MirrorStatus
    case: CaseTold
    subject: SubjectTold
    order_number: str
    listed_on: date
    legal_basis: str
    persons: tuple[AssociatedPerson, ...] = ()
    exempted_on: date | None = None
    exemption_reason: str | None = None
    lifted_on: date | None = None
    lift_reason: str | None = None

    @property
    def list_kind(self) -> CaseListKind:
        return CaseListKind.CONSUMPTION_RESTRICTION


@dataclass(frozen=True, slots=True)
class UnexecutedCase:
    """An enterprise in default whose case has long gone without a result, as the credit bureau is told of it."""

    uscc: str
    name: str
    case_number: str
    execution_basis: str | None
    court: str
    grounds: Sequence[int]
    conduct: str | None
    performance: str | None
    published_on: date


Record = ListEntry | Listing | RestrictionOrder


@dataclass(frozen=True, slots=True)
class Message:
    """A record in its envelope. Without ``message_id`` it is a line of a snapshot, known by its content alone."""

    message_id: str | None
    version: int
    sequence: int
    occurred_at: datetime
    record: Record

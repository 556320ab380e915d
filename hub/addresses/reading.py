"""A court asks where somebody is served: for an open case of its own, with a purpose, on record before it is told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import LargeBinary, String, Uuid, bindparam, select, text

from hub.addresses.commands import AddressAsking
from hub.addresses.keeping import Addressee, addressee_problems, value_context
from hub.audit.catalogue import AuditAction
from hub.audit.recorder import Target
from hub.canonical.addresses import ServiceAddressKind, lawful_order
from hub.core.errors import NotFound, Reason, refuse_if
from hub.core.ids import new_id
from hub.core.payload import find_problems
from hub.db.models import AddressFeed, AddressReading, LegalCase, ServiceAddress
from hub.db.tenant_keys import tenant_keys
from hub.inquiry.purposes import purpose_problems
from hub.workflow.unit import Unit

STALE = "address.stale_days"
_OF = text("select * from service_addresses_of(:case, :uscc, :identity)").bindparams(
    bindparam("case", type_=Uuid()), bindparam("uscc", type_=String()), bindparam("identity", type_=LargeBinary())
)


@dataclass(frozen=True, slots=True)
class ReadAddress:
    """``rank`` is the place in the lawful order, from 1."""

    id: UUID
    rank: int
    kind: ServiceAddressKind
    value: str
    source: str
    as_of: date
    received_at: datetime
    stale: bool
    confirmed_by_commitment: bool


async def read_addresses(unit: Unit, asked: AddressAsking) -> list[ReadAddress]:
    """Addresses that may be used today, in their lawful order. A person's are told for a case he is a party of.

    Raises ``NotFound`` for a case that is not the court's own, ``Refused`` with every reason.
    """
    case = await unit.session.scalar(
        select(LegalCase).where(LegalCase.id == asked.case_id, LegalCase.court_id == unit.organization_id)
    )
    if case is None:
        raise NotFound(path=("caseId",))
    pack = await unit.policy.pack(unit.session, case.jurisdiction_id, unit.today)
    refuse_if(
        (
            *find_problems(asked),
            *addressee_problems(asked.uscc, asked.citizen_id, unit.today),
            *purpose_problems(asked.purpose, pack, ("purpose",)),
            *(() if case.closed_on is None else (Reason("CASE_NOT_OPEN", ("caseId",)),)),
        )
    )
    whose = Addressee.of(unit.keyring, asked.uscc, asked.citizen_id, unit.today)
    found = await unit.session.scalars(
        select(ServiceAddress).from_statement(_OF),
        {"case": case.id, "uscc": whose.uscc, "identity": whose.identity_hash},
    )
    ordered = lawful_order(found.all(), unit.today)
    await _record(unit, asked, case, ordered)
    return await _opened(unit, case, ordered, pack.number(STALE))


async def _record(unit: Unit, asked: AddressAsking, case: LegalCase, rows: Sequence[ServiceAddress]) -> None:
    """One entry for each address, flushed: nothing is opened that is not written."""
    for row in rows:
        read = AddressReading(
            id=new_id(),
            tenant_id=case.tenant_id,
            jurisdiction_path=case.jurisdiction_path,
            address_id=row.id,
            case_id=case.id,
            court_id=unit.organization_id,
            client_id=unit.principal.subject,
            purpose=asked.purpose,
            at=unit.at,
        )
        unit.session.add(read)
    target = Target("LegalCase", case.id, case.jurisdiction_path)
    await unit.audit(AuditAction.ADDRESS_READ, target, addresses=len(rows))
    await unit.session.flush()


async def _opened(unit: Unit, case: LegalCase, rows: Sequence[ServiceAddress], days: int) -> list[ReadAddress]:
    keys = await tenant_keys(unit.session, unit.keyring, case.tenant_id, unit.at)
    feeds = await unit.session.execute(
        select(AddressFeed.source, AddressFeed.heard_at).where(AddressFeed.source.in_({row.source for row in rows}))
    )
    heard, oldest = dict(feeds.tuples().all()), unit.at - timedelta(days=days)
    return [
        ReadAddress(
            row.id,
            rank,
            row.kind,
            keys.open(row.value_sealed, context=value_context(row.id)),
            row.source,
            row.as_of,
            row.received_at,
            row.source in heard and heard[row.source] < oldest,
            row.confirmed_by_commitment,
        )
        for rank, row in enumerate(rows, 1)
    ]

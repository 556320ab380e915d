"""Who owes: a company by its name, a person by a masked one, whose name and number are sealed and opened on record."""

from __future__ import annotations

import json
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from hub.audit.catalogue import AuditAction
from hub.campaign.commands import CampaignCaseDraft
from hub.campaign.opening import noted
from hub.canonical.citizen_id import normalize_citizen_id
from hub.core.errors import NotFound, Reason, Refused
from hub.core.keyring import Sealed
from hub.core.payload import required
from hub.db.models import Campaign, CampaignCase
from hub.db.tenant_keys import TenantKeys, tenant_keys
from hub.subjects.resolving import mask_name
from hub.workflow.unit import Unit


@dataclass(frozen=True, slots=True)
class CampaignDebtorOpening:
    """查看自然人债务人，留痕 (opening of a person who owes, on record)."""

    case_id: UUID = required("案件", "case", node="CC")


@dataclass(frozen=True, slots=True)
class Debtor:
    name: str
    number: str


def masked(draft: CampaignCaseDraft) -> str | None:
    """What may be read of who owes. A name without a credit code is taken for a person's."""
    name = (draft.debtor_name or "").strip()
    if not name:
        return None
    return name if draft.debtor_uscc else mask_name(name)


def sealed(keys: TenantKeys, draft: CampaignCaseDraft, case_id: UUID) -> Sealed | None:
    name = (draft.debtor_name or "").strip()
    if draft.debtor_uscc or not name:
        return None
    values = (name, normalize_citizen_id(draft.debtor_citizen_id or ""))
    return keys.seal(json.dumps(values, ensure_ascii=False), context=context(case_id))


def opened(keys: TenantKeys, case: CampaignCase) -> Debtor | None:
    """The person, when who owes is one."""
    if case.debtor_sealed is None:
        return None
    return Debtor(*json.loads(keys.open(case.debtor_sealed, context=context(case.id))))


def context(case_id: UUID) -> str:
    return f"campaign_case|debtor_sealed|{case_id}"


async def open_debtor(unit: Unit, asked: CampaignDebtorOpening) -> Debtor:
    """For the bank and the court of the case. Raises ``NotFound``, ``Refused`` (CAMPAIGN_NO_PERSON)."""
    of = select(CampaignCase, Campaign).join(Campaign, Campaign.id == CampaignCase.campaign_id)
    found = (await unit.session.execute(of.where(CampaignCase.id == asked.case_id))).one_or_none()
    if found is None:
        raise NotFound(path=("caseId",))
    case, row = found.tuple()
    person = opened(await tenant_keys(unit.session, unit.keyring, case.tenant_id, unit.at), case)
    if person is None:
        raise Refused(Reason("CAMPAIGN_NO_PERSON", ("caseId",)))
    await noted(unit, row, AuditAction.CAMPAIGN_DEBTOR_OPENED, case=str(case.id))
    return person

"""Lists that systems of banks hand in: each is taken by the bank's own right, whole or not at all, and answered."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

import structlog
from sqlalchemy import select

from hub.access.scopes import Scope
from hub.campaign.sheets import error_sheet, row_faults, take_sheet
from hub.campaign.taking import Taken
from hub.canonical.campaign import CampaignBank, HandedList, ListReceipt
from hub.canonical.connector import Unreachable
from hub.core.errors import Reason, Refused
from hub.core.ids import decode_node_id
from hub.core.principal import Clearance, Function, Principal, RoleName
from hub.db.models import Organization
from hub.workflow.gate import Gate, Request
from hub.workflow.unit import Unit

log = structlog.get_logger("hub.campaign")

JOB = "campaign"
TAKEN = "submitCampaignCases"
TAG = "CZ"


@dataclass(frozen=True, slots=True)
class BankExchange:
    """One per round. What is taken in twice, as after a crash, is told once."""

    gate: Gate

    async def round(self, banks: Sequence[CampaignBank]) -> int:
        """Every list that lies there; how many were answered."""
        done = 0
        for bank in banks:
            try:
                names = await asyncio.to_thread(bank.waiting)
                done += sum([await self._hear(bank, name) for name in names])
            except Unreachable as lost:
                log.warning("the bank is away", source=bank.source, code=lost.code)
        return done

    async def _hear(self, bank: CampaignBank, name: str) -> bool:
        try:
            handed = await asyncio.to_thread(bank.read, name)
        except Refused as refused:
            receipt = ListReceipt(accepted=False, reasons=refused.reasons)
        else:
            found = await self._receipt(bank, handed)
            if found is None:
                return False
            receipt = found
        await asyncio.to_thread(bank.answer, name, receipt)
        log.info("list answered", source=bank.source, accepted=receipt.accepted, reasons=len(receipt.reasons))
        return True

    async def _receipt(self, bank: CampaignBank, handed: HandedList) -> ListReceipt | None:
        """None while the campaign is busy: the list is then heard in the next round."""
        try:
            taken = await self._take(bank, handed)
        except Refused as refused:
            if refused.code == "CONFLICT":
                return None
            faults = list(row_faults(refused.reasons))
            errors = await error_sheet(handed.content, faults) if faults else None
            return ListReceipt(accepted=False, reasons=refused.reasons, errors=errors)
        return ListReceipt(accepted=True, taken=taken.taken, unchanged=taken.unchanged)

    async def _take(self, bank: CampaignBank, handed: HandedList) -> Taken:
        """Raises ``Refused`` with every reason."""
        found, campaign_id = decode_node_id(handed.campaign, path=("campaign",))
        if found != TAG:
            raise Refused(Reason("ID_INVALID", ("campaign",)))
        taken: list[Taken] = []

        async def action(unit: Unit) -> UUID:
            taken.append(await take_sheet(unit, campaign_id, handed.content))
            return taken[0].list_id

        request = Request(TAKEN, Scope.CAMPAIGN_SUBMIT, message_digest=handed.digest, target_id=campaign_id)
        await self.gate.perform(await self._principal(bank), request, action)
        return taken[0]

    async def _principal(self, bank: CampaignBank) -> Principal:
        """The bank's system as a caller: it tells cases of its own and can do nothing else. Raises ``Refused``."""
        async with self.gate.sessions.system(JOB) as session:
            of = select(Organization).where(Organization.uscc == bank.code, Organization.valid_to.is_(None))
            unit = await session.scalar(of)
        if unit is None:
            raise Refused(Reason("CAMPAIGN_BANK_UNKNOWN"))
        return Principal(
            subject=f"connector:{bank.source}",
            organization_id=unit.id,
            functions=(Function(RoleName.MEMBER_DEPARTMENT, unit.jurisdiction_path),),
            scopes=frozenset({Scope.CAMPAIGN_SUBMIT.value}),
            clearance=Clearance.L2,
        )

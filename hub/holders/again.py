"""What was set aside of a holder's answers, seen by the operator without a word of it, and taken once more: after the
holder's seal, or the shape in which it writes, has been put right here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, select

from hub.audit.catalogue import AuditAction
from hub.audit.recorder import Target, record
from hub.canonical.codes import Channel
from hub.canonical.holding import AnswerOutcome, HolderSystem
from hub.core.errors import Reason, Refused
from hub.db.models import HolderAnswer, WebhookEndpoint
from hub.db.session import SystemSession
from hub.db.tenant_keys import tenant_keys
from hub.delivery.destinations import OPERATOR
from hub.holders.taking import JOB, Taking, content_context


def set_aside(endpoint: WebhookEndpoint) -> Select[HolderAnswer]:
    """Messages of the holder that were not applied, oldest first, whichever of its destinations brought them."""
    row = HolderAnswer
    of = (row.organization_id == endpoint.organization_id, row.outcome == AnswerOutcome.QUARANTINED)
    return select(row).where(*of).order_by(row.received_at, row.id)


async def held_of(session: SystemSession, endpoint: WebhookEndpoint) -> Sequence[HolderAnswer]:
    """Raises ``Refused`` (ENDPOINT_UNKNOWN) for what is no holder's."""
    if endpoint.channel is not Channel.HOLDER:
        raise Refused(Reason("ENDPOINT_UNKNOWN", params={"id": endpoint.id}))
    return (await session.scalars(set_aside(endpoint))).all()


@dataclass(frozen=True, slots=True)
class Again:
    taking: Taking
    system: HolderSystem

    async def take(self, endpoint: WebhookEndpoint) -> tuple[int, int]:
        """How many could be applied, and how many stay aside, those among them whose content is destroyed. Raises
        ``Refused`` (CONFLICT) while a worker is at the same order."""
        gate = self.taking.gate
        async with gate.sessions.system(JOB) as session:
            held = await held_of(session, endpoint)
            keys = await tenant_keys(session, gate.keyring, endpoint.tenant_id, gate.clock())
        applied = 0
        for each in held:
            if each.content_sealed is not None:
                content = keys.open(each.content_sealed, context=content_context(each.id)).encode("latin-1")
                applied += await self.taking.take_again(endpoint, each, self.system.read(content))
        async with gate.sessions.system(JOB) as session:
            about = Target("WebhookEndpoint", endpoint.id, endpoint.jurisdiction_path)
            detail = {"event": "retake", "applied": applied, "aside": len(held) - applied}
            await record(session, OPERATOR, AuditAction.WEBHOOK_CHANGED, at=gate.clock(), target=about, detail=detail)
        return applied, len(held) - applied

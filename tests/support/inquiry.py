"""A court that asks: cases pushed by its own system, registered officers, a seal; every step through GraphQL."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, SECP256R1, EllipticCurvePrivateKey, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from sqlalchemy import select

from connectors.court.wire import Column
from hub.core.clock import local_date
from hub.core.ids import encode_node_id
from hub.db import models
from hub.inquiry.watching import watch_queries
from hub.runtime import Runtime
from tests.support.client import Client, ClientOf
from tests.support.court import DISHONEST, court_at, settle
from tests.support.world import World

ASKER, OTHER, LEADER, COMMAND = (f"county.court.{name}" for name in ("asker", "other", "leader", "command"))
OFFICERS = {ASKER: "OFFICER", OTHER: "OFFICER", LEADER: "APPROVER", COMMAND: "COMMAND"}
QUERY_FIELDS = "id version status inquiryNumber round accessCount orders { id orderNumber status round }"
ORDER_FIELDS = "id version status orderNumber dueOn urgeCount answerCode itemCount resultDigest objectionDueOn"
RESULTS = """... on ExecutionResults { watermark answers { code note queryType asOf holderOrganizationId items {
    ... on VehicleFound { plate } ... on AccountFound { accountNumber balance } } } }
    ... on Refusal { code reasons { code path message } }"""


@dataclass
class Inquiry:
    world: World
    client_of: ClientOf
    runtime: Runtime
    key: EllipticCurvePrivateKey = field(default_factory=lambda: generate_private_key(SECP256R1()))
    numbers: dict[int, str] = field(default_factory=dict)
    names: dict[int, str] = field(default_factory=dict)
    cases: dict[int, models.LegalCase] = field(default_factory=dict)
    subjects: dict[int, models.Subject] = field(default_factory=dict)
    officers: dict[str, str] = field(default_factory=dict)

    async def client(self, who: str) -> Client:
        return await self.client_of(who)

    def organization(self, unit: str) -> str:
        return encode_node_id("OR", self.world.organizations[unit])

    async def prepare(self, ferry: Path) -> None:
        """Two debtors in two cases, as the court's system tells them; four officers and a seal."""
        await settle(self.world)
        court = court_at(self.world, self.runtime, ferry)
        rows = {number: court.person(number) for number in (1, 2)}
        court.send(*((DISHONEST, row) for row in rows.values()))
        await court.hear()
        async with self.world.sessions.system("test") as session:
            for number, row in rows.items():
                self.numbers[number], self.names[number] = row[Column.CITIZEN_ID], row[Column.SUBJECT_NAME]
                self.cases[number] = (
                    await session.scalars(
                        select(models.LegalCase).where(models.LegalCase.case_number == court.case(number).case_number)
                    )
                ).one()
                of = models.DishonestyRecord.case_id == self.cases[number].id
                told = select(models.DishonestyRecord.subject_id).where(of)
                self.subjects[number] = (
                    await session.scalars(select(models.Subject).where(models.Subject.id.in_(told)))
                ).one()
        for who, capacity in OFFICERS.items():
            self.world.principals[who] = replace(self.world["county.court"], subject=who)
            await self.client(who)
            await self.register(who, capacity)
        pem = self.key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
        await (await self.client("county.court")).data(
            'mutation($k: String!, $to: Date!) { registerCourtSeal(input: {serial: "S1", publicKey: $k, validTo: $to}) '
            "{ ... on KeptCourtSeal { serial } ... on Refusal { code } } }",
            k=pem,
            to=self.day(900),
        )

    async def register(self, who: str, capacity: str, days: int = 400) -> Any:
        client = await self.client("county.court")
        entry = {
            "clientId": who,
            "certificateNumber": f"豫0825-{who}",
            "capacity": capacity,
            "validTo": self.day(days),
        }
        made = await client.change(
            "registerExecutionOfficer",
            "input: $i",
            "executionOfficer",
            "id suspendedAt",
            declared="$i: OfficerEntryInput!",
            i=entry,
        )
        self.officers[who] = made.get("id", "")
        return made

    def day(self, after: int) -> str:
        return (local_date(self.world.clock()) + timedelta(days=after)).isoformat()

    def document(self, content: bytes = b"%PDF-1.7 notice", **changes: str) -> dict[str, str]:
        made = {
            "kind": "INQUIRY_NOTICE",
            "documentNumber": "（2026）豫0825执1号之一",
            "filename": "notice.pdf",
            "content": base64.b64encode(content).decode(),
            "sha256": hashlib.sha256(content).hexdigest(),
            "sealSerial": "S1",
            "seal": base64.b64encode(self.key.sign(content, ECDSA(SHA256()))).decode(),
        }
        return {**made, **changes}

    def draft(self, *asks: tuple[str, str], number: int = 1, **changes: Any) -> dict[str, Any]:
        asked = asks or (("county.police", "VEHICLE"), ("county.finance", "BANK_ACCOUNT"))
        made = {
            "caseId": encode_node_id("LC", self.cases[number].id),
            "subjectId": encode_node_id("SU", self.subjects[number].id),
            "purposeCode": "LOCATE_ASSET",
            "purposeText": "查找被执行人可供执行的财产",
            "expiresOn": self.day(90),
            "asks": [{"holderOrganizationId": self.organization(unit), "queryType": kind} for unit, kind in asked],
            "documents": [self.document(b"%%PDF-1.7 notice %d" % number)],
        }
        return {key: value for key, value in {**made, **changes}.items() if value is not None}

    async def submit(self, *asks: tuple[str, str], who: str = ASKER, **changes: Any) -> Any:
        client = await self.client(who)
        draft = self.draft(*asks, **changes)
        return await client.change(
            "submitExecutionQuery",
            "input: $i",
            "executionQuery",
            QUERY_FIELDS,
            declared="$i: QueryDraftInput!",
            i=draft,
        )

    async def fire(self, who: str, query: Any, event: str, payload: Any = None) -> Any:
        return await self._advance(who, "ExecutionQuery", query["id"], event, payload, QUERY_FIELDS)

    async def fire_order(self, who: str, order: Any, event: str, payload: Any = None) -> Any:
        return await self._advance(who, "ExecutionOrder", order["id"], event, payload, ORDER_FIELDS)

    async def _advance(self, who: str, kind: str, key: str, event: str, payload: Any, fields: str) -> Any:
        client = await self.client(who)
        return await client.change(
            f"advance{kind}",
            "id: $id, event: $e",
            kind[0].lower() + kind[1:],
            fields,
            declared=f"$id: ID!, $e: {kind}Event!",
            id=key,
            e={event: payload or {}},
        )

    async def sent(self, *asks: tuple[str, str], **changes: Any) -> Any:
        """A query approved by the leader."""
        query = await self.submit(*asks, **changes)
        return await self.fire(LEADER, query, "approve")

    async def order_of(self, holder: str, **more: str) -> Any:
        """The order that waits longest for a holder's answer."""
        listed = "{ executionOrders(filter: {status: [DISPATCHED, ACCEPTED]}) { nodes { id orderNumber status } } }"
        return (await (await self.client(holder)).data(listed, **more))["executionOrders"]["nodes"][0]

    async def order_of_status(self, holder: str, status: str) -> Any:
        """The order of a holder that is in a state."""
        listed = f"{{ executionOrders(filter: {{status: [{status}]}}) {{ nodes {{ id orderNumber status }} }} }}"
        return (await (await self.client(holder)).data(listed))["executionOrders"]["nodes"][0]

    def answer(self, number: int = 1, **changes: Any) -> dict[str, Any]:
        made = {
            "code": "FOUND",
            "asOf": self.day(0),
            "subjectNumber": self.numbers[number],
            "items": [{"vehicle": {"plate": "豫H12345", "model": "大众"}}],
        }
        return {key: value for key, value in {**made, **changes}.items() if value is not None}

    def nothing(self, **changes: Any) -> dict[str, Any]:
        return {"code": "NOT_FOUND", "asOf": self.day(0), "note": "查无开户信息", **changes}

    async def read(self, who: str, query: Any, purpose: str = "核对车辆以便查封处置", order: str | None = None) -> Any:
        given = "input: {queryId: $q, purpose: $p, orderId: $o}"
        asked = f"mutation($q: ID!, $p: String!, $o: ID) {{ r: readExecutionResults({given}) {{ {RESULTS} }} }}"
        return (await (await self.client(who)).data(asked, q=query["id"], p=purpose, o=order))["r"]

    async def watch(self, *, days: int = 0, minutes: int = 0) -> int:
        """The scheduler's run after a while."""
        self.world.clock.advance(days=days, minutes=minutes)
        async with self.world.sessions.system("test") as session:
            return await watch_queries(session, self.world.policy, self.world.keyring, self.world.clock())

    async def rows(self, statement: Any) -> list[Any]:
        async with self.world.sessions.system("test") as session:
            return list(await session.scalars(statement))

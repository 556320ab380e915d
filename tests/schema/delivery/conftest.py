"""Webhooks as a client handles them, over the real endpoint."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

from tests.support.client import Client, ClientOf
from tests.support.delivering import hooks, item, receiver, runtime, steps  # noqa: F401 - fixtures

FIELDS = "id url status statusReason version eventTypes failures clientId"


@dataclass
class Owner:
    """A client that keeps webhooks."""

    client: Client

    async def ask(self, name: str, given: str, fields: str) -> Any:
        query = f"""mutation {{ {name}({given}) {{ __typename
            ... on WebhookSecretIssued {{ secret webhookEndpoint {{ {FIELDS} }} }}
            ... on WebhookEndpointChange {{ webhookEndpoint {{ {FIELDS} }} }}
            ... on Refusal {{ code currentVersion reasons {{ code path }} }} }} }}"""
        if fields:
            query = f"""mutation {{ {name}({given}) {{ __typename
                ... on DeliveryChange {{ delivery {{ {fields} }} }}
                ... on Refusal {{ code reasons {{ code path }} }} }} }}"""
        else:
            kind = "WebhookSecretIssued" if name.endswith(("Create", "RotateSecret")) else "WebhookEndpointChange"
            other = "WebhookEndpointChange" if kind == "WebhookSecretIssued" else "WebhookSecretIssued"
            query = "\n".join(line for line in query.splitlines() if f"on {other}" not in line)
        return (await self.client.data(query))[name]

    async def create(self, url: str, *types: str, more: str = "") -> Any:
        listed = ", ".join(f'"{each}"' for each in types or ("doublelistitem.*",))
        return await self.ask("webhookEndpointCreate", f'input: {{url: "{url}", eventTypes: [{listed}]}}{more}', "")

    async def change(self, name: str, endpoint: str, given: str = "{}", more: str = "") -> Any:
        return await self.ask(f"webhookEndpoint{name}", f'id: "{endpoint}", input: {given}{more}', "")

    async def rotate(self, endpoint: str, more: str = "") -> Any:
        return await self.ask("webhookEndpointRotateSecret", f'input: {{webhookEndpointId: "{endpoint}"{more}}}', "")

    async def test(self, endpoint: str) -> Any:
        given = f'input: {{webhookEndpointId: "{endpoint}"}}'
        return await self.ask("webhookEndpointTest", given, "id status eventType orderingKey")

    async def replay(self, delivery: str) -> Any:
        return await self.ask("deliveryReplay", f'input: {{deliveryId: "{delivery}"}}', "id status attempts")

    async def endpoints(self) -> list[Any]:
        found = await self.client.data(f"{{ webhookEndpoints {{ totalCount nodes {{ {FIELDS} }} }} }}")
        assert found["webhookEndpoints"]["totalCount"] == len(found["webhookEndpoints"]["nodes"])
        return list(found["webhookEndpoints"]["nodes"])

    async def deliveries(self, given: str = "") -> list[Any]:
        fields = "id status attempts fault httpStatus nextAttemptAt eventType orderingKey objectKey endpoint { url }"
        found = await self.client.data(f"{{ deliveries{given} {{ totalCount nodes {{ {fields} }} }} }}")
        assert found["deliveries"]["totalCount"] == len(found["deliveries"]["nodes"])
        return list(found["deliveries"]["nodes"])


@pytest.fixture
async def court(client_of: ClientOf) -> Owner:
    return Owner(await client_of("county.court"))

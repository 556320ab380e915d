"""A department's system: gets a token from the real endpoint and sends operations to the real app."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx

ISSUER = "http://127.0.0.1:8000"


@dataclass
class Client:
    """One OAuth client over one app. ``ask`` returns the whole response, ``data`` insists on success.

    A portal runs trusted documents only: with ``publish``, what it is to ask is published first and asked by its id.
    """

    http: httpx.AsyncClient
    client_id: str
    client_secret: str
    scope: str | None = None
    token: str | None = field(default=None)
    publish: Callable[[str], Awaitable[str]] | None = None

    async def authorize(self) -> str:
        form = {"grant_type": "client_credentials"} | ({"scope": self.scope} if self.scope else {})
        answer = await self.http.post("/oauth/token", data=form, auth=(self.client_id, self.client_secret))
        assert answer.status_code == 200, answer.text
        self.token = answer.json()["access_token"]
        return self.token

    async def post(self, body: object, **headers: str) -> httpx.Response:
        """One request; a token that has run out is fetched anew, as a real client does."""
        answer = await self._send(body, headers)
        if answer.status_code == 401:
            self.token = None
            answer = await self._send(body, headers)
        return answer

    async def _send(self, body: object, headers: Mapping[str, str]) -> httpx.Response:
        token = self.token or await self.authorize()
        return await self.http.post("/graphql", json=body, headers={"authorization": f"Bearer {token}", **headers})

    async def ask(self, query: str, variables: Mapping[str, Any] | None = None) -> dict[str, Any]:
        document = {"documentId": await self.publish(query)} if self.publish else {"query": query}
        answer = await self.post({**document, "variables": dict(variables or {})})
        found: dict[str, Any] = answer.json()
        return found

    async def data(self, query: str, **variables: Any) -> dict[str, Any]:
        answer = await self.ask(query, variables)
        assert "errors" not in answer, answer["errors"]
        found: dict[str, Any] = answer["data"]
        return found

    async def change(self, mutation: str, arguments: str, of: str, fields: str = "id version", **variables: Any) -> Any:
        """Fire a mutation; the changed object, or the refusal with its ``code``."""
        head = f"({variables.pop('declared')})" if "declared" in variables else ""
        query = f"""mutation M{head} {{ {mutation}({arguments}) {{
            ... on {of[0].upper() + of[1:]}Change {{ {of} {{ {fields} }} }}
            ... on Refusal {{ code message messageEn currentVersion
                reasons {{ code path message messageEn }} }} }} }}"""
        found = (await self.data(query, **variables))[mutation]
        return found.get(of, found)


ClientOf = Callable[[str], Awaitable[Client]]

"""``/graphql``: GraphQL over HTTP behind a bearer token; POST, and queries by GET where the installation allows it.

No cookie is ever read, a body must be declared as JSON, and a URL alone carries no rights: a foreign page can send
nothing that is answered.
"""

from __future__ import annotations

from typing import Any

import orjson
import structlog
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route, WebSocketRoute

from hub.auth.authenticate import bearer_challenge
from hub.config import GetRequests
from hub.core.errors import Reason, Refused
from hub.core.principal import Principal, RoleName
from hub.db.faults import BUSY
from hub.runtime import Runtime
from schema import problems
from schema.admission import NEEDS_POST
from schema.build import build_schema
from schema.disconnecting import until_gone
from schema.documents import NEEDS_STREAM
from schema.execution import Answer, Asked, Executor, busy
from schema.http.body import read_body, read_get, read_post
from schema.http.console import CONSOLE, console
from schema.http.negotiation import RESPONSE, accepted, require_json
from schema.http.refusal import RefusedRequest
from schema.subscriptions.event_source import EventSource, wants_stream
from schema.subscriptions.socket import SocketEndpoint

log = structlog.get_logger("schema.endpoint")

PATH = "/graphql"
STREAM_RETRY_SECONDS = 5


def graphql_routes(runtime: Runtime) -> list[BaseRoute]:
    """The endpoint, and outside production the console."""
    endpoint = Endpoint(runtime)
    socket = SocketEndpoint(endpoint.executor)
    routes: list[BaseRoute] = [Route(PATH, endpoint), WebSocketRoute(PATH, socket)]
    if not runtime.settings.production:
        routes.append(Route(CONSOLE, console, methods=["GET"]))
    return routes


class Endpoint:
    """An ASGI app; one per process."""

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime
        self.executor = Executor(build_schema(), runtime)
        self._methods = ("GET", "POST") if runtime.settings.graphql_get is GetRequests.QUERIES else ("POST",)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        response = await self.answer(Request(scope, receive))
        await response(scope, receive, send)

    async def answer(self, request: Request) -> Response:
        media = accepted(request.headers)
        try:
            if request.method not in self._methods:
                raise self._other_method(Reason("METHOD_NOT_ALLOWED"))
            streaming = request.method == "POST" and wants_stream(request)
            if media is None and not streaming:
                raise RefusedRequest(406, Reason("NOT_ACCEPTABLE"))
            principal = await self._principal(request)
            asked = await self._asked(request, principal)
            answered = await self._run(request, asked, principal, media) if media is not None else None
            return answered if answered is not None else await self._stream(request, asked, principal)
        except RefusedRequest as refused:
            body = {"errors": [problems.formatted(refused.reason)]}
            return _sent(orjson.dumps(body), refused.status, media or RESPONSE, **refused.headers)
        except ClientDisconnect:
            return Response(status_code=499)

    async def _run(self, request: Request, asked: Asked, principal: Principal, media: str) -> Response | None:
        """None for a subscription of a caller that takes a stream as well: clients of both name every type."""
        try:
            answer = await until_gone(request, self.executor.run(asked, principal))
        except ClientDisconnect:
            raise
        except BUSY:
            answer = busy()
        except Exception as error:
            log.exception("operation failed", kind=type(error).__name__)
            return _sent(orjson.dumps({"errors": [problems.internal()]}), 500, media)
        refused = answer.errors[0]["extensions"]["code"] if answer.errors else None
        if refused == NEEDS_POST:
            raise self._other_method(Reason(NEEDS_POST))
        if refused == NEEDS_STREAM and wants_stream(request):
            return None
        headers = {"retry-after": str(answer.retry_after)} if answer.retry_after is not None else {}
        return _sent(answer.content(), _status(answer, media), media, **headers)

    async def _stream(self, request: Request, asked: Asked, principal: Principal) -> Response:
        try:
            taken = await self._runtime.connections.take(principal.subject)
        except BUSY:
            raise RefusedRequest(503, Reason("BUSY"), retry_after=str(STREAM_RETRY_SECONDS)) from None
        if taken is None:
            raise RefusedRequest(429, Reason("CONNECTIONS_TOO_MANY"), retry_after=str(STREAM_RETRY_SECONDS))
        return EventSource(self.executor, asked, request.headers.get("authorization"), taken)

    async def _principal(self, request: Request) -> Principal:
        try:
            return await self._runtime.auth.authenticator.authenticate(request.headers.get("authorization"))
        except Refused as refused:
            challenge = bearer_challenge(refused)
            raise RefusedRequest(401, refused.reasons[0], www_authenticate=challenge) from None

    async def _asked(self, request: Request, principal: Principal) -> Asked:
        if request.method == "GET":
            return read_get(request.query_params)
        require_json(request.headers)
        return read_post(await read_body(request, self._body_limit(principal)))

    def _body_limit(self, principal: Principal) -> int:
        """Bytes of a body the caller may send: notices are uploaded by offices only."""
        settings = self._runtime.settings
        uploads = principal.has_role(RoleName.JOINT_MEETING_OFFICE)
        return settings.body_limit + (settings.notice_limit * 4 // 3 if uploads else 0)

    def _other_method(self, reason: Reason) -> RefusedRequest:
        allowed = ("POST",) if reason.code == NEEDS_POST else self._methods
        return RefusedRequest(405, reason, allow=", ".join(allowed))


def _status(answer: Answer, media: str) -> int:
    """GraphQL over HTTP: a request error is a client error in the newer media type, 200 in the older."""
    if answer.status is not None:
        return answer.status
    return 400 if not answer.executed and media == RESPONSE else 200


def _sent(content: bytes, status: int, media: str, **headers: str) -> Response:
    return Response(content, status, {"vary": "Accept", **headers}, media_type=f"{media}; charset=utf-8")

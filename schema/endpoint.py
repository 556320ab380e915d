"""``/graphql``: GraphQL over HTTP, POST only, behind a bearer token, with limits before any work."""

from __future__ import annotations

import hashlib
from importlib.resources import files
from typing import Any

import orjson
import structlog
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from hub.auth.authenticate import bearer_challenge
from hub.core.errors import Reason, Refused
from hub.core.principal import Principal, RoleName
from hub.db.faults import BUSY
from hub.runtime import Runtime
from schema import problems
from schema.build import build_schema
from schema.disconnecting import until_gone
from schema.execution import Answer, Asked, Executor, busy
from schema.limits import JSON_DEPTH, json_nested_deeper

log = structlog.get_logger("schema.endpoint")

RESPONSE = "application/graphql-response+json"
JSON = "application/json"
PATH = "/graphql"
CONSOLE = "/graphiql"


def graphql_routes(runtime: Runtime) -> list[Route]:
    """The endpoint, and outside production the console."""
    routes = [Route(PATH, Endpoint(runtime), methods=["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"])]
    if not runtime.settings.production:
        routes.append(Route(CONSOLE, console, methods=["GET"]))
    return routes


async def console(_: Request) -> HTMLResponse:
    """A page to try operations on; it loads nothing from elsewhere."""
    page = files("schema").joinpath("console.html").read_text(encoding="utf-8")
    policy = (
        "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; connect-src 'self'; img-src data:"
    )
    return HTMLResponse(page, headers={"content-security-policy": policy})


class _Failed(Exception):
    """A request refused before GraphQL sees it."""

    def __init__(self, status: int, reason: Reason, **headers: str) -> None:
        super().__init__(reason.code)
        self.status = status
        self.reason = reason
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}


class Endpoint:
    """An ASGI app; one per process."""

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime
        self._executor = Executor(build_schema(), runtime)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        response = await self.answer(Request(scope, receive))
        await response(scope, receive, send)

    async def answer(self, request: Request) -> Response:
        media = _media_type(request)
        try:
            _require_post(request, media)
            principal = await self._principal(request)
            _require_json(request)
            asked = _read(await self._body(request, principal))
            answer = await until_gone(request, self._executor.run(asked, principal))
        except _Failed as failed:
            body = {"errors": [problems.formatted(failed.reason)]}
            return _response(body, failed.status, media or RESPONSE, failed.headers)
        except ClientDisconnect:
            return Response(status_code=499)
        except BUSY:
            answer = busy()
        except Exception as error:
            log.exception("operation failed", kind=type(error).__name__)
            return _response({"errors": [problems.internal()]}, 500, media or RESPONSE, {})
        headers = {"retry-after": str(answer.retry_after)} if answer.retry_after is not None else {}
        return _sent(answer.content(), _status(answer, media), media or RESPONSE, headers)

    async def _principal(self, request: Request) -> Principal:
        try:
            return await self._runtime.auth.authenticator.authenticate(request.headers.get("authorization"))
        except Refused as refused:
            challenge = bearer_challenge(refused)
            raise _Failed(401, refused.reasons[0], www_authenticate=challenge) from None

    async def _body(self, request: Request, principal: Principal) -> bytes:
        """The body, read no further than the caller's limit: notices are uploaded by offices only."""
        settings = self._runtime.settings
        limit = settings.body_limit
        if principal.has_role(RoleName.JOINT_MEETING_OFFICE):
            limit += settings.notice_limit * 4 // 3
        declared = request.headers.get("content-length", "")
        too_large = _Failed(413, Reason("BODY_TOO_LARGE", (), {"limit": limit}), connection="close")
        if declared.isdigit() and int(declared) > limit:
            raise too_large
        body = bytearray()
        async for chunk in request.stream():
            body += chunk
            if len(body) > limit:
                raise too_large
        return bytes(body)


def _media_type(request: Request) -> str | None:
    """What the caller accepts of the two media types; the newer one where it has no preference."""
    accept = request.headers.get("accept", "*/*")
    ranges = [part.split(";")[0].strip().lower() for part in accept.split(",")]
    for media in (RESPONSE, JSON):
        if media in ranges:
            return media
    return RESPONSE if not accept.strip() or {"*/*", "application/*"} & set(ranges) else None


def _require_post(request: Request, media: str | None) -> None:
    if request.method != "POST":
        raise _Failed(405, Reason("METHOD_NOT_ALLOWED"), allow="POST")
    if media is None:
        raise _Failed(406, Reason("NOT_ACCEPTABLE"))


def _require_json(request: Request) -> None:
    kind, *parameters = (part.strip().lower() for part in request.headers.get("content-type", "").split(";"))
    charset = next((each.partition("=")[2].strip('"') for each in parameters if each.startswith("charset=")), "utf-8")
    if kind != JSON or charset not in {"utf-8", "utf8"}:
        raise _Failed(415, Reason("CONTENT_TYPE"))


def _read(body: bytes) -> Asked:
    """The request in a body. Raises ``_Failed`` (400) on anything else than one object of the known members."""
    if json_nested_deeper(body, JSON_DEPTH):
        raise _Failed(400, Reason("JSON_TOO_DEEP", (), {"limit": JSON_DEPTH}))
    try:
        given = orjson.loads(body)
    except orjson.JSONDecodeError:
        raise _Failed(400, Reason("JSON_INVALID")) from None
    if isinstance(given, list):
        raise _Failed(400, Reason("BATCH_UNSUPPORTED"))
    if not isinstance(given, dict):
        raise _Failed(400, Reason("REQUEST_INVALID", (), {"name": "query"}))
    query, variables = given.get("query"), given.get("variables")
    name, extensions = given.get("operationName"), given.get("extensions")
    document_id = given.get("documentId")
    free = document_id is None
    checks = {
        "query": isinstance(query, str) and bool(query.strip()) if free else query is None,
        "documentId": free or isinstance(document_id, str),
        "variables": variables is None or isinstance(variables, dict),
        "operationName": name is None or isinstance(name, str),
        "extensions": extensions is None or isinstance(extensions, dict),
    }
    for member, sound in checks.items():
        if not sound:
            raise _Failed(400, Reason("REQUEST_INVALID", (member,), {"name": member}))
    return Asked(query or "", variables, name or None, document_id, hashlib.sha256(body).hexdigest())


def _status(answer: Answer, media: str | None) -> int:
    """GraphQL over HTTP: a request error is a client error in the newer media type, 200 in the older."""
    if answer.status is not None:
        return answer.status
    return 400 if not answer.executed and media == RESPONSE else 200


def _response(body: Any, status: int, media: str, headers: dict[str, str]) -> Response:
    return _sent(orjson.dumps(body), status, media, headers)


def _sent(content: bytes, status: int, media: str, headers: dict[str, str]) -> Response:
    return Response(content, status, {"cache-control": "no-store", **headers}, media_type=f"{media}; charset=utf-8")

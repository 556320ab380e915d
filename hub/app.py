"""Composition root of the web process: one ASGI app over one runtime."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial

import structlog
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, Receive, Scope, Send

from hub import channels
from hub.bulk.download import Download
from hub.config import Settings
from hub.core.correlation import correlation_id
from hub.core.errors import Reason
from hub.delivery.gauges import gauges
from hub.http.cross_origin import CrossOrigin
from hub.http.health import healthz, readiness
from hub.http.logs import configure_logs
from hub.http.metrics import exposition
from hub.http.middleware import RequestFrame
from hub.http.stopping import held_back_signals
from hub.installation import database_of
from hub.pushes import Pushes
from hub.runtime import Runtime, stay_loaded
from hub.secrets import load_secrets
from schema.endpoint import PATH, graphql_routes
from schema.http.console import CONSOLE

log = structlog.get_logger("hub.app")


def build_app() -> ASGIApp:
    """The app of a web process, from the environment: what the HTTP server calls."""
    settings = Settings()
    configure_logs(settings.log_level)
    secrets = load_secrets(settings)

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        async with AsyncExitStack() as stack:
            held = stack.enter_context(held_back_signals())
            target = stack.enter_context(database_of(settings, secrets))
            runtime = await stack.enter_async_context(Runtime.open(settings, target, secrets.keyring, name="hub-web"))
            app.router.routes.extend(routes_of(runtime))
            held.first = runtime.end_connections
            stay_loaded()
            yield

    return _framed(Starlette(lifespan=lifespan, exception_handlers=_HANDLERS), settings)


def app_of(runtime: Runtime) -> ASGIApp:
    """The app over a runtime that somebody else opens and closes."""
    app = Starlette(routes=routes_of(runtime), exception_handlers=_HANDLERS)
    return _framed(app, runtime.settings)


def routes_of(runtime: Runtime) -> list[BaseRoute]:
    """Every door of the hub."""
    figures = exposition(partial(gauges, runtime.sessions, runtime.policy, runtime.clock))
    routes: list[BaseRoute] = [
        *runtime.auth.routes,
        *graphql_routes(runtime),
        Pushes(runtime).route,
        Download(runtime.sessions, runtime.keyring, runtime.clock, runtime.settings, runtime.bulk_holder).route,
        channels.answer_door(runtime).route,
        Route("/healthz", healthz, methods=["GET"]),
        Route("/readyz", readiness(runtime.sessions, runtime.events.closing), methods=["GET"]),
        Route("/metrics", figures, methods=["GET"]),
    ]
    if not runtime.settings.production:
        routes.append(Route("/", _to_console, methods=["GET"]))
    return routes


def _framed(app: Starlette, settings: Settings) -> ASGIApp:
    return RequestFrame(CrossOrigin(Shortcut(app), settings.cors_origins), hsts=settings.production)


class Shortcut:
    """GraphQL requests go straight to their endpoint: router and error handlers cost more than a cached plan."""

    def __init__(self, app: Starlette) -> None:
        self._app = app
        self._route: Route | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] != PATH:
            await self._app(scope, receive, send)
            return
        scope["route"] = route = self._route or self._find()
        try:
            await route.app(scope, receive, send)
        except Exception as error:
            log.exception("request failed", kind=type(error).__name__)
            response = await _failure(Request(scope), error)
            await response(scope, receive, send)

    def _find(self) -> Route:
        """Routes are added when the runtime is open."""
        self._route = next(each for each in self._app.routes if isinstance(each, Route) and each.path == PATH)
        return self._route


async def _to_console(_: Request) -> Response:
    return RedirectResponse(CONSOLE)


async def _http_error(_: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    codes = {404: "PATH_UNKNOWN", 405: "METHOD_UNKNOWN"}
    return _problem(status, codes.get(status, "REQUEST_REFUSED"))


async def _failure(_: Request, _error: Exception) -> Response:
    return _problem(500, "INTERNAL")


def _problem(status: int, code: str) -> Response:
    text = Reason(code).text
    body = {"code": code, "message": text.zh, "messageEn": text.en, "correlationId": correlation_id.get()}
    return JSONResponse(body, status_code=status)


_HANDLERS = {HTTPException: _http_error, Exception: _failure}

"""``hub sandbox serve``: the sandbox systems that listen on a socket."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from threading import Event
from typing import Annotated

import typer

from connectors.sandbox.registry import SANDBOXES
from hub.cli.environment import end_on_terminate, read_settings
from hub.cli.output import say
from hub.config import Settings
from hub.core.errors import Reason, Refused

_NAMES = ", ".join(SANDBOXES)


@contextmanager
def until_stopped() -> Iterator[Settings]:
    """Sandbox systems run in the block until SIGTERM or Ctrl-C ends it. Raises ``Refused`` in production."""
    settings = read_settings()
    if settings.production:
        raise Refused(Reason("PRODUCTION_REFUSES_DEMO"))
    end_on_terminate()
    try:
        yield settings
    except KeyboardInterrupt:
        say("已停止 (stopped)")


def serve(
    names: Annotated[
        list[str] | None, typer.Argument(help=f"系统，默认全部 (systems; all by default): {_NAMES}")
    ] = None,
    port: Annotated[int, typer.Option("--port", min=0, max=65_000, help="起始端口，0为任选 (first port; 0: any)")] = 0,
    fault: Annotated[
        list[str] | None, typer.Option("--fault", help="注入的故障，如 bank=MUTE，可多次给出 (fault to inject)")
    ] = None,
) -> None:
    """启动监听端口的沙箱系统，并显示如何接入中枢 (start systems on sockets; prints how a hub is brought to them)."""
    with until_stopped(), listening(names or list(SANDBOXES), port, fault or ()):
        Event().wait()


@contextmanager
def listening(names: Sequence[str], port: int = 0, faults: Iterable[str] = ()) -> Iterator[None]:
    """The systems of these names listen in the block, from ``port`` on (0: any); says how a hub is brought to them.

    Raises ``Refused`` (SANDBOX_UNKNOWN, SANDBOX_FAULT_UNKNOWN).
    """
    for name in names:
        if name not in SANDBOXES:
            raise Refused(Reason("SANDBOX_UNKNOWN", params={"name": name[:40], "known": _NAMES}))
    with ExitStack() as started:
        running = {
            name: started.enter_context(SANDBOXES[name].start(port and port + index))
            for index, name in enumerate(names)
        }
        for each in faults:
            _inject(running, each)
        for name, system in running.items():
            say(f"{name}  {system.url}")
            for line in SANDBOXES[name].how(system):
                say(f"    {line}")
        say("允许访问本机 (to reach this machine): HUB_DELIVERY__PLAIN_HTTP=true HUB_DELIVERY__NETWORKS=127.0.0.1/32")
        yield


def _inject(running: dict[str, object], given: str) -> None:
    name, _, fault = given.partition("=")
    if name not in running or not SANDBOXES[name].fault(running[name], fault.upper()):
        raise Refused(Reason("SANDBOX_FAULT_UNKNOWN", params={"given": given[:80]}))

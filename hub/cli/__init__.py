"""``hub``: the operator's commands, in Chinese with the English term."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command, get_group

from hub.cli.output import complain
from hub.core.errors import Refused

_PLACES = {
    "serve": "serving:serve",
    "worker": "working:worker",
    "migrate": "operations:migrate",
    "demo": "operations:demo",
    "import-notice": "notices:import_file",
    "bureau": "bureau:app",
    "clients": "clients:app",
    "connectors": "connectors:app",
    "destinations": "destinations:app",
    "documents": "documents:app",
    "evidence": "evidence:app",
    "keys": "keys:app",
    "policy": "policy:app",
    "register": "register:app",
    "sandbox": "sandbox:app",
    "schema": "schema:app",
    "webhooks": "webhooks:webhooks",
    "delivery": "webhooks:delivery",
}
"""Module and function, or group, of each command."""


class _Commands(TyperGroup):
    """Imports a command when it is asked for: all of them take two seconds, most need a part of the house only."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**{**settings, "commands": {name: TyperCommand(name) for name in _PLACES}})

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002 - of the class above
        if cmd_name not in _PLACES:
            return None
        module, _, name = _PLACES[cmd_name].partition(":")
        found = getattr(import_module(f"hub.cli.{module}"), name)
        if isinstance(found, typer.Typer):
            return _named(cmd_name, get_group(found))
        alone = typer.Typer(add_completion=False)
        alone.command()(found)
        return _named(cmd_name, get_command(alone))


def _named(name: str, command: Any) -> Any:
    command.name = name
    return command


app = typer.Typer(
    name="hub",
    cls=_Commands,
    help="府院联动集成中枢 (government–court linkage hub)",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


@app.callback()
def _root() -> None:
    """A group even without a command registered beforehand."""


def main() -> None:
    """Run a command; a refusal is printed with every reason and ends with status 1."""
    try:
        app()
    except Refused as refused:
        complain(refused)
        sys.exit(1)

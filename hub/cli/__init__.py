"""``hub``: the operator's commands, in Chinese with the English term."""

from __future__ import annotations

import sys

import typer

from hub.cli import (
    clients,
    connectors,
    destinations,
    documents,
    evidence,
    exchange,
    keys,
    notices,
    operations,
    policy,
    register,
    sandbox,
    sandboxes,
    schema,
    webhooks,
)
from hub.cli.output import complain
from hub.core.errors import Refused

app = typer.Typer(
    name="hub",
    help="府院联动集成中枢 (government–court linkage hub)",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
operations.register(app)
notices.register(app)
app.add_typer(clients.app, name="clients")
connectors.app.command("ask")(exchange.ask)
app.add_typer(connectors.app, name="connectors")
app.add_typer(destinations.app, name="destinations")
app.add_typer(documents.app, name="documents")
app.add_typer(evidence.app, name="evidence")
app.add_typer(keys.app, name="keys")
app.add_typer(policy.app, name="policy")
app.add_typer(register.app, name="register")
sandbox.app.command("serve")(sandboxes.serve)
app.add_typer(sandbox.app, name="sandbox")
app.add_typer(schema.app, name="schema")
app.add_typer(webhooks.webhooks, name="webhooks")
app.add_typer(webhooks.delivery, name="delivery")


def main() -> None:
    """Run a command; a refusal is printed with every reason and ends with status 1."""
    try:
        app()
    except Refused as refused:
        complain(refused)
        sys.exit(1)

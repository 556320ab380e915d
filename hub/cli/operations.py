"""``hub migrate``, ``hub demo``."""

from __future__ import annotations

import asyncio

from hub.cli.demonstration import load_demo_if_empty
from hub.cli.environment import end_on_terminate, read_settings
from hub.cli.output import say
from hub.cli.running import prepare_database, run
from hub.core.errors import Reason, Refused
from hub.installation import database_of
from hub.secrets import load_secrets


def migrate() -> None:
    """建立角色和数据库并迁移到最新结构 (create roles and database, migrate to head)."""
    end_on_terminate()
    settings = read_settings()
    secrets = load_secrets(settings, owner=True)
    with database_of(settings, secrets) as target:
        asyncio.run(prepare_database(target))
    say("数据库结构已是最新 (the schema is current)")


def demo() -> None:
    """向空库装入演示数据 (load demonstration data into an empty database)."""
    if read_settings().production:
        raise Refused(Reason("PRODUCTION_REFUSES_DEMO"))
    if not run(load_demo_if_empty):
        raise Refused(Reason("DEMO_NOT_EMPTY"))

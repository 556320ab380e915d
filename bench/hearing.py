"""``python -m bench.hearing HOME``: one round of a worker's hearing in a process of its own, and nothing else."""

from __future__ import annotations

import asyncio
import gc
import sys
from pathlib import Path

from hub.config import Settings
from hub.db.target import DatabaseTarget
from hub.installation import database_of
from hub.runtime import Runtime, stay_loaded
from hub.secrets import Secrets, load_secrets
from hub.worker import YOUNG, hear


def main() -> None:
    settings = Settings(home=Path(sys.argv[1]), _env_file=None)
    secrets = load_secrets(settings)
    with database_of(settings, secrets) as target:
        asyncio.run(_heard(settings, target, secrets))


async def _heard(settings: Settings, target: DatabaseTarget, secrets: Secrets) -> None:
    async with Runtime.open(settings, target, secrets.keyring, name="hub-worker") as runtime:
        stay_loaded()
        gc.set_threshold(YOUNG)
        await hear(runtime)


if __name__ == "__main__":
    main()

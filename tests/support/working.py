"""``hub`` and ``hub worker`` as processes of their own over the database of the tests."""

from __future__ import annotations

import base64
import os
import signal
from pathlib import Path

from hub.db.target import DatabaseRole, DatabaseTarget
from tests.support.commands import begin_hub
from tests.support.serving import environment

KEY = base64.b64encode(b"1" * 32).decode()
"""The key ring of the tests."""


def installation(home: Path, target: DatabaseTarget, **delivery: str) -> dict[str, str]:
    """The environment of an installation over the database; ``lease_seconds="4"`` and the like of deliveries."""
    user, place = f"{target.admin}:{target.admin_password}", f"{target.port}/{target.database}"
    return environment(
        home,
        HUB_DATABASE_URL=f"postgresql://{user}@:{place}?host={target.host}",
        HUB_MASTER_KEYS=f"k1:{KEY}",
        **{f"HUB_{role.name}_PASSWORD": target.passwords[role] for role in DatabaseRole},
        **{f"HUB_DELIVERY__{name.upper()}": value for name, value in delivery.items()},
    )


class Working:
    """``hub worker``; what it says is in ``log``."""

    def __init__(self, home: Path, target: DatabaseTarget, **settings: str) -> None:
        given = {"networks": "127.0.0.1/32", "plain_http": "true", "total_seconds": "2", "lease_seconds": "4"}
        self.log = home / "worker.log"
        self.process = begin_hub(
            installation(home, target, **{**given, **settings}), "worker", out=self.log, err=self.log
        )

    def send(self, name: signal.Signals) -> None:
        assert self.process.pid is not None
        os.kill(self.process.pid, name)

    def ended(self, seconds: float = 20) -> int:
        self.process.join(seconds)
        assert self.process.exitcode is not None, self.log.read_text()
        return self.process.exitcode

    def stop(self) -> None:
        """However it stands, it is gone afterwards."""
        if self.process.exitcode is None:
            self.send(signal.SIGCONT)
            self.process.kill()
            self.process.join()

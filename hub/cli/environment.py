"""The settings of a command, and what ends it."""

from __future__ import annotations

import os
import signal
from threading import Thread
from time import sleep

from pydantic import ValidationError

from hub.config import Settings
from hub.core.errors import Reason, Refused
from hub.installation import leave_signals


def read_settings() -> Settings:
    """Settings of the environment. Raises ``Refused`` naming every variable that is wrong, never its value."""
    try:
        return Settings()
    except ValidationError as error:
        names = [f"HUB_{'_'.join(str(part) for part in each['loc']).upper()}" for each in error.errors()]
        raise Refused(*(Reason("SETTING_INVALID", params={"name": name}) for name in names)) from None


def end_on_terminate() -> None:
    """SIGTERM ends a command like Ctrl-C does, so that what it started is stopped."""

    def end(*_: object) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, end)


def end_with(parent: int) -> None:
    """End this process, as SIGTERM does, when the process that started it is gone, however it went."""

    def watch() -> None:
        leave_signals()
        while os.getppid() == parent:
            sleep(1)
        os.kill(os.getpid(), signal.SIGTERM)

    Thread(target=watch, name="parent-watch", daemon=True).start()

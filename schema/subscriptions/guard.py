"""What ends a lasting connection from without: its token, its age, the end of the service."""

from __future__ import annotations

import asyncio
from contextlib import suppress

from hub.core.errors import Reason, Refused
from hub.core.principal import Principal
from hub.runtime import Runtime


class Guard:
    """Watches over one connection for the token it was opened with."""

    def __init__(self, runtime: Runtime, authorization: str | None) -> None:
        self._runtime = runtime
        self._authorization = authorization

    async def caller(self) -> Principal:
        """Who the token stands for now. Raises ``Refused`` as soon as it no longer holds."""
        return await self._runtime.auth.authenticator.authenticate(self._authorization)

    async def until_over(self) -> Refused:
        """Why the connection must end: the token's refusal, or STREAM_ENDING (service ends, maximum age reached)."""
        settings = self._runtime.settings.streams
        closing = self._runtime.events.closing
        loop = asyncio.get_running_loop()
        last = loop.time() + settings.maximum_age_minutes * 60
        while (left := last - loop.time()) > 0:
            with suppress(TimeoutError):
                async with asyncio.timeout(min(left, settings.recheck_seconds)):
                    await closing.wait()
                break
            try:
                await self.caller()
            except Refused as refused:
                return refused
        return Refused(Reason("STREAM_ENDING"))

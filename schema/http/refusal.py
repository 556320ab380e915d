"""A request refused before GraphQL sees it."""

from __future__ import annotations

from hub.core.errors import Reason


class RefusedRequest(Exception):
    """``headers`` go out with the status, underscores as hyphens (``allow="POST"``)."""

    def __init__(self, status: int, reason: Reason, **headers: str) -> None:
        super().__init__(reason.code)
        self.status = status
        self.reason = reason
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}

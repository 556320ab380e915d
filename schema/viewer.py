"""The caller about itself: what ``viewer`` answers."""

from __future__ import annotations

import orjson

from hub.core.principal import Principal


def viewer_json(principal: Principal) -> str:
    """The caller as JSON, the row that ``viewer`` is read from."""
    return orjson.dumps(
        {
            "clientId": principal.subject,
            "organizationId": str(principal.organization_id) if principal.organization_id else None,
            "scopes": sorted(principal.scopes),
            "clearance": int(principal.clearance),
            "purpose": principal.purpose,
            "functions": [
                {"role": function.role.value, "jurisdictionPath": function.path} for function in principal.functions
            ],
        }
    ).decode()

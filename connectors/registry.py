"""Every connector there is, as configured: one line for each kind of system."""

from __future__ import annotations

from pathlib import Path

from connectors.court.connector import CourtConnector
from connectors.kit.folder import safe_name
from hub.canonical.connector import Connector


def connectors_at(ferry: Path) -> list[Connector]:
    """The courts whose ferry folders lie under ``ferry``, each named by its court code (``豫0825``)."""
    if not ferry.is_dir():
        return []
    codes = sorted(path.name for path in ferry.iterdir() if path.is_dir() and safe_name(path.name))
    return [CourtConnector(code, ferry) for code in codes]

"""How a package names itself. A change of its form is a new version."""

from __future__ import annotations

FORMAT = "linkage-hub-evidence"
VERSION = 1

"""Root fields of the integrity of public bodies."""

from __future__ import annotations

from schema.integrity import overview as _overview  # noqa: F401 - declares the overview

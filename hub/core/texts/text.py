"""A bilingual text."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Text:
    """``zh`` is what users read; ``en`` stands beside it for integrators."""

    zh: str
    en: str

    def __str__(self) -> str:
        return f"{self.zh} ({self.en})"

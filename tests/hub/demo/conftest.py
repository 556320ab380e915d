"""The shipped demonstration, read once; and a copy of its files that a test may damage."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from hub.core.errors import Reason, Refused
from hub.demo.files import DATA, load_demo
from hub.demo.world import DemoWorld

Damage = Callable[[str, str, str], tuple[Reason, ...]]


@pytest.fixture(scope="session")
def world() -> DemoWorld:
    return load_demo(2026)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(DATA, tmp_path / "data"))


@pytest.fixture
def reasons_for(copy: Path) -> Damage:
    """Reasons the loader gives when the first ``old`` in a file has become ``new``; none when it still loads."""

    def damage(file: str, old: str, new: str) -> tuple[Reason, ...]:
        path = copy / file
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        try:
            load_demo(2026, folder=copy)
        except Refused as refusal:
            return refusal.reasons
        return ()

    return damage

"""The example county of the documentation, in a copy that a test may change, and imports of it."""

from __future__ import annotations

import shutil
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from hub.core.keyring import KeyRing
from hub.db.session import Sessions
from hub.organizations.register.files import load_register
from hub.organizations.register.importing import import_register, preview_register
from hub.organizations.register.plan import Plan
from tests.support.clock import MovableClock

EXAMPLE = Path(__file__).parents[3] / "docs" / "examples" / "county"
UNITS = "organizations/419721.yaml"
CITY = "organizations/419700.yaml"
BODIES = "bodies.yaml"
JURISDICTIONS = "jurisdictions.yaml"

Import = Callable[[], Awaitable[Plan]]
Edit = Callable[[str, str, str], None]


@pytest.fixture
def county(tmp_path: Path) -> Path:
    return Path(shutil.copytree(EXAMPLE, tmp_path / "county"))


@pytest.fixture
def edit(county: Path) -> Edit:
    """Turn the first ``old`` of a file into ``new``."""

    def change(file: str, old: str, new: str) -> None:
        path = county / file
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    return change


@pytest.fixture
def importing(county: Path, sessions: Sessions, keyring: KeyRing, clock: MovableClock) -> Import:
    async def run() -> Plan:
        async with sessions.system("operator") as session:
            return await import_register(session, load_register(county), keyring, at=clock())

    return run


@pytest.fixture
def previewing(county: Path, sessions: Sessions, keyring: KeyRing) -> Import:
    async def run() -> Plan:
        async with sessions.system("operator") as session:
            return await preview_register(session, load_register(county), keyring)

    return run

"""An export is the folder an import reads: nothing changes on the way, and it keeps people's numbers to itself."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import text

from hub.core.errors import Refused
from hub.core.keyring import KeyRing
from hub.db.session import Sessions
from hub.demo.loader import load_demonstration
from hub.organizations.register.exporting import export_register, write_folder
from hub.organizations.register.files import load_register
from hub.organizations.register.importing import import_register, preview_register
from hub.organizations.register.standing import read_standing
from tests.hub.organizations.conftest import Import
from tests.support.clock import MovableClock
from tests.support.emptying import Emptying


async def export(sessions: Sessions, folder: Path, phones: KeyRing | None = None) -> dict[str, str]:
    async with sessions.system("test") as session:
        files = export_register(await read_standing(session), phones=phones)
    write_folder(folder, files)
    return files


@pytest.mark.usefixtures("cheap_secrets")
async def test_the_demonstration_comes_back_unchanged_with_its_numbers_and_without(
    sessions: Sessions, keyring: KeyRing, clock: MovableClock, tmp_path: Path
) -> None:
    await load_demonstration(sessions, keyring, clock=clock)
    for folder, phones in ((tmp_path / "without", None), (tmp_path / "with", keyring)):
        await export(sessions, folder, phones)
        read = load_register(folder)
        assert read.unread == read.doubts == ()
        assert len(read.register.units) == 239
        assert len(read.register.bodies) == 5
        async with sessions.system("test") as session:
            plan = await preview_register(session, read, keyring)
        assert not plan.changes_something
        assert plan.differences == plan.units.missing == plan.groups.missing == plan.missing_bodies == ()


async def test_a_second_hub_entered_from_an_export_exports_the_same(
    sessions: Sessions,
    keyring: KeyRing,
    clock: MovableClock,
    importing: Import,
    tmp_path: Path,
    empty_tables: Emptying,
) -> None:
    await importing()
    first = await export(sessions, tmp_path / "first", keyring)
    await empty_tables()
    async with sessions.system("test") as session:
        await import_register(session, load_register(tmp_path / "first"), keyring, at=clock())
    assert await export(sessions, tmp_path / "second", keyring) == first


async def test_telephone_numbers_stay_inside_unless_asked_for(
    sessions: Sessions, keyring: KeyRing, importing: Import, tmp_path: Path
) -> None:
    await importing()
    assert "1390000900" not in str(await export(sessions, tmp_path / "without"))
    assert "13900009001" in (await export(sessions, tmp_path / "with", keyring))["bodies.yaml"]
    for path in (tmp_path / "with").rglob("*.yaml"):
        assert path.stat().st_mode & 0o077 == 0
    assert (tmp_path / "with").stat().st_mode & 0o077 == 0


async def test_an_import_without_numbers_keeps_the_ones_that_stand(
    sessions: Sessions, keyring: KeyRing, clock: MovableClock, importing: Import, tmp_path: Path
) -> None:
    await importing()
    await export(sessions, tmp_path / "without")
    async with sessions.system("test") as session:
        await import_register(session, load_register(tmp_path / "without"), keyring, at=clock())
        masked = await session.scalars(text("select phone_masked from liaison"))
        assert sorted(masked) == [f"139****900{i}" for i in range(1, 5)]


async def test_nothing_is_written_over(sessions: Sessions, importing: Import, tmp_path: Path) -> None:
    await importing()
    (tmp_path / "kept").mkdir()
    (tmp_path / "kept" / "bodies.yaml").write_text("mine")
    with pytest.raises(Refused, match="REGISTER_FOLDER_NOT_EMPTY"):
        await export(sessions, tmp_path / "kept")
    assert (tmp_path / "kept" / "bodies.yaml").read_text() == "mine"
    (tmp_path / "file").write_text("")
    with pytest.raises(Refused, match="REGISTER_FOLDER_UNUSABLE"):
        await export(sessions, tmp_path / "file")

"""Rules of the house that a reader could check, checked."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.ext.asyncio import AsyncEngine

from hub.access.roles import ROLES
from hub.access.scopes import Scope
from hub.audit.catalogue import ACTION_TEXTS, AuditAction
from hub.canonical import codes, exchange_codes
from hub.core.areas import Area
from hub.core.texts import label_text, problem_text
from hub.core.texts.problems import PROBLEMS
from hub.db.base import Base
from hub.db.target import DatabaseRole
from schema.build import print_sdl
from tests.support.sources import tree_of

ROOT = Path(__file__).parents[2]
SOURCES = [path for folder in ("hub", "schema", "connectors", "migrations") for path in (ROOT / folder).rglob("*.py")]
LONGEST_MODULE = 400
LONGEST_FUNCTION = 60


def used_codes() -> set[str]:
    return {code for path in SOURCES for code in re.findall(r'Reason\(\s*"([A-Z][A-Z0-9_]+)"', path.read_text())}


def test_every_problem_has_its_sentence_in_both_languages() -> None:
    assert used_codes() - PROBLEMS.keys() == set()
    for code, text in PROBLEMS.items():
        assert re.search(r"[\u4e00-\u9fff]", text.zh), code
        assert re.search(r"[A-Za-z]", text.en), code


def test_every_code_list_has_labels() -> None:
    enums = [
        each
        for module in (codes, exchange_codes)
        for each in vars(module).values()
        if isinstance(each, type) and each.__module__ == module.__name__
    ]
    for enum in enums:
        for member in enum:
            assert label_text(f"{enum.__name__}.{member.value}").zh


def test_every_role_answers_for_its_areas_and_every_scope_belongs_to_a_role() -> None:
    granted = {scope for role in ROLES.values() for scope in role.scopes}
    assert set(Scope) - granted == set()
    for role in ROLES.values():
        assert set(role.reads) <= set(Area)
        assert set(role.writes) <= set(Area)
        assert role.basis


def test_every_audited_act_has_words() -> None:
    assert set(ACTION_TEXTS) == set(AuditAction)


def test_schema_snapshot_is_current() -> None:
    assert (ROOT / "schema" / "schema.graphql").read_text() == print_sdl()


async def test_migrated_database_is_what_the_models_say(engines: dict[DatabaseRole, AsyncEngine]) -> None:
    async with engines[DatabaseRole.OWNER].connect() as connection:
        differences = await connection.run_sync(
            lambda sync: compare_metadata(MigrationContext.configure(sync), Base.metadata)
        )
    assert differences == []


def test_migrations_have_one_head_and_need_nothing_of_the_product() -> None:
    assert len(ScriptDirectory(str(ROOT / "migrations")).get_heads()) == 1
    for path in (ROOT / "migrations" / "versions").glob("*.py"):
        assert not re.search(r"^(from|import) (hub|schema)", path.read_text(), re.MULTILINE), path.name


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_modules_and_functions_stay_readable(path: Path) -> None:
    source = path.read_text()
    if "versions" not in path.parts and "texts" not in path.parts:
        assert len(source.splitlines()) <= LONGEST_MODULE
    for node in ast.walk(tree_of(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and "versions" not in path.parts:
            assert node.end_lineno - node.lineno <= LONGEST_FUNCTION, node.name


def test_only_the_session_door_and_its_scoped_reads_set_the_scope() -> None:
    doors = [ROOT / "hub" / "db" / name for name in ("session.py", "scoped.py")]
    for path in SOURCES:
        if path not in doors and "migrations" not in path.parts:
            assert "set_config" not in path.read_text(), path


def test_nothing_speaks_of_the_machine_it_was_written_on() -> None:
    suffixes = {".py", ".md", ".yaml", ".yml", ".toml", ".html", ".tsv", ".graphql"}
    told = re.compile(r"/wor" + r"k/|/roo" + r"t/|index-" + r"url|\.\./sha" + r"red")
    skipped = {".venv", ".git", ".hub", "build", "node_modules"}
    for path in ROOT.rglob("*"):
        if path.suffix in suffixes and not skipped & set(path.relative_to(ROOT).parts):
            assert not told.search(path.read_text(encoding="utf-8")), path


def test_unknown_problem_is_an_error_not_a_blank() -> None:
    with pytest.raises(KeyError):
        problem_text("NO_SUCH_PROBLEM", {})

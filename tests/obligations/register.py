"""Which duties are proven, read from the markers of the scenarios beside this file."""

from __future__ import annotations

import ast
import csv
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.support.sources import tree_of

FOLDER = Path(__file__).parent
LEFT_OUT = {"skip", "skipif", "xfail"}


@dataclass(frozen=True, slots=True)
class Duty:
    id: str
    duty: str
    gloss: str


def load_duties() -> list[Duty]:
    with (FOLDER / "register.tsv").open(encoding="utf-8") as lines:
        return [Duty(**row) for row in csv.DictReader(lines, delimiter="\t")]


def load_proofs() -> dict[str, list[str]]:
    """Names of the scenarios by duty; a scenario that is skipped or expected to fail proves nothing."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for path in sorted(FOLDER.glob("test_*.py")):
        for duty, test in _marked(tree_of(path.read_text(encoding="utf-8"))):
            found[duty].append(f"tests/obligations/{path.name}::{test}")
    return dict(found)


def _marked(module: ast.Module) -> Iterator[tuple[str, str]]:
    for node in module.body:
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) or not node.name.startswith("test_"):
            continue
        marks = [mark for mark in map(_mark, node.decorator_list) if mark is not None]
        if any(name in LEFT_OUT for name, _ in marks):
            continue
        yield from ((duty, node.name) for name, arguments in marks if name == "duty" for duty in arguments)


def _mark(decorator: ast.expr) -> tuple[str, list[str]] | None:
    """Name and text arguments of ``@pytest.mark.<name>(…)``."""
    call = decorator if isinstance(decorator, ast.Call) else None
    target = call.func if call is not None else decorator
    if not isinstance(target, ast.Attribute) or not ast.unparse(target).startswith("pytest.mark."):
        return None
    given = [arg.value for arg in call.args if isinstance(arg, ast.Constant)] if call is not None else []
    return target.attr, [str(value) for value in given]

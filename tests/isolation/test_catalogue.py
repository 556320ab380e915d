"""Every attack case of the catalogue is made by a test, or has the reason why there is nothing to attack."""

from __future__ import annotations

import re
from pathlib import Path

from tests.isolation.cases import COVERED, EVERY, NOT_APPLICABLE

ROOT = Path(__file__).parents[2]


def marked() -> set[str]:
    """Ids in ``attack`` marks of any test."""
    texts = (path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("test_*.py"))
    return {case for text in texts for case in re.findall(r'mark\.attack\("([A-Z]\d+)"\)', text)}


def test_every_case_is_made_or_has_its_reason() -> None:
    assert set(EVERY) - marked() - COVERED.keys() - NOT_APPLICABLE.keys() == set()
    assert marked() & NOT_APPLICABLE.keys() == set()
    assert (marked() | COVERED.keys() | NOT_APPLICABLE.keys()) - set(EVERY) == set()


def test_the_tests_named_exist() -> None:
    for case, (path, name) in COVERED.items():
        assert f"def {name}(" in (ROOT / "tests" / path).read_text(encoding="utf-8"), case
    assert all(len(reason) > 20 for reason in NOT_APPLICABLE.values())

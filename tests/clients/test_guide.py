"""Both languages of the guide say the same to the shell."""

from __future__ import annotations

import re

from tests.support.guide import GUIDE, blocks


def test_the_chinese_page_has_the_same_commands_in_the_same_order() -> None:
    chinese = blocks(GUIDE.with_name("README.zh-CN.md"))
    assert list(chinese.values()) == list(blocks(GUIDE).values())


def test_every_file_that_the_guide_names_is_there() -> None:
    for page in (GUIDE, GUIDE.with_name("README.zh-CN.md")):
        for link in re.findall(r"\]\(([^)]+)\)", page.read_text(encoding="utf-8")):
            assert (GUIDE.parent / link).is_file(), link

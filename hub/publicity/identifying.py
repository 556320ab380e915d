"""What must not be told to the public: numbers that tell a person."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from hub.core.errors import Reason

_NUMBERS = (
    ("IDENTITY_NUMBER_TOLD", re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)")),
    ("PHONE_NUMBER_TOLD", re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")),
    ("ACCOUNT_NUMBER_TOLD", re.compile(r"(?<!\d)\d{12,17}(?!\d)|(?<!\d)\d{19,24}(?!\d)")),
)


def find_identifying(texts: Iterable[tuple[str, str]]) -> Iterator[Reason]:
    """Reasons with the field each was found in; ``texts`` are fields with what they say. No reason repeats it."""
    for field, said in texts:
        plain = re.sub(r"\s", "", said)
        for code, pattern in _NUMBERS:
            if pattern.search(plain):
                yield Reason(code, (field,))

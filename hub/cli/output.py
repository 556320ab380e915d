"""What the operator reads: progress, tables, refusals."""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Sequence

from hub.core.errors import Refused


def say(text: str) -> None:
    print(text, flush=True)


def progress(text: str) -> None:
    """A step under way, on standard error so that ``--json`` output stays clean."""
    print(f"· {text}", file=sys.stderr, flush=True)


def complain(refused: Refused) -> None:
    """Every reason of a refusal, with its stable code."""
    for reason in refused.reasons:
        where = ".".join(str(part) for part in reason.path)
        print(f"✗ [{reason.code}] {where + ': ' if where else ''}{reason.text}", file=sys.stderr)


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Aligned columns; a Chinese character is two cells wide."""
    widths = [max(_width(row[column]) for row in (head, *rows)) for column in range(len(head))]
    lines = [_line(head, widths), _line(["─" * width for width in widths], widths)]
    return "\n".join([*lines, *(_line(row, widths) for row in rows)])


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    return "  ".join(cell + " " * (width - _width(cell)) for cell, width in zip(cells, widths, strict=True)).rstrip()


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)

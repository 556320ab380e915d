"""Tables of tasks (序号 | 事项 | 牵头单位 | 配合单位 | 时限), rendered as the lines a notice in prose would have."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from hub.linkage.notice.characters import fold, read_numeral, squeeze
from hub.linkage.notice.labels import Kind, column_kind
from hub.linkage.notice.outline import match_marker

_HEADER_ROWS = 4
_NUMBER_COLUMN = re.compile(r"序号|编号|序|号|项次|No\.?", re.IGNORECASE)
_PART_NUMBER = re.compile(r"[一二三四五六七八九十]{1,3}、?")
_PRINTED = {
    Kind.LEAD: "牵头单位",
    Kind.RESPONSIBLE: "责任单位",
    Kind.COOPERATING: "配合单位",
    Kind.DEADLINE: "完成时限",
}


def rows_to_lines(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Lines of a table. Without a column of responsible units every row is one line of its cells."""
    header = _header(rows)
    if header is None:
        for row in rows:
            yield "  ".join(cell for cell, _ in groupby(" ".join(cell.split()) for cell in row) if cell)
        return
    kinds = [_column(cell) for cell in rows[header]]
    for row in rows[:header]:
        yield from (cell for cell, _ in groupby(row) if cell.strip())
    for count, row in enumerate(rows[header + 1 :], start=1):
        yield from _row_lines(row, kinds, rows[header], count)


def render_tables(text: str) -> str:
    """A text in which runs of tab- or bar-separated lines that are tables of tasks are rendered as lines."""
    rendered: list[str] = []
    for tabular, block in _blocks(text.split("\n")):
        rows = [_cells(line) for line in block] if tabular else []
        rows = [row for row in rows if not all(set(cell) <= set("-:= ") for cell in row)]
        rendered += rows_to_lines(rows) if rows and _header(rows) is not None else block
    return "\n".join(rendered)


def _blocks(lines: Sequence[str]) -> Iterator[tuple[bool, list[str]]]:
    """Runs of tabular and other lines. A row of two cells (一 | 优化营商环境) heads a part of its table."""
    rows: list[bool] = []
    for line in lines:
        rows.append(len(_cells(line)) > 2 or (bool(rows) and rows[-1] and len(_cells(line)) == 2))
    for tabular, numbered in groupby(range(len(lines)), key=rows.__getitem__):
        yield tabular, [lines[index] for index in numbered]


def _cells(line: str) -> list[str]:
    bare = line.strip("\r")
    if "\t" in bare.strip():
        return [cell.strip() for cell in bare.split("\t")]
    bare = bare.strip().replace("｜", "|")
    return [cell.strip() for cell in bare.strip("|").split("|")] if bare.count("|") > 1 else [line]


def _header(rows: Sequence[Sequence[str]]) -> int | None:
    for index, row in enumerate(rows[:_HEADER_ROWS]):
        kinds = [_column(cell) for cell in row]
        if len(row) > 1 and any(kind in (Kind.LEAD, Kind.RESPONSIBLE) for kind in kinds):
            following = rows[index + 1] if index + 1 < len(rows) else ()
            return index + 1 if _is_lower_header(following) else index
    return None


def _is_lower_header(row: Sequence[str]) -> bool:
    """Whether a row parts the columns above it: 责任单位 over 牵头单位 | 配合单位."""
    kinds = [_column(cell) for cell in row]
    return Kind.LEAD in kinds and Kind.COOPERATING in kinds


def _column(cell: str) -> Kind | None:
    flat = re.sub(r"\([^()]*\)", "", squeeze(cell))
    return column_kind(flat) if 0 < len(flat) <= 16 else None


def _row_lines(row: Sequence[str], kinds: Sequence[Kind | None], header: Sequence[str], count: int) -> Iterator[str]:
    distinct = {cell.strip() for cell in row if cell.strip()}
    if len(distinct) < 2:
        yield from distinct
        return
    number, contents, statements = str(count), [], dict[Kind, str]()
    for cell, kind, title in zip(row, kinds, header, strict=False):
        if kind in _PRINTED:
            joint = "，" if kind is Kind.DEADLINE else "、"
            value = joint.join(part.strip(" 、，,；;") for part in cell.splitlines() if part.strip())
            if kind and value and value not in statements.get(kind, ""):
                statements[kind] = joint.join(filter(None, (statements.get(kind), value)))
        elif _NUMBER_COLUMN.fullmatch(squeeze(title)):
            number = str(read_numeral(squeeze(cell).strip("()、.")) or count)
        elif cell.strip() and kind is not Kind.PERSON and cell.strip() not in contents:
            contents.append(cell.strip())
    first = contents[0] if contents else ""
    part = next(
        (cell.strip() for cell, title in zip(row, header, strict=False) if _NUMBER_COLUMN.fullmatch(squeeze(title))), ""
    )
    if not statements and len(contents) == 1 and _PART_NUMBER.fullmatch(squeeze(part)):
        yield f"{part.strip('、')}、{first}"
        return
    yield first if match_marker(fold(first)) else f"{number}.{first}"
    for content in contents[1:]:
        yield from content.splitlines()
    for kind, value in statements.items():
        yield f"{_PRINTED[kind]}：{value}"

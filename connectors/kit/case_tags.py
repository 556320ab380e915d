"""Tags of a case in a row: 案件标签 lists all it has by then, ``无`` none any more; without it nothing is said."""

from __future__ import annotations

import re

from connectors.kit.cells import CellReader
from connectors.kit.list_columns import Column
from hub.canonical.evasion_codes import CaseTagKind
from hub.canonical.records import TagsTold
from hub.core.errors import Reason
from hub.core.texts import label_text

NONE = "无"
_BETWEEN = re.compile("[;；、,，]")
_KINDS = {label_text(f"CaseTagKind.{each.value}").zh: each for each in CaseTagKind} | {
    each.value: each for each in CaseTagKind
}


def tags_told(cells: CellReader) -> TagsTold | None:
    """What the row says of the tags. A case called evasion of enforcement, or one that loses its tags, says why."""
    told, ground = cells.text(Column.CASE_TAGS, 100), cells.text(Column.TAG_GROUND, 500)
    if told is None:
        if ground is not None:
            _ask(cells, Column.CASE_TAGS)
        return None
    names = [part.strip() for part in _BETWEEN.split(told) if part.strip()]
    kinds = [] if names == [NONE] else [_KINDS.get(name) for name in names]
    if None in kinds or (not kinds and names != [NONE]):
        cells.wrong(Column.CASE_TAGS, "、".join([*(name for name in _KINDS if not name.isascii()), NONE]))
        return None
    if ground is None and (not kinds or CaseTagKind.ENFORCEMENT_EVASION in kinds):
        _ask(cells, Column.TAG_GROUND)
    return TagsTold(tuple(kind for kind in CaseTagKind if kind in kinds), ground)


def _ask(cells: CellReader, column: Column) -> None:
    cells.reasons.append(Reason("CELL_REQUIRED", (column.value,), {"column": column.value}))

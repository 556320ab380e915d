"""From the outline to passages: each is one item's text with the statements that belong to it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from hub.linkage.notice.characters import squeeze
from hub.linkage.notice.header import is_title_line
from hub.linkage.notice.labels import Kind
from hub.linkage.notice.lines import is_date_line
from hub.linkage.notice.members import is_roster_line
from hub.linkage.notice.naming import looks_like_unit
from hub.linkage.notice.outline import Block, Level
from hub.linkage.notice.statements import Statement, read_line
from hub.linkage.notice.wording import is_organisational

_RESPONSIBILITY = (Kind.LEAD, Kind.RESPONSIBLE, Kind.COOPERATING)
_CLOSING = re.compile(
    r"(?:抄送|主送|相关解读|责任编辑|信息来源|附件|附表|打印|关闭|分享|扫一扫|主办单位:|此件|\(此件|\(联系人|联系人|浏览次数|来源:|上一篇|下一篇)"
)
_ATTACHMENT = re.compile(r"附\s?件\s?\d*\s?[:：]")
_SUBSTANCE = 60


@dataclass(slots=True)
class Passage:
    """A piece of a block's text. ``index`` counts the pieces of a block from 1."""

    block: Block
    index: int = 1
    content: list[str] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "\n".join(self.content)

    @property
    def responsible(self) -> bool:
        return any(statement.kind in _RESPONSIBILITY for statement in self.statements)

    @property
    def dated(self) -> bool:
        return any(statement.kind is Kind.DEADLINE for statement in self.statements)


def without_closing(lines: Sequence[str]) -> list[str]:
    """The lines without signature, date of issue, distribution list and lists of attachments at the end."""
    kept = _without_attachment_lists(lines)
    while len(kept) > 1 and (is_date_line(kept[-1]) or _CLOSING.match(squeeze(kept[-1]))):
        dated = is_date_line(kept.pop())
        while dated and len(kept) > 1 and _is_signature(kept[-1]):
            kept.pop()
    return kept


def _without_attachment_lists(lines: Sequence[str]) -> list[str]:
    kept: list[str] = []
    listing = False
    for line in lines:
        if _ATTACHMENT.match(line):
            listing = True
        elif listing and len(line) <= 60 and re.match(r"\d{1,2}\s?[.．、]", line) and not re.search(r"[。；]", line):
            continue
        else:
            listing = False
            kept.append(line)
    return kept


def _is_signature(line: str) -> bool:
    return len(line) <= 60 and not re.search(r"[。；：:，,]", line) and looks_like_unit(squeeze(line).rstrip("()"))


def read_passages(root: Block) -> list[Passage]:
    """Every passage of the outline in the order of the text; those with a statement of responsibility are items."""
    split = {id(block): _split(block) for block in root.walk()}
    _lift(root, split)
    passages: list[Passage] = []
    covered: set[int] = set()
    for block in root.walk():
        pieces = split[id(block)]
        if id(block) in covered:
            covered |= {id(child) for child in block.children}
            continue
        below = [child for child in block.walk() if child is not block]
        if block.marker and any(piece.responsible for piece in pieces) and not _any_responsible(below, split):
            covered |= {id(child) for child in block.children}
            _absorb(pieces[-1], below, split)
        passages += pieces
    return passages


def is_task(passage: Passage) -> bool:
    """Whether a passage without responsible units still reads like a task: numbered, of substance, no roster."""
    block = passage.block
    if block.marker is None or not passage.text or any(is_roster_line(line) for line in block.lines):
        return False
    if block.children:
        return len(squeeze(passage.text)) > _SUBSTANCE and not is_organisational(block)
    return not is_organisational(block)


def stands_among_tasks(passage: Passage) -> bool:
    """Whether a numbered passage without others below it stands in no part about aims, organisation or safeguards.

    Its own first words make such a part only when it is a whole section (三、保障措施).
    """
    block = passage.block
    if block.marker is None or block.children or not passage.text or any(is_roster_line(line) for line in block.lines):
        return False
    section = block.marker.level <= Level.CHINESE
    return not is_organisational(block if section or block.parent is None else block.parent)


def _split(block: Block) -> list[Passage]:
    """Cut a block's own lines where content and a new statement of responsibility follow a complete passage."""
    current = Passage(block)
    done: list[Passage] = []
    later: list[str] = []
    for line in block.lines:
        reading = read_line(line)
        if reading.content:
            (later if current.responsible else current.content).append(reading.content)
        for statement in reading.statements:
            if later and (statement.kind in _RESPONSIBILITY or (statement.kind is Kind.DEADLINE and current.dated)):
                done.append(current)
                current, later = Passage(block, len(done) + 1, later), []
            elif later and statement.kind is Kind.DEADLINE:
                current.content, later = current.content + later, []
            current.statements.append(statement)
    current.content += later
    passages = [*done, current]
    if block.marker is None:
        passages[0].content = _without_opening(passages[0].content)
    return passages


def _without_opening(lines: list[str]) -> list[str]:
    """The content of an unnumbered first item without title, addressees and the sentence that leads in."""
    start = 0
    for index, line in enumerate(lines[:-1], start=1):
        if line.endswith(("：", ":")) or is_title_line(line) or "如下" in line[-12:]:
            start = index
    return lines[start:]


def _any_responsible(blocks: Sequence[Block], split: dict[int, list[Passage]]) -> bool:
    return any(piece.responsible for block in blocks for piece in split[id(block)])


def _absorb(passage: Passage, below: Sequence[Block], split: dict[int, list[Passage]]) -> None:
    dated = passage.dated
    for block in below:
        for piece in split[id(block)]:
            number = block.marker.printed if block.marker else ""
            passage.content += [f"{number}{line}" if index == 0 else line for index, line in enumerate(piece.content)]
            passage.statements += [] if dated else piece.statements


def _lift(root: Block, split: dict[int, list[Passage]]) -> None:
    """Give a statement after the last of several siblings to their parent, when no sibling ever has its own.

    (一)……1.……2.……3.……责任单位：… speaks of (一); whether it does is read from the whole notice: a level at which a
    block that is not the last has its own units bears units itself.
    """
    bearing: set[Level] = set()
    groups: list[tuple[Block, Block]] = []
    for parent in root.walk():
        for child in parent.children[:-1]:
            if child.marker and _any_responsible([child], split):
                bearing.add(child.marker.level)
        last = parent.children[-1] if len(parent.children) > 1 else None
        if last and parent.marker and not _any_responsible([parent], split) and _any_responsible([last], split):
            groups.append((parent, last))
    liftable = [(parent, last) for parent, last in groups if last.marker and last.marker.level not in bearing]
    count = Counter(last.marker.level for _, last in liftable if last.marker)
    for parent, last in liftable:
        pieces = split[id(last)]
        own_line = not any(statement.tail for statement in pieces[0].statements)
        level = last.marker.level if last.marker else Level.ARABIC
        surely = level >= Level.BRACKETED_ARABIC or (own_line and (len(parent.path()) > 1 or count[level] > 1))
        if len(pieces) == 1 and surely:
            split[id(parent)][-1].statements += pieces[0].statements
            pieces[0].statements = []

"""Statements of responsibility and deadline, cut out of the lines of a block."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from hub.linkage.notice.characters import fold, matched_brackets, squeeze
from hub.linkage.notice.labels import Kind, find_labels, match_heading_label
from hub.linkage.notice.naming import looks_like_unit

# Words that make an unlabelled bracket at the end of a paragraph a statement: （县法院牵头，县司法局配合）.
_TAIL_ROLE = re.compile(
    r"[^,;。()]{2}(?:牵头|主办|配合|协办|(?:分别|共同|职责|分工)负责|负责(?:落实)?|组织实施|按职责分工(?:落实|推进))(?=[,;。(]|$)"
)
_TAIL_TIME = re.compile(
    r"(?:(?:\d{2,4}年|今年|明年|本年|年|\d{1,2}月|印发|本?(?:通知|方案|意见)印发|即日起)[^、]{0,40}(?:完成|前|底|末|内|推进|开展|实施|落实|建成|到位|坚持)"
    r"|每(?:年|半年|季|月|周|日|天|旬|两)[^、]{0,20}|(?:长期|持续|常态化?|立即|经常)(?:坚持|推进|开展|实施|落实|进行|完成|整改)?)"
)
_TRAILING = re.compile(r"[\s。;,、.]+$")


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement: its kind, its value as printed, and whether it stood at the end of a paragraph."""

    kind: Kind
    value: str
    tail: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """A line split into what remains as content and what it states."""

    content: str
    statements: tuple[Statement, ...]


def read_line(line: str) -> Reading:
    """Split a line. Offsets of the folded line cut the printed one."""
    folded = fold(line)
    spans = matched_brackets(folded)
    first_label = _first_label_outside(folded, spans)
    cut: list[tuple[int, int]] = []
    found: list[Statement] = []
    for start, end in spans:
        statements = _read_bracket(line, folded, start, end, in_value=first_label < start)
        if statements:
            cut.append((start, end))
            found += statements
    content, labelled = _read_labels(_without(line, cut), _without(folded, cut))
    if found or labelled:
        content = content.rstrip(" （(【[〔")
    return Reading(content.strip(), tuple(found + labelled))


def _first_label_outside(folded: str, spans: Sequence[tuple[int, int]]) -> int:
    """Where the first label outside brackets starts; the end of the line when there is none."""
    remaining = iter([*spans, (len(folded), len(folded))])
    start, end = next(remaining)
    for label in find_labels(folded):
        while label.start >= end:
            start, end = next(remaining)
        if label.start < start:
            return label.start
    return len(folded)


def _read_bracket(line: str, folded: str, start: int, end: int, *, in_value: bool) -> list[Statement]:
    inner, inner_folded = line[start + 1 : end - 1], folded[start + 1 : end - 1]
    _, labelled = _read_labels(inner, inner_folded)
    labels = find_labels(inner_folded)
    if labels and labels[0].start <= 1:
        return [Statement(statement.kind, statement.value, tail=True) for statement in labelled]
    if in_value or not _ends_paragraph(folded, end):
        return []
    flat = squeeze(inner)
    if _TAIL_ROLE.search(flat):
        return _read_role_tail(inner, labelled)
    if _TAIL_TIME.fullmatch(flat):
        return [Statement(Kind.DEADLINE, inner.strip(), tail=True)]
    return []


def _read_role_tail(inner: str, labelled: Sequence[Statement]) -> list[Statement]:
    """（县法院牵头，县司法局配合，2023年6月底前完成）: the clauses of time are the deadline."""
    clauses = [clause for clause in re.split(r"[,，;；。]", inner) if clause.strip()]
    times = [clause for clause in clauses if _TAIL_TIME.fullmatch(squeeze(clause))]
    roles = [clause for clause in clauses if clause not in times]
    if labelled:
        roles = [clause for clause in roles if not find_labels(fold(clause))]
    found = [Statement(Kind.RESPONSIBLE, "，".join(roles), tail=True)] if roles else []
    found += [Statement(Kind.DEADLINE, clause.strip(), tail=True) for clause in times]
    return found + [statement for statement in labelled if statement.kind is Kind.DEADLINE]


def _read_labels(line: str, folded: str) -> tuple[str, list[Statement]]:
    """Content before the first label (and after the last value's full stop), and the labelled statements."""
    labels = find_labels(folded)
    if not labels:
        return line, []
    content = [line[: labels[0].start]]
    statements = []
    for label, following in zip(labels, [*labels[1:], None], strict=True):
        stop = following.start if following else len(line)
        value_end = label.end + _value_length(folded[label.end : stop], label.kind)
        value = _TRAILING.sub("", line[label.end : value_end]).strip()
        statements += _statements(label.kind, value, tail=labels[0].start > 1)
        content.append(line[value_end:stop])
    return "".join(part for part in content if part.strip(" 。;,；，")).strip(), statements


def _statements(kind: Kind, value: str, *, tail: bool) -> list[Statement]:
    """A value, and the deadline that stands unlabelled at its end: 配合单位：县法院；长期坚持."""
    if kind in (Kind.DEADLINE, Kind.PERSON):
        return [Statement(kind, value, tail)]
    *units, last = re.split(r"[;；,，]", value)
    if units and _TAIL_TIME.fullmatch(squeeze(last)):
        units_value = value[: len(value) - len(last) - 1].strip()
        return [Statement(kind, units_value, tail), Statement(Kind.DEADLINE, last.strip(), tail)]
    return [Statement(kind, value, tail)]


def _value_length(folded: str, kind: Kind) -> int:
    """Length of a label's value: to the first full stop after which the text is no longer a list."""
    end = 0
    for part in folded.split("。"):
        if end and (kind in (Kind.DEADLINE, Kind.PERSON) or not _is_list(part)):
            break
        end += len(part) + 1
    return min(end, len(folded))


def _is_list(part: str) -> bool:
    pieces = re.split(r"[、,;\s]+", part.strip())
    return len(part) <= 60 and all(looks_like_unit(piece) for piece in pieces)


def _ends_paragraph(folded: str, end: int) -> bool:
    """Whether nothing but punctuation or another bracket follows."""
    following = folded[end : end + 8].strip("。;,、. ")
    return not following or following.startswith("(")


def _without(text: str, cut: Sequence[tuple[int, int]]) -> str:
    kept, position = [], 0
    for start, end in cut:
        kept.append(text[position:start])
        position = end
    kept.append(text[position:])
    return "".join(kept)


def strip_heading_label(line: str) -> str:
    """The line without a leading 工作内容： and the like."""
    return line[match_heading_label(fold(line)) :]

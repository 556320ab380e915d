"""The words that open a statement of responsibility, a deadline, or a roster line."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a statement says."""

    LEAD = "LEAD"
    RESPONSIBLE = "RESPONSIBLE"
    COOPERATING = "COOPERATING"
    DEADLINE = "DEADLINE"
    PERSON = "PERSON"
    HEADING = "HEADING"


_WORDS: dict[Kind, tuple[str, ...]] = {
    Kind.LEAD: (
        "牵头责任单位", "牵头责任部门", "第一责任单位", "第一责任部门", "主要责任单位", "主要责任部门", "总牵头单位",
        "牵头单位", "牵头部门", "牵头处室", "牵头科室", "牵头机关", "主办单位", "主办部门", "主责单位", "主责部门",
        "牵头方", "牵头",
    ),
    Kind.RESPONSIBLE: (
        "责任单位及分工", "责任单位和分工", "牵头及配合单位", "牵头和配合单位", "牵头、配合单位", "牵头及责任单位",
        "责任单位", "责任部门", "责任主体", "责任机关", "责任处室", "责任科室", "责任分工", "职责分工", "任务分工",
        "落实单位", "落实部门", "实施单位", "实施部门", "承办单位", "承办部门", "负责单位", "负责部门", "执行单位",
        "完成单位", "推进单位", "实施主体",
    ),
    Kind.COOPERATING: (
        "配合责任单位", "配合责任部门", "配合单位", "配合部门", "协办单位", "协办部门", "协同单位", "协同部门",
        "参与单位", "参与部门", "参加单位", "参加部门", "协作单位", "协作部门", "协助单位", "协助部门", "联合单位",
        "协同配合单位", "其他责任单位", "相关责任单位", "参加", "协办", "配合",
    ),
    Kind.DEADLINE: (
        "完成时限要求", "完成时间节点", "完成时限", "完成时间", "完成期限", "完成日期",
        "办理时限", "办结时限", "办理期限",
        "整改时限", "落实时限", "落实时间", "推进时限", "工作时限", "任务时限", "时限要求", "时间要求", "时间节点",
        "时间安排", "时间进度", "进度要求", "实施时间", "实施期限", "时限", "期限",
    ),
    Kind.PERSON: (
        "牵头领导", "责任领导", "分管领导", "分管负责人", "包保领导", "责任人", "牵头人", "具体负责人", "联系人",
        "联络员", "联系电话", "联系方式",
    ),
    Kind.HEADING: (
        "工作任务", "主要任务", "工作内容", "主要内容", "任务内容", "工作措施", "主要措施", "具体措施", "工作举措",
        "工作目标", "工作要求", "目标要求", "事项名称", "联动事项", "任务名称", "事项", "任务", "内容",
    ),
}  # fmt: skip


def _spaced(word: str) -> str:
    return r"\s{0,3}".join(map(re.escape, word)).replace("责", "[责贵]")


def _alternatives(kinds: Iterable[Kind]) -> str:
    return "|".join(
        rf"(?P<{kind}_{index}>{_spaced(word)})"
        for kind in kinds
        for index, word in sorted(enumerate(_WORDS[kind]), key=lambda pair: -len(pair[1]))
    )


_STATED = (Kind.LEAD, Kind.RESPONSIBLE, Kind.COOPERATING, Kind.DEADLINE, Kind.PERSON)
_COLON = r"(?:\s{0,3}\([^()]{0,12}\))?\s{0,3}(?::|;(?=\S{2})|(?<=[位门限间])为(?=\S))\s{0,5}"
_LABEL = re.compile(rf"(?:^|(?<=[。;,、\s()!?.]))(?:{_alternatives(_STATED)}){_COLON}")
_BARE = re.compile(
    rf"(?:{_alternatives((Kind.LEAD, Kind.RESPONSIBLE, Kind.COOPERATING, Kind.DEADLINE))})"
    r"(?<![头加办合])\s{1,5}(?![要应须将负按与和认高切对])(?=[^。]{2,160}[。]?$)"
)
_BRACKETED = re.compile(
    rf"[【\[［〖]\s{{0,3}}(?P<label>{_alternatives(_STATED)})\s{{0,3}}[】\]］〗]\s{{0,3}}[:：]?\s{{0,3}}"
)
_HEADING = re.compile(rf"^(?:{_alternatives((Kind.HEADING,))})\s{{0,3}}:\s{{0,5}}")
# Lines that begin another part of the document, so that no earlier line continues into them.
_OTHER = re.compile(
    r"^(?:附\s?件|附\s?表|抄\s?送|主\s?送|召\s?集\s?人|(?:常\s?务\s?|第\s?一\s?)?副\s?召\s?集\s?人|常\s?务\s?副\s?召|组\s?长"
    r"|副\s?组\s?长|成\s?员(?:\s?单\s?位)?|办公室主任|相关解读|责任编辑|信息来源)\s?:"
)


@dataclass(frozen=True, slots=True)
class Label:
    """A label in a folded line: ``start`` of the label, ``end`` where its value begins."""

    kind: Kind
    start: int
    end: int


def without_label_brackets(line: str) -> str:
    """The line with 【责任单位】 printed as 责任单位：."""
    return _BRACKETED.sub(lambda match: f" {match['label']}：", line).strip()


def find_labels(folded: str) -> list[Label]:
    """The labels of a folded line, in order. A label at the start of the line may lack its colon."""
    found = [Label(_kind(match), match.start(), match.end()) for match in _LABEL.finditer(folded)]
    if not found or found[0].start > 0:
        bare = _BARE.match(folded)
        if bare is not None:
            found.insert(0, Label(_kind(bare), 0, bare.end()))
    return found


def match_heading_label(folded: str) -> int:
    """Length of a label such as 工作内容： at the start of a folded line; 0 when there is none."""
    match = _HEADING.match(folded)
    return match.end() if match else 0


def opens_statement(folded: str) -> bool:
    """Whether a folded line starts with a label, so that it continues no earlier line."""
    labels = find_labels(folded[:80])
    return bool(labels and labels[0].start <= 1) or bool(_HEADING.match(folded)) or bool(_OTHER.match(folded))


def column_kind(header: str) -> Kind | None:
    """Kind of a table column by its folded, squeezed header."""
    for kind in (*_STATED, Kind.HEADING):
        if any(word in header for word in _WORDS[kind] if len(word) > 2) or header in _WORDS[kind]:
            return kind
    return None


def _kind(match: re.Match[str]) -> Kind:
    return Kind((match.lastgroup or "").rpartition("_")[0])

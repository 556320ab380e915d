"""Titles, source clauses and subject areas, made from an item's text by rule."""

from __future__ import annotations

import re

from hub.linkage.notice.characters import fold, squeeze, tidy
from hub.linkage.notice.outline import Block, Level
from hub.linkage.notice.statements import strip_heading_label

TITLE_LIMIT = 40
_SENTENCE_END = re.compile(r"[。;!?！？；]")
_VERBS = (
    "出台|制定|制订|印发|建立|开展|签订|发布|成立|召开|设立|推进|推动|研发|实施|组织|健全|完善|打造|构建|搭建|加强|做好"
)
_ROLE_CLAUSE = re.compile(
    rf"^(?:由?[^,，《]{{2,60}}牵头(?:单位|部门|负责)?|(?:联合|会同|与|和|邀请)(?![^,，]*(?:{_VERBS}))[^,，《]{{2,60}}(?:联合|对接|协作|配合)?"
    r"|[^,，《]{2,60}配合)$"
)
_ROLE_START = re.compile(
    rf"^由?[^,，。《]{{2,40}}?牵头(?:负责)?(?=[^,，。]{{4}})|^(?:与|和|会同|联合)[^,，。《]{{2,40}}?(?=(?:联合|共同)?(?:{_VERBS}))"
)
_ORGANISATION_HEADING = re.compile(
    r"总体(?:要求|目标|思路|安排)|指导思想|基本原则|工作(?:目标|思路|原则|要求|保障|背景|机制$)|保障措施|组织(?:保障|领导|机构|实施)|实施保障|有关要求|相关要求"
    r"|适用范围|实施步骤|时间安排|方法步骤|^总则|^附则|主要职责|(?<![按照自的])职责分工|任务分工|组成人员|联席会议(?:制度|机制)?$|领导小组$|加强组织|强化组织|重要意义"
    r"|提高(?:思想|政治)?认识|督导考核|督查考核|宣传引导$"
)
# Domain areas by the words that mark them, the narrower first.
_AREAS = (
    ("BANKRUPTCY", re.compile(r"破产|重整|清算|僵尸企业|执转破")),
    ("DATA_SHARING", re.compile(r"信息共享|数据共享|互联互通|一网通办|平台|信息推送|大数据|自助一体机|链接|系统对接")),
    ("EXECUTION", re.compile(r"执行|被执行人|失信|查控|联合惩戒|信用修复|清收|约谈")),
    ("DIVERSIFIED_RESOLUTION", re.compile(r"调解|诉源治理|多元化|矛盾纠纷|纠纷化解|信访|诉调")),
    ("MAJOR_RISK", re.compile(r"重大风险|金融风险|问题楼盘|风险处置|维稳")),
    ("ENFORCEMENT_SUPERVISION", re.compile(r"行政执法|执法监督|司法建议|执法司法|案卷评查")),
    ("BUSINESS_ENVIRONMENT", re.compile(r"营商|企业|知识产权|产权|市场主体|中小投资者|股东")),
    ("LAW_GOVERNMENT", re.compile(r"法治政府|行政诉讼|行政争议|出庭|应诉|规范性文件|依法行政|行政复议|白皮书")),
)


def make_title(content: str) -> str:
    """A title of at most 40 characters: the heading or first sentence without clauses about who does it."""
    first = next((line for line in content.split("\n") if line.strip()), "")
    sentence = tidy(_SENTENCE_END.split(strip_heading_label(first), maxsplit=1)[0])
    parts = [part for part in re.split(r"[,，]", sentence) if part.strip()]
    clauses = [_ROLE_START.sub("", part) for part in parts if not _ROLE_CLAUSE.match(part)] or parts
    title = "，".join(clauses)
    while len(title) > TITLE_LIMIT and len(clauses) > 1:
        clauses.pop()
        title = "，".join(clauses)
    title = title.strip(" :：,，、")
    return title if len(title) <= TITLE_LIMIT else f"{title[: TITLE_LIMIT - 1]}…"


def heading_end(content: str) -> int:
    """Where the heading sentence of a squeezed content ends; 0 when the text starts at once."""
    first, _, rest = content.partition("\n")
    flat = squeeze(first)
    if rest and not _SENTENCE_END.search(flat) and len(flat) <= TITLE_LIMIT:
        return len(flat)
    stop = flat.find("。")
    return stop + 1 if 0 < stop <= TITLE_LIMIT and stop + 1 < len(squeeze(content)) else 0


def is_organisational(block: Block) -> bool:
    """Whether the block or one around it is about aims, organisation or safeguards rather than a task."""
    return any(_ORGANISATION_HEADING.search(_short_heading(ancestor)) for ancestor in block.path())


def _short_heading(block: Block) -> str:
    flat = _SENTENCE_END.split(fold(block.heading), maxsplit=1)[0]
    return squeeze(flat)[:20] if len(flat) <= TITLE_LIMIT else ""


def clause_of(block: Block) -> str:
    """Where the block stands: ``二、(一)1``, or ``第1项`` for plain numbering."""
    path = [ancestor.marker for ancestor in block.path() if ancestor.marker]
    if len(path) == 1 and path[0].level is Level.ARABIC:
        return f"第{path[0].value}项"
    return "".join(_printed(marker.level, marker.value, marker.printed) for marker in path)


def _printed(level: Level, value: int, printed: str) -> str:
    match level:
        case Level.PART:
            return squeeze(printed).rstrip("、.,:")
        case Level.CHINESE:
            bare = squeeze(printed).rstrip("、.,:")
            return bare if bare.startswith("第") else f"{bare}、"
        case Level.ARABIC:
            return str(value)
        case _:
            return squeeze(printed).rstrip("、.,:")


def area_of(block: Block, content: str) -> str:
    """The area an item falls in by its words, else by those of the headings around it; OTHER when neither tells."""
    headings = [ancestor.heading for ancestor in reversed(block.path()[:-1])]
    for text in (make_title(content), content[:200], *headings):
        for area, words in _AREAS:
            if words.search(text):
                return area
    return "OTHER"

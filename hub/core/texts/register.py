"""Problem sentences of the register's files, and the words its changes are told in."""

from __future__ import annotations

from hub.core.texts.text import Text

REGISTER_PROBLEMS: dict[str, Text] = {
    "REGISTER_FILE_UNREADABLE": Text(
        "名录文件 {file} 无法读取：{problem}。", "The register file {file} cannot be read: {problem}."
    ),
    "REGISTER_NOT_LIST": Text("该处应为列表。", "A list belongs here."),
    "REGISTER_NOT_MAPPING": Text("该处应为键值对。", "A mapping belongs here."),
    "REGISTER_NOT_TEXT": Text("该处应为单个值。", "A single value belongs here."),
    "REGISTER_FIELD_MISSING": Text("缺少字段 {field}。", "The field {field} is missing."),
    "REGISTER_FIELD_UNKNOWN": Text("没有名为 {field} 的字段。", "There is no field {field}."),
    "REGISTER_VALUE_INVALID": Text(
        "值“{value}”无效（应为 {expected}）。", "The value “{value}” is not valid ({expected} expected)."
    ),
    "REGISTER_KEY_DUPLICATE": Text("“{value}”重复出现。", "“{value}” occurs more than once."),
    "REGISTER_KEY_UNKNOWN": Text("所引用的“{value}”不存在。", "“{value}” is referred to but does not exist."),
    "REGISTER_CYCLE": Text("上级关系成环：{value}。", "The chain of superiors closes on itself: {value}."),
    "REGISTER_USCC_KIND": Text(
        "统一社会信用代码 {value} 的前两位与机构类别不符。",
        "The first two characters of the USCC {value} do not fit the kind of organisation.",
    ),
    "REGISTER_WORDING_AMBIGUOUS": Text(
        "称谓“{value}”在同一区划内指向多个单位：{units}。",
        "The wording “{value}” stands for several units of one jurisdiction: {units}.",
    ),
    "REGISTER_UNIT_ENDED": Text(
        "单位“{value}”已撤并，不得在此使用。", "The unit “{value}” has ended and cannot stand here."
    ),
    "REGISTER_VALIDITY": Text("有效期或承继关系不一致。", "Validity or succession is inconsistent."),
    "REGISTER_BODY_INCOMPLETE": Text(
        "协调机构须有召集人，且只有一个办公室。", "A body needs a convenor and exactly one office."
    ),
    "REGISTER_COURT": Text(
        "法院代字只属于法院，且每个法院都须有。", "A court code belongs to courts, and every court has one."
    ),
    "REGISTER_LEVEL": Text("区划级别与代码或上级不符。", "The level does not fit the code or the parent."),
    "REGISTER_ROLE_DERIVED": Text(
        "上级部门职能由上级关系得出，不得登记为职能。",
        "The role of superior department follows from the superior links and is not registered.",
    ),
    "REGISTER_TOO_LONG": Text(
        "“{value}…”过长，最多 {limit} 个字符。", "“{value}…” is too long; {limit} characters at most."
    ),
    "REGISTER_VALUE_TWICE": Text("“{value}”已用于“{other}”。", "“{value}” is already used by “{other}”."),
    "REGISTER_NOT_MEMBER": Text(
        "联络员所属单位不是“{value}”的现任成员。", "The liaison's unit is no current member of “{value}”."
    ),
    "REGISTER_PARENT_CHANGED": Text(
        "区划 {code} 的上级为 {standing}，不得改为 {value}；上级区划一经登记不再改变。",
        "The parent of the jurisdiction {code} is {standing} and cannot become {value}; it never changes.",
    ),
    "REGISTER_CODE_CHANGED": Text(
        "“{name}”已登记为 {standing}，不得改为 {value}；区划代码一经登记不再改变。",
        "“{name}” is registered as {standing} and cannot become {value}; a code never changes.",
    ),
    "REGISTER_UNIT_AMBIGUOUS": Text(
        "“{value}”在该区划对应多个单位，请填写统一社会信用代码以指明一个。",
        "“{value}” fits several units of the jurisdiction; give the USCC to name one.",
    ),
    "REGISTER_COURT_CODE_TAKEN": Text(
        "法院代字 {value} 已属于“{other}”。", "The court code {value} belongs to “{other}”."
    ),
    "REGISTER_FOLDER_NOT_EMPTY": Text(
        "目录 {path} 不为空；请指定新的或空的目录。", "The folder {path} is not empty; name a new or an empty one."
    ),
    "REGISTER_FOLDER_UNUSABLE": Text("无法写入目录 {path}。", "The folder {path} cannot be written."),
}

REGISTER_FIELDS: dict[str, Text] = {
    "name": Text("名称", "name"),
    "short_name": Text("简称", "short name"),
    "level": Text("级别", "level"),
    "uscc": Text("统一社会信用代码", "USCC"),
    "aliases": Text("别名", "aliases"),
    "kind": Text("类别", "kind"),
    "jurisdiction": Text("区划", "jurisdiction"),
    "parent": Text("上级单位", "superior"),
    "business_superior": Text("业务指导单位", "business superior"),
    "vertically_managed": Text("垂直管理", "vertically managed"),
    "government_subject": Text("政府失信主体范围", "government subject"),
    "court_code": Text("法院代字", "court code"),
    "valid_from": Text("设立日期", "valid from"),
    "valid_to": Text("撤并日期", "valid to"),
    "successor": Text("承继单位", "successor"),
    "functions": Text("职能", "functions"),
    "members": Text("所含单位", "members"),
}
"""What a change of the register calls its fields."""

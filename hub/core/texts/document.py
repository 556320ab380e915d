"""Problem sentences of GraphQL documents: names of the document and the schema only, never a value."""

from __future__ import annotations

from hub.core.texts.text import Text

DOCUMENT_PROBLEMS: dict[str, Text] = {
    "SYNTAX": Text(
        "文档不符合 GraphQL 语法，请核对所示位置。", "The document is not valid GraphQL at the place shown."
    ),
    "DOCUMENT_INVALID": Text("文档不符合本模式，请核对所示位置。", "The document does not fit the schema where shown."),
    "DEFINITION_NOT_EXECUTABLE": Text("文档只能包含操作和片段。", "A document may hold operations and fragments only."),
    "OPERATION_TYPE_UNKNOWN": Text("本模式没有这类操作。", "The schema has no operations of this type."),
    "OPERATION_NAME_MISSING": Text(
        "文档含多个操作时，每个操作都须命名。", "Every operation needs a name where there are several."
    ),
    "NAME_TWICE": Text("名称 {name} 重复，请只保留一个。", "The name {name} occurs twice; keep one."),
    "TYPE_UNKNOWN": Text("没有类型 {name}，请核对名称。", "There is no type {name}; check the name."),
    "FRAGMENT_TYPE_MISFIT": Text(
        "片段 {name} 的类型在此处不适用。", "The type of the fragment {name} does not fit here."
    ),
    "FRAGMENT_UNKNOWN": Text("没有片段 {name}，请先定义。", "There is no fragment {name}; define it."),
    "FRAGMENT_UNUSED": Text("片段 {name} 未使用，请删除。", "The fragment {name} is not used; remove it."),
    "FRAGMENT_CYCLE": Text(
        "片段 {name} 引用了自身，请解开循环。", "The fragment {name} spreads itself; break the cycle."
    ),
    "SELECTION_MISFIT": Text(
        "字段 {name} 的子字段选取不符：对象须选取子字段，标量不得选取。",
        "The selection of the field {name} does not fit: objects need one, scalars have none.",
    ),
    "FIELD_UNKNOWN": Text(
        "此处没有字段 {name}，请核对名称与所属类型。", "There is no field {name} here; check its name and type."
    ),
    "FIELDS_CONFLICT": Text(
        "字段 {name} 在同一处的选取互相冲突，请使用不同的别名。",
        "Selections of the field {name} conflict; use different aliases.",
    ),
    "VARIABLE_TYPE_MISFIT": Text(
        "变量 {name} 的类型在此处不适用。", "The type of the variable {name} does not fit here."
    ),
    "VARIABLE_UNDECLARED": Text("变量 {name} 未声明。", "The variable {name} is not declared."),
    "VARIABLE_UNUSED": Text("变量 {name} 未使用，请删除。", "The variable {name} is not used; remove it."),
    "DIRECTIVE_UNKNOWN": Text(
        "指令 {name} 不存在或不能用在此处。", "The directive {name} is unknown or not for this place."
    ),
    "DIRECTIVE_TWICE": Text("指令 {name} 在此处只能使用一次。", "The directive {name} may stand here once only."),
    "ARGUMENT_UNKNOWN": Text("此处没有参数 {name}，请核对名称。", "There is no argument {name} here; check the name."),
    "ARGUMENT_MISSING": Text("{name} 缺少必填参数。", "A required argument of {name} is missing."),
    "VALUE_MISFIT": Text(
        "所示位置的值不符合其类型，请对照模式填写。",
        "The value at the place shown does not fit its type; see the schema.",
    ),
    "INTROSPECTION_TOO_DEEP": Text("模式查询嵌套过深。", "The introspection is nested too deeply."),
    "INTROSPECTION_REFUSED": Text(
        "本客户端不得读取模式，请向管理员索取模式文件。",
        "This client may not read the schema; ask the administrator for its file.",
    ),
    "CHANGE_NEEDS_POST": Text("GET 只用于查询，变更请用 POST。", "GET is for queries only; send changes by POST."),
}

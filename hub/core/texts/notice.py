"""Problem sentences of reading notices: refused files, what a draft leaves open, what was decided by rule."""

from __future__ import annotations

from hub.core.texts.text import Text

_FILES: dict[str, Text] = {
    "NOTICE_EMPTY": Text("文件是空的，请上传通知正文。", "The file is empty; upload the text of the notice."),
    "NOTICE_TOO_LARGE": Text(
        "文件超过 {limit} 字节的上限，请只上传通知正文。",
        "The file exceeds the limit of {limit} bytes; upload the notice alone.",
    ),
    "NOTICE_TOO_LONG": Text(
        "文件正文超过 {limit} 个字符，不是一份通知。",
        "The text is longer than {limit} characters; this is not one notice.",
    ),
    "NOTICE_FORMAT": Text(
        "无法识别文件“{name}”的格式，请使用 .txt、.docx 或文字型 .pdf。",
        "The format of “{name}” is not supported; use .txt, .docx or a text .pdf.",
    ),
    "NOTICE_OLD_WORD": Text(
        "“{name}”是旧版 Word 或加密的文档，请另存为不加密的 .docx 后重试。",
        "“{name}” is an old Word or password-protected document; save it as .docx without a password.",
    ),
    "NOTICE_ENCODING": Text(
        "无法识别文本编码，请将文件保存为 UTF-8 后重试。", "The text encoding is unknown; save the file as UTF-8."
    ),
    "NOTICE_DAMAGED": Text(
        "文件已损坏，无法读取，请重新导出。", "The file is damaged and cannot be read; export it again."
    ),
    "NOTICE_ARCHIVE_UNSAFE": Text(
        "文档压缩包异常（{detail}），已拒绝打开。", "The document archive is unsafe ({detail}) and was not opened."
    ),
    "NOTICE_XML_UNSAFE": Text(
        "文档含有不允许的 XML 声明（DTD 或实体），已拒绝打开。",
        "The document declares a DTD or entities, which is not allowed; it was not opened.",
    ),
    "NOTICE_ENCRYPTED": Text("PDF 已加密，请去除密码后重试。", "The PDF is encrypted; remove the password."),
    "NOTICE_SCANNED": Text(
        "PDF 中没有文字（可能是扫描件），请先做文字识别或上传 .docx。",
        "The PDF holds no text (perhaps a scan); recognise the text first or upload a .docx.",
    ),
    "NOTICE_TOO_MANY_PAGES": Text(
        "PDF 超过 {limit} 页，请只上传通知正文。", "The PDF has more than {limit} pages; upload the notice alone."
    ),
    "NOTICE_NOT_CHINESE": Text(
        "文件中没有中文正文，不是一份通知。", "The file holds no Chinese text; it is not a notice."
    ),
}

_OPEN: dict[str, Text] = {
    "NOTICE_UNIT_UNKNOWN": Text(
        "“{text}”不在本地区单位名册中，请补充单位或别名。", "“{text}” is not in the roster; add the unit or an alias."
    ),
    "NOTICE_UNIT_AMBIGUOUS": Text(
        "“{text}”对应名册中的多个单位，请指定其一。", "“{text}” fits several units of the roster; choose one."
    ),
    "NOTICE_UNIT_OPEN": Text(
        "“{text}”是概括性表述，不是具体单位，请明确。", "“{text}” is an open phrase, not a unit; name the units."
    ),
    "NOTICE_LIST_OPEN": Text(
        "“{text}”以“等”结尾，名单未列全，请确认其余单位。", "“{text}” leaves the list open; confirm the other units."
    ),
    "NOTICE_GROUP_UNKNOWN": Text(
        "名册中没有“{text}”这一组单位，请维护分组。", "The roster has no group “{text}”; maintain the group."
    ),
    "NOTICE_LEAD_MISSING": Text(
        "事项“{text}”没有牵头单位，请指定。", "The item “{text}” names no lead unit; choose one."
    ),
    "NOTICE_LEAD_UNCLEAR": Text(
        "事项“{text}”的责任名单首位不是具体单位，请指定牵头单位。",
        "The list of the item “{text}” does not begin with a unit; choose the lead.",
    ),
    "NOTICE_LEAD_OUTSIDE_TASKS": Text(
        "“{text}”位于目标、组织或保障部分但有牵头单位，未列为事项，请核对。",
        "“{text}” names a lead but stands among aims or safeguards; it was not drafted, please check.",
    ),
    "NOTICE_TASK_WITHOUT_UNIT": Text(
        "“{text}”没有责任单位，未列为事项，请核对。", "“{text}” names no responsible unit; it was not drafted."
    ),
    "NOTICE_DEADLINE_MISSING": Text(
        "事项“{text}”没有完成时限，请补充。", "The item “{text}” states no deadline; add one."
    ),
    "NOTICE_DEADLINE_UNCLEAR": Text(
        "无法理解完成时限“{text}”，请填写日期或周期。",
        "The deadline “{text}” is not understood; give a date or a period.",
    ),
    "NOTICE_DEADLINE_VAGUE": Text(
        "完成时限“{text}”没有日期也没有周期，请明确。",
        "The deadline “{text}” names neither day nor period; make it definite.",
    ),
    "NOTICE_MEMBER_UNCLEAR": Text(
        "“{text}”一栏的单位或职务无法识别，请补充。", "The unit or post under “{text}” is not understood; add it."
    ),
    "NOTICE_YEAR_UNKNOWN": Text(
        "无法确定通知“{text}”的年份，日期未平移。",
        "The year of the notice “{text}” is unknown; dates were not shifted.",
    ),
    "NOTICE_NO_ITEMS": Text(
        "通知“{text}”中没有可起草的清单事项。", "The notice “{text}” supports no item of a double list."
    ),
}

_NOTES: dict[str, Text] = {
    "NOTICE_NAME_INFERRED": Text("按近似名称识别：{text}。", "Recognised by a similar name: {text}."),
    "NOTICE_BRACKET_DROPPED": Text("识别时忽略了括号内容：{text}。", "The bracket was left out: {text}."),
    "NOTICE_GROUP_EXPANDED": Text("“{text}”已按名册展开。", "“{text}” was expanded by the roster."),
    "NOTICE_SECOND_LEAD": Text(
        "多个单位牵头（{text}），首位列为牵头，其余列为配合。",
        "Several leads ({text}): the first leads, the others cooperate.",
    ),
    "NOTICE_LEAD_FROM_SENTENCE": Text("牵头单位取自正文：{text}。", "The lead comes from the sentence: {text}."),
    "NOTICE_LEAD_FROM_SUBJECT": Text(
        "正文无“牵头”字样，按行为主体列为牵头：{text}。", "No explicit lead; the acting unit leads: {text}."
    ),
    "NOTICE_LEAD_DIFFERS": Text(
        "责任栏与正文的牵头单位不一致，正文为：{text}。", "The sentence names another lead than the label: {text}."
    ),
    "NOTICE_LEAD_NOT_LISTED": Text(
        "正文的牵头单位不在责任单位名单中：{text}。", "The lead of the sentence is not in the list of units: {text}."
    ),
    "NOTICE_PARTNER_NOT_LISTED": Text(
        "正文提到但责任单位名单未列：{text}。", "Named in the sentence, not in the list of units: {text}."
    ),
    "NOTICE_PARTNER_ADDED": Text(
        "责任单位名单只有牵头单位，配合单位取自正文：{text}。",
        "The list names the lead alone; this cooperating unit comes from the sentence: {text}.",
    ),
    "NOTICE_DEADLINE_FROM_SENTENCE": Text("时限取自正文：{text}。", "The deadline comes from the sentence: {text}."),
    "NOTICE_DEADLINE_FROM_ISSUE": Text(
        "时限自印发之日起算：{text}。", "The deadline counts from the day of issue: {text}."
    ),
    "NOTICE_DEADLINE_MONTH": Text(
        "时限只写到月份（{text}），按月末或“前”字前一日计。",
        "The deadline names a month only ({text}); its end counts, or the day before it.",
    ),
    "NOTICE_DEADLINE_TWO_READINGS": Text(
        "“{text}”可作两种理解：期末之前，或期初之前；暂按期末最后一日计，请核实。",
        "“{text}” reads two ways: before the period ends or before it begins; its last day counts, please check.",
    ),
    "NOTICE_DEADLINE_STAGED": Text(
        "时限分多个阶段（{text}），取最后日期。", "The deadline has stages ({text}); the last date counts."
    ),
    "NOTICE_DEADLINE_CONTINUES": Text(
        "时限之外还有持续或定期要求：{text}。", "Beside the deadline there is a lasting or periodic duty: {text}."
    ),
    "NOTICE_DEADLINE_YEAR_ASSUMED": Text(
        "时限未写年份，按清单年度计：{text}。", "The deadline names no year; the list's year was taken: {text}."
    ),
    "NOTICE_RECURRENCE_TIMES": Text(
        "周期内多次（{text}），按均匀间隔起草。", "Several times per period ({text}), drafted at even intervals."
    ),
    "NOTICE_RECURRENCE_COARSE": Text(
        "周期“{text}”比清单可登记的周期更细，已按较粗的周期起草，请核对。",
        "The period “{text}” is finer than a list item can hold; a coarser one was drafted, please check.",
    ),
}

NOTICE_PROBLEMS: dict[str, Text] = {**_FILES, **_OPEN, **_NOTES}

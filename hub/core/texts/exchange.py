"""Problem sentences of what other systems hand in: deliveries, files, rows, and what came of them."""

from __future__ import annotations

from hub.core.texts.text import Text

EXCHANGE_PROBLEMS: dict[str, Text] = {
    "MANIFEST_UNREADABLE": Text(
        "清单文件须为UTF-8编码的JSON对象，且不超过{limit}字节，请重新生成后再发。",
        "The manifest must be a JSON object in UTF-8 of at most {limit} bytes; make it again and send it.",
    ),
    "MANIFEST_FIELD": Text(
        "清单的{field}缺失或不合规定，应为：{expected}。",
        "{field} of the manifest is missing or not as it must be; expected: {expected}.",
    ),
    "BATCH_COURT": Text(
        "清单所载法院代字与本文件夹不符，应为{expected}。",
        "The manifest names another court than this folder's; expected {expected}.",
    ),
    "BATCH_SIGNATURE": Text(
        "清单签名缺失或不能验证，请以登记的密钥重新签名。",
        "The manifest's signature is missing or does not verify; sign it with the registered key.",
    ),
    "BATCH_NUMBER_REUSED": Text(
        "批号{number}已用于另一批，请换新批号重发。",
        "Batch number {number} was used for another batch; send under a new number.",
    ),
    "BATCH_FILE_MISSING": Text(
        "缺少清单所列文件{file}，请补齐后重发整批。",
        "The file {file} of the manifest is missing; send the whole batch again.",
    ),
    "BATCH_FILE_SIZE": Text(
        "文件{file}大小为{found}字节，清单载明{declared}字节，传输可能中断，请重发整批。",
        "The file {file} has {found} bytes, the manifest says {declared}; send the whole batch again.",
    ),
    "BATCH_FILE_TOO_LARGE": Text(
        "文件{file}有{size}字节，超过上限{limit}字节，未予读取，请分批发送。",
        "The file {file} has {size} bytes, more than {limit}; it was not read. Send it in parts.",
    ),
    "BATCH_DIGEST": Text(
        "文件{file}的SHA-256与清单不符，请重发整批。",
        "The SHA-256 of the file {file} is not the manifest's; send the whole batch again.",
    ),
    "BATCH_COUNT": Text(
        "文件{file}有{found}行，清单载明{declared}行，请核对后重发整批。",
        "The file {file} has {found} rows, the manifest says {declared}; check and send the whole batch again.",
    ),
    "TEMPLATE_UNKNOWN": Text(
        "模板版本不受支持，应为：{expected}。", "The template is not supported; expected: {expected}."
    ),
    "SNAPSHOT_STALE": Text(
        "快照早于已核对的快照，未予采用，请发送最新快照。",
        "The snapshot is older than one already compared; send the latest.",
    ),
    "SNAPSHOT_NOT_HELD": Text(
        "该快照核对不在待人工决定的状态，或已作出决定。",
        "This comparison does not wait for a decision, or it has been decided.",
    ),
    "MESSAGE_FROM_THE_FUTURE": Text(
        "时间晚于当前时间，请校准时钟后重发。", "The time lies ahead of now; set the clock right and send again."
    ),
    "SOURCE_UNKNOWN": Text(
        "本文件夹对应的法院尚未在中枢登记，请先登记法院代字。",
        "The court of this folder is not registered with the hub; register its court code first.",
    ),
    "FERRY_FOLDER_LOST": Text(
        "摆渡文件夹不可读写，请检查挂载和权限。",
        "The ferry folder cannot be read or written; check mount and permissions.",
    ),
    "CONNECTOR_FAILED": Text("连接器出错，请查看后台日志。", "The connector failed; see the worker's log."),
    "FILE_ENCODING": Text(
        "文件{file}不是所载明的{encoding}编码，请在清单中写明实际编码（UTF-8或GB18030）后重发。",
        "The file {file} is not in {encoding} as declared; declare its encoding (UTF-8 or GB18030) and send again.",
    ),
    "FILE_FORMAT": Text(
        "文件{file}的格式不受支持，应为：{expected}。", "The format of {file} is not supported; expected: {expected}."
    ),
    "FILE_HEADINGS": Text(
        "文件{file}的表头重复、为空或含模板以外的列，请按模板填写。",
        "The headings of {file} repeat, are empty or not of the template; follow the template.",
    ),
    "FILE_DAMAGED": Text(
        "文件{file}已损坏或不完整，请重新导出后重发。", "The file {file} is damaged; export it anew and send again."
    ),
    "FILE_LINE_TOO_LONG": Text(
        "文件{file}有超过{limit}字的行，请检查换行。",
        "The file {file} has a line of more than {limit} characters; check its line ends.",
    ),
    "FILE_ARCHIVE_UNSAFE": Text(
        "文件{file}的压缩结构异常（{detail}），未予打开，请另存为普通工作簿后重发。",
        "The archive {file} is unsafe ({detail}) and was not opened; save it as a plain workbook and send again.",
    ),
    "CELL_REQUIRED": Text("“{column}”必填。", "“{column}” must be filled in."),
    "CELL_INVALID": Text(
        "“{column}”不合规定，应为：{expected}。", "“{column}” is not as it must be; expected: {expected}."
    ),
    "CELL_TOO_LONG": Text("“{column}”超过{limit}字。", "“{column}” is longer than {limit} characters."),
    "CASE_OF_ANOTHER_COURT": Text(
        "案号的法院代字为{found}，本来源只能报送{expected}的案件。",
        "The case number is of the court {found}; this source tells of cases of {expected} only.",
    ),
    "STATE_SECRET_REFUSED": Text(
        "涉国家秘密的案件不得进入本中枢，该行内容未予保存。",
        "Cases of state secrets never enter the hub; nothing of the row was kept.",
    ),
    "FINANCE_HEAD_UNNAMED": Text(
        "财务部门负责人须由限制消费令点名：请按“财务部门负责人/姓名/公民身份号码/点名”填报，未点名的不得填报。",
        "A head of finance is restricted only by an order that names the person; say so, or leave the person out.",
    ),
    "LIST_NOT_SHARED": Text(
        "本区划的政策包未规定共享此类清单，请先由联席会议办公室核对政策包。",
        "The policy pack of the jurisdiction does not provide for this list; have the office check the pack.",
    ),
    "LIST_GOVERNMENT_ONLY": Text(
        "未结、终本清单只共享政务主体的案件，该主体不在政策包范围内。",
        "The lists of pending and terminated cases are of government subjects only, which this subject is not.",
    ),
    "BUREAU_NOT_PROVIDED": Text(
        "本地政策包未规定向征信机构报送（bureau.unexecuted.days），不予报送。",
        "The policy pack does not provide for telling the credit bureau (bureau.unexecuted.days).",
    ),
    "NARRATIVE_MISSING": Text(
        "本地政策要求推送政务主体失信案件时附“{statement}”，请补充该列后重新处理。",
        "A push about a public body must tell “{statement}” here; add the column and have it tried again.",
    ),
    "SUBJECT_IDENTITY_MISSING": Text(
        "自然人须有公民身份号码。", "A natural person needs the resident identity number."
    ),
    "SUBJECT_UNMATCHED": Text(
        "主体没有统一社会信用代码，名称不能唯一对应单位，须人工比对。",
        "The body has no code and its name is not that of exactly one unit; a person must say which it is.",
    ),
    "MESSAGE_ID_REUSED": Text(
        "报文号已用于其他内容，更正请以新版本号发送。",
        "The message id was used for other content; send corrections under a new version.",
    ),
    "LISTING_STEP_UNEXPECTED": Text(
        "该失信信息在本中枢为“{state}”，不能变为所报的“{told}”；请核对后以更正版本重报",
        "the listing stands at “{state}” here and cannot become “{told}”; check, and send a corrected version",
    ),
    "DELETION_GROUND_UNFIT": Text(
        "该失信信息纳入期限至{term}，不适用删除事由“{ground}”；应报期满或提前删除，请核对后重报",
        "listed until {term}: the ground “{ground}” does not apply; tell the end of the term or an early deletion",
    ),
    "RELISTING_BARRED": Text(
        "该失信信息因申请执行人申请而删除，{until}及以前不得依申请重新纳入；依职权纳入的请写明启动方式",
        "deleted at the creditor's request: not to be listed again at such a request until {until}; "
        "say so if the court lists of its own accord",
    ),
    "MESSAGE_CONFLICT": Text(
        "同一记录在同一时间、序号、版本下有两种内容，请以新版本号更正。",
        "One record has two contents under the same time, sequence and version; correct it under a new version.",
    ),
    "MESSAGE_UNAPPLICABLE": Text(
        "多次处理未能成功，已转入隔离，请联系管理员后重新处理。",
        "Several attempts failed; it is quarantined. Tell the administrator, then replay it.",
    ),
    "MESSAGE_NOT_WAITING": Text(
        "该报文不在待人工处理的状态，无须更正或重新处理。",
        "The message does not wait for a person; there is nothing to mend or replay.",
    ),
    "MESSAGE_WITHOUT_CONTENT": Text(
        "该报文内容未予保存，只能由来源重新报送。",
        "The message's content was not kept; only its source can send it again.",
    ),
    "MEND_COLUMN_REPEATED": Text("“{column}”重复填写。", "“{column}” is given twice."),
    "MATCH_DECIDED": Text("该主体已完成比对。", "This body has been matched."),
}

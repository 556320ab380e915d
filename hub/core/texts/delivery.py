"""Problem sentences of webhooks and deliveries."""

from __future__ import annotations

from hub.core.texts.text import Text

DELIVERY_PROBLEMS: dict[str, Text] = {
    "URL_INVALID": Text(
        "地址须为不含用户名和片段的绝对 URL，国际化域名须写成 xn-- 形式。",
        "Give an absolute URL without user or fragment; write internationalised names in their xn-- form.",
    ),
    "URL_SCHEME": Text("地址的协议须为 {schemes}。", "The scheme of the address must be {schemes}."),
    "URL_PORT": Text(
        "地址的端口须为协议的默认端口或不小于 1024。",
        "The port of the address must be that of its scheme, or 1024 and above.",
    ),
    "URL_HOST": Text(
        "该主机不允许作为接收地址：须为可公开解析的域名或公网地址，内网地址须先由管理员列入允许的网段。",
        "The host may not be delivered to: give a public name or address, or have the administrator allow its network.",
    ),
    "EVENT_TYPE_UNKNOWN": Text(
        "没有事件类型“{value}”，可填具体类型或“{families}”之一。",
        "There is no event type “{value}”; give a type, or one of {families}.",
    ),
    "EVENT_TYPES_NUMBER": Text(
        "须列出 1 至 {limit} 个事件类型，每个一次。", "List 1 to {limit} event types, each once."
    ),
    "WEBHOOKS_TOO_MANY": Text(
        "本单位的推送地址已达上限 {limit} 个，请先删除不用的。",
        "The organisation has {limit} endpoints, which is the limit; delete one first.",
    ),
    "WEBHOOK_STATUS": Text(
        "推送地址目前为“{status}”，不能进行此操作。", "The endpoint is “{status}” now; this cannot be done."
    ),
    "DELIVERY_WAITING": Text("该投递正在等待投递，无须重放。", "The delivery waits to be sent; nothing to replay."),
    "DELIVERY_WITHDRAWN": Text("该投递已撤回，不能重放。", "The delivery was withdrawn; it cannot be replayed."),
    "ALARM_ENDPOINT_STOPPED": Text(
        "推送地址 {endpoint} 已停止（{reason}）；请通知其单位排除故障后恢复（webhookEndpointResume，银行和网关用 "
        "hub destinations resume）。",
        "Endpoint {endpoint} is stopped ({reason}); have its owner mend it and resume it (webhookEndpointResume; banks "
        "and gateways by hub destinations resume).",
    ),
    "ALARM_ANSWERS_ASIDE": Text(
        "协助查询单位 {endpoint} 有 {answers} 份反馈被搁置而请求仍在等候；请查看原因（hub destinations set-aside），"
        "印章或报文形式改正后重新采纳（hub destinations retake）。",
        "{answers} answers of holder {endpoint} are set aside while their orders wait; see why (hub destinations "
        "set-aside), and take them once more when seal or shape is right (hub destinations retake).",
    ),
    "ALARM_DELIVERY_LATE": Text(
        "推送地址 {endpoint} 有 {waiting} 个投递在等待，最早始于 {since}；请检查接收方是否正常。",
        "{waiting} deliveries wait for endpoint {endpoint}, the first since {since}; check its receiver.",
    ),
    "ALARM_DELIVERY_DEAD": Text(
        "推送地址 {endpoint} 有 {dead} 个投递已放弃；故障排除后用 hub delivery replay 重放。",
        "{dead} deliveries to endpoint {endpoint} were given up; replay them with hub delivery replay once mended.",
    ),
    "ALARM_DELIVERY_STUCK": Text(
        "{lanes} 个投递队列的租约早已到期而无人接手；请检查 hub worker 是否在运行。",
        "{lanes} lanes whose lease ended long ago were taken up by nobody; check that hub worker runs.",
    ),
    "ALARM_EVENTS_UNREAD": Text(
        "自 {since} 起的事件尚未处理；请检查 hub worker 的日志，以及是否有长时间未结束的事务。",
        "Events since {since} are not read on; check the log of hub worker, and for transactions left open.",
    ),
    "ALARM_READER_SILENT": Text(
        "事件读取自 {since} 起没有动静；请检查 hub worker 是否在运行。",
        "The reader of events is silent since {since}; check that hub worker runs.",
    ),
    "ALARM_JOB_SILENT": Text(
        "定时任务 {job} 到期未执行，上次完成于 {since}；请检查 hub worker 的日志。",
        "The scheduled job {job} is due and does not run, last done {since}; check the log of hub worker.",
    ),
    "ALARM_BANK_SILENT": Text(
        "银行 {endpoint} 对第 {number} 批名单一直未予回执，已按规定催办；请联系银行。",
        "Bank {endpoint} does not acknowledge list {number} though it was chased; call the bank.",
    ),
    "ALARM_BANK_REFUSED": Text(
        "银行 {endpoint} 未能采用第 {number} 批名单（{rows} 行）；请与银行核对后发送全量（hub destinations resend）。",
        "Bank {endpoint} could not use list {number} ({rows} rows); settle it with the bank, then send everything "
        "(hub destinations resend).",
    ),
    "DESTINATION_ACCOUNT": Text(
        "须填写中枢在对方系统的账号或发件地址，不超过{limit}字。",
        "Give the account or sender address the hub has at the other system, at most {limit} characters.",
    ),
    "DESTINATION_SECRET": Text("须给出对方系统发给的密钥。", "Give the secret that the other system has issued."),
    "DESTINATION_HOLDER": Text(
        "协助查询单位接口须给出报文形式和单位印章的公钥（P-256，PEM）；其他目的地不得给出。",
        "A holder's system takes a shape and the public key of its seal (P-256, PEM); other destinations take none.",
    ),
    "DESTINATION_SHAPE": Text("没有这种报文形式，可用：{known}。", "There is no such shape; there are {known}."),
    "DESTINATION_STATUS": Text("该目的地正在投递，无须恢复。", "The destination is delivered to; nothing to resume."),
    "DESTINATION_WEBHOOK": Text(
        "系统推送地址由单位自己的客户端登记（webhookEndpointCreate）。",
        "Webhook endpoints are registered by an organisation's own client (webhookEndpointCreate).",
    ),
    "DESTINATION_CHANNEL": Text("此操作只适用于银行和协助查询单位。", "This is for banks and holders only."),
    "ENDPOINT_UNKNOWN": Text("没有推送地址 {id}。", "There is no webhook endpoint {id}."),
}

"""Problem sentences of systems that are spoken to over a network."""

from __future__ import annotations

from hub.core.texts.text import Text

SYSTEM_PROBLEMS: dict[str, Text] = {
    "SYSTEM_ADDRESS": Text(
        "对方系统的地址不允许访问，请由管理员列入允许的网段。",
        "The system's address may not be reached; have the administrator allow its network.",
    ),
    "SYSTEM_UNREACHABLE": Text(
        "对方系统无法连接，请检查网络和对方是否在线。",
        "The system cannot be reached; check the network and whether it is up.",
    ),
    "SYSTEM_CERTIFICATE": Text(
        "对方系统的证书不能验证，请核对证书及其签发机构。",
        "The system's certificate does not verify; check it and its authority.",
    ),
    "SYSTEM_TIMEOUT": Text("对方系统未在时限内答复，请稍后再试。", "The system did not answer in time; try later."),
    "SYSTEM_GARBLED": Text(
        "对方系统的答复不合约定，请与对方核对接口。",
        "The system's answer is not as agreed; check the interface with its keeper.",
    ),
    "SYSTEM_REDIRECT": Text(
        "对方系统要求转向别处，未予跟随，请登记其实际地址。",
        "The system sends elsewhere, which is not followed; register its real address.",
    ),
    "SYSTEM_STATUS": Text(
        "对方系统拒绝了请求，请与对方核对后再试。",
        "The system refused the request; check with its keeper, then try again.",
    ),
    "SYSTEM_THROTTLED": Text("对方系统繁忙，请稍后再试。", "The system is busy; try again later."),
    "SYSTEM_GONE": Text("对方系统的地址已停用，请登记新地址。", "The system's address is gone; register the new one."),
    "PLATFORM_HEADERS": Text(
        "签名请求头缺失或不合规定，须有 rid、sid、rtime、sign 四项。",
        "The signed headers are missing or malformed; rid, sid, rtime and sign are needed.",
    ),
    "PLATFORM_TIME": Text(
        "请求时间与本机相差超过{seconds}秒，请校准时钟后重新签名。",
        "The time of the request is more than {seconds} seconds from ours; set the clock right and sign anew.",
    ),
    "PLATFORM_SIGNATURE": Text(
        "签名不能验证，请以有效密钥重新签名。", "The signature does not verify; sign anew with a key that holds."
    ),
    "PLATFORM_SERVICE": Text("没有所请求的服务，请核对服务标识。", "There is no such service; check its id."),
    "PLATFORM_REPLAY": Text(
        "该签名已使用过，请以新的请求时间重新签名。", "The signature was used before; sign anew with a new time."
    ),
    "PUSH_BODY": Text(
        "推送报文不合规定，须为 JSON：number，content 含 manifest（已签名的清单原文）、signature、files（Base64）。",
        "The push is malformed: JSON with number, and content of manifest (the text that was signed), signature and "
        "files (Base64).",
    ),
    "PUSH_TOO_LARGE": Text(
        "推送报文超过{limit}字节，请分批推送或改用摆渡文件。",
        "The push is larger than {limit} bytes; send several batches, or files by ferry.",
    ),
    "PUSH_COURT": Text(
        "未登记代该法院推送，请核对清单中的法院代码。",
        "You are not registered to push for this court; check the court code in the manifest.",
    ),
    "PUSH_KEY": Text(
        "该法院未登记签名公钥，推送的批次不予接收，请先登记。",
        "No public key of this court is registered; pushed batches are not taken until it is.",
    ),
    "PLATFORM_CLOCK": Text(
        "平台时钟与本机相差过大，未予采用，请双方校准时钟。",
        "The platform's clock is too far from ours and was not followed; have both set right.",
    ),
    "PLATFORM_REFUSED": Text(
        "平台拒绝了请求（{code}），请与平台核对授权和服务标识。",
        "The platform refused the request ({code}); check grant and service id with it.",
    ),
    "PLATFORM_UNSET": Text(
        "尚未配置数据共享交换平台，请设置 HUB_EXCHANGE__URL 等项。",
        "No exchange platform is configured; set HUB_EXCHANGE__URL and its companions.",
    ),
    "SANDBOX_UNKNOWN": Text(
        "没有沙箱系统“{name}”，可选：{known}。", "There is no sandbox system “{name}”; choose of {known}."
    ),
    "SANDBOX_FAULT_UNKNOWN": Text(
        "不能注入故障“{given}”，请按“系统=故障”填写。", "The fault “{given}” cannot be injected; give system=FAULT."
    ),
}

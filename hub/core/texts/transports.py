"""Problem sentences of the ways to other systems: links, servers, exchange databases, services, answers."""

from __future__ import annotations

from hub.core.texts.text import Text

TRANSPORT_PROBLEMS: dict[str, Text] = {
    "LINK_INVALID": Text(
        "链路配置{name}的{field}缺失或不合规定，请按 README“其他系统的链路”一节修改。",
        "{field} of the link {name} is missing or wrong; correct it as the README says under links.",
    ),
    "LINK_SECRET_OPEN": Text(
        "链路配置{name}所引的密钥文件{field}可被他人读取，请将权限改为0600。",
        "The secret file {field} of the link {name} can be read by others; give it mode 0600.",
    ),
    "BATCH_PLATFORM": Text(
        "清单所载平台与本链路不符，应为{expected}。",
        "The manifest names another platform than this link's; expected {expected}.",
    ),
    "BATCH_SIGNATURE_STALE": Text(
        "清单签发已超过{days}日，疑为重放，请重新生成并签名。",
        "The manifest was signed more than {days} days ago and may be a replay; make and sign it anew.",
    ),
    "SFTP_LOST": Text(
        "文件服务器无应答或连接中断，稍后自动重试；持续出现请联系平台联络员。",
        "The file server does not answer; it is tried again. If this lasts, call the platform's liaison.",
    ),
    "SFTP_HOST_KEY": Text(
        "文件服务器的主机密钥与登记的不符，已停止连接；请与平台联络员电话核对后更新链路配置。",
        "The file server shows another host key than the one pinned; verify it by telephone, then correct the link.",
    ),
    "SFTP_LOGIN_REFUSED": Text(
        "文件服务器拒绝登录，请核对链路的用户与密钥。",
        "The file server refused the login; check the link's user and key.",
    ),
    "EXCHANGE_LOST": Text(
        "前置库无应答或查询失败，稍后自动重试；请核对地址、账号与表结构。",
        "The exchange database does not answer or refused a query; check address, roles and tables.",
    ),
    "EXCHANGE_READER_WRITES": Text(
        "前置库的读取账号具有查询以外的权限，已拒绝使用；请只授予 SELECT。",
        "The reading role of the exchange database may do more than read; grant it SELECT alone.",
    ),
    "EXCHANGE_WRITER_READS": Text(
        "前置库的写入账号具有插入以外的权限，已拒绝使用；请只授予 INSERT。",
        "The writing role of the exchange database may do more than insert; grant it INSERT alone.",
    ),
    "EXCHANGE_ROLE_OWNS": Text(
        "前置库账号是超级用户、表的所有者或可转授权限，已拒绝使用；请另建最小权限账号。",
        "The role is superuser or owner at the exchange database, or may grant; make a role with least rights.",
    ),
    "SERVICE_LOST": Text(
        "对方服务无应答或出错，稍后自动重试。", "The service does not answer or fails; it is tried again."
    ),
    "SERVICE_CIRCUIT_OPEN": Text(
        "对方服务连续失败，暂停调用片刻后自动恢复。",
        "The service failed several times in a row; it is left in peace for a while.",
    ),
    "SERVICE_REFUSED": Text(
        "对方服务拒绝请求，请核对链路的客户端与密钥。", "The service refused; check the link's client and secret."
    ),
    "SERVICE_SIGNATURE": Text(
        "对方服务应答的签名不能验证，应答未予采用；请核对共享密钥。",
        "The signature of the service's answer does not verify; the answer was not used. Check the shared secret.",
    ),
    "SERVICE_SIGNATURE_STALE": Text(
        "对方服务应答的签名时间与本机相差过大，请双方校准时钟。",
        "The signed time of the service's answer is too far from ours; both sides should set their clocks.",
    ),
    "SERVICE_GARBAGE": Text(
        "对方服务的应答不合接口规范，应答未予采用。",
        "The service's answer is not as specified; it was not used.",
    ),
    "SERVICE_SIZE": Text(
        "对方服务的应答超过大小上限，未予读取。", "The service's answer is larger than may be; it was not read."
    ),
    "SERVICE_ADDRESS": Text(
        "对方服务的地址不在允许范围，请在链路配置中列明网络。",
        "The service's address may not be reached; name its network in the link.",
    ),
    "ANSWER_GARBAGE": Text(
        "对方对报送行的回执不合接口规范，未予采用。", "The answer to the rows fed is not as specified; it was not used."
    ),
    "COURT_UNKNOWN": Text(
        "案号的法院未在本中枢登记，请管理员先登记该法院。",
        "The court of the case number is not registered here; have the administrator register it first.",
    ),
    "TOLD_BY_ITS_COURT": Text(
        "该记录由受案法院直接报送，以法院为准，平台转报不改变记录。",
        "The court tells of this record itself; what is relayed does not change it.",
    ),
}

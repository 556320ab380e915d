"""What the supervisor is doing, told to the person who waits."""

from __future__ import annotations

from collections.abc import Callable

from hub.core.texts.text import Text

OnProgress = Callable[[str], None]

WAITING = Text(
    "另一进程正在启动或停止内嵌数据库，请稍候", "another process is starting or stopping the embedded database"
)
CREATING = Text("首次启动：正在建立内嵌数据库", "first start: creating the embedded database")
STARTING = Text("正在启动内嵌数据库", "starting the embedded database")
RECOVERING = Text("内嵌数据库上次未正常停止，正在恢复", "the embedded database did not stop cleanly; recovering")
REUSING = Text("内嵌数据库已在运行，直接使用", "the embedded database is running already; using it")


def silent(_: str) -> None:
    """Tell nobody."""

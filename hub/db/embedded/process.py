"""Which process is which: a pid alone is recycled, a pid with its start time is not."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

_PROC = Path("/proc")
_STATE_FIELD = 0
_START_FIELD = 19  # starttime is field 22 of proc_pid_stat(5); the fields after the command's name begin with 3


@dataclass(frozen=True, slots=True)
class Process:
    """A process as the kernel shows it. ``started`` is opaque, equal only for the same process of the same boot."""

    started: str
    dead: bool  # a zombie: it has ended, but its parent has not fetched the result yet


def look_at(pid: int) -> Process | None:
    """The process with this pid, or None when there is none."""
    return _from_proc(pid) if (_PROC / "self" / "stat").exists() else _from_ps(pid)


def is_alive(pid: int) -> bool:
    """Whether a process with this pid runs; a zombie does not."""
    seen = look_at(pid)
    return seen is not None and not seen.dead


def _from_proc(pid: int) -> Process | None:
    try:
        stat = (_PROC / str(pid) / "stat").read_text(encoding="utf-8", errors="replace")
        boot = (_PROC / "sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    except (FileNotFoundError, ProcessLookupError):
        return None
    fields = stat.rpartition(")")[2].split()  # the name in front may itself hold blanks and parentheses
    return Process(f"{boot}:{fields[_START_FIELD]}", fields[_STATE_FIELD] in "ZX")


def _from_ps(pid: int) -> Process | None:
    command = [shutil.which("ps") or "/bin/ps", "-o", "stat=,lstart=", "-p", str(pid)]
    line = subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()  # noqa: S603
    state, _, started = line.partition(" ")
    return Process(started.strip(), state.startswith("Z")) if line else None

"""``hub`` commands as processes of their own, forked from one that has read the house already: that takes two seconds.

That ``python -m hub.cli`` itself starts is shown where the README's commands are typed.
"""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
import tempfile
from multiprocessing.process import BaseProcess
from pathlib import Path

from tests.support.guide import ROOT
from tests.support.serving import environment

SECONDS = 120
_FORKING = multiprocessing.get_context("forkserver")
_FORKING.set_forkserver_preload(["hub.worker", "schema.build", *(f"hub.cli.{each}" for each in (
    "clients", "connectors", "documents", "keys", "notices", "operations", "register", "sandbox", "webhooks", "working"
))])  # fmt: skip


def run_hub(home: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    """What ``hub`` does with these arguments and settings over a home: its status, and what it printed."""
    return run_hub_in(environment(home, **more), *arguments)


def run_hub_in(settings: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    """As ``run_hub``, in a whole environment."""
    with tempfile.TemporaryDirectory() as folder:
        out, err = Path(folder, "out"), Path(folder, "err")
        process = begin_hub(settings, *arguments, out=out, err=err)
        process.join(SECONDS)
        if process.exitcode is None:
            process.kill()
            raise AssertionError((arguments, err.read_text()))
        return subprocess.CompletedProcess(arguments, process.exitcode, out.read_text(), err.read_text())


def begin_hub(settings: dict[str, str], *arguments: str, out: Path, err: Path) -> BaseProcess:
    """A command under way, which prints to these files; a signal that ends it is its negative status."""
    process = _FORKING.Process(target=_command, args=(arguments, settings, out, err))
    process.start()
    return process


def _command(arguments: tuple[str, ...], settings: dict[str, str], out: Path, err: Path) -> None:
    os.setsid()
    os.chdir(ROOT)
    for descriptor, file in ((1, out), (2, err)):
        opened = os.open(file, os.O_CREAT | os.O_WRONLY | os.O_APPEND, 0o600)
        os.dup2(opened, descriptor)
        os.close(opened)
    os.environ.clear()
    os.environ.update(settings)
    sys.argv = ["hub", *arguments]
    from hub.cli import main  # noqa: PLC0415 - read before the fork

    main()

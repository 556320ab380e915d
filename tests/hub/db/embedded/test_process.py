"""Telling processes apart, by /proc and, where there is none, by ps."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

import pytest

from hub.db.embedded import process
from hub.db.embedded.process import is_alive, look_at

_WAYS = [
    process._from_proc,
    pytest.param(process._from_ps, marks=pytest.mark.skipif(shutil.which("ps") is None, reason="no ps here")),
]


@pytest.fixture
def child():
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as popen:
        yield popen
        popen.kill()


@pytest.mark.parametrize("look", _WAYS)
def test_a_process_keeps_its_start_until_it_is_gone(look, child):
    running = look(child.pid)
    assert running is not None
    assert not running.dead
    assert look(child.pid) == running
    assert running.started

    child.kill()
    os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)
    zombie = look(child.pid)
    assert zombie is not None
    assert zombie.dead

    child.wait()
    assert look(child.pid) is None


def test_processes_of_different_age_have_different_starts(child):
    assert look_at(child.pid).started != look_at(os.getpid()).started
    assert is_alive(child.pid)


def test_the_name_of_a_program_cannot_forge_its_state(tmp_path):
    forged = tmp_path / "a) Z 1 ("
    forged.symlink_to(shutil.which("sleep"))
    with subprocess.Popen([forged, "30"]) as popen:
        assert is_alive(popen.pid)
        popen.kill()

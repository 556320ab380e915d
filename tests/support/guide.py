"""A guide whose commands are run as they are written: fenced blocks by section, tools installed once a machine."""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
GUIDE = ROOT / "docs" / "clients" / "README.md"
CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "linkage-hub"
MADE = shutil.ignore_patterns("node_modules", ".venv", "linkage_hub", "gql", "dist", "__pycache__", ".mypy_cache")


def blocks(page: Path) -> dict[str, list[str]]:
    """Fenced blocks (with the fence's language as first line) by the heading they stand under."""
    sections = re.split(r"^## +(.+)$", page.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {
        name: re.findall(r"^```(\w+\n.*?)^```", text, re.MULTILINE | re.DOTALL)
        for name, text in zip(sections[1::2], sections[2::2], strict=True)
    }


def commands(section: str) -> list[str]:
    return [text.removeprefix("sh\n") for text in blocks(GUIDE)[section] if text.startswith("sh\n")]


@dataclass(frozen=True)
class Checkout:
    """A copy of what an integrator needs of the repository, to type the guide's commands in.

    ``folder`` is the language's folder, ``tools`` what the first block of its section installs there, ``locked`` the
    file that pins it.
    """

    root: Path
    section: str
    folder: str
    tools: str
    locked: str

    @property
    def place(self) -> Path:
        return self.root / "docs" / "clients" / self.folder

    def prepare(self, home: Path) -> None:
        """Copy, install once a machine, generate. ``home`` is the hub's, with its demonstration clients."""
        _copy(self.root)
        (self.root / ".hub").symlink_to(home)
        (self.place / self.tools).symlink_to(self._installed() / self.tools)
        self.type(*self._after_install("generate"))

    def type(self, *lines: str, check: bool = True, **environment: str) -> subprocess.CompletedProcess[str]:
        """Lines in a shell at the language's folder, as its first block left it."""
        return _shell(self.place, "\n".join(lines), check=check, **environment)

    def run_example(self, **environment: str) -> list[str]:
        """Lines that the example prints, started with the guide's words."""
        signing_in = commands("Sign in")[0]
        script = f"{signing_in}\ncd docs/clients/{self.folder}\n" + "\n".join(self._after_install("run"))
        return _shell(self.root, script, **environment).stdout.splitlines()

    def _after_install(self, part: str) -> list[str]:
        _, generate, run = commands(self.section)
        return {"generate": generate, "run": run}[part].splitlines()

    def _installed(self) -> Path:
        pinned = (self.place / self.locked).read_bytes() + commands(self.section)[0].encode() + sys.version.encode()
        kept = CACHE / f"{self.folder}-{hashlib.sha256(pinned).hexdigest()[:16]}"
        kept.mkdir(parents=True, exist_ok=True)
        checkout, done = kept / "checkout", kept / "done"
        with (kept / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not done.exists():
                shutil.rmtree(checkout, ignore_errors=True)
                _copy(checkout)
                _shell(checkout, commands(self.section)[0])
                done.touch()
        return checkout / "docs" / "clients" / self.folder


def _copy(root: Path) -> None:
    shutil.copytree(ROOT / "docs" / "clients", root / "docs" / "clients", ignore=MADE)
    (root / "schema").mkdir()
    shutil.copy(ROOT / "schema" / "schema.graphql", root / "schema")


def _shell(place: Path, script: str, *, check: bool = True, **environment: str) -> subprocess.CompletedProcess[str]:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", script],
        cwd=place,
        env={**os.environ, **environment, "PATH": path},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert not check or done.returncode == 0, done.stdout + done.stderr
    return done


def promised() -> list[str]:
    """What the guide says an example prints, without its numbers."""
    (text,) = blocks(GUIDE)["What they print"]
    return without_numbers(text.removeprefix("text\n").splitlines())


def without_numbers(lines: list[str]) -> list[str]:
    return [re.sub(r"\d+", "N", each) for each in lines]


def tells_one_story(lines: list[str]) -> None:
    """An example's report: its change took effect once, and the second sending had no effect."""
    assert without_numbers(lines) == promised()
    reported, again, refused = (list(map(int, re.findall(r"\d+", each))) for each in lines[3:6])
    assert reported[1] == reported[0] + 1
    assert (again, refused) == (reported, reported[1:])

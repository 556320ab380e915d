"""Links to a sandbox platform, as an operator would write them for a real one."""

from __future__ import annotations

from pathlib import Path

from connectors.credit.wire import Mode
from connectors.sandbox.credit.batches import FarEnd
from connectors.sandbox.credit.database import DatabaseEnd
from connectors.sandbox.credit.files import FileEnd
from connectors.sandbox.credit.http import CLIENT, ServiceEnd
from connectors.sandbox.credit.system import SandboxPlatform


def write_link(folder: Path, platform: SandboxPlatform, *, seconds: float = 30) -> Path:
    """Write the link of a platform with its keys and secrets beside it; its path. ``seconds`` bound one exchange."""
    folder.mkdir(parents=True, exist_ok=True)
    mode, section, secrets = _section(platform.end)
    stem = f"credit-{platform.region}-{mode.value}"
    (folder / f"{stem}.pem").write_bytes(platform.public_key)
    lines = [
        'kind = "credit"',
        f'region = "{platform.region}"',
        f'mode = "{mode.value}"',
        f'signing_key = "{stem}.pem"',
        f"seconds = {seconds}",
        "",
        f"[{mode.value}]",
        *section,
    ]
    for name, content in secrets.items():
        path = folder / f"{stem}.{name}"
        path.touch(mode=0o600)
        path.write_bytes(content)
        lines.append(f'{name} = "{path.name}"')
    link = folder / f"{stem}.toml"
    link.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return link


def _section(end: FarEnd) -> tuple[Mode, list[str], dict[str, bytes]]:
    """Mode, lines and secrets of the section."""
    match end:
        case FileEnd():
            lines = [f'address = "{end.address}"', f'host_keys = ["{end.host_key}"]']
            return Mode.FILE, lines, {"key": end.client_key}
        case DatabaseEnd():
            lines = [f'reader = "{end.address(end.reader)}"', f'writer = "{end.address(end.writer)}"']
            words = {f"{role}_password": end.passwords[name].encode() for role, name in end.roles.items()}
            return Mode.DATABASE, lines, words
        case ServiceEnd():
            lines = [
                f'url = "{end.address}"',
                f'client = "{CLIENT}"',
                'networks = ["127.0.0.0/8"]',
                "plain_http = true",
            ]
            return Mode.SERVICE, lines, {"secret": end.secret}
    raise TypeError(type(end).__name__)

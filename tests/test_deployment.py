"""The compose file names what exists: commands of the CLI, settings of the hub, files of the repository."""

from __future__ import annotations

from pathlib import Path

import yaml
from typer.main import get_command

from hub.cli import app
from hub.config import Settings

ROOT = Path(__file__).parents[1]


def services() -> dict[str, dict]:
    return yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))["services"]


def test_services_run_commands_and_settings_that_exist() -> None:
    known = {f"HUB_{name.upper()}" for name in Settings.model_fields}
    commands = get_command(app).commands
    ours = {name: each for name, each in services().items() if each.get("image") == "linkage-hub"}
    assert set(ours) == {"migrate", "web", "worker"}
    for each in ours.values():
        assert each["command"][0] == "hub"
        assert each["command"][1] in commands
        assert set(each["environment"]) <= known
        assert each["environment"]["HUB_ENV"] == "production"


def test_only_the_migration_knows_the_administrator_and_the_owner() -> None:
    for name, each in services().items():
        environment = each.get("environment", {})
        privileged = "HUB_OWNER_PASSWORD" in environment or "//postgres:" in environment.get("HUB_DATABASE_URL", "")
        assert privileged == (name == "migrate"), name


def test_two_web_replicas_stand_behind_the_proxy_and_every_secret_is_required() -> None:
    assert services()["web"]["deploy"]["replicas"] == 2
    assert (ROOT / services()["proxy"]["volumes"][0].split(":")[0]).exists()
    for each in services().values():
        for name, value in each.get("environment", {}).items():
            if "PASSWORD" in name or "KEYS" in name:
                assert ":?" in value, name

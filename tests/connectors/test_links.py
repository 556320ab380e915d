"""Links as operators write them: what is wrong with one is named, and harms that one alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from connectors.registry import connectors_at, linked
from connectors.sandbox.credit.files import FileEnd
from connectors.sandbox.credit.http import ServiceEnd
from connectors.sandbox.credit.links import write_link
from connectors.sandbox.credit.system import SandboxPlatform
from hub.core.errors import Refused

FILE = {
    "host_keys = [": ("host_keys = []\nunused = [", ("file.host_keys",)),
    "sftp://hub@": ("ftp://hub@", ("file.address",)),
    'kind = "credit"': ('kind = "unknown"', ("kind",)),
    'region = "410825"': ('region = "../.."', ("region",)),
    'mode = "file"': ('mode = "pigeon"', ("mode",)),
    "seconds = 30": ("seconds = -1", ("seconds",)),
    'signing_key = "': ('signing_key = "none-', ("signing_key",)),
    "[file]": ("[file", ("TOML",)),
}


@pytest.fixture
def links(tmp_path: Path) -> Iterator[dict[str, Path]]:
    ends = {"file": FileEnd(tmp_path / "platform"), "service": ServiceEnd()}
    yield {mode: write_link(tmp_path / "links", SandboxPlatform("410825", end)) for mode, end in ends.items()}
    for end in ends.values():
        end.close()


def faults(path: Path, changed: int) -> list[tuple[str, tuple[str | int, ...]]]:
    with pytest.raises(Refused) as refused:
        linked(path, changed)
    assert all(reason.text.zh for reason in refused.value.reasons)
    return [(reason.code, reason.path) for reason in refused.value.reasons]


def test_what_is_wrong_with_a_link_is_named(links: dict[str, Path]) -> None:
    whole = links["file"].read_text()
    for number, (told, (instead, where)) in enumerate(FILE.items()):
        assert told in whole
        links["file"].write_text(whole.replace(told, instead))
        assert faults(links["file"], number) == [("LINK_INVALID", where)], told


def test_a_secret_that_others_can_read_is_not_used(links: dict[str, Path]) -> None:
    key = links["file"].with_suffix(".key")
    key.chmod(0o644)
    assert faults(links["file"], 0) == [("LINK_SECRET_OPEN", ("file.key",))]


def test_a_service_within_is_reached_only_where_its_network_is_named(links: dict[str, Path]) -> None:
    links["service"].write_text(links["service"].read_text().replace('["127.0.0.0/8"]', "[]"))
    assert faults(links["service"], 0) == [("LINK_INVALID", ("service.url",))]


def test_a_password_in_an_address_is_refused(tmp_path: Path, links: dict[str, Path]) -> None:
    path = tmp_path / "links" / "database.toml"
    head = links["file"].read_text().partition("[file]")[0].replace('"file"', '"database"')
    path.write_text(head + '[database]\nreader = "postgresql://r:secret@127.0.0.1/db"\nwriter = ""\n')
    assert faults(path, 0) == [("LINK_INVALID", ("database.reader",))]


def test_a_link_that_is_wrong_is_left_out_and_the_others_work(tmp_path: Path, links: dict[str, Path]) -> None:
    links["file"].write_text("kind = ")
    (found,) = connectors_at(tmp_path / "ferry", tmp_path / "links")
    assert found.source == "credit:410825/service"
    assert connectors_at(tmp_path / "ferry", tmp_path / "links") == [found], "one object while its file stays"

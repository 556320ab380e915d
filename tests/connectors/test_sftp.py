"""A file server is known by its key alone, and nothing on it is believed beyond what is looked at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import asyncssh
import pytest

from connectors.kit.sftp import SftpAddress, SftpFolder
from connectors.sandbox.credit.files import USER, FileEnd
from hub.canonical.connector import Unreachable
from hub.core.errors import Refused


@pytest.fixture
def end(tmp_path: Path) -> Iterator[FileEnd]:
    made = FileEnd(tmp_path / "platform")
    yield made
    made.close()


def address_of(end: FileEnd) -> SftpAddress:
    return SftpAddress("127.0.0.1", end.port, USER, "/", (end.host_key,), end.client_key, total_seconds=5)


@pytest.mark.parametrize("kind", ["ssh-ed25519", "ecdsa-sha2-nistp256"])
def test_a_server_that_shows_another_key_is_refused_before_we_say_who_we_are(end: FileEnd, kind: str) -> None:
    address = address_of(end)
    end.close()
    end.open(asyncssh.generate_private_key(kind))
    for use in (lambda folder: folder.manifests(), lambda folder: folder.put("out", "a.json", b"{}")):
        with pytest.raises(Unreachable) as lost:
            use(SftpFolder(address, 1000))
        assert lost.value.code == "SFTP_HOST_KEY"
    assert not end.logins
    assert not (end.folder.root / "out").exists()


def test_a_server_that_does_not_know_us_is_said_to_refuse_the_login(end: FileEnd) -> None:
    stranger = asyncssh.generate_private_key("ssh-ed25519").export_private_key()
    with pytest.raises(Unreachable) as lost:
        SftpFolder(replace(address_of(end), key=stranger), 1000).manifests()
    assert lost.value.code == "SFTP_LOGIN_REFUSED"


def test_links_unfinished_files_and_what_is_too_large_are_not_read(end: FileEnd, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("not yours")
    incoming = end.folder.incoming
    (incoming / "link.csv").symlink_to(secret)
    (incoming / "folder.csv").mkdir()
    (incoming / "1.manifest.json.part").write_text("{}")
    (incoming / "large.csv").write_bytes(b"x" * 1001)
    folder = SftpFolder(address_of(end), 1000)
    assert folder.manifests() == []
    assert [folder.size(name) for name in ("link.csv", "folder.csv", "none.csv", "large.csv")] == [None] * 3 + [1001]
    for name, code in (("link.csv", "MISSING"), ("none.csv", "MISSING"), ("large.csv", "TOO_LARGE")):
        with pytest.raises(Refused) as refused:
            folder.open(name)
        assert refused.value.code == f"BATCH_FILE_{code}"


def test_what_was_verified_is_what_is_read_though_the_file_changes_meanwhile(end: FileEnd) -> None:
    (end.folder.incoming / "1.csv").write_bytes(b"verified")
    folder = SftpFolder(address_of(end), 1000)
    assert folder.open("1.csv").read() == b"verified"
    (end.folder.incoming / "1.csv").write_bytes(b"changed!")
    assert folder.open("1.csv").read() == b"verified"
    folder.manifests()
    assert folder.open("1.csv").read() == b"changed!"


def test_a_server_that_hangs_or_hangs_up_does_not_hold_the_hub_and_is_used_again_when_it_is_back(end: FileEnd) -> None:
    folder = SftpFolder(replace(address_of(end), total_seconds=0.5), 1000)
    end.hang(on=True)
    with pytest.raises(Unreachable) as lost:
        folder.manifests()
    assert lost.value.code == "SFTP_LOST"
    end.hang(on=False)
    assert folder.manifests() == []
    end.close()
    end.open()
    assert folder.manifests() == []

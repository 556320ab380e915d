"""Time stamps by a real authority (``openssl ts``) over HTTP; when it is away nothing stops."""

from __future__ import annotations

import asyncio
import json
import shutil
import subprocess
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from sqlalchemy import func, select

from hub.db.models import ExchangeSeal, ExchangeStamp
from hub.evidence.package import evidence_of
from hub.evidence.tokens import load_authorities
from hub.evidence.verifying import verify
from hub.runtime import Runtime
from hub.worker import seal_and_stamp

CONFIG = """
[ req ]
distinguished_name = dn
prompt = no
[ dn ]
CN = Test Authority
[ ca ]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign
[ tsa ]
basicConstraints = CA:FALSE
keyUsage = critical,digitalSignature
extendedKeyUsage = critical,timeStamping
[ tsa_config ]
serial = SERIAL
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256,sha384,sha512
"""


@dataclass
class Authority:
    folder: Path
    mode: str = "well"
    port: int = 0
    asked: int = 0
    kept: bytes = field(default=b"")

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    @property
    def roots(self) -> Path:
        return self.folder / "ca.pem"

    def make(self) -> None:
        (self.folder / "c.cnf").write_text(CONFIG.replace("SERIAL", str(self.folder / "serial")))
        (self.folder / "serial").write_text("01")
        run = self.openssl
        run("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "ca.key", "-out", "ca.pem", "-days", "2",
            "-config", "c.cnf", "-extensions", "ca")  # fmt: skip
        run("req", "-newkey", "rsa:2048", "-nodes", "-keyout", "tsa.key", "-out", "tsa.csr", "-config", "c.cnf",
            "-subj", "/CN=Test TSA")  # fmt: skip
        run("x509", "-req", "-in", "tsa.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-out", "tsa.pem", "-days", "2",
            "-extfile", "c.cnf", "-extensions", "tsa", "-CAcreateserial")  # fmt: skip

    def openssl(self, *words: str) -> None:
        subprocess.run(["openssl", *words], cwd=self.folder, check=True, capture_output=True)

    def reply(self, query: bytes) -> bytes:
        (self.folder / "query.tsq").write_bytes(query)
        files = ("-queryfile", "query.tsq", "-inkey", "tsa.key", "-signer", "tsa.pem", "-out", "reply.tsr")
        self.openssl("ts", "-reply", *files, "-config", "c.cnf", "-section", "tsa_config")
        return (self.folder / "reply.tsr").read_bytes()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
        length = int(head.split("content-length:")[1].split("\r\n")[0])
        query = await reader.readexactly(length)
        self.asked += 1
        body, status = self.answer(query)
        writer.write(f"HTTP/1.1 {status}\r\ncontent-type: application/timestamp-reply\r\n"
                     f"content-length: {len(body)}\r\nconnection: close\r\n\r\n".encode() + body)  # fmt: skip
        await writer.drain()
        writer.close()

    def answer(self, query: bytes) -> tuple[bytes, str]:
        match self.mode:
            case "down":
                return b"", "503 Busy"
            case "garbage":
                return b"not a token", "200 OK"
            case "replay":
                return self.kept, "200 OK"
        self.kept = self.reply(query)
        return self.kept, "200 OK"


@pytest.fixture
async def authority(tmp_path) -> AsyncIterator[Authority]:
    assert shutil.which("openssl"), "the test runs a time-stamp authority with openssl"
    made = Authority(tmp_path)
    made.make()
    server = await asyncio.start_server(made.serve, "127.0.0.1", 0)
    made.port = server.sockets[0].getsockname()[1]
    async with server:
        yield made


@pytest.fixture
def stamping(runtime: Runtime, authority: Authority) -> Runtime:
    settings = runtime.settings.model_copy(update={"timestamp_url": authority.url, "timestamp_roots": authority.roots})
    return replace(runtime, settings=settings)


async def stamps(runtime: Runtime) -> tuple[int, int]:
    async with runtime.sessions.system("test") as session:
        seals = await session.scalar(select(func.count()).select_from(ExchangeSeal))
        return int(seals or 0), int(await session.scalar(select(func.count()).select_from(ExchangeStamp)) or 0)


async def test_seals_are_stamped_and_the_package_shows_when(exchanged, stamping: Runtime, authority: Authority) -> None:
    await seal_and_stamp(stamping)
    assert await stamps(stamping) == (1, 1)
    async with stamping.sessions.system("test") as session:
        from hub.db.models import ExchangeEntry  # noqa: PLC0415

        package = await evidence_of(session, await session.scalar(select(ExchangeEntry.message_id).limit(1)))
    content = json.dumps(package).encode()
    verdict = verify(content, authorities=load_authorities(authority.roots))
    assert verdict.proven
    assert len(verdict.stamped_at) == 1
    stranger = authority.folder / "other"
    stranger.mkdir()
    other = Authority(stranger)
    other.make()
    refused = verify(content, authorities=load_authorities(other.roots))
    assert [each.code for each in refused.reasons] == ["EVIDENCE_STAMP"]


@pytest.mark.parametrize("mode", ["down", "garbage"])
async def test_an_authority_that_fails_blocks_nothing_and_is_asked_again(
    exchanged, stamping: Runtime, authority: Authority, mode: str, inspect
) -> None:
    authority.mode = mode
    await seal_and_stamp(stamping)
    assert await stamps(stamping) == (1, 0)
    assert await inspect() == []
    authority.mode = "well"
    await seal_and_stamp(stamping)
    assert await stamps(stamping) == (1, 1)


async def test_the_answer_to_another_question_is_not_taken(exchanged, stamping: Runtime, authority: Authority) -> None:
    await seal_and_stamp(stamping)
    await exchanged.propose("finance", lead="finance", cooperating=("civil",))
    authority.mode = "replay"
    await seal_and_stamp(stamping)
    assert await stamps(stamping) == (2, 1)


async def test_an_authority_away_too_long_is_an_alarm(
    exchanged, stamping: Runtime, authority: Authority, capsys
) -> None:
    authority.mode = "down"
    await seal_and_stamp(stamping)
    assert "alarm=False" in capsys.readouterr().out
    stamping.clock.advance(minutes=stamping.settings.timestamp_alarm_minutes + 1)
    await seal_and_stamp(stamping)
    assert "alarm=True" in capsys.readouterr().out

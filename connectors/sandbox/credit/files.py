"""The platform's file server: a real SFTP server over a folder of its own."""

from __future__ import annotations

import asyncio
import json
from functools import partial
from pathlib import Path

import asyncssh

from connectors.kit.folder import FerryFolder
from connectors.kit.signature import SUFFIX
from connectors.kit.waiting import wait
from connectors.sandbox.credit.batches import Batch

USER = "hub"
_SECONDS = 10


class SlowServer(asyncssh.SFTPServer):
    """Serves ``root`` as if it were everything; answers no listing while ``held`` is set."""

    def __init__(self, channel: asyncssh.SSHServerChannel[bytes], root: Path, held: asyncio.Event) -> None:
        super().__init__(channel, chroot=str(root).encode())
        self._free = held

    async def scandir(self, path: bytes):  # type: ignore[no-untyped-def]  # noqa: ANN201 - the library's own
        await self._free.wait()
        async for entry in super().scandir(path):
            yield entry


class _Door(asyncssh.SSHServer):
    """Remembers who is connected, so that a server taken away is away for them too."""

    def __init__(self, connected: set[asyncssh.SSHServerConnection], logins: list[str]) -> None:
        self._connected = connected
        self._logins = logins

    def connection_made(self, conn: asyncssh.SSHServerConnection) -> None:
        self._connected.add(conn)

    def begin_auth(self, username: str) -> bool:
        self._logins.append(username)
        return True


class FileEnd:
    """``host_key`` is what the hub pins, ``client_key`` what it shows (OpenSSH and PEM forms)."""

    def __init__(self, root: Path, port: int = 0, *, host: str = "127.0.0.1") -> None:
        self.folder = FerryFolder(root)
        self.folder.incoming.mkdir(parents=True, exist_ok=True)
        self._host = host
        self._server_key = asyncssh.generate_private_key("ssh-ed25519")
        client = asyncssh.generate_private_key("ssh-ed25519")
        self.client_key: bytes = client.export_private_key()
        self._allowed = asyncssh.import_authorized_keys(client.export_public_key().decode())
        self._free = asyncio.Event()
        self._free.set()
        self.logins: list[str] = []
        self._connected: set[asyncssh.SSHServerConnection] = set()
        self._server: asyncssh.SSHAcceptor | None = None
        self.port = port
        self.open()

    @property
    def host_key(self) -> str:
        return str(self._server_key.export_public_key().decode().strip())

    @property
    def address(self) -> str:
        return f"sftp://{USER}@{self._host}:{self.port}/"

    def open(self, server_key: asyncssh.SSHKey | None = None) -> None:
        """Listen; under another host key when one is given."""
        factory = partial(SlowServer, root=self.folder.root, held=self._free)

        async def listen() -> asyncssh.SSHAcceptor:
            return await asyncssh.listen(
                self._host,
                self.port,
                server_factory=partial(_Door, self._connected, self.logins),
                server_host_keys=[server_key or self._server_key],
                authorized_client_keys=self._allowed,
                sftp_factory=factory,
                allow_scp=False,
            )

        self._server = wait(listen(), _SECONDS)
        self.port = self._server.get_port()

    def place(self, batch: Batch) -> None:
        for name, part in batch.parts.items():
            self.folder.put("in", name, part.content)
        self.folder.put("in", batch.name + SUFFIX, batch.signature)
        self.folder.put("in", batch.name, batch.manifest)

    def waiting(self) -> int:
        return len(list(self.folder.incoming.iterdir()))

    def documents(self, place: str) -> dict[str, bytes]:
        folder = self.folder.root / place
        found = folder.iterdir() if folder.is_dir() else iter(())
        return {path.name: path.read_bytes() for path in found if not path.name.startswith("lists-")}

    def fed(self) -> dict[str, list[dict[str, str]]]:
        """Of what has its manifest."""
        found = {}
        for path in sorted((self.folder.root / "out").glob("lists-*.manifest.json")):
            told = json.loads(path.read_bytes())
            rows = (path.parent / told["file"]).read_text(encoding="utf-8").splitlines()
            found[told["key"]] = [json.loads(row) for row in rows]
        return found

    def say(self, key: str, content: bytes) -> None:
        self.folder.put("answers", f"{key}.json", content)

    def hang(self, *, on: bool) -> None:
        async def change() -> None:
            (self._free.clear if on else self._free.set)()

        wait(change(), _SECONDS)

    def close(self) -> None:
        """Stop listening and hang up."""
        if self._server is None:
            return
        server, self._server = self._server, None

        async def stop() -> None:
            server.close()
            for connection in self._connected:
                connection.abort()
            self._connected.clear()
            await server.wait_closed()

        wait(stop(), _SECONDS)

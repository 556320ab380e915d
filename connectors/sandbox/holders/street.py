"""The twelve holders of the demonstration, each where it can be reached: five on sockets of their own, five behind the
exchange platform, two behind a ferry."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from tempfile import mkdtemp
from threading import Event, Thread
from typing import Self

from connectors.holder.shape import Way, shape
from connectors.sandbox.holders.ends import CLIENT, FerryEnd, PlatformEnd, ServiceEnd
from connectors.sandbox.holders.holder import HolderFault, SandboxHolder
from connectors.sandbox.serving import WireFault
from hub.core.clock import Clock, system_clock

TWELVE: Mapping[str, str] = {
    "police": "police",
    "social-security": "social-security",
    "natural-resources": "natural-resources",
    "housing": "housing",
    "transport": "transport",
    "agriculture": "agriculture",
    "provident-fund": "provident-fund",
    "bank": "bank",
    "rural-bank": "rural-bank",
    "finance": "finance",
    "telecom": "telecom",
    "tax": "tax",
}
"""Shape by name; any other holder goes by the name of its shape."""
FERRY_SECONDS = 0.5


class HolderStreet:
    """``faults`` hold for every holder; those of one are in ``holders[name].faults``. ``ferry`` is where the hub looks
    for the folders of holders; the ferries go ``by_itself``, or when ``work`` is called."""

    can_fault = frozenset(WireFault)

    def __init__(
        self,
        names: Iterable[str] = TWELVE,
        ferry: Path | None = None,
        clock: Clock = system_clock,
        *,
        by_itself: bool = True,
    ) -> None:
        self.ferry = ferry or Path(mkdtemp(prefix="holders-"))
        self.holders = {name: SandboxHolder(name, shape(TWELVE.get(name, name)), clock) for name in names}
        self.services: dict[str, ServiceEnd] = {}
        self.ferries: dict[str, FerryEnd] = {}
        self.platform: PlatformEnd | None = None
        self._clock = clock
        self._by_itself = by_itself
        self._ended = Event()

    def start(self, port: int = 0) -> Self:
        behind = {name: each for name, each in self.holders.items() if each.shape.way is Way.PLATFORM}
        if behind:
            self.platform = PlatformEnd({each.shape.service: each for each in behind.values()}, clock=self._clock)
            self.platform.start(port)
        for name, holder in self.holders.items():
            if holder.shape.way is Way.SERVICE:
                place = port and port + 1 + len(self.services)
                self.services[name] = ServiceEnd(holder).start(place)
            elif holder.shape.way is Way.FERRY:
                self.ferries[name] = FerryEnd(holder, self.ferry / name)
        if self._by_itself:
            Thread(target=self._ferry, daemon=True).start()
        return self

    def _ferry(self) -> None:
        while not self._ended.wait(FERRY_SECONDS):
            self.work()

    def work(self) -> None:
        """One round of the ferries."""
        for end in list(self.ferries.values()):
            end.work()

    @property
    def url(self) -> str:
        return self.platform.url if self.platform is not None else str(self.ferry)

    def url_of(self, name: str) -> str:
        """The address under which the hub registers a holder."""
        if name in self.services:
            return self.services[name].url
        return self.ferries[name].url if name in self.ferries else self.url

    def secret_of(self, name: str) -> str:
        if name in self.services:
            return self.services[name].secret
        return "-" if name in self.ferries or self.platform is None else self.platform.secret

    def how(self) -> list[str]:
        """Settings and commands that bring a hub to every holder; the seals' keys lie beside the ferry."""
        self.ferry.mkdir(parents=True, exist_ok=True)
        lines = [f"HUB_HOLDERS={self.ferry}"]
        for name, holder in self.holders.items():
            pem = self.ferry / f"{name}.pem"
            pem.write_text(holder.seal_key, encoding="ascii")
            command = (
                f"hub destinations add HOLDER --organization 单位全称 --url {self.url_of(name)} --account {CLIENT} "
                f"--shape {holder.shape.name} --seal-key {pem}"
            )
            lines.append(f"HUB_DESTINATION_SECRET={self.secret_of(name)} {command}")
        return lines

    def stop(self) -> None:
        """Harmless when done twice."""
        self._ended.set()
        for service in self.services.values():
            service.stop()
        for ferry in self.ferries.values():
            ferry.stop()
        if self.platform is not None:
            self.platform.stop()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def fault(self, name: str) -> bool:
        """Inject a fault by its name, as ``bank:MUTE`` for one holder; False where it is unknown."""
        who, _, what = name.rpartition(":")
        who = who.lower()
        chosen = [self.holders[who]] if who in self.holders else list(self.holders.values()) if not who else []
        if what not in HolderFault.__members__ or not chosen:
            return False
        for each in chosen:
            each.faults.add(HolderFault(what))
        return True

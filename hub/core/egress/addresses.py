"""Which addresses the hub may reach from within (SSRF guard).

A host name is resolved once for each connection, every address it has is checked, and the connection goes to one of
those addresses: a name that resolves differently the next time gains nothing. Not reachable unless configured: private,
loopback, link-local, shared, reserved and multicast ranges, and IPv6 forms that hide an IPv4 address of these.
"""

from __future__ import annotations

import asyncio
import re
import socket
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from urllib.parse import SplitResult, urlsplit

from hub.core.errors import Reason

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network
Resolve = Callable[[str, int], Awaitable[Sequence[Address]]]

LONGEST_URL = 2_000
_PORTS = {"https": 443, "http": 80}
_MAIL_PORTS = (25, 465, 587)
_LABEL = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
_SPECIAL = ("localhost", "local", "internal", "arpa", "onion", "home", "lan")
"""Names of RFC 6761, RFC 6762, RFC 8375 and the usual ones of networks within."""
_NAT64 = (IPv6Network("64:ff9b::/96"), IPv6Network("64:ff9b:1::/48"))
_SIX_TO_FOUR, _TEREDO = IPv6Network("2002::/16"), IPv6Network("2001::/32")


class AddressRefusedError(Exception):
    """The host has no address, or one that may not be reached."""


@dataclass(frozen=True, slots=True)
class AddressGuard:
    """``networks`` may be reached though they are not public; ``plain_http`` allows http besides https."""

    networks: tuple[Network, ...] = ()
    plain_http: bool = False

    def find_url_problems(self, url: str, path: tuple[str | int, ...] = ()) -> Iterator[Reason]:
        """What is wrong with an address before any name is resolved: form, scheme, port, host."""
        parts = _split(url)
        if parts is None:
            yield Reason("URL_INVALID", path)
            return
        schemes = ("https", "http") if self.plain_http else ("https",)
        if parts.scheme not in schemes:
            yield Reason("URL_SCHEME", path, {"schemes": ", ".join(schemes)})
        elif not _port_allowed(parts):
            yield Reason("URL_PORT", path)
        if not self.allows_host(parts.hostname or ""):
            yield Reason("URL_HOST", path)

    def find_mail_problems(self, url: str, path: tuple[str | int, ...] = ()) -> Iterator[Reason]:
        """What is wrong with the address of a mail server: ``smtps://host:port``, ``smtp`` where plain is allowed.
        Either may turn to TLS by STARTTLS (RFC 3207)."""
        parts = _split(url)
        if parts is None or parts.path not in ("", "/") or parts.query:
            yield Reason("URL_INVALID", path)
            return
        schemes = ("smtps", "smtp") if self.plain_http else ("smtps",)
        if parts.scheme not in schemes:
            yield Reason("URL_SCHEME", path, {"schemes": ", ".join(schemes)})
        if parts.port is not None and parts.port not in _MAIL_PORTS and parts.port < 1024:
            yield Reason("URL_PORT", path)
        if not self.allows_host(parts.hostname or ""):
            yield Reason("URL_HOST", path)

    def allows_host(self, host: str) -> bool:
        """Whether a name or address may stand for a host, before it is resolved."""
        labels = host.split(".")
        if ":" in host or _NUMBER.fullmatch(labels[-1]):
            try:
                return self.permits(ip_address(host))
            except ValueError:
                # 127.1, 0x7f.1, 2130706433: what other readers take for an address is one here too, a malformed one.
                return False
        if not all(_LABEL.fullmatch(label) for label in labels):
            return False
        return bool(self.networks) or (len(labels) > 1 and labels[-1] not in _SPECIAL)

    def permits(self, address: Address) -> bool:
        """Whether a connection to the address may be opened."""
        if any(address in network for network in self.networks if network.version == address.version):
            return True
        inner = _hidden(address)
        if inner is not None:
            return self.permits(inner)
        return address.is_global and not (address.is_multicast or address.is_reserved or _tunnelled(address))

    async def resolve(self, host: str, port: int, *, by: Resolve) -> Sequence[Address]:
        """The addresses of a host, all of them permitted. Raises ``AddressRefusedError``."""
        try:
            found = await by(host, port)
        except (OSError, UnicodeError):
            raise AddressRefusedError("no address") from None
        if not found or not all(self.permits(address) for address in found):
            raise AddressRefusedError("not permitted")
        return found


async def system_resolver(host: str, port: int) -> Sequence[Address]:
    """Addresses by the resolver of the system, each once, in its order. Raises ``OSError``."""
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
    return tuple(dict.fromkeys(ip_address(str(place[0]).partition("%")[0]) for *_, place in found))


def networks_of(texts: Sequence[str]) -> tuple[Network, ...]:
    """Networks in CIDR form. Raises ``ValueError``."""
    return tuple(ip_network(text) for text in texts)


def _split(url: str) -> SplitResult | None:
    """The parts of an absolute URL without user, fragment, or characters that readers of URLs disagree about."""
    if len(url) > LONGEST_URL or not url.isascii() or re.search(r"[\s\\\x00-\x20\x7f]", url):
        return None
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return None
    if not parts.hostname or "@" in parts.netloc or parts.fragment or "#" in url or "%" in parts.netloc:
        return None
    return parts


def _port_allowed(parts: SplitResult) -> bool:
    """The port of the scheme, or one that no service of the system listens on."""
    return parts.port is None or parts.port == _PORTS[parts.scheme] or parts.port >= 1024


def _hidden(address: Address) -> IPv4Address | None:
    """The IPv4 address inside an IPv6 one: mapped, compatible, NAT64 (RFC 6052), 6to4 (RFC 3056)."""
    if isinstance(address, IPv4Address):
        return None
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    if any(address in network for network in _NAT64) or int(address) >> 32 == 0:
        return IPv4Address(int(address) & 0xFFFF_FFFF)
    return address.sixtofour if address in _SIX_TO_FOUR else None


def _tunnelled(address: Address) -> bool:
    return isinstance(address, IPv6Address) and (address in _TEREDO or address.is_site_local)

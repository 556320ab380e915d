"""No request of the hub reaches an address within (the catalogue's case K1)."""

from __future__ import annotations

import asyncio
import socket
from ipaddress import ip_address

import pytest

from hub.core.egress.addresses import AddressGuard, AddressRefusedError, networks_of, system_resolver

PUBLIC = AddressGuard()
HTTP = AddressGuard(plain_http=True)
pytestmark = pytest.mark.attack("K1")

WITHIN = (
    "0.0.0.0",
    "10.0.0.1",
    "100.64.0.1",
    "127.0.0.1",
    "127.255.255.254",
    "169.254.169.254",
    "172.16.0.1",
    "192.0.0.1",
    "192.0.2.1",
    "192.168.1.1",
    "198.18.0.1",
    "224.0.0.1",
    "239.255.255.255",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::127.0.0.1",
    "::ffff:127.0.0.1",
    "::ffff:10.1.2.3",
    "::ffff:169.254.169.254",
    "64:ff9b::7f00:1",
    "64:ff9b::a9fe:a9fe",
    "64:ff9b:1::a00:1",
    "100::1",
    "2001::1",
    "2001:db8::1",
    "2002:7f00:1::",
    "2002:a9fe:a9fe::",
    "fc00::1",
    "fd12:3456::1",
    "fe80::1",
    "fec0::1",
    "ff02::1",
)


@pytest.mark.parametrize("address", WITHIN)
def test_addresses_within_are_not_permitted(address: str) -> None:
    assert not PUBLIC.permits(ip_address(address))


@pytest.mark.parametrize(
    "address", ["1.1.1.1", "114.114.114.114", "2400:3200::1", "::ffff:1.1.1.1", "64:ff9b::101:101"]
)
def test_public_addresses_are_permitted(address: str) -> None:
    assert PUBLIC.permits(ip_address(address))


def test_a_network_that_is_configured_is_permitted_and_no_more_than_it() -> None:
    guard = AddressGuard(networks_of(("10.20.0.0/16", "fd00:1::/32")))
    assert guard.permits(ip_address("10.20.3.4"))
    assert guard.permits(ip_address("::ffff:10.20.3.4"))
    assert guard.permits(ip_address("fd00:1::5"))
    assert not guard.permits(ip_address("10.21.0.1"))
    assert not guard.permits(ip_address("127.0.0.1"))


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("http://example.com/", "URL_SCHEME"),
        ("file:///etc/passwd", "URL_INVALID"),
        ("gopher://example.com/", "URL_SCHEME"),
        ("ftp://example.com/x", "URL_SCHEME"),
        ("https://127.0.0.1/", "URL_HOST"),
        ("https://127.1/", "URL_HOST"),
        ("https://0x7f.1/", "URL_HOST"),
        ("https://0x7f000001/", "URL_HOST"),
        ("https://2130706433/", "URL_HOST"),
        ("https://0177.0.0.1/", "URL_HOST"),
        ("https://127.0.0.1./", "URL_HOST"),
        ("https://1.2.3/", "URL_HOST"),
        ("https://169.254.169.254/latest/meta-data", "URL_HOST"),
        ("https://[::1]/", "URL_HOST"),
        ("https://[::ffff:127.0.0.1]/", "URL_HOST"),
        ("https://[::ffff:7f00:1]:8443/", "URL_HOST"),
        ("https://[fe80::1%25eth0]/", "URL_INVALID"),
        ("https://localhost/", "URL_HOST"),
        ("https://localhost./", "URL_HOST"),
        ("https://a.localhost/", "URL_HOST"),
        ("https://metadata.google.internal/", "URL_HOST"),
        ("https://printer.local/", "URL_HOST"),
        ("https://intranet/", "URL_HOST"),
        ("https://user@example.com/", "URL_INVALID"),
        ("https://user:secret@example.com/", "URL_INVALID"),
        ("https://example.com@127.0.0.1/", "URL_INVALID"),
        ("https://example.com#@127.0.0.1/", "URL_INVALID"),
        ("https://example.com\\@127.0.0.1/", "URL_INVALID"),
        ("https://例子.中国/", "URL_INVALID"),
        ("https://ⓔxample.com/", "URL_INVALID"),
        ("https://exam ple.com/", "URL_INVALID"),
        ("https://example.com/\r\nx: y", "URL_INVALID"),
        ("https://%31%32%37.0.0.1/", "URL_INVALID"),
        ("https://example.com:22/", "URL_PORT"),
        ("https://example.com:80/", "URL_PORT"),
        ("https://example.com:99999/", "URL_INVALID"),
        ("https://-bad-.com/", "URL_HOST"),
        ("https:///path", "URL_INVALID"),
        ("//example.com/", "URL_SCHEME"),
        ("example.com", "URL_INVALID"),
        ("", "URL_INVALID"),
        ("https://" + "a" * 2_000 + ".com/", "URL_INVALID"),
    ],
)
def test_an_address_that_must_not_be_registered_is_refused_by_code(url: str, code: str) -> None:
    assert code in [reason.code for reason in PUBLIC.find_url_problems(url, ("url",))]


@pytest.mark.parametrize(
    "url",
    [
        "https://hooks.example.gov.cn/linkage?unit=1",
        "https://hooks.example.com:8443/",
        "https://xn--fsqu00a.xn--fiqs8s/",
        "https://1.1.1.1/",
        "https://[2400:3200::1]/",
    ],
)
def test_an_ordinary_address_is_taken(url: str) -> None:
    assert list(PUBLIC.find_url_problems(url)) == []


def test_http_and_names_within_only_where_they_are_configured() -> None:
    assert list(HTTP.find_url_problems("http://example.com/")) == []
    assert [each.code for each in HTTP.find_url_problems("http://example.com:443/")] == ["URL_PORT"]
    inside = AddressGuard(networks_of(("10.0.0.0/8",)))
    assert list(inside.find_url_problems("https://hooks.gaj.internal/")) == []
    assert [reason.code for reason in inside.find_url_problems("https://127.1/")] == ["URL_HOST"]


@pytest.mark.parametrize("host", ["127.1", "0x7f.1", "2130706433", "localhost", "0177.0.0.1"])
async def test_whatever_the_system_makes_of_a_name_is_looked_at(host: str) -> None:
    try:
        found = await system_resolver(host, 443)
    except socket.gaierror:
        pytest.skip("the resolver of this system does not take it for an address")
    assert {str(address) for address in found} <= {"127.0.0.1", "::1", "177.0.0.1"}
    with pytest.raises(AddressRefusedError):
        await PUBLIC.resolve(host, 443, by=system_resolver)


async def test_one_address_within_among_public_ones_is_enough_to_refuse() -> None:
    async def mixed(host: str, port: int):
        await asyncio.sleep(0)
        return (ip_address("1.1.1.1"), ip_address("10.0.0.1"))

    with pytest.raises(AddressRefusedError):
        await PUBLIC.resolve("example.com", 443, by=mixed)

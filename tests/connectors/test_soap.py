"""SOAP: the WSDL is ours, what comes back is not trusted."""

from __future__ import annotations

from pathlib import Path

import pytest
from zeep.exceptions import Error

from connectors.exchange.wire import BINDING, WSDL, SoapWire
from connectors.kit.calling import Caller
from connectors.kit.national import Signed
from connectors.kit.soap import FileNotLocalError, SoapFaultError, SoapService
from connectors.sandbox.serving import HttpSandbox, Reply
from hub.canonical.connector import Unreachable
from hub.core.egress.addresses import AddressGuard
from tests.contracts.lines import CALLER

ENVELOPE = '<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body>{}</e:Body></e:Envelope>'
ANSWER = (
    '<x:exchangeResponse xmlns:x="urn:linkage-hub:exchange"><x:code>OK</x:code><x:time>1</x:time>'
    "<x:data>{}</x:data></x:exchangeResponse>"
)
PLAIN = ENVELOPE.format(ANSWER.format("1"))


class Says(HttpSandbox):
    def __init__(self, body: str, *, status: int = 200, kind: str = "text/xml") -> None:
        super().__init__()
        self.reply = Reply(status, kind, body.encode())

    def answer(self, *_: object) -> Reply:
        return self.reply


def call(url: str, wsdl: Path = WSDL, caller: Caller = CALLER) -> object:
    return SoapService(wsdl, BINDING, url, caller).call("exchange", number="1", content="{}")


def test_an_answer_is_plain_data() -> None:
    with Says(PLAIN) as system:
        assert call(system.url) == {"code": "OK", "time": 1, "data": "1"}


@pytest.mark.parametrize(
    "body",
    [
        '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "ha">]>' + ENVELOPE.format(ANSWER.format("&b;")),
        '<?xml version="1.0"?><!DOCTYPE a SYSTEM "file:///etc/passwd">' + PLAIN,
        '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY % p SYSTEM "http://127.0.0.1:1/x">%p;]>' + PLAIN,
        ENVELOPE.format(""),
        ENVELOPE.format("<other/>"),
        "<other/>",
        "",
        PLAIN[:-20],
        ENVELOPE.format(ANSWER.format("nonsense")),
        ENVELOPE.format("<a>" * 300 + "</a>" * 300),
    ],
)
def test_what_is_no_answer_of_the_service_is_garbled(body: str) -> None:
    with Says(body) as system, pytest.raises(Unreachable) as away:
        SoapWire(system.url, CALLER).exchange(Signed("a", "b", "1", "c"), "1", {})
    assert away.value.code == "SYSTEM_GARBLED"


def test_a_fault_is_a_no_and_an_answer_of_another_kind_is_none() -> None:
    fault = "<e:Fault><faultcode>e:Server</faultcode><faultstring>secret inside</faultstring></e:Fault>"
    with Says(ENVELOPE.format(fault), status=500) as system, pytest.raises(SoapFaultError) as no:
        call(system.url)
    assert str(no.value) == "Server"
    with Says(PLAIN, kind="multipart/related; boundary=x") as system, pytest.raises(Unreachable):
        call(system.url)


def test_nothing_leaves_for_an_address_that_may_not_be_reached() -> None:
    with Says(PLAIN) as system:
        with pytest.raises(Unreachable) as away:
            call(system.url, caller=Caller(AddressGuard(plain_http=True)))
        assert (away.value.code, system.requests) == ("SYSTEM_ADDRESS", 0)


@pytest.mark.parametrize(
    "location", ["http://127.0.0.1:1/types.xsd", "file:///etc/hostname", "../outside.xsd", "/etc/hostname"]
)
def test_a_wsdl_that_wants_more_than_its_own_folder_is_not_read(tmp_path: Path, location: str) -> None:
    (tmp_path / "outside.xsd").write_text('<xsd:schema xmlns:xsd="http://www.w3.org/2001/XMLSchema"/>')
    folder = tmp_path / "wsdl"
    folder.mkdir()
    wants = f'elementFormDefault="qualified"><xsd:include schemaLocation="{location}"/>'
    (folder / "x.wsdl").write_text(WSDL.read_text().replace('elementFormDefault="qualified">', wants))
    with Says(PLAIN) as system:
        with pytest.raises((FileNotLocalError, Error)):
            call(system.url, wsdl=folder / "x.wsdl")
        assert system.requests == 0

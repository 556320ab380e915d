"""SOAP by zeep: the WSDL is a file of the connector's, entities and DTDs are refused, requests go through the guard."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from lxml.etree import Element, SubElement, _Element
from zeep import Client
from zeep.exceptions import Fault
from zeep.helpers import serialize_object
from zeep.settings import Settings
from zeep.transports import Transport
from zeep.wsdl import Document
from zeep.wsdl.utils import etree_to_string

from connectors.kit.calling import Caller
from hub.canonical.codes import DeliveryFault
from hub.canonical.connector import Unreachable
from hub.canonical.sending import PAUSE, fault_of
from hub.core.egress.addresses import AddressGuard
from hub.core.egress.client import Response

SETTINGS = Settings(forbid_dtd=True, forbid_entities=True, forbid_external=True, xml_huge_tree=False, raw_response=True)
_FAULT_STATUS = 500
"""SOAP 1.1 over HTTP answers a fault with it (§6.2)."""


class FileNotLocalError(Exception):
    """A WSDL or schema that is not a file beside the connector's own."""


@dataclass(frozen=True, slots=True)
class _Answer:
    """An answer as zeep reads it."""

    status_code: int
    headers: Mapping[str, str]
    content: bytes
    encoding: str = "utf-8"


class GuardedTransport(Transport):  # type: ignore[misc]
    """Loads from one folder only and sends by the caller alone; there is no session that could go anywhere else."""

    def __init__(self, folder: Path, caller: Caller) -> None:
        self._folder = folder.resolve()
        self._caller = caller
        self._close_session = False
        self.operation_timeout = None

    def load(self, url: str) -> bytes:
        path = Path(url).resolve()
        if not path.is_relative_to(self._folder) or not path.is_file():
            raise FileNotLocalError(path.name)
        return path.read_bytes()

    def post_xml(self, address: str, envelope: _Element, headers: Mapping[str, str]) -> _Answer:
        response = self._caller.post(address, headers, etree_to_string(envelope))
        _refuse_what_is_no_answer(response)
        return _Answer(response.status, {"Content-Type": "text/xml"}, response.body)


def _refuse_what_is_no_answer(response: Response) -> None:
    kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    xml = kind in ("text/xml", "application/soap+xml", "application/xml")
    fault = fault_of(response)
    if fault is not None and (response.status != _FAULT_STATUS or not xml or response.status in PAUSE):
        raise Unreachable.by(fault)
    if not xml:
        raise Unreachable.by(DeliveryFault.GARBLED)


class SoapFaultError(Exception):
    """The system's own no. ``code`` is the local name of its fault code."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class SoapService:
    """A service of a WSDL at an address of ours: the one in the WSDL is not looked at. ``header`` makes the SOAP
    header of a call."""

    wsdl: Path
    binding: str
    url: str
    caller: Caller
    header: Callable[[], _Element] | None = None

    def call(self, operation: str, **arguments: object) -> object:
        """The answer as plain data. Raises ``Unreachable``, ``SoapFaultError``."""
        transport = GuardedTransport(self.wsdl.parent, self.caller)
        client = Client(_document(self.wsdl), transport=transport, settings=SETTINGS)
        service = client.create_service(self.binding, self.url)
        headers = [] if self.header is None else [self.header()]
        answer = service[operation](**arguments, _soapheaders=headers)
        binding = client.wsdl.bindings[self.binding]
        try:
            return serialize_object(binding.process_reply(client, binding.get(operation), answer), dict)
        except Fault as fault:
            raise SoapFaultError(str(fault.code or "").rpartition(":")[2]) from None
        except Exception:  # noqa: BLE001 - zeep takes an answer to be what the WSDL says, and fails in many ways
            raise Unreachable.by(DeliveryFault.GARBLED) from None


def header_of(name: str, values: Mapping[str, str]) -> _Element:
    """An element of the SOAP header, with one child for each value."""
    header = Element(name)
    for child, value in values.items():
        SubElement(header, child).text = value
    return header


@cache
def _document(wsdl: Path) -> Document:
    """The WSDL, read once. Raises ``FileNotLocalError``, ``zeep.exceptions.Error``."""
    return Document(str(wsdl), GuardedTransport(wsdl.parent, Caller(AddressGuard())), settings=SETTINGS)

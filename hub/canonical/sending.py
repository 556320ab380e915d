"""What an answer, or the want of one, means to whoever sent something."""

from __future__ import annotations

import ssl

import httpcore

from hub.canonical.codes import DeliveryFault
from hub.core.egress.addresses import AddressRefusedError
from hub.core.egress.client import Response

_GONE = 410
PAUSE = (429, 503)
"""Statuses that ask for a pause (RFC 6585 §4, RFC 9110 §15.6.4)."""
BROKEN = (AddressRefusedError, TimeoutError, httpcore.ProtocolError, httpcore.NetworkError, OSError)
"""What a request can end with besides an answer."""


def fault_of(response: Response) -> DeliveryFault | None:
    """A status of 2xx means that the receiver has it, whatever it writes besides."""
    match response.status:
        case status if 200 <= status < 300:
            return None
        case status if 300 <= status < 400:
            return DeliveryFault.REDIRECT
        case status if status == _GONE:
            return DeliveryFault.GONE
        case status if status in PAUSE:
            return DeliveryFault.THROTTLED
    return DeliveryFault.STATUS


def fault_behind(error: Exception) -> DeliveryFault:
    """Of one of ``BROKEN``."""
    match error:
        case AddressRefusedError():
            return DeliveryFault.ADDRESS
        case TimeoutError():
            return DeliveryFault.TIMEOUT
        case httpcore.ProtocolError():
            return DeliveryFault.GARBLED
        case httpcore.ConnectError() if isinstance(error.__cause__ or error.__context__, ssl.SSLError):
            return DeliveryFault.CERTIFICATE
        case ssl.SSLError():
            return DeliveryFault.CERTIFICATE
    return DeliveryFault.UNREACHABLE

"""Composition of what speaks to other systems over a network: which connector, to which address, with which secret."""

from __future__ import annotations

from functools import partial

from connectors.bank.connector import BankConnector
from connectors.calendar.connector import CalendarFeed
from connectors.exchange.connector import ExchangeConnector
from connectors.exchange.wire import RestWire, SoapWire
from connectors.kit.calling import ANSWER_BYTES, Caller
from connectors.kit.keyed import Identity, Instants
from connectors.notification.mail import MailConnector
from connectors.notification.sms import SmsConnector
from hub.canonical.codes import Channel
from hub.canonical.connector import Asked, Fetched
from hub.config import DeliverySettings, Settings
from hub.core.clock import Clock
from hub.core.egress.client import Bounds
from hub.db.models import WebhookEndpoint
from hub.delivery.banks import contents as banks
from hub.delivery.banks.acknowledging import Acknowledging
from hub.delivery.carriers import Carrier, SystemCarrier
from hub.notification import contents as notification
from hub.runtime import Runtime, egress_guard


def caller(settings: DeliverySettings) -> Caller:
    """How connectors call other systems: where this installation may send, as long as a delivery may take."""
    bounds = Bounds(settings.connect_seconds, settings.total_seconds, ANSWER_BYTES)
    return Caller(egress_guard(settings), bounds, settings.authorities)


def exchange_platform(settings: Settings, clock: Clock) -> Asked | None:
    """The data exchange platform, where one is configured; one object for a process, which keeps its key."""
    given = settings.exchange
    if given.url is None:
        return None
    identity = Identity(given.requester, given.secret.get_secret_value(), given.key_service, clock)
    wire = (SoapWire if given.soap else RestWire)(given.url.rstrip("/"), caller(settings.delivery), given.prefix)
    return ExchangeConnector(given.name, wire, identity)


def calendar_feed(settings: Settings) -> Fetched | None:
    """The feed of the working calendar, where one is configured."""
    url = settings.calendar_url
    return None if url is None else CalendarFeed(url, caller(settings.delivery))


def carriers(runtime: Runtime, instants: Instants) -> dict[Channel, Carrier]:
    """One for each channel but webhooks."""
    carrier = partial(SystemCarrier, runtime.sessions, runtime.keyring)
    messages = partial(notification.contents, runtime.keyring)
    return {
        Channel.BANK: carrier(banks.contents, partial(_bank, runtime, instants)),
        Channel.EMAIL: carrier(messages, partial(_mail, runtime)),
        Channel.SMS: carrier(messages, partial(_sms, runtime, instants)),
    }


def acknowledging(runtime: Runtime, instants: Instants) -> Acknowledging:
    """What asks banks for their acknowledgements."""
    return Acknowledging(runtime.sessions, runtime.keyring, runtime.clock, partial(_bank, runtime, instants))


def _bank(runtime: Runtime, instants: Instants, endpoint: WebhookEndpoint, secret: str) -> BankConnector:
    link = caller(runtime.settings.delivery)
    return BankConnector(str(endpoint.id), endpoint.url, endpoint.account or "", secret, link, instants)


def _mail(runtime: Runtime, endpoint: WebhookEndpoint, secret: str) -> MailConnector:
    return MailConnector(endpoint.url, endpoint.account or "", secret, caller(runtime.settings.delivery))


def _sms(runtime: Runtime, instants: Instants, endpoint: WebhookEndpoint, secret: str) -> SmsConnector:
    return SmsConnector(endpoint.url, endpoint.account or "", secret, caller(runtime.settings.delivery), instants)

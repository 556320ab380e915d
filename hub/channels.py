"""Composition of what speaks to other systems over a network: which connector, to which address, with which secret."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, partial

from connectors.bank.connector import BankConnector
from connectors.calendar.connector import CalendarFeed
from connectors.exchange.connector import ExchangeConnector
from connectors.exchange.wire import RestWire, SoapWire
from connectors.holder.connector import HolderConnector
from connectors.holder.shape import Shape, Way
from connectors.holder.shape import shape as shape_of
from connectors.holder.wires import FerryWire, PlatformWire, ServiceWire, Wire
from connectors.kit.breaker import Patience
from connectors.kit.calling import ANSWER_BYTES, Caller
from connectors.kit.folder import FerryFolder
from connectors.kit.keyed import Identity, Instants
from connectors.kit.signed_calls import Service, ServiceAddress, signature
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
from hub.holders.collecting import Collecting
from hub.holders.contents import OrderContents
from hub.holders.door import AnswerDoor
from hub.holders.taking import Taking
from hub.notification import contents as notification
from hub.runtime import Runtime, egress_guard

HolderSystems = Callable[[WebhookEndpoint, str], HolderConnector]


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


def carriers(runtime: Runtime, instants: Instants, holders: HolderSystems) -> dict[Channel, Carrier]:
    """One for each channel but webhooks. ``holders`` are those of this process."""
    carrier = partial(SystemCarrier, runtime.sessions, runtime.keyring)
    messages = partial(notification.contents, runtime.keyring)
    return {
        Channel.BANK: carrier(banks.contents, partial(_bank, runtime, instants)),
        Channel.EMAIL: carrier(messages, partial(_mail, runtime)),
        Channel.SMS: carrier(messages, partial(_sms, runtime, instants)),
        Channel.HOLDER: carrier(OrderContents(runtime.keyring, runtime.clock), holders),
    }


def collecting(runtime: Runtime, holders: HolderSystems) -> Collecting:
    """What asks the systems of holders for their answers."""
    return Collecting(runtime.sessions, runtime.keyring, Taking(runtime.gate), holders)


def answer_door(runtime: Runtime) -> AnswerDoor:
    """Where systems of holders hand answers in by themselves."""
    return AnswerDoor(runtime.sessions, runtime.keyring, Taking(runtime.gate), holder_systems(runtime), signature)


def holder_systems(runtime: Runtime) -> HolderSystems:
    """Systems of holders by their endpoint and its secret, one object each for as long as nothing about it changes:
    connections, keys and breakers outlast a round. One of these for each process."""

    @lru_cache(maxsize=100)
    def identity(url: str, account: str, secret: str) -> Identity:  # noqa: ARG001 - part of the key
        # Of one platform: a key that is lent takes the place of the one before it.
        return Identity(account, secret, runtime.settings.exchange.key_service, runtime.clock)

    @lru_cache(maxsize=1_000)
    def made(key: str, shape_name: str, url: str, account: str, seal_key: str, secret: str) -> HolderConnector:
        shape = shape_of(shape_name)
        return HolderConnector(key, shape, _wire(runtime.settings, shape, url, (account, secret), identity), seal_key)

    def system(row: WebhookEndpoint, secret: str) -> HolderConnector:
        return made(str(row.id), row.shape or "", row.url, row.account or "", row.seal_key or "", secret)

    return system


def _wire(
    settings: Settings, shape: Shape, url: str, login: tuple[str, str], identity: Callable[[str, str, str], Identity]
) -> Wire:
    if url.startswith("ferry:"):
        return FerryWire(FerryFolder(settings.holders_folder / url.removeprefix("ferry:")))
    if shape.way is Way.PLATFORM:
        platform = RestWire(url.rstrip("/"), caller(settings.delivery), settings.exchange.prefix)
        return PlatformWire(ExchangeConnector(shape.service, platform, identity(url, *login)), shape.service)
    link = caller(settings.delivery)
    once = Patience(attempts=1)
    address = ServiceAddress(url.rstrip("/"), login[0], login[1].encode(), link.guard, link.bounds, once)
    return ServiceWire(Service(address))


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

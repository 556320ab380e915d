"""Composition of the channels that are no webhooks: which connector speaks to a destination, and what it is told."""

from __future__ import annotations

from functools import partial

from connectors.bank.connector import BankConnector
from connectors.kit.calling import ANSWER_BYTES, Caller
from connectors.kit.keyed import Instants
from connectors.notification.mail import MailConnector
from connectors.notification.sms import SmsConnector
from hub.canonical.codes import Channel
from hub.config import DeliverySettings
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

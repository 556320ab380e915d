"""Mail goes where the guard lets it, under TLS where that was asked for, and nowhere else."""

from __future__ import annotations

import ssl
from dataclasses import replace
from pathlib import Path

import pytest
import trustme

from connectors.notification.mail import MailConnector
from connectors.sandbox.notification.mail import SandboxMail
from hub.canonical.connector import Outgoing, Unreachable
from hub.core.egress.addresses import AddressGuard
from tests.contracts.lines import CALLER

AUTHORITY = trustme.CA()


def message(**changes: object) -> Outgoing:
    body = {"subject": "府院联动预警 1 项", "text": "有1项待处理"}
    return Outgoing("m1", "notification", {**body, **changes}, to="li@court.test")


def secure() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    AUTHORITY.issue_cert("127.0.0.1").configure_cert(context)
    return context


def away(connector: MailConnector, outgoing: Outgoing) -> str:
    with pytest.raises(Unreachable) as lost:
        connector.push(outgoing)
    assert not connector.health().well
    return lost.value.code


def test_tls_is_turned_to_and_the_certificate_must_hold(tmp_path: Path) -> None:
    authority = tmp_path / "ca.pem"
    AUTHORITY.cert_pem.write_to_path(authority)
    with SandboxMail(secure()) as server:
        url = server.url.replace("smtp:", "smtps:")
        assert away(MailConnector(url, "hub@x.test", "", CALLER), message()) == "SYSTEM_CERTIFICATE"
        MailConnector(url, "hub@x.test", "", replace(CALLER, authorities=authority)).push(message())
        (mail,) = server.mails.values()
    assert (mail.sender, mail.to, mail.message["Message-ID"]) == ("hub@x.test", "li@court.test", "<m1@x.test>")
    assert mail.text.strip() == "有1项待处理"


def test_a_server_without_tls_gets_nothing_where_tls_was_asked_for() -> None:
    with SandboxMail() as server:
        assert away(MailConnector(server.url.replace("smtp:", "smtps:"), "hub@x.test", "", CALLER), message())
        assert server.received == 0


def test_a_login_that_the_server_does_not_know_sends_nothing() -> None:
    with SandboxMail() as server:
        assert away(MailConnector(server.url, "hub@x.test", "secret", CALLER), message())
        assert server.received == 0


def test_nothing_leaves_for_an_address_that_may_not_be_reached() -> None:
    with SandboxMail() as server:
        inside = replace(CALLER, guard=AddressGuard(plain_http=True))
        assert away(MailConnector(server.url, "hub@x.test", "", inside), message()) == "SYSTEM_ADDRESS"


def test_a_line_break_makes_no_further_header() -> None:
    with SandboxMail() as server:
        connector = MailConnector(server.url, "hub@x.test", "", CALLER)
        with pytest.raises((Unreachable, ValueError)):
            connector.push(message(subject="a\r\nBcc: x@y.test"))
        assert server.received == 0


@pytest.mark.parametrize(
    ("url", "codes"),
    [
        ("smtps://mail.example.gov.cn", []),
        ("smtps://mail.example.gov.cn:587", []),
        ("smtp://mail.example.gov.cn", ["URL_SCHEME"]),
        ("https://mail.example.gov.cn", ["URL_SCHEME"]),
        ("smtps://mail.example.gov.cn:22", ["URL_PORT"]),
        ("smtps://10.0.0.1", ["URL_HOST"]),
        ("smtps://localhost", ["URL_HOST"]),
        ("smtps://user@mail.example.gov.cn", ["URL_INVALID"]),
        ("smtps://mail.example.gov.cn/x", ["URL_INVALID"]),
    ],
)
def test_addresses_of_mail_servers(url: str, codes: list[str]) -> None:
    assert [each.code for each in AddressGuard().find_mail_problems(url)] == codes

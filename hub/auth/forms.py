"""From an HTTP request to parameters and presented credentials, before any of it is looked up."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, unquote_plus

from starlette.requests import Request

from hub.auth.faults import Cause, Fault, OAuthRefused

BODY_LIMIT = 16 * 1024
_MOST_FIELDS = 20
_FORM_TYPE = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class SecretCredentials:
    """``client_secret_basic`` (RFC 6749 §2.3.1)."""

    client_id: str
    secret: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class AssertionCredentials:
    """``private_key_jwt`` (RFC 7523 §2.2); the assertion stays in the form."""


Credentials = SecretCredentials | AssertionCredentials


@dataclass(frozen=True, slots=True)
class OAuthForm:
    """Parameters, each given once and with a value, and the one way in which the client proves itself."""

    parameters: Mapping[str, str] = field(repr=False)
    credentials: Credentials


async def read_form(request: Request) -> OAuthForm:
    """Raises ``OAuthRefused`` for anything but one well-formed form with one kind of credentials."""
    if request.scope["query_string"]:
        raise OAuthRefused(Fault.PARAMETERS_IN_URL)
    if not _is_form(request.headers.getlist("content-type")):
        raise OAuthRefused(Fault.CONTENT_TYPE)
    parameters = parse_form(await _read_body(request))
    return OAuthForm(parameters, read_credentials(request.headers.getlist("authorization"), parameters))


def parse_form(body: bytes) -> dict[str, str]:
    """Parameters of a form body. Raises ``OAuthRefused`` (FORM_MALFORMED, PARAMETER_REPEATED).

    A repeated parameter is refused; one without a value counts as omitted (RFC 6749 §3.2).
    """
    try:
        pairs = parse_qsl(
            body.decode(),
            keep_blank_values=True,
            strict_parsing=bool(body),
            errors="strict",
            max_num_fields=_MOST_FIELDS,
        )
    except ValueError:
        raise OAuthRefused(Fault.FORM_MALFORMED) from None
    if any("\x00" in name or "\x00" in value for name, value in pairs):
        raise OAuthRefused(Fault.FORM_MALFORMED)
    parameters = dict(pairs)
    if len(parameters) != len(pairs):
        raise OAuthRefused(Fault.PARAMETER_REPEATED)
    return {name: value for name, value in parameters.items() if value}


def read_credentials(authorization: list[str], parameters: Mapping[str, str]) -> Credentials:
    """The one proof presented. Raises ``OAuthRefused`` (CREDENTIALS_MIXED, CLIENT_REFUSED)."""
    asserted = "client_assertion" in parameters or "client_assertion_type" in parameters
    if len(authorization) + asserted + ("client_secret" in parameters) > 1:
        raise OAuthRefused(Fault.CREDENTIALS_MIXED)
    if asserted:
        return AssertionCredentials()
    if not authorization:
        raise OAuthRefused(Fault.CLIENT_REFUSED, Cause.NO_CREDENTIALS)
    presented = _parse_basic(authorization[0])
    if parameters.get("client_id", presented.client_id) != presented.client_id:
        raise OAuthRefused(Fault.CLIENT_REFUSED, Cause.CLIENT_ID_MISMATCH)
    return presented


def _parse_basic(header: str) -> SecretCredentials:
    """Id and secret, each form-encoded before they were joined (RFC 6749 §2.3.1)."""
    scheme, _, encoded = header.partition(" ")
    try:
        joined = base64.b64decode(encoded.strip(), validate=True).decode()
        client_id, colon, secret = joined.partition(":")
        presented = SecretCredentials(unquote_plus(client_id, errors="strict"), unquote_plus(secret, errors="strict"))
    except (binascii.Error, ValueError):
        raise OAuthRefused(Fault.CLIENT_REFUSED, Cause.NO_CREDENTIALS) from None
    if scheme.lower() != "basic" or not colon or not presented.client_id or not presented.secret:
        raise OAuthRefused(Fault.CLIENT_REFUSED, Cause.NO_CREDENTIALS)
    return presented


def _is_form(content_types: list[str]) -> bool:
    if len(content_types) != 1:
        return False
    media_type, _, parameter = content_types[0].partition(";")
    charset = parameter.strip().lower().replace('"', "")
    return media_type.strip().lower() == _FORM_TYPE and charset in ("", "charset=utf-8")


async def _read_body(request: Request) -> bytes:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > BODY_LIMIT:
            raise OAuthRefused(Fault.BODY_TOO_LARGE)
    return bytes(body)

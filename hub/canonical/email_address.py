"""Addresses of e-mail, as they can be written to a server without further ado."""

from __future__ import annotations

import re

from hub.core.errors import Reason, refuse_if

LONGEST = 254
"""RFC 5321 §4.5.3.1.3, without the brackets."""
_LOCAL = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
_LABEL = r"[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_ADDRESS = re.compile(rf"(?=.{{1,64}}@){_LOCAL}@{_LABEL}(\.{_LABEL})+")


def find_email_problems(text: str, *, path: tuple[str | int, ...] = ()) -> tuple[Reason, ...]:
    """What is wrong with an address (RFC 5321 Mailbox with a dotted local part and a domain name); the parameters never
    hold it."""
    if len(text) <= LONGEST and _ADDRESS.fullmatch(text):
        return ()
    return (Reason("EMAIL_FORM", path, {"limit": LONGEST}),)


def parse_email(text: str, *, path: tuple[str | int, ...] = ()) -> str:
    """The address. Raises ``Refused`` (EMAIL_FORM)."""
    refuse_if(find_email_problems(text, path=path))
    return text

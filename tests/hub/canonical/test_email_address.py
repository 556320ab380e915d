"""Addresses of e-mail: plain ones only, nothing that could become another header."""

from __future__ import annotations

import pytest

from hub.canonical.email_address import parse_email
from hub.core.errors import Refused


@pytest.mark.parametrize("address", ["li@court.gov.cn", "a.b+c@x-1.cn", f"{'a' * 64}@{'b' * 63}.cn"])
def test_an_address_is_kept_as_it_is(address: str) -> None:
    assert parse_email(address) == address


@pytest.mark.parametrize(
    "address",
    [
        *(
            "",
            "a@b",
            "a b@c.cn",
            "a@c.cn\r\nBcc: x@y.cn",
            "a@c.cn\n",
            "<a@c.cn>",
            "李@c.cn",
            "a@b@c.cn",
            "a@c.cn, b@c.cn",
        ),
        *(".a@c.cn", "a..b@c.cn", "a@-c.cn", "a@c..cn", "a@[127.0.0.1]", '"a"@c.cn', f"{'a' * 65}@c.cn"),
        f"a@{'b.' * 130}cn",
    ],
)
def test_what_is_no_plain_address_is_refused_without_repeating_it(address: str) -> None:
    with pytest.raises(Refused) as refused:
        parse_email(address, path=("email",))
    (reason,) = refused.value.reasons
    assert (reason.code, reason.path, reason.params) == ("EMAIL_FORM", ("email",), {"limit": 254})

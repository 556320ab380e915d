"""The order in which addresses are used, and what is shown of them to others."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from hub.canonical.addresses import ServiceAddressKind, ServiceAddressStatus, lawful_order, mask_value

K, S = ServiceAddressKind, ServiceAddressStatus
DAY = date(2026, 6, 15)
LAW = [K.SELF_DECLARED, K.REGISTERED_DOMICILE, K.ANNUAL_REPORT_ADDRESS, K.E_MAIL]


@dataclass(frozen=True)
class Address:
    kind: ServiceAddressKind
    status: ServiceAddressStatus
    confirmed_by_commitment: bool
    effective_from: date


addresses = some.lists(
    some.builds(
        Address,
        some.sampled_from(K),
        some.sampled_from(S),
        some.booleans(),
        some.integers(-3, 3).map(lambda days: DAY + timedelta(days)),
    ),
    max_size=12,
)


@settings(max_examples=60, deadline=None)
@given(addresses, some.randoms())
def test_whatever_is_declared_the_order_is_the_laws_and_nothing_unlawful_is_used(given, random) -> None:
    found = lawful_order(given, DAY)
    places = [LAW.index(address.kind) for address in found]
    assert places == sorted(places)
    for address in found:
        assert address.status is S.ACTIVE
        assert address.effective_from <= DAY
        assert address.kind is not K.E_MAIL or address.confirmed_by_commitment
    left = [address for address in given if address not in found]
    for address in left:
        assert (
            address.status is not S.ACTIVE
            or address.effective_from > DAY
            or address.kind is K.PHONE
            or (address.kind is K.E_MAIL and not address.confirmed_by_commitment)
        ), "what may be used is never left out"
    shuffled = list(given)
    random.shuffle(shuffled)
    assert [address.kind for address in lawful_order(shuffled, DAY)] == [address.kind for address in found]


@pytest.mark.parametrize(
    ("kind", "value", "masked"),
    [
        (K.SELF_DECLARED, "河南省焦作市温县黄河路1号", "河南省焦作市温县***"),
        (K.SELF_DECLARED, "郑州市金水区花园路3号", "郑州市金水区***"),
        (K.SELF_DECLARED, "花园路3号院", "***"),
        (K.PHONE, "13800138000", "138****8000"),
        (K.PHONE, "12345", "****"),
        (K.E_MAIL, "zhang@example.test", "z***@example.test"),
    ],
)
def test_what_others_see_ends_at_the_county(kind, value, masked) -> None:
    assert mask_value(kind, value) == masked

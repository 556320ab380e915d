"""A service is asked with measure, believed by its signature, and reached only where it may be."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from ipaddress import ip_network

import pytest

from connectors.kit.breaker import Breaker, Patience
from connectors.kit.service import ServiceStore
from connectors.kit.signed_calls import Service, ServiceAddress
from connectors.sandbox.credit.http import CLIENT, ServiceEnd
from hub.canonical.connector import Unreachable
from hub.core.egress.addresses import AddressGuard
from hub.core.egress.client import Bounds
from hub.core.errors import Refused

GUARD = AddressGuard((ip_network("127.0.0.0/8"),), plain_http=True)
PATIENCE = Patience(pause=0.001)


@pytest.fixture
def end() -> Iterator[ServiceEnd]:
    made = ServiceEnd()
    yield made
    made.close()


def store_of(end: ServiceEnd, **changes: object) -> ServiceStore:
    address = ServiceAddress(end.address, CLIENT, end.secret, GUARD, Bounds(1, 1, 4096), PATIENCE)
    return ServiceStore(Service(replace(address, **changes)), 1000)


def lost(store: ServiceStore) -> str:
    with pytest.raises(Unreachable) as found:
        store.manifests()
    return found.value.code


def test_an_answer_that_is_forged_stale_or_none_is_not_used(end: ServiceEnd) -> None:
    assert store_of(end).manifests() == []
    assert lost(store_of(end, secret=b"another")) == "SERVICE_SIGNATURE"
    end.clock_ahead = 1000
    assert lost(store_of(end)) == "SERVICE_SIGNATURE_STALE"
    end.clock_ahead = -1000
    assert lost(store_of(end)) == "SERVICE_SIGNATURE_STALE"
    end.clock_ahead = 0
    end.raw = b"\xc4\xe3\xba\xc3"
    assert lost(store_of(end)) == "SERVICE_GARBAGE"
    end.raw = json.dumps({"batches": [{"name": "../1.manifest.json"}]}).encode()
    assert lost(store_of(end)) == "SERVICE_GARBAGE"
    end.raw = b"[" * 4097
    assert lost(store_of(end)) == "SERVICE_SIZE"
    end.raw = json.dumps({"batches": [], "next": "1"}).encode()
    assert lost(store_of(end)) == "SERVICE_GARBAGE", "a cursor that leads back to itself"


def test_what_is_too_much_is_stopped_between_pages(end: ServiceEnd) -> None:
    end.raw = json.dumps({"rows": [{"案号": "x" * 600}] * 2}).encode()
    with pytest.raises(Refused) as refused:
        store_of(end).size("1.jsonl")
    assert refused.value.code == "BATCH_FILE_TOO_LARGE"


def test_a_redirect_is_not_followed_and_an_address_within_is_not_reached(end: ServiceEnd) -> None:
    end.status = 302
    assert lost(store_of(end)) == "SERVICE_REFUSED"
    before = end.asked
    assert lost(store_of(end, guard=AddressGuard(plain_http=True))) == "SERVICE_ADDRESS"
    assert lost(store_of(end, guard=AddressGuard((ip_network("10.0.0.0/8"),), plain_http=True))) == "SERVICE_ADDRESS"
    assert end.asked == before


def test_a_service_that_fails_is_asked_a_few_times_then_left_in_peace_then_asked_once(end: ServiceEnd) -> None:
    end.status = 500
    store = store_of(end, patience=replace(PATIENCE, failures=4, rest=0.2))
    assert [lost(store), lost(store)] == ["SERVICE_LOST"] * 2
    assert end.asked == 4, "three attempts, and a fourth that opened the circuit"
    assert [lost(store), lost(store)] == ["SERVICE_CIRCUIT_OPEN"] * 2
    assert end.asked == 4


def test_the_breaker_closes_after_one_success_and_the_budget_bounds_retries() -> None:
    now = [0.0]
    breaker = Breaker(Patience(failures=2, rest=30, spare=2, share=0.5), lambda: now[0])
    assert [breaker.may_retry() for _ in range(3)] == [True, True, False]
    breaker.succeeded()
    breaker.succeeded()
    assert [breaker.may_retry() for _ in range(2)] == [True, False]
    breaker.failed()
    breaker.failed()
    assert not breaker.may_call()
    now[0] = 31
    assert [breaker.may_call(), breaker.may_call()] == [True, False], "one finds out, the others wait"
    breaker.succeeded()
    assert breaker.may_call()


def test_a_service_that_hangs_does_not_hold_the_hub(end: ServiceEnd) -> None:
    end.hang(on=True)
    assert lost(store_of(end, bounds=Bounds(0.2, 0.2, 4096), patience=replace(PATIENCE, attempts=1))) == "SERVICE_LOST"

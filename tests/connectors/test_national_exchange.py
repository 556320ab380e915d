"""The exchange platform: who is let in, keys that end, clocks that differ; on a real socket."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from connectors.exchange.connector import ExchangeConnector
from connectors.exchange.wire import RestWire, SoapWire
from connectors.kit.keyed import Identity
from connectors.kit.national import Doorkeeper, Signed, milliseconds
from connectors.sandbox.exchange.system import KEY_SERVICE, ExchangeFault, SandboxExchange
from connectors.sandbox.serving import WireFault
from hub.canonical.connector import Unreachable
from hub.core.errors import Refused
from tests.contracts.lines import CALLER, SERVICE
from tests.contracts.rigs import NOW
from tests.support.clock import MovableClock


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock(NOW)


@pytest.fixture
def platform(clock: MovableClock) -> Iterator[SandboxExchange]:
    with SandboxExchange({SERVICE: lambda asked: asked}, clock=clock) as found:
        yield found


@pytest.fixture
def identity(platform: SandboxExchange, clock: MovableClock) -> Identity:
    return Identity("hub", platform.register("hub"), KEY_SERVICE, clock)


@pytest.fixture(params=[RestWire, SoapWire])
def hub(request: pytest.FixtureRequest, platform: SandboxExchange, identity: Identity) -> ExchangeConnector:
    return ExchangeConnector("national", request.param(platform.url, CALLER), identity)


def keeper(**changes: object) -> Doorkeeper:
    held = {"hub": ("new", "old")}
    return replace(Doorkeeper(lambda name: held.get(name, ()), frozenset({SERVICE})), **changes)


def signed(key: str = "new", at: datetime = NOW, requester: str = "hub", service: str = SERVICE) -> Signed:
    return Signed.by(key, requester, service, milliseconds(at))


def refusal(found: Signed, door: Doorkeeper | None = None) -> str:
    with pytest.raises(Refused) as refused:
        (door or keeper()).admit(found, NOW)
    return refused.value.code


def test_the_signature_is_the_one_that_platforms_reckon() -> None:
    found = Signed.by("secret", "rid-1", "sid-1", 1781488800000).headers()
    content = b"sid-1" + b"rid-1" + b"1781488800000"
    assert found == {
        "gjgxjhpt_rid": "rid-1",
        "gjgxjhpt_sid": "sid-1",
        "gjgxjhpt_rtime": "1781488800000",
        "gjgxjhpt_sign": base64.b64encode(hmac.new(b"secret", content, hashlib.sha256).digest()).decode(),
    }
    assert Signed.of({name.title(): value for name, value in found.items()}).headers() == found


def test_who_signs_with_a_key_that_holds_is_let_in_and_each_signature_once() -> None:
    door = keeper()
    for key in ("new", "old"):
        assert door.admit(signed(key, NOW + timedelta(seconds=len(key) + (key == "old"))), NOW) == "hub"
    assert refusal(signed("new", NOW + timedelta(seconds=3)), door) == "PLATFORM_REPLAY"
    assert door.admit(signed(at=NOW + timedelta(milliseconds=1)), NOW) == "hub"


def test_a_replay_is_remembered_for_as_long_as_its_signature_holds() -> None:
    door, ahead = keeper(), signed(at=NOW + timedelta(minutes=5))
    door.admit(ahead, NOW)
    with pytest.raises(Refused) as refused:
        door.admit(ahead, NOW + timedelta(minutes=10))
    assert refused.value.code == "PLATFORM_REPLAY"
    with pytest.raises(Refused) as refused:
        door.admit(ahead, NOW + timedelta(minutes=10, seconds=1))
    assert refused.value.code == "PLATFORM_TIME"


@pytest.mark.parametrize(
    ("found", "code"),
    [
        (signed("other"), "PLATFORM_SIGNATURE"),
        (signed(requester="stranger"), "PLATFORM_SIGNATURE"),
        (replace(signed(), service="other"), "PLATFORM_SIGNATURE"),
        (replace(signed(), signature="签名"), "PLATFORM_SIGNATURE"),
        (replace(signed(), signature=""), "PLATFORM_HEADERS"),
        (replace(signed(), requester="a b"), "PLATFORM_HEADERS"),
        (replace(signed(), requester=""), "PLATFORM_HEADERS"),
        (replace(signed(), instant="1781488800"), "PLATFORM_TIME"),
        (replace(signed(), instant="١٧٨١٤٨٨٨٠٠٠٠٠"), "PLATFORM_TIME"),
        (signed(at=NOW - timedelta(minutes=5, seconds=1)), "PLATFORM_TIME"),
        (signed(at=NOW + timedelta(minutes=5, seconds=1)), "PLATFORM_TIME"),
        (signed(service="not-ours"), "PLATFORM_SERVICE"),
    ],
)
def test_what_does_not_verify_is_refused_with_one_reason(found: Signed, code: str) -> None:
    assert refusal(found) == code


def test_a_refused_request_does_not_use_its_signature_up() -> None:
    door = keeper(services=frozenset())
    assert refusal(signed(), door) == refusal(signed(), door) == "PLATFORM_SERVICE"


def test_a_key_is_asked_for_once_and_renewed_before_it_ends(
    hub: ExchangeConnector, platform: SandboxExchange, clock: MovableClock
) -> None:
    for number in range(3):
        assert hub.ask(SERVICE, {"uscc": "温"}, number=str(number)) == {"uscc": "温"}
    assert platform.requests == 1 + 3
    clock.advance(seconds=3600 - 29)
    hub.ask(SERVICE, {}, number="3")
    assert platform.requests == 1 + 3 + 2


def test_a_key_that_ended_before_its_time_costs_one_more_key_and_nothing_else(
    hub: ExchangeConnector, platform: SandboxExchange
) -> None:
    hub.ask(SERVICE, {}, number="1")
    platform.expire_keys()
    assert hub.ask(SERVICE, {"a": 1}, number="2") == {"a": 1}
    assert platform.requests == 2 + 3


@pytest.mark.parametrize("minutes", [-14, 14])
def test_a_clock_that_is_off_is_followed(hub: ExchangeConnector, platform: SandboxExchange, minutes: int) -> None:
    platform.ahead = timedelta(minutes=minutes)
    assert hub.ask(SERVICE, {"a": 1}, number="1") == {"a": 1}
    platform.ahead = timedelta()
    assert hub.ask(SERVICE, {"a": 2}, number="2") == {"a": 2}


@pytest.mark.parametrize(
    ("fault", "code", "requests"),
    [(ExchangeFault.LOST_CLOCK, "PLATFORM_CLOCK", 1), (ExchangeFault.STALE_KEYS, "SYSTEM_STATUS", 6)],
)
def test_a_clock_that_is_far_off_is_not_followed_and_keys_that_never_hold_are_given_up(
    hub: ExchangeConnector, platform: SandboxExchange, fault: ExchangeFault, code: str, requests: int
) -> None:
    platform.faults = {fault}
    with pytest.raises(Unreachable) as away:
        hub.ask(SERVICE, {}, number="1")
    assert (away.value.code, platform.requests) == (code, requests)
    assert platform.requesters["hub"].asked == {}


def test_text_in_another_encoding_than_agreed_is_garbled_and_nothing_is_guessed(
    hub: ExchangeConnector, platform: SandboxExchange
) -> None:
    hub.ask(SERVICE, {"name": "温县公安局"}, number="1")
    platform.wire_faults = {WireFault.GBK}
    with pytest.raises(Unreachable) as away:
        hub.ask(SERVICE, {"name": "温县公安局"}, number="2")
    assert away.value.code == "SYSTEM_GARBLED"


def test_a_no_is_told_with_its_code_and_a_stranger_gets_no_key(
    hub: ExchangeConnector, platform: SandboxExchange, clock: MovableClock
) -> None:
    with pytest.raises(Refused) as refused:
        hub.ask("other", {}, number="1")
    (reason,) = refused.value.reasons
    assert (reason.code, reason.params) == ("PLATFORM_REFUSED", {"code": "SERVICE"})
    stranger = Identity("hub", "wrong", KEY_SERVICE, clock)
    health = ExchangeConnector("national", RestWire(platform.url, CALLER), stranger).health()
    assert (health.well, health.code) == (False, "PLATFORM_REFUSED")


def test_what_was_overheard_cannot_be_sent_again_with_another_body(
    platform: SandboxExchange, identity: Identity
) -> None:
    """The signature does not cover the body: that it holds once is what keeps another body out."""
    wire = RestWire(platform.url, CALLER)
    ExchangeConnector("national", wire, identity).ask(SERVICE, {}, number="1")
    overheard = identity.signed(SERVICE, lambda _: pytest.fail("the key holds"))
    assert wire.exchange(overheard, "2", {"a": 1}).code == "OK"
    assert wire.exchange(overheard, "3", {"a": 2}).code == "REPLAY"
    assert json.dumps(sorted(platform.requesters["hub"].asked)) == '["1", "2"]'

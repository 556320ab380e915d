"""Strict reading of compact JWS."""

from __future__ import annotations

import base64
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.auth.jose import MalformedTokenError, read_compact, text_claim, time_claim

NAMES = frozenset({"alg", "typ", "kid"})


def encoded(part):
    raw = part if isinstance(part, bytes) else json.dumps(part).encode()
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def compact(header, claims):
    return f"{encoded(header)}.{encoded(claims)}.{encoded(b'signature')}"


def test_a_well_formed_token_is_read():
    jws = read_compact(compact({"alg": "ES256"}, {"sub": "a", "n": 1, "l": ["x"]}), limit=500, header_names=NAMES)
    assert jws.header == {"alg": "ES256"}
    assert jws.claims == {"sub": "a", "n": 1, "l": ["x"]}


@given(st.text(max_size=300) | st.text(alphabet='ey0J9.{}[]"=+/-_', max_size=300))
def test_any_text_is_read_or_refused(text):
    with pytest.raises(MalformedTokenError):
        read_compact(text + ".", limit=1000, header_names=NAMES)


@given(st.binary(max_size=200), st.binary(max_size=200))
def test_any_bytes_in_the_parts_are_read_or_refused(header, claims):
    try:
        jws = read_compact(compact(header, claims), limit=2000, header_names=NAMES)
    except MalformedTokenError:
        return
    assert jws.header == json.loads(header)
    assert jws.claims == json.loads(claims)


@pytest.mark.parametrize("name", ["crit", "jku", "jwk", "x5u", "x5c", "zip", "b64", "enc", "cty", "p2c"])
def test_every_other_header_member_is_refused(name):
    with pytest.raises(MalformedTokenError):
        read_compact(compact({"alg": "ES256", name: "x"}, {}), limit=500, header_names=NAMES)


def test_a_jwe_of_five_parts_is_refused():
    header = {"alg": "PBES2-HS256+A128KW", "enc": "A128GCM", "p2c": 10_000_000, "zip": "DEF"}
    with pytest.raises(MalformedTokenError):
        read_compact(".".join([encoded(header)] + [encoded(b"x")] * 4), limit=5000, header_names=NAMES)


def test_the_limit_counts_characters_before_anything_is_decoded():
    text = compact({"alg": "ES256"}, {"sub": "a"})
    assert read_compact(text, limit=len(text), header_names=NAMES)
    with pytest.raises(MalformedTokenError):
        read_compact(text, limit=len(text) - 1, header_names=NAMES)


@pytest.mark.parametrize("value", [True, False, None, "1", -1, 10**12, float("1e300"), [1]])
def test_what_is_no_time_is_none(value):
    assert time_claim({"exp": value}, "exp") is None


def test_times_and_texts_are_read():
    assert time_claim({"exp": 1.5}, "exp") == 1.5
    assert text_claim({"sub": "a"}, "sub") == "a"
    assert text_claim({"sub": ["a"]}, "sub") is None


@pytest.mark.parametrize(
    "claims",
    [
        b'{"sub":"a","sub":"b"}',
        b'{"exp":NaN}',
        b'{"exp":-Infinity}',
        b'{"exp":' + b"9" * 4400 + b"}",
        b'{"sub":' + b"[" * 5000,
        b'{"cnf":{"jkt":"x"}}',
        b'{"aud":[1]}',
        b"[]",
        b"null",
        b"",
        b"{",
        b"\xff",
    ],
)
def test_claims_are_one_flat_object_without_repeats(claims):
    text = compact({"alg": "ES256"}, claims or b" ")
    with pytest.raises(MalformedTokenError):
        read_compact(text, limit=20_000, header_names=NAMES)


@pytest.mark.parametrize("header", [b'{"alg":"ES256","alg":"none"}', b'{"alg":["ES256"]}', b'{"alg":null}', b"[" * 700])
def test_the_header_is_an_object_of_texts_without_repeats(header):
    with pytest.raises(MalformedTokenError):
        read_compact(compact(header, {}), limit=20_000, header_names=NAMES)

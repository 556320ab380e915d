"""The table of a listing's life: who may move it, where it may go, and that its states can all be reached and left."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

import pytest
from stdnum.cn.uscc import calc_check_digit

from connectors.sandbox.court.rows import citizen_id
from hub.access.coverage import grantable_scopes
from hub.canonical.citizen_id import find_citizen_id_problems, is_citizen_id
from hub.canonical.exchange_codes import STANDING, DishonestyStatus
from hub.canonical.uscc import ALPHABET, all_usccs, find_uscc_problems, is_uscc
from hub.core.errors import Denied
from hub.core.principal import RoleName
from hub.core.workflow import Actor
from hub.credit.telling import told_as
from hub.credit.workflow import DISHONESTY, INGEST, LifeFacts
from tests.support.world import START

S = DishonestyStatus


@pytest.mark.parametrize("actor", [each for each in Actor if each not in (Actor.COURT, Actor.SYSTEM)])
def test_nobody_but_its_court_moves_a_listing_and_no_client_can_pass_for_one(actor: Actor) -> None:
    for event in DISHONESTY.events():
        row = DISHONESTY.candidates(event)[0]
        with pytest.raises(Denied):
            DISHONESTY.decide(
                row.sources[0],
                event,
                actors=frozenset({actor}),
                scopes=frozenset({INGEST}),
                facts=LifeFacts(),
                payload=None,
            )
    assert INGEST not in {scope.value for scope in grantable_scopes(RoleName)}


def test_every_state_is_reached_and_none_that_stands_is_left_for_one_before_the_list() -> None:
    assert {row.target for row in DISHONESTY.transitions} == set(S) - {S.EXEC_FILED}
    before = (S.NOTICE_SERVED, S.PRE_LISTING_NOTICED, S.DECIDED, S.IN_GRACE, S.AVERTED)
    ways = {(source, row.target) for row in DISHONESTY.transitions for source in row.sources if source != row.target}
    assert not {way for way in ways if way[0] in STANDING and way[1] in before}
    assert {way[1] for way in ways if way[0] in (S.AVERTED, S.REVOKED)} == {S.ARCHIVED}


@pytest.mark.parametrize(
    ("before", "after", "name"),
    [
        (S.EXEC_FILED, S.PUBLISHED, "listed"),
        (S.IN_GRACE, S.LISTED, "listed"),
        (S.LISTED, S.PUBLISHED, "changed"),
        (S.PUBLISHED, S.PUBLISHED, "corrected"),
        (S.REVOKED, S.REVOKED, "changed"),
        (S.DELETE_DUE, S.DELETED_SHIELDED, "deleted"),
        (S.DELETED_SHIELDED, S.REVOKED, "revoked"),
        (S.IN_GRACE, S.AVERTED, "averted"),
    ],
)
def test_a_step_is_told_by_what_it_means_for_others(before: S, after: S, name: str) -> None:
    assert told_as(before, after) == name


def _drawn(random: Random) -> Iterator[str]:
    for _ in range(300):
        body = f"11{random.randrange(110000, 660000)}" + "".join(random.choice(ALPHABET) for _ in range(9))
        yield body + calc_check_digit(body)
        yield citizen_id(random.choice(("410825", "990000")), random)


def test_the_quick_looks_at_numbers_never_differ_from_the_thorough_ones() -> None:
    random = Random(5)
    seen, several, codes = set(), set(), list[str]()
    for whole in _drawn(random):
        at = random.randrange(18)
        for text in (whole, whole[:at] + random.choice("0X9IZé") + whole[at + 1 :], whole[:-1]):
            if len(text) != 18 or text.isascii():
                seen.add((code := is_uscc(text), number := is_citizen_id(text, today=START)))
                assert code == (not find_uscc_problems(text))
                if len(text) == 18:
                    assert number == (not find_citizen_id_problems(text, today=START))
            else:
                assert not is_uscc(text)
            codes.append(text)
            some = random.sample(codes, min(3, len(codes)))
            several.add(sound := all_usccs(some))
            assert sound == all(map(is_uscc, some)), some
    assert several == {True, False}
    assert all_usccs([each for each in codes if is_uscc(each)])
    assert {(True, False), (False, True), (False, False)} <= seen

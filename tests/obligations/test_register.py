"""The register is whole, and every marker names one of its duties."""

from __future__ import annotations

from tests.obligations.register import load_duties, load_proofs

DUTIES = 104


def test_register_holds_every_duty_once() -> None:
    ids = [duty.id for duty in load_duties()]
    assert len(ids) == len(set(ids)) == DUTIES


def test_every_marker_names_a_duty_of_the_register() -> None:
    assert load_proofs().keys() <= {duty.id for duty in load_duties()}


def test_every_duty_is_said_in_both_languages() -> None:
    for duty in load_duties():
        assert any("\u4e00" <= character <= "\u9fff" for character in duty.duty), duty.id
        assert duty.gloss.replace("–", "-").isascii(), duty.id

"""The registry of parameters and the texts of policy are complete."""

from __future__ import annotations

import re

import pytest

from hub.core.texts.policy import (
    DAY_REASONS,
    DEADLINE_STEPS,
    PERIOD_END_TEXTS,
    POLICY_LABELS,
    POLICY_PROBLEMS,
    RULE_TEXTS,
)
from hub.policy.loader import default_parameter
from hub.policy.parameters import REGISTRY
from hub.policy.periods import Period
from hub.policy.rules import Anchor, Origin, PeriodEnd, Roll, Start, Unit
from hub.policy.specification import Measure
from hub.policy.values import ValueKind, read_value, value_to_plain

CHINESE = re.compile("[\u4e00-\u9fff]")


@pytest.mark.parametrize("key", REGISTRY)
def test_every_parameter_is_described_and_has_a_valid_explained_default(key):
    spec = REGISTRY[key]
    assert re.fullmatch(r"[a-z_]+(\.[a-zA-Z_]+)+", key)
    assert CHINESE.search(spec.text.zh)
    assert spec.text.en
    parameter = default_parameter(spec)
    assert (parameter.value is None) == spec.optional
    assert parameter.note is not None
    assert CHINESE.search(parameter.note.zh)
    assert parameter.note.en
    assert (parameter.clause is None) == (parameter.origin is Origin.DEFAULT)
    assert (spec.measure is not Measure.NONE) == (spec.domain.kind in (ValueKind.INTEGER, ValueKind.DAYS))


@pytest.mark.parametrize("key", [key for key, spec in REGISTRY.items() if not spec.optional])
def test_defaults_read_back_from_plain_data(key):
    spec = REGISTRY[key]
    value = default_parameter(spec).value
    reasons = []
    assert read_value(value_to_plain(value), spec.domain, (), reasons) == value
    assert reasons == []


def test_codes_of_the_rules_have_labels_in_both_languages():
    for kind in (Anchor, Origin, Period, Start, Unit, Roll):
        for member in kind:
            text = POLICY_LABELS[f"{kind.__name__}.{member}"]
            assert member is Roll.NONE or (CHINESE.search(text.zh) and text.en)
    assert set(PERIOD_END_TEXTS) == set(PeriodEnd)


@pytest.mark.parametrize(
    "table",
    [POLICY_PROBLEMS, DEADLINE_STEPS, DAY_REASONS, RULE_TEXTS, PERIOD_END_TEXTS],
    ids=lambda table: next(iter(table)),
)
def test_both_languages_of_a_sentence_name_the_same_things(table):
    for code, text in table.items():
        fields = [set(re.findall(r"\{(\w+)\}", language)) for language in (text.zh, text.en)]
        assert fields[0] == fields[1], code

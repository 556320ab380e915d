"""The catalogues that come with the product, and what is refused of one."""

from __future__ import annotations

from importlib.resources import files

import pytest

from hub.canonical.punishment_codes import MeasureCatalogueVersion, PunishmentField
from hub.core.errors import Refused
from hub.policy.documents import read_yaml
from hub.punishment.catalogue import load_catalogue, parse_catalogue


@pytest.mark.parametrize("version", list(MeasureCatalogueVersion))
def test_every_field_has_a_measure_with_a_basis_in_every_version(version: MeasureCatalogueVersion) -> None:
    found = load_catalogue(version.value)
    assert found.version == version.value
    assert {each.field for each in found.measures} == set(PunishmentField)
    assert all(each.legal_basis and each.targets for each in found.measures)
    assert [each.code for each in found.measures if each.court_only] == ["JP-C-01"]


def test_a_catalogue_is_refused_with_everything_that_is_wrong() -> None:
    data = read_yaml(files("hub.punishment").joinpath("catalogues", "2021.1.yaml").read_bytes())
    assert isinstance(data, dict)
    first = data["measures"][0]
    data["measures"] = [{**first, "legal_basis": "", "field": "NOTHING"}, first, first]
    with pytest.raises(Refused) as refused:
        parse_catalogue(data)
    paths = {(reason.code, reason.path[:3]) for reason in refused.value.reasons}
    assert {path for _, path in paths} >= {("measures", 0, "legal_basis"), ("measures", 0, "field")}
    assert "MEASURE_TWICE" in {code for code, _ in paths}

"""The sandbox's platforms stand while they are used, and the links to them go with them."""

from __future__ import annotations

from pathlib import Path

import pytest

from connectors.registry import connectors_at
from connectors.sandbox.court.rows import Case, Unit
from hub.cli.platforms import platforms
from hub.core.clock import system_clock
from hub.db.target import DatabaseTarget


def test_links_lead_to_a_platform_in_each_mode_that_tells_of_the_same_case(
    tmp_path: Path, server_target: DatabaseTarget, capsys: pytest.CaptureFixture[str]
) -> None:
    server, links = server_target.url(database="postgres"), tmp_path / "links"
    case, unit = Case(0, "黑11", "231100", 2026), Unit("黑河市公安局", "11231100000000086P")
    for number in (1, 2):
        with platforms(tmp_path / "platform", links, server, case, unit) as found:
            found.open(())
            connectors = connectors_at(tmp_path / "ferry", links)
            told = {each.source: each.pull(None) for each in connectors}
            assert sorted(told) == [f"credit:231100/{mode}" for mode in ("database", "file", "service")]
            assert {delivery.number for waiting in told.values() for delivery in waiting} == {number}
            for connector, waiting in zip(connectors, told.values(), strict=True):
                connector.verify(waiting[0], now=system_clock())
        assert list(links.iterdir()) == []
    said = capsys.readouterr().out
    assert all(address in said for address in ("sftp://", "postgresql://", "http://", "HUB_LINKS"))
    assert server.password is None or server.password not in said

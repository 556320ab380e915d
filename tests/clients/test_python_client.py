"""The Python client of the guide: generated from the shipped schema, typed, run against a hub."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable

import pytest

from tests.support.gateway import gateway_to
from tests.support.guide import Checkout, tells_one_story
from tests.support.serving import Serving

TWO_EVENTS = """
import os
from hub_session import open_http
from items import advance, codes_of, one_event, own_items
from linkage_hub import LinkageHub
from linkage_hub.exceptions import GraphQLClientGraphQLMultiError, GraphQLClientHttpError
from linkage_hub.input_types import DoubleListItemEvent, NoteInput, ReportInput

url = os.environ["HUB_URL"]
members = {"start": NoteInput(), "report": ReportInput(text="进展")}
for wrong in (members, {}, {"start": None}):
    try:
        one_event(**wrong)
    except ValueError as error:
        print(error)
http = open_http(url, os.environ["HUB_CLIENT_ID"], os.environ["HUB_CLIENT_SECRET"])
with LinkageHub(f"{url}/graphql", http_client=http) as hub:
    item = next(own_items(hub))
    for wrong in (members, {}):
        try:
            advance(hub, item, DoubleListItemEvent(**wrong), "two-events")
        except (GraphQLClientGraphQLMultiError, GraphQLClientHttpError) as error:
            print(codes_of(error))
    print(next(own_items(hub)).version == item.version)
"""


@pytest.fixture(scope="module")
def client(hub: Serving, tmp_path_factory: pytest.TempPathFactory) -> Checkout:
    checkout = Checkout(tmp_path_factory.mktemp("python"), "Python", "python", ".venv", "requirements.txt")
    checkout.prepare(hub.home)
    return checkout


@pytest.fixture
def python(client: Checkout, credentials: dict[str, str]) -> Callable[[str], list[str]]:
    def run(program: str) -> list[str]:
        (client.place / "program.py").write_text(program, encoding="utf-8")
        return client.type(".venv/bin/python program.py", **credentials).stdout.splitlines()

    return run


def test_the_guide_typed_as_written_reports_once(client: Checkout, hub: Serving) -> None:
    tells_one_story(client.run_example(HUB_URL=hub.url))


def test_a_bad_day_between_client_and_hub_changes_nothing_of_the_story(client: Checkout, hub: Serving) -> None:
    with gateway_to(hub.url, "busy_token", "busy", "stale_token", "lost_answer") as (url, gateway):
        tells_one_story(client.run_example(HUB_URL=url))
    assert gateway.faults == set()
    assert gateway.seen.count("/oauth/token") == 3


def test_a_token_about_to_expire_is_renewed_before_it_is_used(client: Checkout, hub: Serving) -> None:
    with gateway_to(hub.url, lifetime=30) as (url, gateway):
        tells_one_story(client.run_example(HUB_URL=url))
    assert gateway.seen[::2] == ["/oauth/token"] * (len(gateway.seen) // 2)


def test_two_events_are_stopped_by_the_helper_and_refused_by_the_hub_with_a_code(
    python: Callable[[str], list[str]],
) -> None:
    assert python(TWO_EVENTS) == ["give exactly one event"] * 3 + ["['VARIABLE_INVALID']"] * 2 + ["True"]


def test_the_wait_is_what_the_hub_asked_for_within_bounds(python: Callable[[str], list[str]]) -> None:
    asked = ("7", "0", "", "soon", "86400")
    program = f"from hub_session import _seconds\nprint(*[_seconds(each, 2) for each in {asked}])"
    assert python(program) == ["7.0 0.0 4.0 4.0 60.0"]


def test_the_example_and_the_generated_package_are_strictly_typed(client: Checkout) -> None:
    checked = client.type(
        f"{sys.executable} -m mypy --strict --config-file= --python-executable .venv/bin/python example.py", check=False
    )
    assert checked.returncode == 0, checked.stdout


def test_the_generated_package_needs_nothing_of_its_generator(client: Checkout) -> None:
    """Imported beside the hub's own, newer graphql-core; the generator's packages are absent here."""
    told = subprocess.run(
        [sys.executable, "-c", "import linkage_hub, sys; print({'graphql', 'ariadne_codegen'} & set(sys.modules))"],
        cwd=client.place,
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.strip() == "set()"

"""A role that could do harm is not used, however it came by its rights."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import URL

from connectors.credit.wire import EXCHANGE
from connectors.kit.database import DatabaseStore
from connectors.kit.exchange import Role
from connectors.sandbox.credit.database import DatabaseEnd
from hub.canonical.connector import Unreachable
from hub.core.errors import Refused
from hub.db.target import DatabaseTarget
from tests.conftest import WORKER
from tests.contracts.rigs import mariadb_server

POSTGRESQL = {
    "alter table hub_row owner to {reader}": "EXCHANGE_ROLE_OWNS",
    "alter role {reader} superuser": "EXCHANGE_ROLE_OWNS",
    "alter role {reader} createrole": "EXCHANGE_ROLE_OWNS",
    "grant create on schema public to {reader}": "EXCHANGE_ROLE_OWNS",
    "grant insert on xy_wjaj to {reader}": "EXCHANGE_READER_WRITES",
    "grant update (zt) on xy_wjaj to {reader}": "EXCHANGE_READER_WRITES",
    "grant delete on hub_row to public": "EXCHANGE_WRITER_READS",
    "grant {writer} to {reader}": "EXCHANGE_READER_WRITES",
    "grant select on hub_row to {writer}": "EXCHANGE_WRITER_READS",
    "grant update on hub_row to {writer}": "EXCHANGE_WRITER_READS",
}
MARIADB = {
    "grant all privileges on {database}.* to '{reader}'@'%%'": "EXCHANGE_ROLE_OWNS",
    "grant select on *.* to '{reader}'@'%%'": "EXCHANGE_ROLE_OWNS",
    "grant select on {database}.hub_row to '{reader}'@'%%' with grant option": "EXCHANGE_ROLE_OWNS",
    "grant insert on {database}.xy_wjaj to '{reader}'@'%%'": "EXCHANGE_READER_WRITES",
    "grant update (zt) on {database}.xy_wjaj to '{reader}'@'%%'": "EXCHANGE_READER_WRITES",
    "grant select on {database}.hub_row to '{writer}'@'%%'": "EXCHANGE_WRITER_READS",
}


def store_of(end: DatabaseEnd, seconds: float = 5, most: int = 10_000) -> DatabaseStore:
    roles = [
        Role(end.url(end.roles[name]), privilege, seconds)
        for name, privilege in (("reader", "SELECT"), ("writer", "INSERT"))
    ]
    return DatabaseStore(*roles, EXCHANGE, most)


@pytest.fixture(scope="module")
def postgresql(server_target: DatabaseTarget) -> Iterator[DatabaseEnd]:
    made = DatabaseEnd(server_target.url(database="postgres"), f"credit_roles_{WORKER}")
    yield made
    made.close()


def refusals(server: URL, end: DatabaseEnd, grants: dict[str, str]) -> dict[str, str]:
    """What each grant leads to; roles and tables are made anew for each."""
    found = {}
    names = {"reader": end.reader, "writer": end.writer, "database": str(end.url(end.reader).database)}
    for grant in grants:
        fresh = DatabaseEnd(server, names["database"])
        assert store_of(fresh).manifests() == []
        fresh.run(lambda connection, told=grant: connection.exec_driver_sql(told.format(**names)))
        with pytest.raises(Unreachable) as lost:
            store_of(fresh).manifests()
        found[grant] = lost.value.code
        fresh.close()
    return found


def test_a_role_of_postgresql_that_may_do_more_than_it_must_is_refused(postgresql: DatabaseEnd) -> None:
    """Each in a transaction that is taken back."""
    names = {"reader": postgresql.reader, "writer": postgresql.writer}
    found = {}
    for grant in POSTGRESQL:
        undo = undone(grant.format(**names), postgresql)
        postgresql.run(lambda connection, told=grant: connection.exec_driver_sql(told.format(**names)))
        with pytest.raises(Unreachable) as lost:
            store_of(postgresql).manifests()
        found[grant] = lost.value.code
        postgresql.run(lambda connection, told=undo: connection.exec_driver_sql(told))
        assert store_of(postgresql).manifests() == [], grant
    assert found == POSTGRESQL


def undone(grant: str, end: DatabaseEnd) -> str:
    if grant.startswith("grant"):
        return grant.replace("grant", "revoke", 1).replace(" to ", " from ")
    if "owner" in grant:
        return "alter table hub_row owner to current_user"
    return f"alter role {end.reader} nosuperuser nocreaterole"


def test_a_role_of_mariadb_that_may_do_more_than_it_must_is_refused() -> None:
    server = mariadb_server()
    end = DatabaseEnd(server, f"credit_roles_{WORKER}")
    end.close()
    assert refusals(server, end, MARIADB) == MARIADB


def test_names_in_a_manifest_never_become_names_of_tables(postgresql: DatabaseEnd) -> None:
    store = store_of(postgresql)
    for name in ("00000001-xy_pc.jsonl", "00000001-pending; drop table xy_pc.jsonl", "1-pending.jsonl", "pg_roles"):
        with pytest.raises(Refused) as refused:
            store.open(name)
        assert refused.value.code == "BATCH_FILE_MISSING"


def test_a_database_that_holds_its_table_does_not_hold_the_hub(postgresql: DatabaseEnd) -> None:
    postgresql.hang(on=True)
    with pytest.raises(Unreachable) as lost:
        store_of(postgresql, seconds=0.5).manifests()
    assert lost.value.code == "EXCHANGE_LOST"
    postgresql.hang(on=False)
    assert store_of(postgresql).manifests() == []


def test_rows_are_handed_over_all_or_none_and_once(postgresql: DatabaseEnd) -> None:
    store = store_of(postgresql)
    rows = [{"记录标识": "1", "名称": "温县'); drop table hub_row; --"}, {"记录标识": "2", "名称": "乙"}]
    store.put_rows("k", rows)
    store.put_rows("k", [*rows, {"记录标识": "3"}])
    assert postgresql.fed() == {"k": rows}

"""Tables of the platform's exchange database, and two roles that can do what they must and nothing else."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import BigInteger, Column, Connection, Dialect, Integer, MetaData, String, Table, Text, text
from sqlalchemy.dialects.mysql import MEDIUMTEXT

from connectors.credit.wire import EXCHANGE

_LONG = Text().with_variant(MEDIUMTEXT(), "mysql", "mariadb")


def exchange_tables() -> MetaData:
    found = MetaData()
    Table(
        EXCHANGE.batches,
        found,
        Column("batch_no", BigInteger, primary_key=True, autoincrement=False),
        Column("manifest", _LONG),
        Column("signature", Text),
    )
    for listed in EXCHANGE.lists.values():
        number = Column(listed.batch, BigInteger, primary_key=True, autoincrement=False)
        row = Column(listed.row, Integer, primary_key=True, autoincrement=False)
        Table(listed.name, found, number, row, *(Column(name, Text) for name in listed.columns.values()))
    place, name = Column("place", String(20), primary_key=True), Column("name", String(160), primary_key=True)
    Table(EXCHANGE.documents, found, place, name, Column("content", _LONG))
    key = Column("push_key", String(80), primary_key=True)
    row = Column("row_no", Integer, primary_key=True, autoincrement=False)
    Table(EXCHANGE.rows, found, key, row, *(Column(name, Text) for name in EXCHANGE.outgoing.values()))
    Table(EXCHANGE.answers, found, Column("push_key", String(80), primary_key=True), Column("content", _LONG))
    return found


def make_tables(connection: Connection) -> None:
    exchange_tables().create_all(connection)


def make_roles(connection: Connection, roles: dict[str, str], reader: str, writer: str) -> None:
    """``roles`` are passwords by name; a role that is there gets the password anew."""
    for name, password in roles.items():
        for statement in _role(connection, name, password):
            connection.exec_driver_sql(statement)
    read = [EXCHANGE.batches, EXCHANGE.documents, EXCHANGE.answers, *(each.name for each in EXCHANGE.lists.values())]
    for table in read:
        connection.exec_driver_sql(f"grant select on {table} to {_whom(connection.dialect, reader)}")
    for table in (EXCHANGE.documents, EXCHANGE.rows):
        connection.exec_driver_sql(f"grant insert on {table} to {_whom(connection.dialect, writer)}")


def _role(connection: Connection, name: str, password: str) -> Iterator[str]:
    """Names and passwords are the sandbox's own and hold nothing that needs quoting."""
    if connection.dialect.name == "postgresql":
        known = connection.execute(text("select 1 from pg_roles where rolname = :n"), {"n": name}).scalar()
        yield f"{'alter' if known else 'create'} role {name} login nosuperuser password '{password}'"
    else:
        yield f"create or replace user {_whom(connection.dialect, name)} identified by '{password}'"


def _whom(dialect: Dialect, name: str) -> str:
    """How a dialect names whom it grants to."""
    return name if dialect.name == "postgresql" else f"'{name}'@'%%'"

"""Which tables and columns of an exchange database are what: written in a connector's card, never taken from input."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import TableClause, column, table

from connectors.kit.list_columns import Column
from hub.canonical.exchange_codes import CaseListKind


@dataclass(frozen=True, slots=True)
class ListTable:
    """A table of rows: by batch and number within it, and where each column of the list is."""

    name: str
    batch: str
    row: str
    columns: Mapping[Column, str]

    @property
    def clause(self) -> TableClause:
        return table(self.name, column(self.batch), column(self.row), *map(column, self.columns.values()))


@dataclass(frozen=True, slots=True)
class ExchangeMap:
    """``batches`` has the manifest of each batch and its signature; ``lists`` their rows, tombstones among them.

    Ours to insert into: ``documents`` (place, name, content) and ``rows`` (push_key, row_no and the columns of
    ``outgoing``). ``answers`` are the system's to them (push_key, content).
    """

    batches: str
    lists: Mapping[CaseListKind, ListTable]
    documents: str
    rows: str
    outgoing: Mapping[str, str]
    answers: str

    @property
    def batch_table(self) -> TableClause:
        return table(self.batches, column("batch_no"), column("manifest"), column("signature"))

    @property
    def document_table(self) -> TableClause:
        return table(self.documents, column("place"), column("name"), column("content"))

    @property
    def row_table(self) -> TableClause:
        return table(self.rows, column("push_key"), column("row_no"), *map(column, self.outgoing.values()))

    @property
    def answer_table(self) -> TableClause:
        return table(self.answers, column("push_key"), column("content"))

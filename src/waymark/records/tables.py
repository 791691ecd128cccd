"""The tables of the record as rows of text that any database of ours can take in: out of one, into another.

One file for each table: a first line with its columns, then one line for each row in the order of its key. Columns are
told by what the database says of them, not by the models, so that an older record is read as it is.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from itertools import islice
from typing import Any, BinaryIO

from django.db.backends.base.base import BaseDatabaseWrapper

from waymark.gcm.errors import RefusedError

OWN = ("django_migrations", "sqlite_sequence")
"""Tables that a database fills itself."""
BATCH = 2000


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, and what kind of value it holds, whatever the database calls it."""

    name: str
    kind: str


def table_names(connection: BaseDatabaseWrapper) -> list[str]:
    """The tables whose rows are the record, sorted."""
    return sorted(set(connection.introspection.table_names()) - set(OWN))


def kind_of(field: str) -> str:
    """The kind of value behind the name of a field, "" for one that no table here has yet."""
    for part, kind in KINDS.items():
        if part in field:
            return kind
    return ""


KINDS = {
    "Boolean": "boolean",
    "Auto": "integer",
    "Integer": "integer",
    "Float": "real",
    "Decimal": "decimal",
    "DateTime": "moment",
    "Date": "date",
    "Time": "time",
    "JSON": "json",
    "Char": "text",
    "Text": "text",
    "IPAddress": "text",
}
"""Part of a field's name → kind; the first that fits counts."""


def columns(connection: BaseDatabaseWrapper, table: str) -> list[Column]:
    """The columns of a table, sorted by name. Raises RefusedError for one whose values cannot be kept as text."""
    look = connection.introspection
    with connection.cursor() as cursor:
        described = look.get_table_description(cursor, table)
    found = [Column(one.name, kind_of(str(look.get_field_type(one.type_code, one)))) for one in described]
    for column in found:
        if not column.kind:
            raise RefusedError("backup.unknown_column", table=table, column=column.name)
    return sorted(found, key=lambda column: column.name)


def _moment(value: Any) -> str:
    """A moment in UTC, always with its microseconds."""
    moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    return str(moment.isoformat(timespec="microseconds"))


def _decimal(value: Any) -> str:
    """A decimal without exponent and without zeros at its end: SQLite does not keep them."""
    text = format(value if isinstance(value, Decimal) else Decimal(repr(value)), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


WRITE: Mapping[str, Callable[[Any], Any]] = {
    "boolean": bool,
    "integer": int,
    "real": float,
    "decimal": _decimal,
    "moment": _moment,
    "date": lambda value: value if isinstance(value, str) else value.isoformat(),
    "time": lambda value: value if isinstance(value, str) else value.isoformat(),
    "json": lambda value: json.loads(value) if isinstance(value, str | bytes) else value,
    "text": str,
}
"""Kind → how a value of either database is written."""


def write_table(connection: BaseDatabaseWrapper, table: str, out: BinaryIO) -> int:
    """Write a table's rows; returns how many. Called inside a transaction that sees one state of the record."""
    told = columns(connection, table)
    out.write(_line({"table": table, "columns": {column.name: column.kind for column in told}}))
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        key = connection.introspection.get_primary_key_columns(cursor, table) or [column.name for column in told]
    names = ", ".join(quote(column.name) for column in told)
    order = ", ".join(quote(name) for name in key)
    writers = [WRITE[column.kind] for column in told]
    count = 0
    with connection.chunked_cursor() as cursor:
        cursor.execute(f"SELECT {names} FROM {quote(table)} ORDER BY {order}")
        while rows := cursor.fetchmany(BATCH):
            for row in rows:
                said = [None if value is None else write(value) for write, value in zip(writers, row, strict=True)]
                out.write(_line(said))
            count += len(rows)
    return count


def _line(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=True, separators=(",", ":")).encode() + b"\n"


READ: Mapping[str, Mapping[str, Callable[[Any], Any]]] = {
    "sqlite": {
        "boolean": int,
        "moment": lambda value: str(datetime.fromisoformat(value).astimezone(UTC).replace(tzinfo=None)),
        "json": json.dumps,
    },
    "postgresql": {"json": json.dumps},
}
"""Database → kind → how a written value is given to it, where that is not as it is written."""


def read_table(connection: BaseDatabaseWrapper, table: str, lines: Iterable[bytes]) -> int:
    """Put the rows of a file into its table, in the place of those that are there; returns how many.

    Called inside a transaction. Raises RefusedError when the file does not fit the table.
    """
    rows = iter(lines)
    head = json.loads(next(rows, b"{}"))
    told = columns(connection, table)
    if head != {"table": table, "columns": {column.name: column.kind for column in told}}:
        raise RefusedError("backup.other_columns", table=table)
    quote = connection.ops.quote_name
    names = ", ".join(quote(column.name) for column in told)
    readers = [READ[connection.vendor].get(column.kind) for column in told]
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {quote(table)}")
    values = _values(rows, readers)
    if connection.vendor == "postgresql":
        return _copy_in(connection, f"COPY {quote(table)} ({names}) FROM STDIN", values)
    count, places = 0, ", ".join(["%s"] * len(told))
    with connection.cursor() as cursor:
        while batch := list(islice(values, BATCH)):
            cursor.executemany(f"INSERT INTO {quote(table)} ({names}) VALUES ({places})", batch)
            count += len(batch)
    return count


def _values(rows: Iterator[bytes], readers: Sequence[Callable[[Any], Any] | None]) -> Iterator[list[Any]]:
    for line in rows:
        row = json.loads(line)
        yield [
            read(value) if read is not None and value is not None else value
            for read, value in zip(readers, row, strict=True)
        ]


def _copy_in(connection: BaseDatabaseWrapper, statement: str, values: Iterator[list[Any]]) -> int:
    count = 0
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in values:
            copy.write_row(row)
            count += 1
    return count


def finish(connection: BaseDatabaseWrapper) -> None:
    """After the rows of all tables are in: check what points where, and let new rows be numbered after the last.

    Raises django.db.IntegrityError when a row points to one that is not there.
    """
    connection.check_constraints()
    if connection.vendor != "postgresql":
        return  # SQLite goes on after the highest number by itself
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        for table in table_names(connection):
            for column in connection.introspection.get_sequences(cursor, table):
                number = quote(column["column"])
                cursor.execute(
                    f"SELECT setval(pg_get_serial_sequence(%s, %s), coalesce(max({number}), 0) + 1, false) "
                    f"FROM {quote(table)}",
                    [quote(table), column["column"]],
                )


def is_empty(connection: BaseDatabaseWrapper) -> bool:
    """Whether a database holds no table at all."""
    return not connection.introspection.table_names()

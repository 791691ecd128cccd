"""Rows that hang on other rows, read in the same statement: the database hands them over as a list within each row.

A page that shows commitments with their ties, steps and participants would else ask once for each noun. The rows of
every noun are still those that `visible_to` lets through.
"""

import json
from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, cast

from django.db.models import (
    Aggregate,
    BooleanField,
    Count,
    DateField,
    F,
    Field,
    JSONField,
    OuterRef,
    QuerySet,
    Subquery,
)
from django.db.models.functions import JSONArray

from waymark.records.record import Record
from waymark.records.viewers import Viewer


class _Gathered(Aggregate):
    """The values of a group as one JSON list."""

    function = "JSON_GROUP_ARRAY"
    output_field = JSONField()

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """PostgreSQL's own name for it."""
        return self.as_sql(compiler, connection, function="JSONB_AGG", **context)


@dataclass(frozen=True, slots=True)
class Nested:
    """Some fields of the rows that hang on another row by the key `on`.

    `within` goes into `annotate` of the outer rows, `read` gives the tuples of one outer row in the order of their id.
    `outer` is the path from the outer row to what `on` points to.
    """

    rows: QuerySet[Any]
    on: str
    fields: tuple[str, ...]
    outer: str = "pk"

    def within(self) -> Subquery:
        """The expression that gathers the rows."""
        own = self.rows.order_by().filter(**{self.on: OuterRef(self.outer)}).values(self.on)
        return Subquery(own.annotate(gathered=_Gathered(JSONArray("id", *map(F, self.fields)))).values("gathered"))

    def read(self, gathered: list[list[Any]] | None) -> list[tuple[Any, ...]]:
        """The fields of each row, with their Python types; nothing when no row hangs there."""
        model = cast("type[Record]", self.rows.model)
        readers = [_reader(model, field) for field in self.fields]
        return [
            tuple(read(value) for read, value in zip(readers, values, strict=True))
            for _, *values in sorted(gathered or (), key=lambda row: row[0])
        ]


def number_within(rows: QuerySet[Any], on: str) -> Subquery:
    """How many rows hang on a row by the key `on`, null when none does."""
    own = rows.order_by().filter(**{on: OuterRef("pk")}).values(on)
    return Subquery(own.annotate(number=Count("pk")).values("number"))


def words_of(text: str) -> Mapping[str, str]:
    """Words in several languages that were read as the text of their JSON."""
    return dict(json.loads(text))


def titles(model: type[Any], viewer: Viewer, keys: Set[int]) -> dict[int, Mapping[str, str]]:
    """The titles of some rows by their ids, as far as the viewer may see them; asks nothing when there are none."""
    if not keys:
        return {}
    return dict(model.objects.visible_to(viewer).order_by().filter(pk__in=keys).values_list("pk", "title"))


@cache
def _reader(model: type[Record], path: str) -> Callable[[Any], Any]:
    """How the values of a field come back from JSON."""
    field: Field[Any, Any] | None = None
    for part in path.split("__"):
        field = cast("Field[Any, Any]", model._meta.get_field(part))
        if field.related_model is not None:
            model = cast("type[Record]", field.related_model)
    if isinstance(field, DateField):
        return lambda value: date.fromisoformat(value) if value else None
    if isinstance(field, JSONField):  # SQLite keeps JSON as text and hands it over as such
        return lambda value: json.loads(value) if isinstance(value, str) else value
    return bool if isinstance(field, BooleanField) else lambda value: value

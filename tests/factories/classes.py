"""Rows given another class at the database, without an act, as the record would keep them."""

from typing import Any

from django.db.models import QuerySet

from waymark.records.visibility import SETTLED, lying_in, settle


def classify(rows: QuerySet[Any], classification: str) -> None:
    """Give rows a class and settle them and all that lies in them; the log is not told."""
    for row in rows:
        row.classification = classification
        same = type(row)._default_manager.filter(pk=row.pk)
        same.exclude(classification=classification).update(classification=classification)
        _settled(row)


def _settled(row: Any) -> None:
    settle(row)
    values = {name: getattr(row, name) for name in SETTLED}
    type(row)._default_manager.filter(pk=row.pk).update(**values)
    for model, path in lying_in(type(row)):
        for one in model._default_manager.filter(**{path: row}):
            _settled(one)

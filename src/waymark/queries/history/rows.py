"""The rows that a history names, read as plain values: those of every noun by one question to the database.

Whether the reader may read a row is asked in the same question. Nothing of a row that may not be read is shown; it is
there because the rules ask for it, such as the kind of the body that a person comes from.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

from django.db.models import BooleanField, Case, CharField, F, JSONField, QuerySet, Value, When
from django.db.models.functions import JSONObject

from waymark.queries.history.within import ALONE, batches, models, noun_of
from waymark.records.viewers import Viewer
from waymark.records.visibility import remembered_condition

NAMED: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "answer": ("kind",),
        "attendance": ("organisation", "person", "capacity"),
        "budget-line": ("title", "funder", "year", "period"),
        "candidate": ("number", "audience", "submitted_on"),
        "change-proposal": ("subject",),
        "citation": (
            "document",
            "page",
            "progress_report",
            "claim",
            "national_value",
            "series",
            "place_code",
            "period",
        ),
        "claim": ("attribute", "value"),
        "claim-choice": ("attribute", "claim"),
        "clearance": ("person", "date"),
        "commitment": ("title",),
        "commitment-change": ("from_state", "to_state"),
        "consultation": ("title",),
        "consultation-item": ("text",),
        "contribution": ("date", "text"),
        "crosswalk": ("from_provision", "to_provision"),
        "decision": ("text",),
        "contact": ("person", "network"),
        "delegation": ("person", "holding"),
        "document": ("title",),
        "draft": ("title",),
        "due-date": ("organisation", "due_date"),
        "edition": ("number", "published_on"),
        "edition-withdrawal": ("edition",),
        "evidence": ("document", "page", "url", "text"),
        "excuse": ("organisation", "period"),
        "following": ("network",),
        "finding": ("kind", "text"),
        "framework": ("title",),
        "means-of-verification": ("words",),
        "meeting": ("title",),
        "membership": ("organisation", "role"),
        "milestone": ("title",),
        "national-indicator": ("title",),
        "national-value": ("period", "disaggregation", "organisation"),
        "network": ("name",),
        "organisation-name": ("name",),
        "participation": ("organisation", "role"),
        "position": ("organisation", "place", "stance", "framework", "provision"),
        "post-holding": ("person", "post"),
        "progress-report": ("organisation", "voice", "period"),
        "recommendation": ("provision",),
        "reporting-period": ("title",),
        "result": ("kind", "words"),
        "review": ("title",),
        "review-cycle": ("title",),
        "review-source": ("title",),
        "risk": ("kind", "words"),
        "statement": ("person", "organisation", "capacity"),
        "succession": ("from_organisation", "kind", "to_organisation"),
        "tag": ("provision", "verdict"),
        "tie": ("purpose", "provision"),
        "work-area": ("title",),
        "working-group": ("name",),
        "working-group-member": ("organisation", "working_group"),
        "workplan": ("title",),
    }
)
"""Noun → the fields that name a row of it. Organisations, passages, persons, places, posts and provisions are named by
functions of their own."""

BESIDE = ("scale", "currency", "subject")
"""Fields on which the words of others lean: a step on its scale, an amount on its currency."""

ALSO: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "answer": ("contribution",),
        "contribution": ("organisation", "name_kind"),
        "evidence": ("report",),
        "framework": ("short_title",),
        "organisation": ("kind", "code"),
        "passage": ("document", "page", "page_label", "locator"),
        "person": ("name", "organisation"),
        "place": ("code", "name"),
        "post": ("organisation", "duty", "title"),
        "provision": ("framework", "kind", "number", "label", "title", "text"),
    }
)
"""Noun → what is read of a row besides, for its name or for who may read it."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row as it stands: its values as the log keeps them, records by their URN, days as text."""

    urn: str
    noun: str
    readable: bool
    values: Mapping[str, Any]

    def get(self, field: str) -> Any:
        """The value of a field, None for one that was not read."""
        return self.values.get(field)

    def text(self, field: str) -> str:
        """The value of a field as text, "" for nothing."""
        return str(self.values.get(field) or "")


@cache
def whole_of(noun: str) -> str:
    """The field that says in what a row lies that is not looked up by itself, "" when its name says it or nothing."""
    field = models()[noun].keeper_from
    return "" if noun in ALONE or field in NAMED.get(noun, ()) else field


@cache
def fields_of(noun: str) -> tuple[str, ...]:
    """The fields that are read of a noun."""
    own = {field.name for field in models()[noun]._meta.concrete_fields}
    wanted = ("classification", "keeper", *NAMED.get(noun, ()), *ALSO.get(noun, ()), whole_of(noun), *BESIDE)
    return tuple(dict.fromkeys(field for field in wanted if field in own))


def read_rows(urns: Iterable[str], viewer: Viewer) -> list[Row]:
    """The rows with these URNs, whoever may read them; those that are not on record are left out."""
    found: list[Row] = []
    for part in batches(urns):
        by_noun: dict[str, list[str]] = {}
        for urn in part:
            by_noun.setdefault(noun_of(urn), []).append(urn)
        first, *more = (_question(noun, by_noun[noun], viewer) for noun in sorted(by_noun))
        rows = first.union(*more, all=True) if more else first
        found += [
            Row(urn, noun, bool(readable), _decoded(noun, json.loads(held) if isinstance(held, str) else held))
            for noun, urn, readable, held in rows
        ]
    return found


def _question(noun: str, urns: list[str], viewer: Viewer) -> QuerySet[Any, Any]:
    model = models()[noun]
    paths = {field: F(f"{field}__urn" if _points(noun, field) else field) for field in fields_of(noun)}
    readable: Any = Value(True)
    if not viewer.sees_all:
        readable = Case(When(remembered_condition(model, viewer), then=True), default=False)
    rows = model._default_manager.filter(urn__in=urns).order_by()
    return rows.annotate(
        its_noun=Value(noun, output_field=CharField()),
        its_reading=_as_boolean(readable),
        its_values=JSONObject(**paths),
    ).values_list("its_noun", "urn", "its_reading", "its_values")


def _as_boolean(expression: Any) -> Any:
    expression.output_field = BooleanField()
    return expression


@cache
def _points(noun: str, field: str) -> bool:
    return bool(models()[noun]._meta.get_field(field).is_relation)


def _decoded(noun: str, held: Mapping[str, Any]) -> Mapping[str, Any]:
    """Values as Python has them: SQLite hands JSON within JSON over as text, and truth as a number."""
    return {field: _value(noun, field, value) for field, value in held.items()}


def _value(noun: str, field: str, value: Any) -> Any:
    kind = models()[noun]._meta.get_field(field)
    if isinstance(kind, JSONField) and isinstance(value, str):
        return json.loads(value)
    return bool(value) if isinstance(kind, BooleanField) and value is not None else value

"""What a review says of its own, as plain data under one hash; and who wrote it.

What clearance is of: the review's texts, its sources, findings with their citations, and recommendations. Every column
of these rows counts, so that no change of them can pass unseen. What was changed elsewhere does not count.
"""

import hashlib
import json
from typing import Any

from django.db.models import QuerySet

from waymark.records.frameworks import Crosswalk, Provision
from waymark.records.proposals import ChangeProposal
from waymark.records.reviews import Citation, Review
from waymark.records.visibility import SETTLED

KEPT = ("id", "version", "created_at", "changed_at", *SETTLED)
"""Columns that say how a row is kept, not what it says."""
FOLLOWS = {"review": ("state",), "recommendation": ("edition", "issued_on")}
"""Columns that follow from clearance and publication."""


def content_of(review: Review) -> dict[str, Any]:
    """The content of a review: its rows in a fixed order, without what was withdrawn."""
    provisions = review.recommendations.standing().values("provision")
    return {
        "review": _rows(Review.objects.filter(pk=review.pk)),
        "frameworks": sorted(review.frameworks.values_list("urn", flat=True)),
        "sources": _rows(review.sources.standing()),
        "findings": _rows(review.findings.standing()),
        "citations": _rows(Citation.objects.filter(finding__review=review).standing()),
        "recommendations": _rows(review.recommendations.standing()),
        "provisions": _rows(Provision.objects.filter(pk__in=provisions)),
        "concerns": _rows(Crosswalk.objects.filter(from_provision__in=provisions, relation="concerns").standing()),
    }


def content_hash(review: Review) -> str:
    """The SHA-256 of `content_of`."""
    text = json.dumps(content_of(review), ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def _rows(rows: QuerySet[Any]) -> list[dict[str, Any]]:
    """Column → value of each row, by URN; other rows by their URN."""
    columns = [_column(field) for field in rows.model._meta.concrete_fields if field.name not in _left_out(rows.model)]
    return list(rows.order_by("urn").values(*columns))


def _left_out(model: type[Any]) -> tuple[str, ...]:
    return (*KEPT, *FOLLOWS.get(model.noun, ()))


def _column(field: Any) -> str:
    """The lookup of a column; another record is named by its URN, which a restored record has too."""
    return f"{field.name}__urn" if field.is_relation else str(field.name)


def drafters_of(review: Review) -> frozenset[int]:
    """Keys of the persons who wrote in a review: who entered or changed a row, or whose proposed words were taken."""
    rows: list[QuerySet[Any]] = [
        review.findings.all(),
        Citation.objects.filter(finding__review=review),
        review.recommendations.all(),
    ]
    wrote = set(review.drafters.values_list("pk", flat=True))
    subjects = {review.urn, *review.sources.values_list("urn", flat=True)}
    for own in rows:
        wrote |= set(own.exclude(drafted_by_person=None).values_list("drafted_by_person", flat=True))
        subjects |= set(own.values_list("urn", flat=True))
    subjects |= set(review.recommendations.values_list("provision__urn", flat=True))
    taken = ChangeProposal.objects.filter(subject__in=subjects, state="accepted").exclude(person=None)
    return frozenset(wrote | set(taken.values_list("person", flat=True)))

"""What was changed elsewhere since the files of a candidate were made: it is not in them, and does not void them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db.models import Q, QuerySet

from waymark.gcm.nouns import NOUNS
from waymark.queries.reviews.rendering import datasets_held, logs_read
from waymark.records.editions import Candidate, EditionWithdrawal
from waymark.records.events import Event
from waymark.records.record import Record
from waymark.records.reviews import Citation
from waymark.records.viewers import Viewer

NOT_READ = frozenset({
    "candidate", "change-proposal", "clearance", "draft", "event", "installation", "person", "post", "post-holding",
})  # fmt: skip
"""Nouns of which no review reads anything."""


@dataclass(frozen=True, slots=True)
class Change:
    """What was changed since: a record by its noun and code, or a dataset, and how, in the order in which it was."""

    noun: str
    code: str
    acts: tuple[str, ...]


def changes_since(candidate: Candidate, viewer: Viewer, datasets: Path) -> tuple[Change, ...]:
    """What was changed since a candidate was made that a review of its place reads, as far as the viewer may see it.

    `datasets` is the folder of the statistics. The review's own content is left out: a change of it makes void.
    """
    found: dict[str, list[str]] = {}
    for subject, verb in _events(candidate):
        acts = found.setdefault(subject, [])
        words = verb.rpartition(".")[2].replace("_", " ")
        if words not in acts:
            acts.append(words)
    codes = _seen(found, viewer)
    changes = [Change(NOUNS[_noun(urn)][0], codes[urn], tuple(acts)) for urn, acts in found.items() if urn in codes]
    return (*changes, *_datasets(candidate, datasets_held(datasets)))


def _events(candidate: Candidate) -> Iterable[tuple[str, str]]:
    """Subject and verb of what the logs say since, in their order."""
    later = Q()
    for log in logs_read(candidate.review):
        later |= Q(network=log, number__gt=candidate.log_at.get(log, 0))
    own = _own(candidate)
    for subject, verb in Event.objects.filter(later).order_by("id").values_list("subject", "verb"):
        noun = _noun(subject)
        if noun in NOUNS and noun not in NOT_READ and subject not in own:
            yield subject, verb


def _own(candidate: Candidate) -> set[str]:
    """The rows of the review itself, of which a change makes void, and its editions."""
    review = candidate.review
    rows: tuple[QuerySet[Any], ...] = (
        review.sources.all(),
        review.findings.all(),
        Citation.objects.filter(finding__review=review),
        review.recommendations.all(),
        review.editions.all(),
        EditionWithdrawal.objects.filter(edition__review=review),
    )
    own = {review.urn, *review.recommendations.values_list("provision__urn", flat=True)}
    return own.union(*(one.values_list("urn", flat=True) for one in rows))


def _noun(urn: str) -> str:
    return urn.split(":")[3] if urn.count(":") >= 4 else ""


def _seen(urns: Iterable[str], viewer: Viewer) -> dict[str, str]:
    """URN → code of the rows that the viewer may see, or could see before they were withdrawn."""
    by_noun: dict[str, list[str]] = defaultdict(list)
    for urn in urns:
        by_noun[_noun(urn)].append(urn)
    models: Any = apps.get_app_config("records").get_models()
    seen: dict[str, str] = {}
    for model in models:
        if not issubclass(model, Record) or model.noun not in by_noun:
            continue
        rows = model._default_manager.filter(urn__in=by_noun[model.noun])
        seen |= dict(model._default_manager.visible_to(viewer).filter(pk__in=rows).values_list("urn", "code"))
        gone = rows.filter(shown=False)
        if not viewer.sees_all:
            known = Q(effective="public") | Q(effective="network", keeper__in=sorted(viewer.networks))
            gone = gone.filter(known)
        seen |= dict(gone.values_list("urn", "code"))
    return seen


def _datasets(candidate: Candidate, now: dict[str, str]) -> list[Change]:
    """The datasets that came, went or were replaced."""
    before = candidate.datasets
    changes = []
    for name in sorted(before.keys() | now.keys()):
        if name not in before:
            changes.append(Change("dataset", name, ("added",)))
        elif name not in now:
            changes.append(Change("dataset", name, ("removed",)))
        elif before[name] != now[name]:
            changes.append(Change("dataset", name, ("replaced",)))
    return changes

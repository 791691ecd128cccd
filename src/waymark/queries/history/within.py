"""What is told in the history of a thing besides itself: the rows that belong to it, however deep.

A thing that people look up by itself (a commitment of a network, a meeting, a document) has a history of its own and is
not told in that of what it lies in.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from types import MappingProxyType

from django.apps import apps

from waymark.records.record import Record

WITHIN: Mapping[str, tuple[tuple[str, str], ...]] = MappingProxyType(
    {
        "candidate": (("clearance", "candidate"),),
        "claim": (("claim-choice", "claim"),),
        "commitment": (
            ("participation", "commitment"),
            ("tie", "commitment"),
            ("milestone", "commitment"),
            ("commitment-change", "commitment"),
            ("progress-report", "commitment"),
            ("result", "commitment"),
            ("means-of-verification", "commitment"),
            ("risk", "commitment"),
            ("budget-line", "commitment"),
            ("following", "commitment"),
        ),
        "consultation": (("consultation-item", "consultation"), ("contribution", "consultation")),
        "contribution": (("answer", "contribution"),),
        "document": (("tag", "passage__document"),),
        "edition": (("edition-withdrawal", "edition"),),
        "finding": (("citation", "finding"),),
        "framework": (("provision", "framework"), ("position", "framework")),
        "meeting": (("attendance", "meeting"), ("statement", "meeting"), ("decision", "meeting")),
        "national-indicator": (("national-value", "indicator"),),
        "network": (("contact", "network"), ("membership", "network"), ("working-group", "network")),
        "organisation": (
            ("organisation-name", "organisation"),
            ("succession", "from_organisation"),
            ("membership", "organisation"),
            ("working-group-member", "organisation"),
        ),
        "passage": (("tag", "passage"),),
        "person": (("post-holding", "person"), ("contact", "person")),
        "post": (("post-holding", "post"),),
        "post-holding": (("delegation", "holding"),),
        "progress-report": (("evidence", "report"),),
        "provision": (("position", "provision"), ("crosswalk", "from_provision")),
        "recommendation": (("provision", "recommendation"),),
        "reporting-period": (("due-date", "period"), ("excuse", "period")),
        "review": (
            ("review-source", "review"),
            ("finding", "review"),
            ("recommendation", "review"),
            ("candidate", "review"),
            ("edition", "review"),
        ),
        "working-group": (("working-group-member", "working_group"),),
        "workplan": (("work-area", "workplan"),),
    }
)
"""Noun → the nouns told in its history, each with the path from its rows to the thing."""

ALONE = frozenset({
    "change-proposal", "claim", "commitment", "consultation", "document", "draft", "framework", "meeting",
    "national-indicator", "network", "organisation", "passage", "person", "place", "post", "reporting-period", "review",
    "review-cycle", "workplan",
})  # fmt: skip
"""Nouns told in no other history. (A proposed change is told in that of the row which it would change.)"""


@cache
def models() -> Mapping[str, type[Record]]:
    """Noun → its model."""
    found = apps.get_app_config("records").get_models()
    return {model.noun: model for model in found if issubclass(model, Record)}


def noun_of(urn: str) -> str:
    """The noun in a URN, "" when it is none of a row."""
    parts = urn.split(":", 4)
    return parts[3] if len(parts) == 5 and parts[:2] == ["urn", "waymark"] and parts[3] in models() else ""


def batches(urns: Iterable[str], size: int = 500) -> Iterator[list[str]]:
    """URNs, sorted, as many at once as one question to the database holds."""
    ordered = sorted(urns)
    return (ordered[start : start + size] for start in range(0, len(ordered), size))


def scope(urn: str) -> frozenset[str]:
    """The URNs of a row and of all that is told in its history, as the record stands now."""
    found = {urn}
    todo = {urn}
    while todo:
        todo = {one for part in batches(todo) for one in _told_with(part)} - found
        found |= todo
    return frozenset(found)


def _told_with(urns: list[str]) -> Iterator[str]:
    """The URNs of what belongs to some rows directly, and of the proposals to change them."""
    by_noun: dict[str, list[str]] = {}
    for urn in urns:
        by_noun.setdefault(noun_of(urn), []).append(urn)
    paths = [(inner, f"{path}__urn__in", own) for noun, own in by_noun.items() for inner, path in WITHIN.get(noun, ())]
    questions = [
        models()[noun]._default_manager.filter(**{lookup: own}).order_by().values_list("urn", flat=True)
        for noun, lookup, own in [*paths, ("change-proposal", "subject__in", urns)]
    ]
    return iter(questions[0].union(*questions[1:], all=True) if len(questions) > 1 else questions[0])

"""Which entries of the index hang on which rows of the record.

An event names one row. `DEPENDING` says for the noun of that row in which entries its words, its classification or its
place may stand: the noun of the entry and the lookup from the entry's row to the one that changed. A noun is either
here or in `NOTHING`; a house test holds both to the models.
"""

from waymark.records.commitments import Commitment
from waymark.records.documents import Passage
from waymark.records.indicators import NationalIndicator
from waymark.records.meetings import Meeting
from waymark.records.organisations import Organisation
from waymark.records.record import Record
from waymark.records.reviews import Finding, Recommendation

MODELS: dict[str, type[Record]] = {
    "passage": Passage,
    "finding": Finding,
    "commitment": Commitment,
    "recommendation": Recommendation,
    "meeting": Meeting,
    "national-indicator": NationalIndicator,
    "organisation": Organisation,
}
"""Noun of an entry → the rows that entries of this noun are made from. Other indicators come from the
catalogue."""

DEPENDING: dict[str, tuple[tuple[str, str], ...]] = {
    "document": (("passage", "document__urn"), ("passage", "document__later_versions__urn")),
    "passage": (("passage", "urn"),),
    "tag": (("passage", "tags__urn"),),
    "finding": (("finding", "urn"),),
    "review": (("finding", "review__urn"), ("recommendation", "review__urn")),
    "review-cycle": (("finding", "review__cycle__urn"),),
    "edition": (("recommendation", "edition__urn"),),
    "commitment": (("commitment", "urn"),),
    "tie": (("commitment", "ties__urn"),),
    "recommendation": (("recommendation", "urn"),),
    "provision": (("recommendation", "provision__urn"),),
    "framework": (("recommendation", "provision__framework__urn"),),
    "crosswalk": (("recommendation", "provision__links_out__urn"),),
    "meeting": (("meeting", "urn"),),
    "statement": (("meeting", "statements__urn"),),
    "decision": (("meeting", "decisions__urn"),),
    "network": (("commitment", "network__urn"), ("meeting", "network__urn")),
    "national-indicator": (("national-indicator", "urn"),),
    "organisation": (("organisation", "urn"),),
    "organisation-name": (("organisation", "names__urn"),),
}
"""Noun of a row that changed → (noun of an entry, lookup). The codes of provisions and places never change, so what is
only tied to or about one of them does not hang on its words."""

NOTHING = frozenset({
    "answer", "attendance", "budget-line", "candidate", "change-proposal", "citation", "claim", "claim-choice",
    "clearance", "commitment-change", "consultation", "consultation-item", "contact", "contribution", "delegation",
    "draft", "due-date", "edition-withdrawal", "evidence", "excuse", "following", "means-of-verification", "membership",
    "milestone", "national-value", "participation", "person", "place", "position", "post",
    "post-holding", "progress-report", "reporting-period", "result", "review-source", "risk", "succession", "work-area",
    "working-group", "working-group-member", "workplan",
})  # fmt: skip
"""Nouns in no entry."""

REBUILDING = frozenset({"catalogue.loaded"})
"""Verbs of acts that change so many rows that one event stands for all: the index is built anew."""

"""What is done to reviews: open, gather sources, find, cite, recommend, submit, clear by two persons, publish."""

from waymark.actions.reviews.clearing import PERSONS_TO_CLEAR, Lacks, clear, lacks, submit
from waymark.actions.reviews.findings import (
    CitationFacts,
    FindingFacts,
    add_finding,
    cite,
    confirm_finding,
    recommend,
)
from waymark.actions.reviews.opening import ReviewFacts, open_review, reopen
from waymark.actions.reviews.publishing import publish, withdraw_edition
from waymark.actions.reviews.sources import SourceFacts, add_source, check_source, reject_source, use_source

__all__ = [
    "PERSONS_TO_CLEAR",
    "CitationFacts",
    "FindingFacts",
    "Lacks",
    "ReviewFacts",
    "SourceFacts",
    "add_finding",
    "add_source",
    "check_source",
    "cite",
    "clear",
    "confirm_finding",
    "lacks",
    "open_review",
    "publish",
    "recommend",
    "reject_source",
    "reopen",
    "submit",
    "use_source",
    "withdraw_edition",
]

"""What is done to reviews: open, gather sources, find, cite, recommend, clear by two persons, publish an edition."""

from waymark.actions.reviews.clearing import PERSONS_TO_CLEAR, clear, content_hash, send_for_clearance
from waymark.actions.reviews.findings import Observed, add_finding, cite, confirm_finding, recommend
from waymark.actions.reviews.opening import open_review, reopen
from waymark.actions.reviews.sources import add_source, check_source, reject_source, use_source

__all__ = [
    "PERSONS_TO_CLEAR",
    "Observed",
    "add_finding",
    "add_source",
    "check_source",
    "cite",
    "clear",
    "confirm_finding",
    "content_hash",
    "open_review",
    "recommend",
    "reject_source",
    "reopen",
    "send_for_clearance",
    "use_source",
]

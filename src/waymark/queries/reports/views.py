"""A list of reports, as readers know them, a page at a time."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class ReportFilter:
    """What a list is narrowed to; what is empty narrows nothing. Periods and organisations are given by their codes."""

    states: tuple[str, ...] = ()
    voices: tuple[str, ...] = ()
    periods: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()


EVERY = ReportFilter()
"""All reports."""


@dataclass(frozen=True, slots=True)
class After:
    """The report after which a page goes on: the day it was handed in, None for one that was not yet, and its URN."""

    handed_in: date | None
    urn: str


@dataclass(frozen=True, slots=True)
class Promised:
    """The commitment that is reported on."""

    urn: str
    code: str
    title: str


@dataclass(frozen=True, slots=True)
class ListedReport:
    """One report of a list; days are ISO 8601 texts, "" when they have not come."""

    urn: str
    version: int
    commitment: Promised | None  # None when the reader may not see it
    period: str  # title, "" when the reader may not see it
    organisation: str  # under its name of the day it was handed in; of now, when it was not yet
    voice: str
    scale: str
    rating: str  # label of the step, "" when none was given
    share: float | None  # completion that the scale gives the step, 0 to 1; None when the scale gives none
    empty_reason: str  # why there is no rating, in words
    state: str
    state_label: str
    handed_in: str
    decided: str  # when it was accepted, or returned if it stands so
    entered_from: str  # the paper from which it was entered for the organisation, with its day
    unanswered: bool  # its secretariat is late to accept or return it


@dataclass(frozen=True, slots=True)
class ReportPage:
    """Some reports of a list, and after which one the next page goes on; None when this one is the last."""

    rows: tuple[ListedReport, ...]
    after: After | None

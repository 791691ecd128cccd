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


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a closed list: code, words, the share that a scale gives it, whether it asks for evidence."""

    code: str
    label: str
    share: float | None = None
    evidence_required: bool = False


@dataclass(frozen=True, slots=True)
class Former:
    """The last report before one that is being written, of the same body in the same voice."""

    report: str
    period_title: str
    state_label: str
    on: str
    scale: str
    step: str
    rating: str
    share: float | None
    empty_reason: str
    narrative: str
    reason: str


@dataclass(frozen=True, slots=True)
class Subject:
    """What a report is on, as its writer sees it; days are ISO 8601 texts, "" when not known."""

    commitment: str
    title: str
    description: str
    metric: str
    baseline: str
    target: str
    due: str
    period: str
    period_title: str
    first: str
    last: str
    report_due: str
    locked: bool
    released: bool  # its network asks that a validator releases reports
    voice: str
    voice_label: str
    classification: str
    languages: tuple[str, ...]  # codes of those in which the network works
    scale: str
    steps: tuple[Choice, ...]
    reasons: tuple[Choice, ...]  # why there is no rating
    former: Former | None


@dataclass(frozen=True, slots=True)
class Proof:
    """One piece of evidence; `document` is a title, "" where it names none that the reader may see."""

    document: str
    page: str
    quotation: str
    url: str
    text: str


@dataclass(frozen=True, slots=True)
class ShownReport:
    """One report with all that it says and what became of it; days are ISO 8601 texts, "" when they have not come."""

    urn: str
    code: str
    version: int
    commitment: str
    title: str
    period: str
    period_title: str
    organisation: str
    voice: str
    voice_label: str
    scale: str
    step: str
    rating: str
    share: float | None
    empty_step: str
    empty_reason: str
    narrative: str
    language: str  # that of the narrative
    reason: str
    state: str
    state_label: str
    written_by: str
    submitted: str
    released: str
    released_by: str
    returned: str
    returned_by: str
    return_note: str
    return_form: str
    accepted: str
    accepted_by: str
    accept_by: str
    entered_from: str
    classification: str
    evidence: tuple[Proof, ...]

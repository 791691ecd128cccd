"""A review as the record has it: codes, and words in every language; nothing that is derived, no person.

It is the part `record` of `review.json`, from which another installation takes the review in. Days are ISO text, ""
when not known; a code of "" names nothing. Of a page for the public it holds what the public may read.
"""

from dataclasses import dataclass

FORMAT = "waymark-review/2"
"""What `review.json` is called in its field `format`; a field that changes its meaning gets another number."""

CLEARANCE = "waymark-clearance/1"
"""What the record of clearance beside the files of an edition is called in its field `format`."""

Words = dict[str, str]
"""By language."""

LEFT_OUT = (
    "addressee",
    "claim",
    "commitment",
    "contribution",
    "document",
    "national_value",
    "position",
    "progress_report",
    "publishing_body",
    "statement",
)
"""What only its own installation can look up: what findings cite besides, and bodies that are not named to the reader.

Of the latter: those that a recommendation asks, that take a position, that publish the review.
"""


@dataclass(frozen=True, slots=True)
class RecordedCitation:
    """What a finding rests on that any installation can look up: an observation, or a page of a document.

    An observation is named by the hash of its dataset, series, place, period and dimensions ("" is the total), a
    document by the hash of its file, or by its address where no file is held.
    """

    dataset: str
    series: str
    place: str
    period: str
    dimensions: str
    document: str
    address: str
    page: str
    quotation: str
    classification: str


@dataclass(frozen=True, slots=True)
class RecordedFinding:
    """A finding; `provision` is "framework:code" of what it is about, "" for the whole review."""

    position: int
    kind: str
    provision: str
    text: Words
    drafted_by: str
    confirmed_on: str
    source: str
    locator: str
    mark: str
    classification: str
    citations: tuple[RecordedCitation, ...]


@dataclass(frozen=True, slots=True)
class RecordedRecommendation:
    """A recommendation of the review itself.

    `concerns` are codes such as "gcm:7", `addressee` is an organisation. `finding` and `edition` are places in the
    lists of those, from 1: the finding that it comes from and the edition that issued it; 0 for none.
    """

    code: str
    text: Words
    label: Words
    paragraph: str
    concerns: tuple[str, ...]
    addressee: str
    finding: int
    edition: int
    issued_on: str
    source: str
    locator: str
    mark: str
    classification: str


@dataclass(frozen=True, slots=True)
class RecordedPosition:
    """What a place or an organisation thinks of a framework, or of one provision of it.

    `paper` and its day say from what it can be entered elsewhere: the paper that it was entered from, or its place in
    the record where the body said it itself.
    """

    place: str
    organisation: str
    framework: str
    provision: str
    stance: str
    date: str
    text: Words
    source: str
    locator: str
    mark: str
    note: str
    paper: str
    paper_date: str
    classification: str


@dataclass(frozen=True, slots=True)
class RecordedFile:
    """A file of an edition: its name, SHA-256 and size in bytes."""

    name: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class RecordedEdition:
    """A published edition of the review. `replaces` is the number of the one before, 0 for none.

    A withdrawn one has the day of that, and the reason in words.
    """

    number: int
    audience: str
    language: str
    as_of: str
    published_on: str
    hash: str
    files: tuple[RecordedFile, ...]
    replaces: int
    withdrawn_on: str
    withdrawn_for: Words


@dataclass(frozen=True, slots=True)
class RecordedReview:
    """A review with its findings, recommendations, editions, and the positions that its pages tell.

    `published` says that it reads as its last edition does; in a file that is to become an edition it is false.
    `left_out` counts by noun (`LEFT_OUT`) what only its own installation can look up; a document is one that has no
    file and no address.
    """

    code: str
    network: str
    title: Words
    language: str
    publishing_body: str
    frameworks: tuple[str, ...]
    published: bool
    classification: str
    findings: tuple[RecordedFinding, ...]
    recommendations: tuple[RecordedRecommendation, ...]
    positions: tuple[RecordedPosition, ...]
    editions: tuple[RecordedEdition, ...]
    left_out: dict[str, int]

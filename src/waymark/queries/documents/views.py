"""What a reader gets to know of documents, passages and evidence: frozen values for reviews, pages and commands."""

from dataclasses import dataclass

LEAST_SHOWN = 0.30
"""Search finds a passage by what a model suggests from this score on: about one in three such is right."""


@dataclass(frozen=True, slots=True)
class EvidenceView:
    """A document cited in a finding or report; `about_country` when its text speaks about this place.

    `quotation` is at most 40 words of the cited passage, "" when only the document is cited; `language` is that of the
    quotation. `flags` say in words what may be wrong with the page's text. `newer_edition` names a later version.
    Without a `source` it is only named in the report: no document is held.
    """

    title: str
    page: str
    cited_in: str
    about_country: bool
    source: str
    quotation: str = ""
    language: str = ""
    flags: tuple[str, ...] = ()
    newer_edition: str = ""


@dataclass(frozen=True, slots=True)
class TagView:
    """A tag as a reader sees it: framework, code and label of the provision, by a model with score, or by a person."""

    framework: str
    code: str
    label: str
    score: float | None
    reasons: tuple[str, ...]
    by: str
    verdict: str


@dataclass(frozen=True, slots=True)
class PassageView:
    """A passage with what is said of it."""

    code: str
    document: str
    title: str
    where: str
    text: str
    language: str
    headings: tuple[str, ...]
    flags: tuple[str, ...]
    tags: tuple[TagView, ...]


@dataclass(frozen=True, slots=True)
class DocumentView:
    """A document in a list: what it is, how it was read, and how much of it is flagged."""

    code: str
    title: str
    publisher: str
    network: str
    classification: str
    language: str
    about: tuple[str, ...]
    pages: int | None
    passages: int
    flagged_pages: int
    reading: str
    reading_note: str
    sha256: str
    file_name: str
    licence: str
    redistributable: bool
    former: str
    newer_version: str
    near: str
    flags: tuple[tuple[str, int], ...] = ()
    """(what may be wrong in words, on how many pages)"""

"""Answers to "how do we know?": collected while a review is read, numbered in the order they are first used."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from django.db.models import Q

from waymark.gcm.periods import spans
from waymark.queries.sources.views import SourceView
from waymark.queries.wording import in_language, iso
from waymark.records.documents import Document
from waymark.records.record import FactRecord
from waymark.records.viewers import Viewer

AFTER_ADDRESS = re.compile(r"(?<=>); ")
"""Where one cited document ends and the next begins."""

OWN_RECORD = "Record of this installation"

SHOWN = (
    "id", "urn", "title", "publisher", "published_on", "url", "sha256", "licence", "retrieved_on", "mark", "former_id",
)  # fmt: skip
"""What is read of a document that a row cites by its address."""


@dataclass(slots=True)
class SourceBook:
    """The sources used so far, by key. It lives as long as one review is read.

    With a `viewer` the documents on record of a `place`, and those of none, are found by their address, so that a page
    has one entry whether a row cites its address or the document.
    """

    viewer: Viewer | None = None
    place: str = ""
    language: str = "en"
    sources: dict[str, SourceView] = field(default_factory=dict)
    years: dict[str, set[int]] = field(default_factory=dict)
    pages: dict[str, dict[str, None]] = field(default_factory=dict)
    papers: Mapping[str, Document] | None = None

    def add(self, source: SourceView) -> str:
        """Keep a source and return its key; a known key is kept as it is."""
        self.sources.setdefault(source.key, source)
        return source.key

    def use_years(self, key: str, years: set[int]) -> None:
        """Note which years of a dataset's series are shown."""
        self.years.setdefault(key, set()).update(years)

    def of_record(self, row: FactRecord, title: str = "", group: str = "") -> str:
        """The source of a record's row: what it cites, or, when it cites nothing, the record itself.

        A row may cite several documents ("Title <address>; Title <address>"): their keys are joined by line breaks.
        `group` names many rows of one kind together, such as the members of a network, so that they share one number.
        """
        if row.source:
            return "\n".join(dict.fromkeys(self._part(part, row) for part in AFTER_ADDRESS.split(row.source)))
        if group:
            return self.add(SourceView(f"record:{group}", "record", OWN_RECORD, group))
        return self.add(SourceView(key=row.urn, kind="record", publisher=OWN_RECORD, title=title or row.urn))

    def _part(self, words: str, row: FactRecord) -> str:
        """The key of one of the documents that a row cites, written "Title <address>"."""
        title, _, address = words.partition(" <")
        return self.cited(title, address.rstrip(">"), row.locator)

    def cited(self, title: str, address: str = "", page: str = "", date: str = "") -> str:
        """The key of a document by its words and address; it is the document on record that has this address."""
        known = self._paper(address)
        if known is not None:
            return self.of_document(known, page)
        key = self.add(SourceView(f"cited:{address or title}", "document", "", title, address=address, date=date))
        return self._on_page(key, page)

    def of_document(self, document: Document, page: str = "") -> str:
        """The key of a document on record, with a page of it that is cited."""
        key = self.add(
            SourceView(
                key=document.urn,
                kind="document",
                publisher=document.publisher,
                title=in_language(document.title, self.language),
                retrieved=iso(document.retrieved_on),
                sha256=document.sha256,
                licence=document.licence,
                address=document.url,
                mark=document.mark,
                date=iso(document.published_on),
            )
        )
        return self._on_page(key, page)

    def _on_page(self, key: str, page: str) -> str:
        if page:
            self.pages.setdefault(key, {})[page.removeprefix("page ")] = None
        return key

    def _paper(self, address: str) -> Document | None:
        """The document on record with an address: of several versions the last."""
        if not address or self.viewer is None:
            return None
        if self.papers is None:
            here = Q(network__isnull=True) | Q(network__place__code=self.place)
            rows = Document.objects.visible_to(self.viewer).filter(here).exclude(url="").only(*SHOWN).order_by("id")
            self.papers = last_versions(rows)
        return self.papers.get(address)

    def numbered(self) -> tuple[SourceView, ...]:
        """All sources with the years that are shown and the pages that are cited.

        Those of one dataset, or of one publisher of documents, stand together; else they are in order of first use.
        """
        groups: dict[tuple[str, ...], list[tuple[str, SourceView]]] = {}
        for key, source in self.sources.items():
            groups.setdefault(source.family, []).append((key, source))
        return tuple(
            replace(
                source,
                years=year_words(self.years.get(key, set())),
                page=", ".join(sorted(self.pages.get(key, ()), key=in_order)) or source.page,
            )
            for own in groups.values()
            for key, source in own
        )


def in_order(page: str) -> tuple[bool, int, str]:
    """For sorting places of a document: pages by their number, then other places by their words."""
    return not page.isdecimal(), int(page) if page.isdecimal() else 0, page


def last_versions(rows: Iterable[Document]) -> dict[str, Document]:
    """Documents by their address; of several with one address the one that no other replaces, then the newest row."""
    known = list(rows)
    replaced = {row.former_id for row in known}
    return {row.url: row for row in sorted(known, key=lambda row: (row.pk not in replaced, row.pk))}


def year_words(years: set[int]) -> str:
    """Years as runs: {2011, 2012, 2013, 2017} → "2011–2013, 2017"."""
    return ", ".join(span.replace("-", "–") for span in spans(years))

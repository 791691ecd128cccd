"""Answers to "how do we know?": collected while a review is read, numbered in the order they are first used."""

import re
from dataclasses import dataclass, field, replace

from waymark.queries.sources.views import SourceView
from waymark.records.record import FactRecord

AFTER_ADDRESS = re.compile(r"(?<=>); ")
"""Where one cited document ends and the next begins."""

OWN_RECORD = "Record of this installation"


@dataclass(slots=True)
class SourceBook:
    """The sources used so far, by key. It lives as long as one review is read."""

    sources: dict[str, SourceView] = field(default_factory=dict)
    years: dict[str, set[int]] = field(default_factory=dict)

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
            return "\n".join(self.cited(part, row) for part in AFTER_ADDRESS.split(row.source))
        if group:
            return self.add(SourceView(f"record:{group}", "record", OWN_RECORD, group))
        return self.add(SourceView(key=row.urn, kind="record", publisher=OWN_RECORD, title=title or row.urn))

    def cited(self, words: str, row: FactRecord) -> str:
        """The key of one document that a row cites, written "Title <address>"."""
        title, _, address = words.partition(" <")
        return self.add(
            SourceView(
                key=f"cited:{words}|{row.locator}",
                kind="document",
                publisher=title,
                title="",
                locator=row.locator,
                address=address.rstrip(">"),
                mark=row.mark,
            )
        )

    def numbered(self) -> tuple[SourceView, ...]:
        """All sources in order of first use, with the years that are shown."""
        return tuple(replace(source, years=year_words(self.years.get(key, set()))) if key in self.years else source
                     for key, source in self.sources.items())  # fmt: skip


def year_words(years: set[int]) -> str:
    """Years as runs: {2011, 2012, 2013, 2017} → "2011–2013, 2017"."""
    parts: list[str] = []
    ordered = sorted(years)
    start = previous = ordered[0] if ordered else 0
    for year in [*ordered[1:], None]:
        if year is not None and year == previous + 1:
            previous = year
            continue
        if ordered:
            parts.append(str(start) if start == previous else f"{start}–{previous}")
        if year is not None:
            start = previous = year
    return ", ".join(parts)

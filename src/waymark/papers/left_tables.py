"""Tables of data for what a shorter print leaves out of print: indicators, groups, reports, evidence, bodies."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from waymark.queries.reviews.views import ReviewData

Row = tuple[object, ...]


def numbers_of(data: ReviewData) -> dict[str, int]:
    """The number of each source in the paper, by its key."""
    return {source.key: number for number, source in enumerate(data.sources, 1)}


def indicator_rows(data: ReviewData) -> Iterable[Row]:
    """What each indicator with figures means, and the objectives under which it stands, the first in full."""
    for indicator in sorted(data.statistics):
        one = data.statistics[indicator]
        yield (
            indicator, one.series, one.framework_code, one.title, one.short, one.slice, one.axis, one.direction,
            one.meaning, one.caveats, one.context, one.target, one.target_year, one.target_source, one.target_mark,
            " ".join(map(str, one.objectives)),
        )  # fmt: skip


def group_rows(data: ReviewData) -> Iterable[Row]:
    """The latest year of each indicator by group; a bound with its sign where there is no value."""
    numbers = numbers_of(data)
    for indicator in sorted(data.statistics):
        for group, year, value, source, sign, bound in data.statistics[indicator].breakdown:
            yield (indicator, group, year, value, sign, bound, numbers.get(source))


def report_rows(data: ReviewData) -> Iterable[Row]:
    """The latest report of each body in each voice, commitment by commitment, each once."""
    seen: set[str] = set()
    for objective in data.objectives:
        for item in objective.commitments:
            if item.urn in seen:
                continue
            seen.add(item.urn)
            for report in item.reports:
                yield (
                    item.code, report.voice, report.organisation, report.period, report.state, report.date,
                    report.rating, report.share, report.narrative, report.empty_reason, report.entered_from,
                    report.correction,
                )  # fmt: skip


def evidence_rows(data: ReviewData) -> Iterable[Row]:
    """Each document cited for an objective, with the page, and where it is cited."""
    numbers = numbers_of(data)
    for objective in data.objectives:
        for item in objective.evidence:
            yield (
                objective.number, item.cited_in, item.title, item.page, item.about_country, item.quotation,
                item.language, "; ".join(item.flags), item.newer_edition, numbers.get(item.source),
            )  # fmt: skip


def organisation_rows(data: ReviewData) -> Iterable[Row]:
    """All organisations named as members or with a commitment, and the commitments that they lead or support."""
    found: dict[str, set[str]] = defaultdict(set)
    for network in data.networks:
        for member in network.members:
            found[member.organisation.name].update()
    for objective in data.objectives:
        for item in objective.commitments:
            for name in (*item.leads, *item.partners):
                found[name].add(item.code)
    for name in sorted(found, key=str.casefold):
        yield (name, " ".join(sorted(found[name])))


LEFT_TABLES: Mapping[str, tuple[str, tuple[str, ...], Any]] = {
    "indicators": (
        "What each indicator means, what to beware of, its target and its objectives",
        ("indicator", "series", "framework_code", "title", "short", "slice", "unit", "direction", "meaning", "caveats",
         "context", "target:number", "target_year:integer", "target_source", "target_mark", "objectives"),
        indicator_rows,
    ),
    "groups": (
        "Each indicator by group, each dimension in its own latest year",
        ("indicator", "group", "year:integer", "value:number", "sign", "bound:number", "source:integer"),
        group_rows,
    ),
    "reports": (
        "The latest report of each body in each voice",
        ("commitment", "voice", "organisation", "period", "state", "date:date", "rating", "share:number", "narrative",
         "empty_reason", "entered_from", "correction"),
        report_rows,
    ),
    "evidence": (
        "Documents cited for an objective, with page and place of the citation",
        ("objective:integer", "cited_in", "title", "page", "about_country:boolean", "quotation", "language", "flags",
         "newer_edition", "source:integer"),
        evidence_rows,
    ),
    "organisations": (
        "Organisations and the commitments that they lead or support",
        ("organisation", "commitments"),
        organisation_rows,
    ),
}  # fmt: skip
"""Title, columns as `name:type`, rows, as `files.TABLES`."""

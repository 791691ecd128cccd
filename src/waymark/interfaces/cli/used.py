"""Which statistics are used: what a file feeds (`waymark data add`), what a place has (`waymark data coverage`)."""

import argparse
import textwrap
from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from waymark.gcm.errors import InputError, RefusedError
from waymark.gcm.nouns import counted

if TYPE_CHECKING:
    import pyarrow as pa

    from waymark.engines.indicators.coverage import CoverageRow
    from waymark.engines.indicators.feeding import Fed
    from waymark.engines.indicators.manifest import Manifest
    from waymark.engines.indicators.store import Store
    from waymark.gcm.indicators import IndicatorDefinition
    from waymark.queries.reviews.data import Audience

WIDTH = 80
MOST_NAMED = 12
"""So many series that feed nothing are named; the rest is counted."""


def configure_coverage(parser: argparse.ArgumentParser) -> None:
    """The options of `waymark data coverage`."""
    parser.add_argument("place", metavar="PLACE", help="code or name, such as GEO")
    parser.add_argument("--as-of", default="2026-05-08", metavar="DATE", help="date from which age is counted")
    parser.add_argument(
        "--audience", choices=("public", "network"), default="public", help="for whom: figures that these may read"
    )


def print_feeding(manifest: "Manifest", store: "Store", checked: "pa.Table | None" = None) -> None:
    """What each series of a dataset feeds and why the rest feeds nothing; `checked` are its rows when not stored."""
    import pyarrow.compute as pc

    from waymark.engines.indicators.feeding import feeding
    from waymark.engines.indicators.making import newest_datasets, release_of
    from waymark.engines.indicators.schema import OBSERVATIONS
    from waymark.engines.indicators.store import all_observations, bundled

    definitions = _definitions()
    stores = (store, bundled())
    names = [one.series for one in definitions]
    others = all_observations(*stores, series=names, newest=False)
    if checked is None:
        own = store.rows_of(manifest.id)
    else:
        own = checked.cast(OBSERVATIONS)
    others = others.filter(pc.not_equal(others["dataset"], manifest.id))
    manifests = {known.id: known for one in reversed(stores) for known in one.datasets()} | {manifest.id: manifest}
    releases = {name: release_of(known) for name, known in manifests.items()}
    for line in feeding_lines(feeding(own, others, definitions, newest_datasets(manifests), releases)):
        print(line)


def feeding_lines(found: "Sequence[Fed]") -> Iterator[str]:
    """The table in words, each line within 80 columns."""
    fed = [one for one in found if one.indicator]
    yield "  What it feeds (rows → indicator, and the objectives it serves):"
    for one in fed:
        used = one.headline + one.groups
        numbers = ", ".join(map(str, sorted(one.objectives)))
        noun = "objective" if len(one.objectives) == 1 else "objectives"
        target = f"{one.indicator}, {noun} {numbers}" if used else "nothing"
        yield from _filled(f"{one.series}: {used:,} of {counted(one.rows, 'row', 'rows')} → {target}", "    ")
        if one.behind:
            yield from _filled(
                f"{one.behind:,} of its {one.headline:,} headline rows stand behind a later release or a whole year, "
                f"most of {one.by}",
                "      ",
            )
        for reason, count in one.reasons:
            yield from _filled(f"{counted(count, 'row feeds', 'rows feed')} nothing: {reason}", "      ")
        if used and not one.headline:
            yield "      no row for the headline, so that no figure is shown"
    rest = [one for one in found if not one.indicator]
    if rest:
        more = f" and {len(rest) - MOST_NAMED} more" if len(rest) > MOST_NAMED else ""
        named = ", ".join(one.series for one in rest[:MOST_NAMED])
        rows = counted(sum(one.rows for one in rest), "row", "rows")
        verb = "feeds" if rows == "1 row" else "feed"
        yield from _filled(
            f"{rows} of {counted(len(rest), 'series', 'series')} {verb} nothing, as no indicator has them: "
            f"{named}{more}",
            "    ",
        )
        yield from _filled("Define an indicator of your own with: waymark data indicator FORM", "      ")


def _filled(words: str, indent: str) -> list[str]:
    return textwrap.wrap(words, WIDTH, initial_indent=indent, subsequent_indent=f"{indent}  ")


def _definitions() -> "tuple[IndicatorDefinition, ...]":
    """Those of the catalogue, and the national ones of the record where there is one."""
    from waymark.gcm.indicators import indicators

    if not _has_record():
        return indicators()
    from waymark.queries.indicators.national import definitions_read
    from waymark.records.actors import OPERATOR_VIEWER

    return (*indicators(), *definitions_read(OPERATOR_VIEWER))


def _has_record() -> bool:
    """Open the record; whether there is one."""
    from waymark.interfaces.cli.record import existing_record

    try:
        existing_record()
    except RefusedError as error:
        if error.code != "record.none":
            raise
        return False
    return True


def run_coverage(arguments: argparse.Namespace) -> int:
    """What a place has and lacks, per objective, from the figures that a review shows."""
    from waymark.gcm.places import find

    place = find(arguments.place)
    try:
        as_of = date.fromisoformat(arguments.as_of)
    except ValueError:
        raise InputError(
            f"--as-of {arguments.as_of}", "This is not a date", expected="such as 2026-05-08", todo="Correct it"
        ) from None
    rows = _covered(place.code, as_of, arguments.audience)
    able = {row.indicator for row in rows if row.assessable}
    known = {row.indicator for row in rows if row.years}
    every = {row.indicator for row in rows}
    print(f"{place.name} ({place.code}), as of {as_of}, for {arguments.audience}:")
    print(f"{len(able)} of {len(every)} indicators are assessable, {len(known)} have figures.")
    print("What is missing is a finding, not a fault.")
    for line in coverage_lines(rows):
        print(line)
    return 0


def _covered(place: str, as_of: date, audience: "Audience") -> "list[CoverageRow]":
    """The rows, with the figures and national indicators that the audience may read."""
    from waymark.interfaces.cli.folders import data_folder

    has_record = _has_record()
    from waymark.engines.indicators.coverage import coverage
    from waymark.gcm.indicators import indicators
    from waymark.queries.indicators.national import NationalRows, definition_of, national_read
    from waymark.queries.indicators.reading import figures_of
    from waymark.queries.reviews.data import METHODS, viewer_of

    national = national_read(place, viewer_of(place, audience)) if has_record else NationalRows()
    folder = data_folder()
    figures = figures_of(place, folder / "datasets", days=[as_of], kept=folder / "assessments", added=national.added())
    definitions = (*indicators(), *(definition_of(one) for one in national.indicators))
    return coverage(figures.on(as_of), definitions, as_of, METHODS[0])


def coverage_lines(rows: "Sequence[CoverageRow]") -> Iterator[str]:
    """The rows in words under their objectives, each line within 80 columns."""
    objective = 0
    for row in rows:
        if row.objective != objective:
            objective = row.objective
            own = [one for one in rows if one.objective == objective]
            yield f"\nObjective {objective}: {sum(one.assessable for one in own)} of {len(own)} assessable"
        yield from _filled(f"{row.indicator:<34}{_span(row):<14}{row.status}", "  ")
        for words, items in (
            ("no value in", spans(row.gaps)),
            ("counted another way in", spans(row.beside)),
            ("not broken down by", row.groups_missing),
            ("from several datasets:", row.datasets if len(row.datasets) > 1 else ()),
        ):
            if items and row.years:
                yield from _filled(f"{words} {', '.join(items)}", "    ")


def _span(row: "CoverageRow") -> str:
    """The first and the latest year with a value."""
    if len(row.years) < 2:
        return "".join(map(str, row.years))
    return f"{row.years[0]} to {row.years[-1]}"


def spans(years: Sequence[int]) -> list[str]:
    """Years as spans: 2001, 2002, 2003, 2007 → "2001-2003", "2007"."""
    found: list[list[int]] = []
    for year in years:
        if found and year == found[-1][1] + 1:
            found[-1][1] = year
        else:
            found.append([year, year])
    return [f"{first}" if first == last else f"{first}-{last}" for first, last in found]

"""The first chapters: cover, how to read, the country at a glance."""

from collections import Counter
from collections.abc import Mapping

from waymark.engines.charts import ProgressStrip, StripCell, chart_rows, progress_strip, strip_words
from waymark.engines.charts.model import State
from waymark.engines.printing.blocks import Block, BulletList, Cover, Facts, Figure, Notice, Run, Runs
from waymark.engines.printing.phrases import tongue
from waymark.gcm.language import direction
from waymark.papers.cautions import about_all
from waymark.papers.chart_tables import table_of
from waymark.papers.choosing import commitments, dataset_of, ended_early, overdue
from waymark.papers.freshness import OLD_CATEGORY, freshness, round_tables
from waymark.papers.listing import UNKNOWN, demonstration, not_cleared
from waymark.papers.matters import matters
from waymark.papers.standing import progress, standing
from waymark.papers.verdicts import in_short
from waymark.papers.words import code, day, joined, marked, paragraph, phrase, plain
from waymark.papers.writer import STATE_SHAPES, STATUS_SHAPES, Chapter, Writer, lead, of_dataset, reports_missing
from waymark.queries.commitments.views import CommitmentView
from waymark.queries.reviews.views import ObjectiveView, ReviewData

CLOSED = ("dropped", "superseded")
STRIP_WIDTH = 600
"""Pixels of the strip in one row: the width of the text on paper, where it stands below the sentences."""
MOST_NAMED = 6
"""Of commitments that the strip leaves out, so many are named by their codes; of more, their number alone stands."""


def cover(writer: Writer, content_hash: str, content_name: str = "review.json") -> Cover:
    """Title, what the paper is made for and from, and the hash of its data file `content_name`."""
    data, vintage = writer.data, writer.data.vintage
    facts: list[tuple[Runs, Runs]] = [
        (phrase("Cycle"), phrase(marked(data.cycle_title), ", " if data.cycle_dates else "", marked(data.cycle_dates))),
        (phrase("Publishing body"), marked(data.publishing_body or "not named in the record")),
        (phrase("As of"), (writer.day(data.as_of),)),
        (phrase("Made for"), phrase("the public" if data.audience == "public" else "members of the network")),
        *edition(writer),
        (phrase("Statistics"), statistics_vintage(writer)),
        (
            phrase("Age of the statistics"),
            phrase(
                writer.count(vintage.ended_early),
                " of ",
                writer.counted(vintage.series, "series ends", "series end"),
                " more than five years before the as-of date",
                of_dataset(writer, vintage.ended_early, *dataset_of(data, ended_early(data))),
                "; ",
                writer.counted(vintage.too_old, *OLD_CATEGORY),
            ),
        ),
        *((phrase("Not cleared for passing on"), closed) for closed in (not_cleared(writer),) if closed),
        (phrase("Content hash"), phrase(f"{content_name}, SHA-", code("256"), " ", code(content_hash))),
    ]
    notice = demonstration(data) if data.marking else None
    return Cover(
        title=marked(data.place_name),
        subtitle=phrase("Review of the Global Compact for Safe, Orderly and Regular Migration"),
        facts=tuple(facts),
        notice=notice,
    )


def edition(writer: Writer) -> list[tuple[Runs, Runs]]:
    """Which edition it is and which one it replaces; names and dates of the clearance lie beside the files."""
    own = writer.data.edition
    if own is None:
        return [(phrase("Edition"), phrase("working copy, not cleared and not published"))]
    said = phrase("Edition ", code(str(own.number)))
    if own.replaces is not None:
        said = phrase(said, ", replaces edition ", code(str(own.replaces)), " of ", writer.day(own.replaces_of))
    if own.replaces_withdrawn:
        said = phrase(said, ", which was withdrawn on ", writer.day(own.replaces_withdrawn))
    beside = "published with the record of its clearance beside it; without that record it is a candidate"
    return [(phrase("Edition"), said), (phrase("Clearance"), phrase(beside))]


def statistics_vintage(writer: Writer) -> Runs:
    """Which datasets, how old, and the latest year shown."""
    vintage = writer.data.vintage
    if not vintage.datasets:
        return phrase("no figures held for this place")
    title, age = vintage.datasets[0]
    first = f"{title} ({age})" if age and age not in title else title
    others = len(vintage.datasets) - 1
    more = (" and ", writer.counted(others, "other dataset", "other datasets")) if others else ()
    latest = (". Latest year shown: ", writer.day(str(vintage.latest_year))) if vintage.latest_year else ()
    return phrase(marked(first), *more, *latest, *_parts(writer, latest=vintage.latest_year))


def _parts(writer: Writer, *, latest: int | None) -> Runs:
    """The later year of which a part is printed, and in how many series; nothing where there is none."""
    later = [one.end_year for s in writer.data.statistics.values() for _, one in s.parts[-1:]]
    later = [year for year in later if latest is not None and year > latest]
    if not later:
        return ()
    number = writer.counted(len(later), "series", "series")
    return phrase("; in ", number, " also ", writer.day(str(max(later))), ", which may be a part of the year")


def reading(writer: Writer) -> Chapter:
    """What the document is, who made it and how its marks are read."""
    data = writer.data
    blocks: list[Block] = []
    if data.marking:
        blocks.append(demonstration(data, "."))
    blocks += [
        lead(
            "This document shows what is known about ",
            marked(data.place_name),
            " and the Global Compact for Safe, Orderly and Regular Migration as of ",
            writer.day(data.as_of),
            ", made from the record of the network, where there is one, from official statistics and from documents "
            "that people cited. Sentences around figures are made by rules; findings are written by people. Where "
            "nothing is known, it says so.",
        ),
        BulletList(
            (
                phrase(
                    "How do we know? Small raised numbers, such as those after a figure, lead to the list of sources "
                    "at the end: ",
                    "publisher, dataset, series, years and date of retrieval"
                    if any(source.retrieved not in ("", UNKNOWN) for source in data.sources)
                    else "publisher, dataset, series and years",
                    ". The hash of each file ",
                    *(("stands there too.",) if writer.full else ("stands in ", code("data/sources.csv"), ".")),
                ),
                *three_voices(writer),
                phrase(
                    "A statistic is assessed by a named method. The method compares the figure with its own past or "
                    "with a target that a source states. It does not say what caused a change."
                ),
                phrase(
                    "Unknown is shown as unknown. A dash means that there is nothing to say; what is missing is listed "
                    "for each objective, with what would be needed."
                ),
                phrase(
                    "Words in grey, such as “our proposal”, mark what is not verified at its source. Countries are not "
                    "ranked and no overall grade is given."
                ),
                *public_only(writer),
                *shortened(writer),
            )
        ),
    ]
    if not data.place_name_checked:
        words = "is not checked against the names that the United Nations use in this language."
        blocks.append(Notice("note", (), (paragraph("The name ", marked(data.place_name), f" {words}"),)))
    if data.place_note:
        blocks.append(
            Notice("note", phrase("Name and territory"), (paragraph(marked(data.place_note), writer.cite("place")),))
        )
    return tuple(blocks)


def public_only(writer: Writer) -> tuple[Runs, ...]:
    """What an edition for the public leaves out; nothing where no commitment is on record, or for the network."""
    if writer.data.audience != "public" or not commitments(writer.data):
        return ()
    return (
        phrase(
            "This edition is for the public. What only the network may read is not in it and not in its counts. A "
            "report counts as missing until it is accepted, or until its secretariat is late to answer it."
        ),
    )


def three_voices(writer: Writer) -> tuple[Runs, ...]:
    """How ratings are read; nothing without any commitment, which has none."""
    if not commitments(writer.data):
        return ()
    return (
        phrase(
            "Three voices are kept apart. Implementers, the secretariat and civil society each rate a "
            "commitment; no rating replaces or averages another."
        ),
    )


def shortened(writer: Writer) -> tuple[Runs, ...]:
    """What this print leaves to the data files; nothing where it prints all."""
    if writer.full:
        return ()
    return (
        phrase(
            "A series whose latest figure is more than five years old is told in a sentence, without a chart. What it "
            "means, what to beware of and all values stand in the data files beside this document, which the last "
            "chapter lists. A full print, on request, holds all of it."
        ),
    )


def glance(writer: Writer) -> Chapter:
    """What matters first, then the progress strip, in a picture and in words.

    Without any commitment on record the strip would be empty, so it shows how new the figures are.
    """
    data = writer.data
    if not commitments(data):
        return (matters(writer), freshness(writer, "strip", table=True))
    cells = tuple(strip_cell(objective, writer.objective_href(objective.number)) for objective in data.objectives)
    groups = round_tables(data)
    title = f"Progress strip of {data.place_name}"
    wide = ProgressStrip(
        title, "One cell for each of the objectives.", cells, "row", (), writer.language, direction(writer.language)
    )
    narrow = ProgressStrip(
        title,
        "One cell for each of the objectives.",
        cells,
        "round-tables",
        groups,
        writer.language,
        direction(writer.language),
    )
    table = table_of(chart_rows(wide), phrase("The strip in words"), (1.2, 3.4, 1.3, 2, 1.2, 1.6))
    figure = Figure(
        svg=progress_strip(wide, key="strip", width=STRIP_WIDTH),
        narrow_svg=progress_strip(narrow, key="strip-narrow"),
        alt=f"{title}. {' '.join(strip_words(cells, writer.language))}",
        caption=phrase(
            "Each cell stands for one objective and shows three facts side by side: how many of its commitments the "
            "implementers call completed (the fill is their exact share), whether evidence is cited (solid edge) or "
            "not (dotted edge), and how many of its statistics improve of those that can be assessed (the numbers "
            "below; without those at their limit). ",
            joined([said for said in (not_counted(writer), in_several(writer)) if said], " "),
        ),
        anchor="strip",
        table=table,
        table_on_paper=writer.full,
    )
    return (matters(writer), figure)


def numbers(writer: Writer) -> Chapter:
    """The main counts, and which series improve."""
    return (main_counts(writer), *in_short(writer))


def strip_cell(objective: ObjectiveView, href: str = "") -> StripCell:
    """The three facts about one objective."""
    done, counted = completed_in_implementers_words(objective.commitments)
    states = Counter(item.state for item in objective.commitments)
    stand = standing(objective.statistics)
    moving = (*stand.improving, *stand.others)
    return StripCell(
        number=objective.number,
        label=objective.label,
        completed=done,
        counted=counted,
        state=strip_state(objective.commitments),
        evidence=any(item.about_country for item in objective.evidence),
        improving=len(stand.improving) if stand.moving else None,
        assessable=stand.moving,
        href=href,
        dropped=states["dropped"],
        superseded=states["superseded"],
        borrowed=sum(one.objectives[:1] != (objective.number,) for one in moving),
        whole=sum(map(about_all, moving)),
    )


def completed_in_implementers_words(commitments: tuple[CommitmentView, ...]) -> tuple[int, int]:
    """How many commitments that still count are completed, as their implementers say, of how many.

    Dropped and superseded commitments do not count. An implementer says "completed" by a rating whose share is one;
    when several organisations lead, all must say so.
    """
    going = [item for item in commitments if item.state not in CLOSED]
    done = 0
    for item in going:
        shares = [report.share for report in item.reports if report.voice == "implementer" and not report.waits]
        done += bool(shares) and all(share == 1 for share in shares)
    return done, len(going)


def not_counted(writer: Writer) -> Runs:
    """Which commitments the strip leaves out, by how they ended: their number and their codes; () without any."""
    ended: list[Runs] = []
    for state in CLOSED:
        codes = sorted(item.code for item in commitments(writer.data) if item.state == state)
        if codes:
            named = joined([(code(one),) for one in codes]) if len(codes) <= MOST_NAMED else ()
            ended.append(phrase(writer.count(len(codes)), f" {state}", *((" (", named, ")") if named else ())))
    return phrase("Not counted in the fill: ", joined(ended), ".") if ended else ()


def in_several(writer: Writer) -> Runs:
    """How many statistics the strip counts under more than one objective; nothing where there are none."""
    stand = standing(writer.data.statistics.values())
    several = sum(len(one.objectives) > 1 for one in (*stand.improving, *stand.others))
    if not several:
        return ()
    counts = writer.counted(several, "statistic counts", "statistics count")
    return phrase(counts, " under more than one objective.")


def strip_state(commitments: tuple[CommitmentView, ...]) -> State:
    """The shape of a cell: done, under way, not started, dropped, unknown."""
    if not commitments:
        return "unknown"
    done, counted = completed_in_implementers_words(commitments)
    if not counted:
        return "dropped"
    if done == counted:
        return "done"
    started = done or any(item.state in ("under_way", "completed") for item in commitments)
    return "under_way" if started else "not_started"


def main_counts(writer: Writer) -> Facts:
    """Counts over all objectives; a commitment that serves several objectives counts once."""
    data = writer.data
    commitments = {item.urn: item for objective in data.objectives for item in objective.commitments}
    states = Counter(item.state for item in commitments.values())
    followed = Counter(item.status for item in data.recommendations)
    by_state = tuple(
        run
        for state in STATE_SHAPES
        if states[state]
        for run in (Run("; "), writer.count(states[state]), Run(f" {state.label}"))
    )
    recommended = tuple(
        part
        for status in STATUS_SHAPES
        if followed[status]
        for part in ("; ", writer.count(followed[status]), f" {status}")
    )
    items: list[tuple[Runs, Runs]] = [
        *record_counts(writer, commitments, by_state),
        *without_objective(writer),
        (
            phrase("Statistics improving"),
            phrase(
                progress(writer, standing(data.statistics.values())),
                *(
                    (
                        "; ",
                        writer.counted(data.vintage.too_old, "older series has", "older series have"),
                        " a category, printed and not counted",
                    )
                    if data.vintage.too_old
                    else ()
                ),
            ),
        ),
        (phrase("Without any figure"), writer.counted(data.vintage.without_data, "indicator", "indicators")),
        (
            phrase("Recommendations of the last cycle"),
            phrase(writer.count(len(data.recommendations)), *recommended)
            if data.recommendations
            else phrase("none on record"),
        ),
    ]
    return Facts(tuple(items))


def record_counts(writer: Writer, commitments: Mapping[str, CommitmentView], by_state: Runs) -> list[tuple[Runs, Runs]]:
    """Commitments, overdue ones and reports; without any commitment on record, words that nothing is known."""
    if not commitments:
        return [(phrase("Commitments"), phrase("none on record; whether there are any is not known"))]
    items = list(commitments.values())
    return [
        (phrase("Commitments"), phrase(writer.count(len(items)), by_state)),
        (phrase("Overdue"), late(writer)),
        (
            phrase("Reports due"),
            phrase(writer.count(sum(item.reports_due for item in items)), "; ", reports_missing(writer, items)),
        ),
    ]


def late(writer: Writer) -> Runs:
    """How many commitments are overdue, and which, by their day, each a link to its objective."""
    found = overdue(writer.data)
    if not found:
        return phrase("none")
    by_day: dict[str, list[Run]] = {}
    for one in found:
        href = writer.objective_href(min(one.objectives)) if one.objectives else ""
        by_day.setdefault(one.due, []).append(code(one.code, href=href))
    named = [phrase("due ", writer.day(due), ": ", joined([(one,) for one in codes])) for due, codes in by_day.items()]
    return phrase(writer.counted(len(found), "commitment", "commitments"), "; ", joined(named, "; "))


def without_objective(writer: Writer) -> list[tuple[Runs, Runs]]:
    """Commitments on record that no chapter shows, where there are any."""
    if not (number := writer.data.without_objective):
        return []
    tied = writer.counted(number, "commitment", "commitments")
    return [(phrase("Tied to no objective"), phrase(tied, ", not counted above and shown in no chapter"))]


def running_head(data: ReviewData) -> str:
    """Place and cycle, on every printed page."""
    return plain(phrase(data.place_name, " · ", data.cycle_title, " · as of ", day(data.as_of, tongue(data.language))))

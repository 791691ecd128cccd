"""Small words that an editor signs: sources, places in documents, methods, meetings, contributions, what is missing."""

import re
from dataclasses import replace
from typing import Any

import pytest

from tests.papers.views import commitment, objective, report, review, statistic, view
from waymark.engines.indicators.judges import opensdg_2_4, unsd_progress_chart_2023
from waymark.engines.indicators.methods import METHODS
from waymark.engines.printing.reading import words
from waymark.papers.commitments import voices_table
from waymark.papers.follow_up import comparison_table
from waymark.papers.listing import source_part
from waymark.papers.methods import method_words
from waymark.papers.missing import ORDER, gaps, gaps_in_short, gaps_legend
from waymark.papers.objectives import how_chapters_are
from waymark.papers.process import meetings_known, members_by_kind, participation
from waymark.papers.statistics import statistic_figure
from waymark.papers.words import phrase, plain
from waymark.papers.writer import Writer
from waymark.queries.documents.views import EvidenceView
from waymark.queries.indicators.views import CourseView
from waymark.queries.networks.views import MeetingView, NetworkView, ParticipationView
from waymark.queries.reviews.gaps import gaps_of_commitment
from waymark.queries.reviews.views import ComparisonRow, GapView
from waymark.queries.sources.views import SourceView

WRITER = Writer(review())


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("years", "2022", "Year 2022"),
        ("years", "2012, 2015", "Years 2012, 2015"),
        ("years", "2012–2015", "Years 2012–2015"),
        ("page", "12", "Page 12"),
        ("page", "line 11, line 15", "At lines 11 and 15"),
        ("page", "The time limit of three days, line 11", "Under “The time limit of three days”, line 11"),
        ("page", "Table 4, line 3", "At Table 4, line 3"),
        ("page", "Sheet1!B4", "At Sheet1!B4"),
        ("locator", "handed in on 2026-02-03", "Handed in on 3 February 2026"),
        ("address", "stats.example.org/x", "stats.example.org/x"),
        ("address", "none; invented", "Address: none; invented"),
    ],
)
def test_a_field_of_a_source_is_said_as_what_it_is(field: str, value: str, said: str) -> None:
    assert plain(source_part(view(SourceView, **{field: value}), field, WRITER)) == said


LIMITS = {
    "unsd-progress-chart-2023": [
        100 * getattr(unsd_progress_chart_2023, name)
        for name in ("ON_TRACK_SHARE", "FAIR_SHARE", "ON_TRACK_RATE", "FAIR_RATE")
    ],
    "opensdg-2.4": [
        100 * getattr(opensdg_2_4, name)
        for name in ("ON_TRACK_RATIO", "MODERATE_RATIO", "LIMITED_RATE", "ON_TRACK_RATE", "MODERATE_RATE",
                     "LIMITED_RATE")
    ],
}  # fmt: skip


@pytest.mark.parametrize("method", METHODS)
def test_the_words_of_a_method_have_its_base_year_and_the_limits_by_which_it_judges(method: str) -> None:
    limits = METHODS[method].limits
    base, _, rest = limits.partition(". ")
    assert base.startswith("Base year: 2015")
    assert [float(one) for one in re.findall(r"\d+(?:\.\d+)?", rest)] == pytest.approx(LIMITS[method])
    assert limits in plain(method_words(method, first=True))


def network(*days: str) -> NetworkView:
    return view(NetworkView, urn="urn:n", name="Network", meetings=tuple(view(MeetingView, date=day) for day in days))  # type: ignore[no-any-return]


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (("2021-12-14",), "The record holds 1 meeting or event, of 14 December 2021."),
        (("2021-12-14", "2020-01-01"), "The record holds 2 meetings and events, the last with a known day of 14 "
                                       "December 2021."),
        (("", "2021-12-14"), "The record holds 2 meetings and events, the last with a known day of 14 December 2021; "
                             "of 1 no day is known."),
        (("",), "The record holds 1 meeting or event; of 1 no day is known."),
    ],
)  # fmt: skip
def test_it_is_said_how_many_meetings_are_on_record(days: tuple[str, ...], said: str) -> None:
    assert plain(phrase(*meetings_known(WRITER, network(*days)))) == said
    blocks = participation(Writer(review(networks=(network(*days),))))
    assert said in [words(block.runs) for block in blocks if hasattr(block, "runs")]


def test_bodies_by_kind_have_no_column_of_zeros() -> None:
    row = view(ParticipationView, kind="government", label="government", members=3)
    for seen, heads, voices in (((row,), ["Kind", "Bodies"], False),
                                ((row, replace(row, reported_as_implementer=1)),
                                 ["Kind", "Bodies", "Reported as implementer"], True)):  # fmt: skip
        said, table = members_by_kind(Writer(review(participation=seen)))
        assert [plain(column.head) for column in table.columns] == heads  # type: ignore[union-attr]  # a table
        assert all(len(line) == len(heads) for line in table.rows)  # type: ignore[union-attr]  # a table
        assert ("two voices" in plain(said.runs)) is voices  # type: ignore[union-attr]  # a paragraph


def test_contributions_of_the_public_stand_beside_the_commitment_in_none_of_the_voices() -> None:
    item = commitment("A", report(1.0), contributions=4, contribution_summary="Begun: 3; Not started: 1")
    data = review(objective(1, item, commitment("B")), contributions=11, networks=(network(),))
    first, second = (words(row[0]) for row in voices_table(WRITER, data.objectives[0].commitments, (), "t", {}).rows)
    assert first.endswith(". Public contributions, 4 ratings: Begun: 3; Not started: 1")
    assert "ublic" not in second
    said = [words(block.runs) for block in participation(Writer(data)) if hasattr(block, "runs")]
    told = [one for one in said if one.startswith("Consultations")]
    assert told == [
        "Consultations: 11 contributions of the public are published. Their ratings are shown from three on, beside "
        "the commitment and in none of the three voices: so on 1 commitment."
    ]
    few = participation(Writer(replace(data, objectives=review().objectives, contributions=1)))
    told = [words(block.runs) for block in few if hasattr(block, "runs") and "Consultations" in words(block.runs)]
    assert told == [
        "Consultations: 1 contribution of the public is published. No commitment has three ratings of them, from which "
        "on they are shown."
    ]
    assert not any("Consultations" in one for one in (
        words(block.runs) for block in participation(Writer(replace(data, contributions=0))) if hasattr(block, "runs")
    ))  # fmt: skip


def test_what_is_missing_stands_in_one_order_in_every_chapter_and_list() -> None:
    items = [view(GapView, kind=kind, subject=kind, needed="It is needed", short=kind) for kind in reversed(ORDER)]
    items.insert(0, view(GapView, kind="one point", subject="one point", needed="It is needed", short="one point"))
    wanted = [*ORDER, "one point"]
    (short,) = gaps_in_short(items)
    (whole,) = gaps(WRITER, tuple(items))
    (legend,) = gaps_legend([objective(1, gaps=tuple(items))])
    told = plain(short.blocks[0].runs)  # type: ignore[union-attr]  # a notice it is
    assert sorted(wanted, key=lambda kind: told.lower().index(f"{kind}:")) == wanted
    for block in (whole, legend.blocks[0]):  # type: ignore[union-attr]  # a notice it is
        assert [plain(one).lower() for one in block.items] == sorted(
            (plain(one).lower() for one in block.items),
            key=lambda told: next(place for place, kind in enumerate(wanted) if told.startswith(f"{kind}:")),
        )  # type: ignore[union-attr]


def test_reports_missing_of_two_bodies_are_two() -> None:
    item = commitment("P", reports_missing=3, periods_missing=("Spring", "Autumn"), bodies_missing=(2, 1))
    (gap,) = gaps_of_commitment(item, shown=True)
    assert gap.short == "P (Spring, 2 reports, Autumn)"


def test_the_columns_of_a_comparison_say_of_which_series_they_are() -> None:
    row: Any = view(ComparisonRow, objective=1, newer_before=(1, 0, 0), newer_now=(1, 0, 0))
    data = review(previous_cycle="imrf-2022", previous_cycle_title="Forum of 2022")
    caption = words(comparison_table(Writer(data), [row], promised=False).caption)
    assert caption == "Forum of 2022 (before) and Forum (now); improving: of the series with a figure later than 2022"


def test_figures_in_quotations_are_said_to_be_those_of_their_documents() -> None:
    quoted = view(EvidenceView, quotation="It was 6.4 per cent.")
    for items, seen in (((quoted,), True), ((view(EvidenceView),), False)):
        told = plain(phrase(*how_chapters_are(Writer(review(objective(1, evidence=items))))))
        assert ("A figure in a quotation is that of its document" in told) == seen


def test_a_caption_says_what_a_gap_in_the_line_means() -> None:
    source = (view(SourceView, key=""),)
    course = view(CourseView, base_year=2015, base_value=1.0, latest_year=2019, latest_value=5.0, movement="improved")
    whole = statistic("Jobs", 1, 2, 3, 4, 5, title="Jobs", axis="per cent", course=course)
    whole = replace(whole, observations=tuple(replace(one, period=str(one.year)) for one in whole.observations))
    left_out = replace(whole, observations=tuple(one for one in whole.observations if one.year != 2018))
    for one, seen in ((whole, False), (left_out, True)):
        caption = plain(statistic_figure(Writer(review(statistics=(one,), sources=source)), one).caption)
        assert ("a gap where a usual year has no figure" in caption) == seen

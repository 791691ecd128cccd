"""The brief: two pages whatever the record holds, and nothing asked of a country that asked for nothing."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.office import saved_as
from tests.papers.views import commitment, objective, report, review, statistic, view
from waymark.engines.printing.docx import SCALES, Unmade, fits, scale_of
from waymark.engines.printing.docx_body import Body
from waymark.engines.printing.docx_room import Reckoning
from waymark.engines.printing.docx_styles import header_xml, styles_xml
from waymark.engines.printing.pdf import pages
from waymark.papers import asking
from waymark.papers.brief import FEWEST_ROWS, MOST_ROWS, brief_files, brief_paper, office_paper
from waymark.papers.choosing import dataset_of, ended_early
from waymark.papers.commitments import counts_by_voice
from waymark.papers.front import numbers
from waymark.papers.matters import matters
from waymark.papers.words import phrase, plain
from waymark.papers.writer import Writer, reports_missing
from waymark.queries.commitments.views import CommitmentView
from waymark.queries.indicators.views import VintageView
from waymark.queries.reviews.views import PositionView, RecommendationView, ReviewData
from waymark.queries.sources.views import SourceView

LONG = "ძალიან გრძელი სახელი " * 6


def full(words: str = "") -> ReviewData:
    """A record with more of everything than two pages hold, and with long words where they are given."""
    voices = (
        report(0.75, organisation=words or "Lead"),
        report(0.25, "civil_society", words or "Society", narrative="No."),
    )
    items = [
        objective(number, *(
            commitment(f"QOR-{number}-{place}", *voices, title=f"{words}Do what was promised", overdue=place == 0,
                       due="2026-01-01" if place == 0 else "2026-06-30", reports_due=4, reports_missing=place,
                       leads=(words or "Lead",))
            for place in range(4)
        ))
        for number in range(1, 24)
    ]  # fmt: skip
    advice = tuple(
        view(RecommendationView, code=f"R{place:02}", text=f"{words}Do more", status="open") for place in range(30)
    )
    return review(
        *items, recommendations=advice, publishing_body="Committee", statistics=(statistic("Schools", 80, 90),),
        sources=(view(SourceView, key="", title=words or "Yearbook"),),
    )  # fmt: skip


EMPTY = review()
EMPTY_BRIEF = brief_paper(EMPTY)


@pytest.mark.parametrize("data", [full(), full(LONG), EMPTY], ids=["full", "long words", "nothing known"])
def test_two_pages_hold_it(data: ReviewData) -> None:
    files = brief_files(data)
    assert sorted(files) == ["brief.docx", "brief.html", "brief.pdf"]
    assert pages(files["brief.pdf"]) <= 2


@pytest.mark.parametrize("data", [full(), full(LONG), EMPTY], ids=["full", "long words", "nothing known"])
def test_two_pages_of_an_office_program_hold_it_in_whatever_font(data: ReviewData, tmp_path: Path) -> None:
    """LibreOffice puts a font of the machine in the place of one that is missing, here mostly a wide one."""
    path = tmp_path / "brief.docx"
    path.write_bytes(brief_files(data)["brief.docx"])
    assert pages(saved_as("pdf", path, tmp_path / "office").read_bytes()) == 2


def test_a_brief_of_many_words_is_set_smaller_and_one_of_too_many_shorter() -> None:
    scales = {scale_of(one, Body(one, Unmade(one)).render()) for one in map(brief_paper, (EMPTY, full()))}
    assert scales == {1.0}
    assert not fits(brief_paper(full(LONG))), "eight long rows in each table"
    short = office_paper(full(LONG), [(MOST_ROWS, True), (FEWEST_ROWS, True)])
    assert short == brief_paper(full(LONG), FEWEST_ROWS)
    more = full("word " * 14)
    scale = scale_of(brief_paper(more, 4), Body(brief_paper(more, 4), Unmade(brief_paper(more, 4))).render())
    assert scale is None or scale < 1


def test_what_a_brief_takes_is_reckoned_from_its_styles() -> None:
    reckoning = Reckoning(styles_xml(EMPTY_BRIEF))
    body = Body(EMPTY_BRIEF, Unmade(EMPTY_BRIEF)).render()
    first, second = reckoning.pages(body, header_xml(EMPTY_BRIEF), 480.0)
    assert 0 < second < first < 1
    assert reckoning.pages(body, header_xml(EMPTY_BRIEF), 240.0)[0] > first, "narrower lines are more lines"
    long_head = header_xml(replace(EMPTY_BRIEF, marking="word " * 200))
    assert reckoning.pages(body, long_head, 480.0)[0] > first, "a high running head pushes the text down"
    smaller = Reckoning(styles_xml(EMPTY_BRIEF, SCALES[-1])).pages(body, header_xml(EMPTY_BRIEF), 480.0)
    assert smaller[0] < first


def test_same_data_same_bytes() -> None:
    assert brief_files(full()) == brief_files(full())


def heads(data: ReviewData) -> list[str]:
    return [plain(one.head) for one in matters(Writer(data, objective_links=False)).items]


def test_what_nothing_fits_is_left_out() -> None:
    assert heads(full()) == [
        "Where it stands", "Most for the better", "Promised, not reported", "Society sees less done", "What comes next",
    ]  # fmt: skip
    assert heads(EMPTY) == ["Promised, not reported", "What comes next"]
    said = view(PositionView, holder="Orvenia", subject="Compact", stance="voted for")
    assert heads(replace(EMPTY, positions=(said,)))[0] == "Where it stands"
    doubted = replace(said, note="The roll call could not be read. More words.")
    assert sentence(replace(EMPTY, positions=(doubted,)), "Where it stands") == (
        "Orvenia voted for the Compact. The roll call could not be read."
    )
    second_hand = replace(doubted, mark="secondary", source="x\ny", date="2018-12-19")
    told = replace(EMPTY, positions=(second_hand,), sources=(view(SourceView, key="x", publisher="Office"),))
    assert sentence(told, "Where it stands") == (
        "Office says that Orvenia voted for the Compact. The day on record is 19 December 2018. "
        "The roll call could not be read."
    )


def sentence(data: ReviewData, head: str) -> str:
    found = matters(Writer(data, objective_links=False)).items
    return next(plain(one.says) for one in found if plain(one.head) == head)


def test_one_is_not_many_and_a_tie_is_no_most() -> None:
    one = review(objective(1, commitment("A", state="completed")))
    assert sentence(one, "Where it stands") == "1 of 1 commitment is completed. 0 are overdue."
    two = [commitment(code, reports_due=2, reports_missing=1) for code in "AB"]
    assert sentence(review(objective(1, two[0])), "Promised, not reported").startswith(
        "1 of 2 reports on “Do A” is missing, more than on any other commitment."
    )
    assert ", as on 1 other." in sentence(review(objective(1, *two)), "Promised, not reported")


@pytest.mark.parametrize(
    ("audience", "counts", "said"),
    [
        ("public", {"reports_missing": 0}, "none is missing"),
        ("public", {"reports_missing": 1}, "1 is missing: not handed in on time or sent back"),
        ("network", {"reports_missing": 3, "reports_returned": 2, "reports_waiting": 4},
         "3 are missing: 1 not handed in, 2 sent back; 4 are handed in and not accepted yet"),
        ("network", {"reports_missing": 2, "reports_returned": 2}, "2 are missing: sent back"),
        ("public", {"reports_missing": 4, "reports_in_time": 3, "reports_waiting": 5},
         "4 are missing: 1 not handed in on time or sent back, "
         "3 not handed in, sent back or still to be answered in time; "
         "5 are handed in and not answered within the time limit"),
        ("public", {"reports_missing": 2, "reports_in_time": 2, "reports_excused": 1},
         "2 are missing: not handed in, sent back or still to be answered in time; 1 excused"),
    ],
)  # fmt: skip
def test_missing_reports_are_said_by_what_is_known_of_them(audience: str, counts: dict[str, int], said: str) -> None:
    data = review(objective(1, commitment("A", reports_due=9, **counts)), audience=audience)
    writer = Writer(data, objective_links=False)
    items = data.objectives[0].commitments
    assert plain(reports_missing(writer, items)) == said
    (told,) = [plain(value) for name, value in numbers(writer)[0].items if plain(name) == "Reports due"]
    assert told == f"9; {said}"
    assert f"9 reports were due; {said}." in plain(phrase(*counts_by_voice(writer, items)))
    if counts["reports_missing"]:
        assert f"Of all 9 reports due {said}." in sentence(data, "Promised, not reported")


def test_what_comes_next_counts_all_of_a_day_and_the_days_that_follow() -> None:
    def due(number: int, day: str, start: int = 0) -> list[CommitmentView]:
        return [commitment(f"C{start + place:02}", due=day) for place in range(number)]

    told = sentence(review(objective(1, *due(1, "2026-06-30"))), "What comes next")
    assert told.startswith("1 commitment falls due on 30 June 2026: Do C00. A regional review")
    many = [*due(5, "2026-06-30"), *due(1, "2026-12-31", 10), *due(2, "2027-12-31", 20), *due(3, "2028-12-31", 30)]
    assert sentence(review(objective(1, *many)), "What comes next").startswith(
        "5 commitments fall due on 30 June 2026, among them: Do C00; Do C01; Do C02. "
        "Then 1 falls due on 31 December 2026 and 2 on 31 December 2027; 3 later. "
    )


def test_nothing_is_asked_of_a_country_that_asked_for_nothing() -> None:
    ours = Writer(full(), objective_links=False)
    assert [plain(one.what).split(" ", 1)[0] for one in asking.asked(ours)] == ["Set", "Answer"]
    theirs = Writer(replace(full(), publishing_body=""), objective_links=False)
    assert [plain(one.what) for one in asking.asked(theirs)] == [
        "Say who would publish a review; it is not known here."
    ]
    document = brief_paper(replace(full(), publishing_body=""))
    assert "asked of you" not in plain(document.cover.subtitle)


def test_what_changed_most_says_its_step_and_context_once() -> None:
    caveats = "Refugees are context. Others count too. The last year may be a mid-year figure; the file does not say."
    moved = statistic(
        "Refugees", 10, *range(11, 16), 90, direction="none", context="outside the Compact", caveats=caveats,
        unit="number", unit_label="persons",
    )  # fmt: skip
    data = review(statistics=(moved,), sources=(view(SourceView, key="", publisher="Office", title="Tables"),))
    assert sentence(data, "What grew most") == (
        "Refugees: 90 persons in 2021, 10 in 2015. Most of the change came from 2020 to 2021. "
        "No other series without a better direction grew more."
    )
    inside = replace(moved, context="", short="Money", unit="cu_usd", unit_label="dollars", observations=tuple(
        replace(one, value=(one.value or 0.0) * 4e6) for one in moved.observations))  # fmt: skip
    both = sentence(replace(data, statistics={"a": moved, "b": inside}), "What grew most")
    assert both.endswith("No other series without a better direction grew more; context is left out.")
    assert both.startswith("Money: 360 million dollars in 2021, 40 million in 2015. ")
    values = zip(inside.observations, (1, 900, 2, 900, 1, 900, 14), strict=True)
    wild = replace(inside, short="Moves", observations=tuple(replace(seen, value=value) for seen, value in values))
    left = sentence(replace(data, statistics={"b": inside, "c": wild}), "What grew most")
    assert left.startswith("Money: ")
    assert "No other" not in left, "one that goes up and down grew more and was left out"
    estimate = replace(inside, traits=("modelled",), observations=tuple(
        replace(seen, value=10.0 * 2**place) for place, seen in enumerate(inside.observations)))  # fmt: skip
    carried = sentence(replace(data, statistics={"b": estimate}), "What grew most")
    assert "The last two steps have the same rate (100.0 per cent a year)" in carried
    assert "Most of the change" not in carried
    items = matters(Writer(data)).items
    (from_where,) = [plain(one.source) for one in items if plain(one.head) == "What grew most"]
    assert from_where == (
        "Objective 1 · Office · Refugees are context. The last year may be a mid-year figure; the file does not say"
    )


@pytest.mark.parametrize(
    ("keys", "asked_for"),
    [
        ("aa", "Load a newer release for 2 series that end more than five years ago, all in Tables of 2020. "
               "Only then ask the country. (for the secretariat)"),
        ("aab", "Load a newer release for 3 series that end more than five years ago, 2 of them in Tables of 2020. "
                "Only then ask the country. (for the secretariat)"),
        ("ab", "Supply newer figures for 2 series that end more than five years ago. "),
        ("a", "Load a newer release for 1 series that ends more than five years ago, in Tables of 2020. "
              "Only then ask the country. (for the secretariat)"),
    ],
)  # fmt: skip
def test_a_newer_release_is_asked_of_the_secretariat_where_old_series_come_from_one_file(
    keys: str, asked_for: str
) -> None:
    sources = tuple(view(SourceView, key=key, kind="dataset", title=title)
                    for key, title in (("a", "Tables of 2020"), ("b", "Other tables")))  # fmt: skip
    series = tuple(statistic(f"old {place}", 1, 2) for place in range(len(keys)))
    series = tuple(
        replace(one, observations=tuple(replace(seen, source=key) for seen in one.observations))
        for one, key in zip(series, keys, strict=True)
    )
    new = statistic("new", *range(1, 10))
    vintage = view(VintageView, series=len(series) + 1, ended_early=len(series))
    data = review(statistics=(*series, new), sources=sources, vintage=vintage)
    found = [f"{plain(one.what)} {plain(one.of)}" for one in asking.asked(Writer(data))]
    assert found[-1] == asked_for
    assert dataset_of(data, ended_early(data))[1] in (1, 2)


def test_the_next_forum_stands_under_what_comes_next() -> None:
    assert sentence(EMPTY, "What comes next") == (
        "The record names no date after 8 May 2026. A regional review is due in 2028 (every four years from 2020), "
        "then the International Migration Review Forum 2030."
    )
    dated = sentence(replace(EMPTY, cycle="imrf-2022"), "What comes next")
    assert dated.endswith(
        "A regional review is due in 2024 (every four years from 2020), then the International Migration Review Forum "
        "2026 on 5 May 2026."
    )
    assert "regional review" not in sentence(replace(EMPTY, cycle="imrf-2030"), "What comes next")

"""The brief: two pages whatever the record holds, and nothing asked of a country that asked for nothing."""

from dataclasses import replace

import pytest

from tests.papers.views import commitment, objective, report, review, statistic, view
from waymark.engines.printing.pdf import pages
from waymark.papers import asking
from waymark.papers.brief import brief_files, brief_paper
from waymark.papers.choosing import dataset_of, ended_early
from waymark.papers.matters import matters
from waymark.papers.words import plain
from waymark.papers.writer import Writer
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


@pytest.mark.parametrize("data", [full(), full(LONG), EMPTY], ids=["full", "long words", "nothing known"])
def test_two_pages_hold_it(data: ReviewData) -> None:
    files = brief_files(data)
    assert sorted(files) == ["brief.docx", "brief.html", "brief.pdf"]
    assert pages(files["brief.pdf"]) <= 2


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


def sentence(data: ReviewData, head: str) -> str:
    found = matters(Writer(data, objective_links=False)).items
    return next(plain(one.says) for one in found if plain(one.head) == head)


def test_one_is_not_many_and_a_tie_is_no_most() -> None:
    one = review(objective(1, commitment("A", state="completed")))
    assert sentence(one, "Where it stands") == "1 of 1 commitment is completed. 0 are overdue."
    two = [commitment(code, reports_due=2, reports_missing=1) for code in "AB"]
    assert sentence(review(objective(1, two[0])), "Promised, not reported").startswith(
        "1 of 2 reports on “Do A” is missing, more than on any other promise."
    )
    assert ", as on 1 other." in sentence(review(objective(1, *two)), "Promised, not reported")


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
    assert sentence(data, "What changed most") == (
        "Refugees: 90 persons in 2021, 10 in 2015. Most of the change came in one step, from 2020 to 2021. "
        "Neither more nor less is better in itself."
    )
    (from_where,) = [plain(one.source) for one in matters(Writer(data)).items if plain(one.head).startswith("What ch")]
    assert from_where == (
        "Objective 1 · Office · Refugees are context. The last year may be a mid-year figure; the file does not say"
    )


@pytest.mark.parametrize(
    ("keys", "asked_for"),
    [
        ("aa", "Load a newer release for 2 series that end more than five years ago, all in Tables of 2020. "
               "Only then ask the country. Secretariat"),
        ("aab", "Load a newer release for 3 series that end more than five years ago, 2 of them in Tables of 2020. "
                "Only then ask the country. Secretariat"),
        ("ab", "Supply newer figures for 2 series that end more than five years ago. "),
        ("a", "Load a newer release for 1 series that ends more than five years ago, in Tables of 2020. "
              "Only then ask the country. Secretariat"),
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
        "The record names no date after 8 May 2026. Then comes the International Migration Review Forum 2030; its day "
        "is not known."
    )
    dated = sentence(replace(EMPTY, cycle="imrf-2022"), "What comes next")
    assert dated.endswith("Then comes the International Migration Review Forum 2026 on 5 May 2026.")
    assert "Then comes" not in sentence(replace(EMPTY, cycle="imrf-2030"), "What comes next")

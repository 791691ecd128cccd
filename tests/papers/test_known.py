"""Where no commitment is on record: the age of figures, not empty cells; conflicts about the country first."""

from typing import Any

import pytest

from tests.papers.views import commitment, objective, report, review, statistic, view
from waymark.engines.printing.blocks import BulletList, Figure, Paragraph, Table
from waymark.engines.printing.reading import words
from waymark.papers import asking, brief_known
from waymark.papers.brief import brief_paper
from waymark.papers.choosing import conflicts_of, open_conflict
from waymark.papers.closing import conflicts
from waymark.papers.freshness import freshness
from waymark.papers.front import glance
from waymark.papers.objectives import unknown_objectives
from waymark.papers.words import plain
from waymark.papers.writer import Writer
from waymark.queries.reviews.views import ClaimView, ConflictView, FactView, ReviewData
from waymark.queries.sources.views import SourceView


def conflict(subject: str, attribute: str, *values: str) -> ConflictView:
    claims = tuple(view(ClaimView, value=value) for value in values or ("1", "2"))
    return view(ConflictView, subject=f"urn:waymark:local:{subject}", attribute=attribute, claims=claims)  # type: ignore[no-any-return]


TOPIC, ABOUT = conflict("topic:networks", "networks in a region"), conflict("topic:migrants", "migrants in Orvenia")
BODY, VOTE = conflict("organisation:office", "abbreviation"), conflict("position:QOR", "date of the vote")
LAW = conflict("document:law", "date of adoption")


def test_conflicts_about_own_deeds_come_first_and_those_of_other_places_are_left_out() -> None:
    data = review(conflicts=(TOPIC, BODY, LAW, ABOUT, VOTE))
    assert conflicts_of(data) == [VOTE, LAW, BODY, ABOUT]
    assert open_conflict(data) == VOTE
    assert open_conflict(review(conflicts=(TOPIC,))) is None
    blocks = conflicts(Writer(data, full=False))
    (listed,) = [one for one in blocks if isinstance(one, BulletList)]
    assert len(listed.items) == 4
    said = [plain(one.runs) for one in blocks if isinstance(one, Paragraph)]
    assert "1 other conflict on record, of topics that do not name this country, stands in review.json." in said


@pytest.mark.parametrize(
    ("rows", "caption"),
    [
        (8, "All values are kept"),
        (4, "2 of 4, the country's own deeds first; the others stand in the review. All values are kept"),
    ],
)
def test_a_table_that_leaves_conflicts_out_says_so(rows: int, caption: str) -> None:
    _, table = brief_known.differing(Writer(review(conflicts=(TOPIC, BODY, LAW, ABOUT, VOTE))), rows)
    assert isinstance(table, Table)
    assert plain(table.caption) == caption
    assert words(table.rows[0][0]) == "date of the vote"


def absent(*names: str) -> ReviewData:
    return review(facts=tuple(view(FactView, attribute=f"looked for and not found: {name}") for name in names))


def test_what_was_not_found_is_listed_once_and_asked_of_who_holds_it() -> None:
    writer = Writer(absent("pledge", "roll call", "plan"))
    (_, listed) = brief_known.not_found(writer, 2)
    assert isinstance(listed, BulletList)
    assert words(listed.items[0]) == "pledge; roll call; 1 more, in the review"
    asked = [plain(one.what) for one in asking.asked(writer)]
    assert "Of what was looked for and not found, supply what you hold, or say that there is none." in asked
    assert not any("pledge" in words for words in asked)
    assert not any("looked for" in plain(one.what) for one in asking.asked(Writer(review())))


def picture(data: ReviewData) -> Figure:
    (found,) = [block for block in glance(Writer(data, full=False)) if isinstance(block, Figure)]
    return found


def test_without_a_commitment_the_first_page_shows_how_new_the_figures_are() -> None:
    new = statistic("new", *range(1, 10))
    figure = picture(review(objective(1, statistics=(new,)), statistics=(new,), sources=(view(SourceView, key=""),)))
    assert "Each cell" not in plain(figure.caption)
    assert "1 Objective A: 2023, 1 series; " in figure.alt
    assert "23 Objective W: no series." in figure.alt
    assert figure.table is not None
    assert [words(cell) for cell in figure.table.rows[0]] == ["1 Objective A", "2023", "1"]
    (brief,) = [block for block in brief_paper(review()).blocks if isinstance(block, Figure)]
    assert brief.table is None


def test_with_a_commitment_it_shows_the_strip_whose_alternative_text_is_its_own_cells() -> None:
    figure = picture(review(objective(7, commitment("A", report(1.0)))))
    assert "Each cell" in plain(figure.caption)
    assert "Objective 7, Objective G (done)." in figure.alt
    assert "table below" not in figure.alt


@pytest.mark.parametrize(
    ("without", "questions", "said"),
    [
        (("Deaths", "Visas"), (), "Deaths; Visas"), ((), ("Is it so?", "Who says?"), "Is it so? Who says?"),
        (("Deaths",), ("Is it so?",), "Deaths. Is it so?"), ((), (), "–"),
    ],
)  # fmt: skip
def test_questions_stand_after_each_other_without_a_semicolon(
    without: tuple[str, ...], questions: tuple[str, ...], said: str
) -> None:
    given: dict[str, Any] = {"without_data": without, "questions": questions}
    _, table = unknown_objectives(Writer(review()), [objective(1, **given)])
    assert isinstance(table, Table)
    assert words(table.rows[0][2]) == said


def test_a_cell_says_how_many_of_its_series_are_new_where_not_all_are() -> None:
    new, old = statistic("new", *range(1, 10)), statistic("old", 1, 2)
    some, every = objective(1, statistics=(new, old, old)), objective(2, statistics=(new,))
    data = review(some, every, statistics=(new, old))
    alt = freshness(Writer(data), "strip", table=False).alt
    assert "3 series, 1 new" in alt
    assert "1 series;" in alt or "1 series." in alt


def test_the_table_of_newer_series_leaves_out_context_first_and_keeps_what_is_judged() -> None:
    years = range(1, 10)
    context = [statistic(f"a{place}", *years, direction="none", context="outside") for place in range(4)]
    judged = [statistic(f"z{place}", *years, objectives=(9,)) for place in range(3)]
    writer = Writer(review(statistics=(*context, *judged), sources=(view(SourceView, key=""),)))
    _, table = brief_known.newer(writer, 1)
    assert isinstance(table, Table)
    named = [words(row[0]) for row in table.rows]
    assert len(named) == 1 + brief_known.MORE_SERIES
    assert [name for name in named if "z" in name] == named[-3:]

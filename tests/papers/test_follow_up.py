"""Two cycles side by side: only what has a newer figure is compared, and no column of zeros is printed."""

from dataclasses import replace
from typing import Any

from tests.papers.views import objective, review, statistic, view
from waymark.engines.printing.blocks import BulletList, Table
from waymark.engines.printing.reading import words
from waymark.papers.follow_up import comparison, recommended
from waymark.papers.words import plain
from waymark.papers.writer import Writer
from waymark.queries.reviews.views import ComparisonRow, FactView, FindingView, ReviewData


def row(number: int, **given: Any) -> ComparisonRow:
    said = {
        "improving_before": (0, 0), "improving_now": (0, 0), "newer_before": (0, 0, 0), "newer_now": (0, 0, 0),
    } | given  # fmt: skip
    return view(ComparisonRow, objective=number, **said)  # type: ignore[no-any-return]


def data(*rows: ComparisonRow) -> ReviewData:
    old, new = statistic("old", 1, 2), statistic("new", *range(1, 10))
    return review(
        statistics=(old, new), comparison=rows, previous_cycle="imrf-2022", previous_cycle_title="Forum of then",
    )  # fmt: skip


def said(*rows: ComparisonRow) -> tuple[str, Table | None]:
    opening, *rest = comparison(Writer(data(*rows)))
    table = next((block for block in rest if isinstance(block, Table)), None)
    return plain(opening.runs), table  # type: ignore[union-attr]  # a lead


def test_only_series_with_a_newer_figure_are_compared_and_nothing_is_counted_that_is_not_known() -> None:
    collapse = row(1, improving_before=(4, 6), too_old_now=6)
    moved = row(2, newer=3, newer_before=(0, 1, 1), newer_now=(1, 0, 2))
    opening, table = said(collapse, moved)
    assert opening.endswith(
        "Of 2 series 1 has a figure of a later year than 2022. The other 1 tells nothing of the time between. Only "
        "series with a later figure are compared. Neither cycle has a commitment on record, so none is counted."
    )
    assert table is not None
    assert [plain(column.head) for column in table.columns] == ["Objective", "Improving before", "Improving now"]
    assert [[words(cell) for cell in line] for line in table.rows] == [
        ["2 Objective B", "0 of 1; 1 at its limit", "1 of 1; 2 at their limit"]
    ]
    opening, table = said(collapse)
    assert table is None
    assert opening.startswith("Of 2 series 1 has a figure of a later year than 2022.")
    assert (
        "None of them can be called better or worse, so no category is compared. Their figures stand under " in opening
    )
    assert "column" not in opening
    assert "only" not in opening.casefold()


def test_with_commitments_on_record_every_objective_stands_and_each_head_stands_alone() -> None:
    opening, table = said(row(1), row(2, commitments_now=3, completed_now=1, newer_now=(1, 1, 0)))
    assert "Neither cycle" not in opening
    assert table is not None
    assert [plain(column.head) for column in table.columns][1:] == [
        "Commitments before", "Commitments now", "Completed before", "Completed now", "Improving before",
        "Improving now",
    ]  # fmt: skip
    assert [[words(cell) for cell in line][1:] for line in table.rows] == [
        ["0", "0", "0", "0", "–", "–"], ["0", "3", "0", "1", "–", "1 of 2"],
    ]  # fmt: skip


def test_what_would_help_stands_in_the_review_too_and_findings_are_named_where_they_stand() -> None:
    asked_of = replace(data(), findings=(), facts=(view(FactView, attribute="looked for and not found: a plan"),))
    blocks = recommended(Writer(asked_of))
    (listed,) = [one for one in blocks if isinstance(one, BulletList)]
    assert plain(listed.items[0]) == "Say who would publish a review; it is not known here."
    assert recommended(Writer(replace(asked_of, publishing_body="Office")))[1:] == ()
    finding = view(FindingView, kind="progress", text="x")
    told = replace(asked_of, objectives=(replace(objective(5), findings=(finding,)),))
    lead = recommended(Writer(told))[0]
    assert plain(lead.runs) == "This review makes no recommendation. 1 finding stands under objective 5."  # type: ignore[union-attr]  # a lead
    held = [replace(objective(number), findings=(finding,)) for number in (1, 2, 3, 5, 6)]
    for objectives, said in (((*held, objective(7)), "objectives 1–3, 5, 6"), (held, "all 5 objectives")):
        lead = recommended(Writer(replace(asked_of, objectives=tuple(objectives))))[0]
        assert plain(lead.runs).endswith(f"5 findings stand under {said}.")  # type: ignore[union-attr]  # a lead

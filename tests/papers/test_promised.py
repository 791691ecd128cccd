"""What is promised and asked: who says it is done, where voices differ, and everything overdue with its lead."""

from dataclasses import replace
from typing import Any

import pytest

from tests.papers.views import commitment, objective, report, review, view
from waymark.engines.printing.blocks import BulletList
from waymark.engines.printing.reading import words
from waymark.papers import asking
from waymark.papers.brief import brief_paper
from waymark.papers.brief_record import voices as voices_table
from waymark.papers.front import numbers, reading
from waymark.papers.matters import matters
from waymark.papers.objectives import findings
from waymark.papers.principles import principles
from waymark.papers.words import plain
from waymark.papers.writer import Writer
from waymark.queries.commitments.views import CommitmentView
from waymark.queries.reviews.views import EditionNumber, FindingView, PrincipleView, ReviewData
from waymark.queries.sources.views import SourceView


def sentence(data: ReviewData, head: str) -> tuple[str, str]:
    found = matters(Writer(data, objective_links=False)).items
    return next((plain(one.says), plain(one.source)) for one in found if plain(one.head) == head)


def rated(code: str, lead: float, society: float | None = None, **given: Any) -> CommitmentView:
    others = () if society is None else (report(society, "civil_society", "Society"),)
    return commitment(code, report(lead), *others, **given)


DONE: dict[str, Any] = {"state": "completed"}


def test_of_what_is_completed_it_is_said_who_says_so() -> None:
    alone, same, lower = rated("A", 1, **DONE), rated("B", 1, 1, **DONE), rated("C", 1, 0.5, **DONE)
    silent, going = commitment("D", **DONE), rated("E", 1, 0.5)
    seen = commitment("F", report(1.0), report(1.0, "secretariat", "Office"), **DONE)
    says, _ = sentence(review(objective(1, alone, same, lower, silent, going, seen)), "Where it stands")
    assert says.endswith(
        "0 are overdue. Of the 5 completed, implementers alone rate 1; civil society rates 1 lower than the lead."
    )
    says, _ = sentence(review(objective(1, same, going)), "Where it stands")
    assert says.endswith("0 are overdue.")


def test_where_society_sees_less_it_is_said_where_it_sees_as_much_or_more() -> None:
    items = rated("A", 0.75, 0.5), rated("B", 0.75, 0.75), rated("C", 0.5, 0.75), rated("D", 0.75, 0.25)
    says, source = sentence(review(objective(1, *items)), "Society sees less done")
    assert says.endswith("Of all 4 that both rated: 2 lower, 1 the same, 1 higher.")
    assert source.endswith("latest ratings")
    other = commitment(
        "A", report(0.75, period="Spring", state="submitted"), report(0.5, "civil_society", "Society", period="Autumn"),
    )  # fmt: skip
    says, source = sentence(review(objective(1, other)), "Society sees less done")
    assert says.endswith("Of all 1 that both rated: 1 lower.")
    assert source.endswith("latest ratings; 1 of two periods, 1 not accepted")


def test_ratings_of_another_period_than_the_leads_say_theirs() -> None:
    items = [
        commitment(code, report(0.75, period="Spring"), report(0.5, "secretariat", "Office", period="Spring"),
                   report(0.25, "civil_society", "Society", period="Autumn"))
        for code in "ABC"
    ]  # fmt: skip
    _, table = voices_table(Writer(review(objective(1, *items))), 5)
    cells = [words(cell) for cell in table.rows[0]]  # type: ignore[union-attr]  # a table it is
    assert cells[2:] == ["0.75", "0.5", "0.25 Society (Autumn; lead: Spring)"]


def late(code: str, *leads: str, **given: Any) -> CommitmentView:
    return commitment(code, overdue=True, due="2026-01-01", leads=leads, **given)


def asks(data: ReviewData) -> list[tuple[str, str]]:
    return [(plain(one.what), plain(one.of)) for one in asking.asked(Writer(data, objective_links=False))]


def test_everything_overdue_is_asked_for_once_of_who_leads_it() -> None:
    items = (
        late("A", "Justice"), late("B", "Union", "Chamber"), late("C", "Justice"), late("D"),
        late("F1", "Justice", kind="follow_up"), late("F2", "Towns", kind="follow_up", state="agreed", title="Keep."),
        late("F3", "Regions", kind="follow_up", state="agreed", title="Write it."),
    )  # fmt: skip
    data = review(objective(1, *items), publishing_body="Committee")
    assert asks(data) == [
        ("Set a new date for 5 overdue commitments, or drop them and say why: A, C, F1 (Justice); B (Union; Chamber); "
         "D.", ""),
        ("Start: Keep (F2, due 1 January 2026), Write it (F3, due 1 January 2026).", "Towns; Regions"),
    ]  # fmt: skip


def test_of_very_many_the_rest_stands_in_the_review() -> None:
    items = [late(f"C{place:02}", "Justice") for place in range(asking.MOST_LATE + 2)]
    data = review(objective(1, *items), publishing_body="Committee")
    ((what, _),) = asks(data)
    assert what.endswith("C11 (Justice); 2 others that the review lists.")
    facts = {plain(name): plain(value) for name, value in numbers(Writer(data))[0].items}  # type: ignore[union-attr]
    assert facts["Overdue"].startswith("14 commitments; due 1 January 2026: C00, C01, ")
    assert facts["Overdue"].endswith(", C13")
    calm = review(objective(1, commitment("A")))
    assert {plain(name): plain(value) for name, value in numbers(Writer(calm))[0].items}["Overdue"] == "none"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("edition", "said"),
    [
        (None, "Working copy, not cleared and not published."),
        (EditionNumber(2, 1, "2022-05-12"), "Edition 2, replaces edition 1 of 12 May 2022."),
    ],
)
def test_a_brief_says_which_copy_it_is(edition: EditionNumber | None, said: str) -> None:
    for data in (review(objective(1, commitment("A"))), review()):
        document = brief_paper(replace(data, edition=edition))
        assert words(document.blocks[0].runs).startswith(f"{said} For co-chairs")  # type: ignore[union-attr]


RECORD = view(SourceView, key="record:findings", kind="record", title="findings of the review")
PAPER = view(SourceView, key="paper", kind="document", title="Paper")


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("record:findings", "Done. (no source cited; drafted by the office; confirmed by the country)"),
        ("paper", "Done. (drafted by the office; confirmed by the country)"),
        ("record:findings\npaper", "Done. (drafted by the office; confirmed by the country)"),
    ],
)
def test_a_finding_is_no_source_of_itself(key: str, said: str) -> None:
    finding = view(FindingView, kind="progress", text="Done.", drafted_by="the office", confirmed=True, source=key)
    tied = view(PrincipleView, title="Human rights", findings=(finding,))
    data = review(objective(1, findings=(finding,)), sources=(RECORD, PAPER), principles=(tied,))
    writer = Writer(data)
    (block,) = findings(writer, (finding,))
    assert plain(block.items[0]) == f"Progress: {said}"  # type: ignore[union-attr]  # a list it is
    _, table = principles(writer)
    assert words(table.rows[0][2]) == said  # type: ignore[union-attr]  # a table it is
    (_, source) = sentence(replace(data, objectives=data.objectives), "What was done")
    assert source.endswith(", no source cited") == (key == "record:findings")


@pytest.mark.parametrize(
    ("audience", "items", "said"),
    [("public", (commitment("A"),), True), ("network", (commitment("A"),), False), ("public", (), False)],
)
def test_an_edition_for_the_public_says_that_it_holds_public_records_only(
    audience: str, items: tuple[CommitmentView, ...], said: bool
) -> None:
    blocks = reading(Writer(review(objective(1, *items), audience=audience)))
    told = [plain(item) for block in blocks if isinstance(block, BulletList) for item in block.items]
    assert any(one.startswith("This edition is for the public. ") for one in told) == said

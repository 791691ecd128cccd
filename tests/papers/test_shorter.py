"""The shorter print of a review: each thing once, the three voices apart, and the rest as data beside it."""

import csv
import io
from dataclasses import replace
from typing import Any

import pytest

from tests.papers.views import commitment, objective, report, review, statistic, view
from waymark.engines.indicators.methods import METHODS
from waymark.engines.printing.blocks import BulletList, CitationList, Heading, Notice, Paragraph, Table
from waymark.engines.printing.reading import words
from waymark.papers.closing import annexes, conflicts
from waymark.papers.commitments import sole_bodies, voices_table
from waymark.papers.evidence import proofs, told_beside
from waymark.papers.files import data_files
from waymark.papers.listing import source_list
from waymark.papers.methods import CLASSES, differ, method_words
from waymark.papers.missing import gaps_in_short, gaps_legend, without_commitment
from waymark.papers.objectives import objectives
from waymark.papers.process import members_table
from waymark.papers.statistics import set_off
from waymark.papers.words import marked, plain
from waymark.papers.writer import Writer
from waymark.queries.documents.views import EvidenceView
from waymark.queries.indicators.views import AlternativeView, AssessmentView, CourseView, Observation
from waymark.queries.networks.views import MemberView, NetworkView
from waymark.queries.organisations.views import OrganisationView
from waymark.queries.reviews.views import ClaimView, ConflictView, FindingView, GapView, ReviewData
from waymark.queries.sources.views import SourceView


def shorter(data: ReviewData) -> Writer:
    return Writer(data, full=False)


def cells(table: Table, row: int) -> list[str]:
    return [words(cell) for cell in table.rows[row]]


def test_each_voice_keeps_its_own_column_with_words_body_and_period() -> None:
    item = commitment(
        "M-A",
        report(0.75, organisation="Lead", narrative="Half is built.", period="Spring"),
        report(0.5, "secretariat", "Office", narrative="Seen.", period="Spring"),
        report(0.0, "civil_society", "Union", narrative="Nobody came.", period="Autumn"),
        report(0.25, "civil_society", "Club", narrative="One came.", period="Autumn"),
    )
    data = review(objective(1, item))
    assert sole_bodies(data) == {"secretariat": "Office"}
    table = voices_table(shorter(data), (item,), marked("Table"), "table", {})
    _, _, implementer, secretariat, society = cells(table, 0)
    assert implementer == "0.75: Half is built. (Spring)", "the only lead is named beside the commitment"
    assert secretariat == "0.5: Seen. (Spring)", "the only body of a voice is named once, before the chapters"
    assert society == "0: Nobody came. (Union, Autumn); 0.25: One came. (Club, Autumn)"


def test_a_report_says_how_far_it_is_and_how_it_came() -> None:
    said = {"state": "submitted", "entered_from": "Sheet", "correction": "A slip", "organisation": "Other"}
    item = commitment("M-A", report(0.5, period="Spring", **said))
    cell = cells(voices_table(shorter(review(objective(1, item))), (item,), (), "t", {}), 0)[2]
    assert cell == "0.5 (submitted) (Other, Spring) (entered for it from Sheet) (corrects an earlier report: A slip)"


def test_the_state_holds_the_reason_of_an_end_and_the_day() -> None:
    ended = commitment("M-A", state="dropped", reason="No money.", due="2024-05-01")
    late = commitment("M-B", due="2024-05-01", overdue=True)
    table = voices_table(shorter(review(objective(1, ended, late))), (ended, late), (), "t", {})
    assert cells(table, 0)[1] == "✕ dropped: No money. Due 1 May 2024"
    assert cells(table, 1)[1] == "◐ under way; due 1 May 2024 · overdue"


def cited(source: str, **given: Any) -> EvidenceView:
    return view(
        EvidenceView, **({"title": "Paper", "about_country": True, "source": source, "cited_in": "M-A"} | given)
    )


def test_evidence_is_a_number_beside_its_commitment_unless_more_is_to_be_said() -> None:
    sources = tuple(view(SourceView, key=key, kind="document", title=key) for key in "abcd")
    writer = shorter(review(sources=sources))
    items = (
        cited("a"), cited("a"), cited("b", quotation="Nobody came."), cited("c", cited_in="finding"),
        cited("d", cited_in="finding"), cited("a", about_country=False), cited("a", flags=("scanned",)),
        cited("a", newer_edition="Second"),
    )  # fmt: skip
    assert {code: [one.source for one in found] for code, found in proofs(items).items()} == {"M-A": ["a", "b"]}
    named = proofs((items[0], cited("", title="Photographs."), cited("", title="Photographs.")))
    cell = cells(voices_table(writer, (commitment("M-A"),), (), "t", named), 0)[0]
    assert cell.endswith(". Evidence:. Named, no document held: Photographs")
    (block,) = told_beside(items, {"d"}, writer)
    assert isinstance(block, BulletList)
    told = [words(item) for item in block.items]
    said = [line.partition(" (")[2].partition(")")[0].removeprefix("cited ") for line in told]
    assert said == [
        "in a report on M-A", "by a finding", "in a report on M-A; not about this country in particular",
        "in a report on M-A", "in a report on M-A; a newer version exists: Second",
    ]  # fmt: skip
    assert told_beside(items[:2], set(), writer) == []


GAPS = (
    GapView("no figure", "Housing", "A figure from ILO or the national statistical office is needed", "Housing (ILO)"),
    GapView("too old", "Work", "A figure of a later year is needed"),
    GapView("report missing", "M-A Build", "A progress report of the leading organisation is needed", "M-A"),
    GapView("no evidence", "M-A Build", "A document that shows the progress is needed", "M-A"),
    GapView("no evidence", "This objective", "A document about this country is needed"),
    GapView("no commitment", "This objective", "A measure is needed"),
)


def test_what_is_missing_is_one_paragraph_whose_needs_a_legend_says_once() -> None:
    (block,) = gaps_in_short(GAPS)
    assert isinstance(block, Notice)
    (paragraph,) = block.blocks
    assert isinstance(paragraph, Paragraph)
    assert words(paragraph.runs) == (
        "What is missing. No figure: Housing (ILO). Report missing: M-A. No evidence: M-A; This objective."
    )
    assert gaps_in_short(GAPS[1:2]) == []
    (legend,) = gaps_legend([objective(1, gaps=GAPS), objective(2, gaps=GAPS)])
    assert isinstance(legend, Notice)
    (rows,) = legend.blocks
    assert isinstance(rows, BulletList)
    assert [words(item) for item in rows.items] == [
        "No figure: a figure is needed from the producer in brackets or from the national statistical office.",
        "Report missing: a progress report of the leading organisation is needed.",
        "No evidence: a document that shows the progress is needed; or a document about this country is needed.",
    ]
    assert gaps_legend([objective(1, gaps=GAPS[1:2])]) == []


@pytest.mark.parametrize(
    ("without", "said"),
    [
        ((3,), "No commitment is on record for objective 3. A measure is needed."),
        ((3, 9), "No commitment is on record for objectives 3, 9. A measure is needed."),
        (tuple(range(1, 24)), "No commitment is on record for any objective. A measure is needed."),
    ],
)
def test_objectives_without_a_commitment_are_named_once(without: tuple[int, ...], said: str) -> None:
    data = review(*(objective(number, gaps=GAPS[5:] if number in without else ()) for number in range(1, 24)))
    (block,) = without_commitment(shorter(data))
    assert isinstance(block, Notice)
    assert [words(one.runs) for one in block.blocks if isinstance(one, Paragraph)] == [said]
    assert without_commitment(shorter(review(objective(1, commitment("M-A"))))) == []


def seen(series: str, year: int, *values: float, **given: Any) -> Any:
    """A series whose last figure is of a year, with its course."""
    observations = tuple(
        view(Observation, year=year - len(values) + 1 + place, value=value, source="s")
        for place, value in enumerate(values)
    )
    course = CourseView(None, None, None, None, year, values[-1], "", "", None, None, "")
    known = statistic(series, *values, course=course, title=f"Share of {series}", **given)
    return replace(known, observations=observations)


def told(data: ReviewData, *, full: bool) -> list[Any]:
    return list(objectives(Writer(data, full=full)))


def test_an_old_figure_is_a_sentence_and_one_from_elsewhere_its_latest() -> None:
    source = (view(SourceView, key="s", kind="dataset", title="Rows"),)
    old, new = seen("old", 2017, 40.0, 50.0), seen("new", 2024, 60.0, 70.0)
    far = seen("far", 2017, 20.0, 30.0, objectives=(5, 1))
    data = review(objective(1, statistics=(old, new, far)), objective(5, statistics=(far,)), sources=source)
    blocks = told(data, full=False)
    lists = [block for block in blocks if isinstance(block, BulletList)]
    assert [block.anchors for block in lists] == [("statistic-old",), (), ("statistic-far",)]
    assert words(lists[0].items[0]).startswith("Share of old: 50 per cent in 2017.")
    assert words(lists[1].items[0]) == "Share of far: 30 per cent in 2017. [too few figures; old] In full: objective 5."
    anchors = [block.anchor for block in blocks if isinstance(block, Heading)]
    assert "statistic-new" in anchors
    assert {"statistic-old", "statistic-new"} <= {
        block.anchor for block in told(data, full=True) if isinstance(block, Heading)
    }


def test_a_chapter_without_record_says_so_only_in_a_full_print() -> None:
    finding = view(FindingView, kind="progress", text="It went well.")
    data = review(objective(1, statistics=(seen("new", 2024, 1.0, 2.0),)), objective(2, findings=(finding,)),
                  sources=(view(SourceView, key="s", kind="dataset", title="Rows"),))  # fmt: skip
    short = [block.anchor for block in told(data, full=False) if isinstance(block, Heading)]
    assert "objective-1-commitments" not in short
    assert "objective-2-findings" in short
    assert "objective-3" not in short, "nothing is known of it: it is a line of a table"
    whole = [block.anchor for block in told(data, full=True) if isinstance(block, Heading)]
    assert {"objective-1-commitments", "objective-2-evidence", "objective-3"} <= set(whole)


def test_a_name_at_the_start_is_set_off_with_its_numerals() -> None:
    runs = set_off(marked("Young people aged 15 to 24: 9 in 2020."), "Young people aged 15 to 24")
    assert plain(tuple(run for run in runs if run.style == "strong")) == "Young people aged 15 to 24"
    assert plain(runs) == "Young people aged 15 to 24: 9 in 2020."
    assert set_off(marked("Other words"), "Young") == marked("Other words")


DATASET = {"kind": "dataset", "publisher": "Office", "title": "Tables", "licence": "Free", "sha256": "a" * 64}
SOURCES = (
    view(SourceView, key="a", series="x:A", years="2010", locator="file a", **DATASET),
    view(SourceView, key="b", series="x:B", years="2011", locator="file b", **DATASET),
    view(SourceView, key="c", kind="document", publisher="Ministry", title="Plan", sha256="c" * 64, locator="line"),
)


def test_sources_of_one_dataset_share_what_they_have_in_common() -> None:
    def entries(*, full: bool) -> list[tuple[int, str, str]]:
        (block,) = [
            one
            for one in annexes(Writer(review(sources=SOURCES), full=full), range(1, 99))
            if isinstance(one, CitationList)
        ]
        return [(entry.number, words(entry.under), words(entry.runs)) for entry in block.entries]

    assert entries(full=False) == [
        (1, "Office. Tables. Licence Free", "Series x:A. Year 2010"),
        (2, "Office. Tables. Licence Free", "Series x:B. Year 2011"),
        (3, "", "Ministry. Plan. Line"),
    ]
    assert entries(full=True)[0][2] == f"Series x:A. Year 2010. File a. File SHA-256 {'a' * 64}"
    assert entries(full=True)[2][2] == f"Ministry. Plan. Line. File SHA-256 {'c' * 64}"


def test_what_is_not_known_of_sources_is_said_once_and_a_mirror_is_named() -> None:
    place = "file a.csv; obtained through a public mirror: office/tables at 1bfae158"
    sources = tuple(replace(one, retrieved="unknown", locator=place) for one in SOURCES[:2])
    (line, listed) = source_list(shorter(review(sources=(*sources, SOURCES[2]))), range(1, 99))
    assert isinstance(line, Paragraph)
    assert words(line.runs) == "Where no day of retrieval and no date of a document stands, none is known."
    assert isinstance(listed, CitationList)
    assert {words(entry.under) for entry in listed.entries} == {
        "Office. Tables. Licence Free. Obtained through a public mirror: office/tables at 1bfae158", "",
    }  # fmt: skip
    known = replace(SOURCES[2], date="2020-01-02")
    left_out = source_list(shorter(review(sources=(known, known))), {2})
    assert [[one.number for one in block.entries] for block in left_out if isinstance(block, CitationList)] == [[2]]
    assert plain(left_out[-1].runs).startswith("1 number is left out here")  # type: ignore[union-attr]  # a paragraph
    (listed,) = source_list(shorter(review(sources=(known,))), {1})
    assert isinstance(listed, CitationList)
    assert words(listed.entries[0].runs).startswith("Ministry. Plan. Dated 2 January 2020.")


def test_a_figure_that_is_not_shown_cites_its_sources_once() -> None:
    others = tuple(view(AlternativeView, year=2016, value=9.0, source=key) for key in "aba")
    other = statistic("Rate", 1.0, 2.0, alternatives=others)
    data = review(statistics=(other,), sources=(*SOURCES, view(SourceView, key="", title="Yearbook")))
    (table, _) = [one for one in conflicts(shorter(data)) if isinstance(one, Table)]
    assert cells(table, 0)[0] == "Rate Rate"
    assert [run.cites for run in table.rows[0][5] if run.cites] == [(1, 2)]


@pytest.mark.parametrize(
    ("one", "two", "apart"),
    [
        (("stagnation", False), ("on track", False), True), (("stagnation", False), ("deterioration", False), False),
        (("stagnation", False), ("limited", False), False), (("fair", True), ("limited", False), True),
        (("fair", True), ("moderate", True), False), (("on track", True), ("", None), True),
        (("", None), ("", None), False), (("on track", False), ("achieved", False), False),
    ],
)  # fmt: skip
def test_methods_differ_where_their_classes_share_nothing(
    one: tuple[str, bool | None], two: tuple[str, bool | None], apart: bool
) -> None:
    assert differ([view(AssessmentView, category=name, improving=better) for name, better in (one, two)]) is apart


def test_every_class_of_a_method_has_its_part_of_the_way() -> None:
    assert {one.code for method in METHODS.values() for one in method.categories} == CLASSES.keys()


def test_a_method_names_a_source_once() -> None:
    said = [plain(method_words(method, first=True)) for method in METHODS]
    assert all(line.count(" adopted by EUSTAT") <= 1 for line in said)
    assert any("EUSTAT" in line for line in said)


def test_the_shorter_print_says_where_the_rest_lies() -> None:
    data = review(sources=SOURCES)
    (table,) = [one for one in annexes(shorter(data), ()) if isinstance(one, Table)]
    named = {words(row[0]): int(row[2][0].value) for row in table.rows}
    files = {name: text for name, text in data_files(data).items() if name.endswith(".csv")}
    assert named == {name: len(list(csv.reader(io.StringIO(text.decode())))) - 1 for name, text in files.items()}
    anchors = [one.anchor for one in annexes(Writer(data), ()) if isinstance(one, Heading)]
    assert anchors == ["index-indicators", "index-organisations", "sources"]


def test_members_of_one_role_share_a_row_and_one_source_is_cited_once() -> None:
    def member(name: str, role: str, source: str = "a") -> MemberView:
        body = view(OrganisationView, name=name, urn=name)
        return view(MemberView, organisation=body, role=role, since="2020", source=source)

    chair, first, second = member("A", "chair"), member("B", "member"), member("C", "member")
    writer = shorter(review(sources=SOURCES))
    table, line = members_table(writer, view(NetworkView, name="Network", members=(chair, first, second)))
    assert isinstance(table, Table)
    assert isinstance(line, Paragraph)
    assert [[words(cell) for cell in row] for row in table.rows] == [["chair", "2020", "A"], ["member", "2020", "B; C"]]
    assert [run.cites for run in line.runs if run.cites] == [(1,)]
    assert not [run for row in table.rows for cell in row for run in cell if run.cites]
    apart = (chair, first, replace(second, source="b"))
    (table,) = members_table(writer, view(NetworkView, name="Network", members=apart))
    assert isinstance(table, Table)
    assert [run.cites for cell in table.rows[1] for run in cell if run.cites] == [(1,), (2,)]


def test_a_conflict_is_told_with_every_value_source_and_rule() -> None:
    claims = (ClaimView("14", "a", True, ""), ClaimView("13", "c", False, "", "An older list."))
    data = review(sources=SOURCES, conflicts=(ConflictView("urn", "Members", "number", claims, "The newer list."),))
    (block,) = [one for one in conflicts(shorter(data)) if isinstance(one, BulletList)]
    assert words(block.items[0]) == (
        "Members: number. 14 ● chosen (Office: Tables); 13 (Ministry: Plan; An older list). Rule: The newer list."
    )
    same = tuple(replace(claim, note="None is chosen.") for claim in claims)
    data = review(sources=SOURCES, conflicts=(ConflictView("urn", "", "Members", same, ""),))
    (block,) = [one for one in conflicts(shorter(data)) if isinstance(one, BulletList)]
    assert words(block.items[0]) == "Members. 14 ● chosen (Office: Tables); 13 (Ministry: Plan). None is chosen."

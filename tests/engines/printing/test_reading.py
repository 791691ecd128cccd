from dataclasses import replace

import pytest

from tests.engines.printing.samples import empty, holding, one, plain_text, rich
from waymark.engines.printing.blocks import Block, Column, Heading, Notice, PageBreak, Paragraph, Run, Table
from waymark.engines.printing.reading import direction, held, in_print_order, plan, printable, safe_href


def with_blocks(*blocks: Block) -> object:
    return replace(empty(), blocks=blocks)


@pytest.mark.parametrize(
    ("tag", "side"),
    [
        ("en", "ltr"),
        ("ar", "rtl"),
        ("he-IL", "rtl"),
        ("az-Arab", "rtl"),
        ("ur-Latn", "ltr"),
        ("ka-GE", "ltr"),
        ("", "ltr"),
    ],
)
def test_direction_follows_script_then_language(tag: str, side: str) -> None:
    assert direction(tag) == side


@pytest.mark.parametrize(
    ("blocks", "problem"),
    [
        ((Heading(2, one("a"), "a"),), "level 2 after level 0"),
        ((Heading(1, one("a"), "a"), Heading(3, one("b"), "b")), "level 3 after level 1"),
        ((Heading(0, one("a"), "a"),), "level 0"),
        ((Heading(1, one("a"), "a"), Heading(1, one("b"), "a")), "'a' is used twice"),
        ((Table(one("t"), (), ()),), "no columns"),
        ((Table(one("t"), (Column(one("a")),), ((one("x"), one("y")),)),), "1 columns, row 1 2 cells"),
        ((Notice("gap", (), (Heading(2, one("a"), "a"),)),), "level 2"),
    ],
)
def test_a_document_that_is_not_well_made_is_refused(blocks: tuple[Block, ...], problem: str) -> None:
    with pytest.raises(ValueError, match=problem):
        plan(with_blocks(*blocks))  # type: ignore[arg-type]  # a Document


def test_the_plan_holds_headings_and_cited_numbers() -> None:
    found = plan(rich(1))
    assert [heading.level for heading in found.headings] == [1, 1, 2, 3, 3, 1]
    assert found.cited == {1, 2, 3}


def test_the_runs_of_a_document_hold_every_part_in_reading_order() -> None:
    text = plain_text(rich(1))
    parts = [
        "Voluntary review",
        "Published by",
        "Demonstration",
        "Contents",
        "Objective 1",
        "67.5 per cent",
        "no series",
    ]
    places = [text.index(part) for part in parts]
    assert places == sorted(places)
    assert "as published" in text


def test_a_page_break_after_headings_is_made_before_them() -> None:
    words, first, second, cut = Paragraph(one("a")), Heading(1, one("b"), "b"), Heading(2, one("c"), "c"), PageBreak()
    assert in_print_order((words, first, cut, second)) == [words, cut, first, second]
    assert in_print_order((words, cut, first, cut, second, cut)) == [words, cut, first, second]
    assert in_print_order((first, cut, words, cut)) == [cut, first, words, cut]
    assert in_print_order((words, cut, words)) == [words, cut, words]


@pytest.mark.parametrize(
    ("href", "kept"),
    [("#a", True), ("https://a", True), ("mailto:a@example.org", True), ("data:text/html,x", False), ("a/b", False)],
)
def test_only_safe_addresses_are_links(href: str, kept: bool) -> None:
    assert bool(safe_href(href)) is kept


def test_printable_drops_only_what_xml_forbids() -> None:
    assert printable("a\x00\ud800b\t\n\ufffe𐍈") == "ab\t\n𐍈"


def test_a_paragraph_needs_nothing_else() -> None:
    assert plain_text(holding(Run("words"))).splitlines() == ["Nothing yet", "words"]
    assert Paragraph(()).role == "body"


def test_paragraphs_that_open_a_chapter_stay_with_its_first_part() -> None:
    top, part, peer = (
        Heading(2, one("Objective"), "a"),
        Heading(3, one("Statistics"), "b"),
        Heading(2, one("Next"), "c"),
    )
    said, title = Paragraph(one("In our words.")), Paragraph(one("Official title."), "source")
    table = Table(one("t"), (Column(one("A")),), ())
    assert held((top, said, title, part, said, said)) == {1, 2}
    assert held((top, said, table)) == {1}
    assert held((top, said, peer, said)) == frozenset()
    assert held((top, said, PageBreak(), part)) == frozenset()
    assert held((top, said, said, said, said, part)) == frozenset()
    assert held((Heading(4, one("Series"), "d"), said, table)) == frozenset()

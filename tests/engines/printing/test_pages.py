"""A paper as several pages: where each begins, what each carries, and that every link still leads somewhere."""

import re
from dataclasses import replace
from itertools import pairwise

import pytest

from tests.engines.printing.links import Anchors, link_faults
from tests.engines.printing.numerals import unmarked_numerals
from tests.engines.printing.samples import MARKING, SOURCES, chart, code, empty, figure, one, rich, right_to_left, text
from waymark.engines.printing.blocks import (
    BulletList,
    CitationEntry,
    CitationList,
    Contents,
    Figure,
    Heading,
    Notice,
    PageBreak,
    Paragraph,
    PrintedPaper,
    Run,
)
from waymark.engines.printing.html import render_html
from waymark.engines.printing.pages import Companion, Front, Start, render_pages

STARTS = {
    "objectives": Start("chapters/objectives.html"),
    "objective-1": Start("chapters/objective-1.html"),
    "objective-2": Start("chapters/objective-2.html"),
    "sources": Start("chapters/annexes.html", one("Annexes")),
}
FRONT = Front(one("As of a day"), (Companion(one("All chapters"), "#contents"),))
NAMES = ["index.html", *(start.name for start in STARTS.values())]


def pages(
    paper: PrintedPaper | None = None, starts: dict[str, Start] | None = None, front: Front = FRONT
) -> dict[str, str]:
    made = render_pages(paper or rich(2), STARTS if starts is None else starts, front)
    return {name: content.decode() for name, content in made.items()}


def main(page: str) -> str:
    return page.split('<main id="text">', 1)[1].split("</main>")[0]


def shown(html: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())


def test_each_start_begins_a_file_and_the_rest_stands_before_it() -> None:
    made = pages()
    assert list(made) == NAMES
    assert "This review says what was promised" in main(made["index.html"])
    assert "proof of who they are" not in main(made["index.html"])
    assert all("proof of who they are" in main(made[f"chapters/objective-{n}.html"]) for n in (1, 2))
    assert "Objective" not in shown(main(made["chapters/objectives.html"]))
    assert list(pages(starts={})) == ["index.html"]


def test_every_word_of_the_one_page_stands_on_one_of_the_several() -> None:
    whole = shown(main(render_html(rich(2)).decode()))
    several = " ".join(shown(html.split("<body>", 1)[1]) for html in pages().values())
    assert set(whole.split()) <= set(several.split())
    for words in ("Table 1", "Table 2", "Figure 1", "Figure 2"):
        assert several.count(words) == whole.count(words) == 1, "numbers go on from page to page"


def test_every_link_leads_somewhere_and_nothing_is_asked_for() -> None:
    made = render_pages(rich(2), STARTS, FRONT)
    assert link_faults(made) == []
    assert 'href="chapters/objective-1.html#measures-1"' in made["index.html"].decode()
    assert 'href="objective-1.html"' in made["chapters/objectives.html"].decode()
    assert 'href="../index.html"' in made["chapters/objectives.html"].decode()


@pytest.mark.parametrize(
    ("html", "fault"),
    [
        ('<a href="b.html">', "leads to no file"),
        ('<a href="chapters/a.html#x">', "leads to no place"),
        ('<a href="#x">', "leads to no place"),
        ('<a href="/a">', "is not relative"),
        ('<a href="//example.org">', "is not relative"),
        ('<a href="file:///a">', "no address that a page may hold"),
        ('<img src="a.png">', "asks for something"),
        ('<link rel="stylesheet" href="chapters/a.html">', "asks for something"),
        ('<p id="y"><p id="y">', "stands twice"),
        ('<svg aria-labelledby="t">', "nothing is called t"),
    ],
)
def test_the_check_of_links_finds(html: str, fault: str) -> None:
    files = {"index.html": html.encode(), "chapters/a.html": b'<a href="../index.html">'}
    assert [found for found in link_faults(files) if fault in found]
    assert len(link_faults(files)) == 1


def test_a_chart_leads_to_the_page_of_its_anchor() -> None:
    linked = chart(640, 260).replace("<path", '<a href="#far"><path').replace("</svg>", "</a></svg>")
    blocks = (
        Heading(1, one("Near"), "near"),
        Figure(linked, "a chart", one("c"), "strip"),
        Heading(1, one("Far"), "far"),
    )
    paper = replace(empty(), blocks=blocks)
    assert '<a href="#far">' in render_html(paper).decode()
    assert '<a href="far.html">' in pages(paper, {"far": Start("far.html")})["index.html"]
    lost = replace(paper, blocks=blocks[:2])
    with pytest.raises(ValueError, match="a chart links to 'far'"):
        pages(lost)


def test_one_title_on_each_page_and_no_level_is_skipped() -> None:
    for name, html in pages().items():
        levels = [int(level) for level in re.findall(r"<h([1-6])[ >]", html)]
        assert levels[0] == 1, name
        assert levels.count(1) == 1, name
        assert all(after <= before + 1 for before, after in pairwise(levels)), name
    assert '<h1 id="objective-1">' in pages()["chapters/objective-1.html"]
    assert '<h2 id="statistics-1">' in pages()["chapters/objective-1.html"]
    assert "<h1>Annexes</h1>" in pages()["chapters/annexes.html"]
    assert '<h2 id="sources">' in pages()["chapters/annexes.html"]


def test_each_page_carries_the_sources_that_it_cites_and_the_way_back() -> None:
    made = pages()
    for number in (1, 2):
        page = made[f"chapters/objective-{number}.html"]
        assert page.count('id="source-1"') == page.count('id="source-3"') == 1
        back = page.split('id="source-2"', 1)[1].split("</li>")[0]
        assert re.findall(r'href="([^"]*)"', back) == [f"#cite-2-{number + 2}"]
        assert 'href="annexes.html"' in page.split('id="sources-here"')[1]
    assert "sources-here" not in made["index.html"] + made["chapters/annexes.html"]
    entry = made["chapters/annexes.html"].split('id="source-2"', 1)[1].split("</li>")[0]
    assert re.findall(r'href="([^"]*)"', entry) == ["objective-1.html#cite-2-3", "objective-2.html#cite-2-4"]


def test_a_source_that_is_not_cited_on_a_page_does_not_stand_on_it() -> None:
    blocks = (
        Heading(1, one("A"), "a"),
        Paragraph((figure("1", "1", 3),)),
        Heading(1, one("B"), "b"),
        Paragraph((figure("2", "2", 1),)),
        Heading(1, one("C"), "c"),
        SOURCES,
    )
    made = pages(replace(empty(), blocks=blocks), {"b": Start("b.html"), "c": Start("c.html")})
    assert [one for one in Anchors(made["index.html"]).ids if one.startswith("source")] == ["sources-here", "source-3"]
    assert [one for one in Anchors(made["b.html"]).ids if one.startswith("source")] == ["sources-here", "source-1"]


def test_a_source_that_leads_into_the_paper_leads_there_from_every_page() -> None:
    cited = Paragraph((figure("1", "1", 1),))
    entry = CitationList((CitationEntry(1, (text("see a", href="#a"),)),))
    blocks = (Heading(1, one("A"), "a"), cited, Heading(1, one("B"), "b"), cited, Heading(1, one("C"), "c"), entry)
    made = render_pages(replace(empty(), blocks=blocks), {"b": Start("x/b.html"), "c": Start("x/c.html")}, FRONT)
    assert 'href="../index.html#a"' in made["x/b.html"].decode()
    assert [fault for fault in link_faults(made) if "contents" not in fault] == []


def test_the_contents_lead_to_the_files_and_keep_the_old_ids() -> None:
    page = pages()["index.html"]
    contents = page.split("<nav", 2)[2].split("</nav>")[0]
    assert '<li id="objective-1"><a href="chapters/objective-1.html">' in contents
    assert '<li><a href="#reading">' in contents
    assert '<li id="sources"><a href="chapters/annexes.html">' in contents


def test_pages_lead_to_the_one_before_the_one_after_and_up() -> None:
    made = pages()
    turn = made["chapters/objective-1.html"].split('class="turn"')[1]
    assert re.findall(r'class="(\w+)"(?: rel="\w+")? href="([^"]*)"', turn) == [
        ("prev", "objectives.html"),
        ("up", "../index.html#contents"),
        ("next", "objective-2.html"),
    ]
    for number in (1, 2):
        way = made[f"chapters/objective-{number}.html"].split('class="way"')[1].split("</nav>")[0]
        assert re.findall(r'href="([^"]*)"', way) == ["../index.html", "objectives.html"]
    assert re.findall(
        r'href="([^"]*)"', made["chapters/objectives.html"].split('class="way"')[1].split("</nav>")[0]
    ) == ["../index.html"]
    assert 'rel="prev"' not in made["index.html"]
    assert 'rel="next"' not in made["chapters/annexes.html"]
    assert 'class="turn"' not in pages(starts={})["index.html"]


def test_a_page_lists_those_below_it_or_its_parts_from_three_on() -> None:
    made = pages()
    below = made["chapters/objectives.html"].split('class="parts below"')[1].split("</nav>")[0]
    assert re.findall(r'href="([^"]*)"', below) == ["objective-1.html", "objective-2.html"]
    assert 'class="parts' not in made["chapters/objective-1.html"]
    parts = tuple(Heading(2, one(name), name) for name in "abc")
    paper = replace(empty(), blocks=(Heading(1, one("Chapter"), "chapter"), *parts))
    found = pages(paper, {"chapter": Start("c.html")})["c.html"].split('class="parts"')[1].split("</nav>")[0]
    assert re.findall(r'href="([^"]*)"', found) == ["#a", "#b", "#c"]


def test_every_page_stands_alone() -> None:
    for name, html in pages().items():
        assert f'<aside class="marking">{MARKING}</aside>' in html, name
        assert html.count("<style>") == 1, name
        assert "@top-left{content:" in html, name
        assert "default-src 'none'" in html, name
        assert unmarked_numerals(html) == [], name
    titles = {re.search("<title>(.*)</title>", html)[1] for html in pages().values()}  # type: ignore[index]  # each has one
    assert len(titles) == len(NAMES)
    assert "Annexes · Voluntary review of Orvenia" in titles


def test_the_first_page_says_what_it_is_and_folds_the_facts_of_the_cover() -> None:
    files = ((one("Data"), (Companion(one("review.json"), "review.json"),)),)
    page = pages(front=Front((text("As of "), code("8")), FRONT.ways, files))["index.html"]
    head = page.split("<header", 1)[1].split("</header>")[0]
    assert (
        head.index('class="says"') < head.index('class="ways"') < head.index("<details>") < head.index("Published by")
    )
    assert '<h2 id="files">' in page
    assert page.index('id="files"') < page.index("</main>")
    bare = pages(empty(), {}, Front(one("nothing")))["index.html"]
    assert "<nav" not in bare
    assert "<details>" not in bare
    assert 'id="files"' not in bare


def test_a_break_of_pages_between_two_files_is_left_out() -> None:
    made = pages()
    assert 'class="break"' not in main(made["chapters/objective-1.html"])
    assert 'class="break"' not in main(made["chapters/objective-2.html"])
    assert 'class="break"' in main(made["index.html"]), "one within a page stays"


def test_a_legend_stands_at_the_end_of_the_text_before_the_sources() -> None:
    legend = (Notice("note", one("Marks"), (BulletList((one("[old]"),)),)),)
    starts = {**STARTS, "objective-1": replace(STARTS["objective-1"], legend=legend)}
    page = pages(starts=starts)["chapters/objective-1.html"]
    assert page.index("measures-1") < page.index("[old]") < page.index("sources-here")
    assert "[old]" not in "".join(html for name, html in pages(starts=starts).items() if "objective-1" not in name)


def test_pages_from_right_to_left_say_so() -> None:
    for html in pages(right_to_left(), {"a": Start("a.html")}).values():
        assert '<html lang="ar" dir="rtl">' in html


def test_the_same_document_gives_the_same_pages() -> None:
    assert pages() == pages()


def test_a_page_may_be_empty() -> None:
    paper = replace(empty(), blocks=(Contents(one("Contents")), PageBreak(), Heading(1, (Run("A"),), "a")))
    made = pages(paper, {"a": Start("a.html")})
    assert main(made["a.html"]).strip() == ""

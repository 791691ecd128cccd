from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from tests.engines.printing.numerals import unmarked_numerals
from tests.engines.printing.samples import (
    GEORGIAN,
    MARKING,
    SOURCES,
    chart,
    data_table,
    empty,
    figure,
    holding,
    one,
    rich,
    right_to_left,
    text,
    wide_table,
)
from waymark.engines.printing.blocks import (
    BulletList,
    CitationEntry,
    CitationList,
    Contents,
    Figure,
    Heading,
    Notice,
    Paragraph,
    Run,
)
from waymark.engines.printing.html import render_html
from waymark.engines.printing.markup import css_string


class Tags(HTMLParser):
    """Every start tag with its attributes, and the text in reading order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.text: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {key: value or "" for key, value in attrs}))

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.tags if name == tag]


def page(paper: object) -> Tags:
    return Tags(render_html(paper).decode())  # type: ignore[arg-type]  # a Document


def body(*runs: Run) -> str:
    return render_html(holding(*runs)).decode().split("<main", 1)[1]


def test_the_page_names_its_language_direction_and_title() -> None:
    tags = page(right_to_left())
    assert tags.all("html") == [{"lang": "ar", "dir": "rtl"}]
    assert "<title>المراجعة الطوعية</title>" in render_html(right_to_left()).decode()


def test_the_first_link_leads_to_the_text() -> None:
    tags = page(rich())
    assert tags.all("a")[0] == {"class": "skip", "href": "#text"}
    assert tags.all("main") == [{"id": "text"}]


def test_nothing_is_asked_from_elsewhere() -> None:
    html = render_html(rich()).decode()
    tags = Tags(html)
    assert not tags.all("script")
    assert not tags.all("link")
    assert not tags.all("img")
    assert not [attributes for _, attributes in tags.tags if "src" in attributes or "srcset" in attributes]
    style = html.split("<style>")[1].split("</style>")[0]
    assert "url(" not in style
    assert "@import" not in style
    assert "default-src 'none'" in html


def test_ids_are_unique_and_every_inner_link_has_its_target() -> None:
    tags = page(rich())
    ids = [attributes["id"] for _, attributes in tags.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    targets = [attributes["href"][1:] for attributes in tags.all("a") if attributes.get("href", "").startswith("#")]
    assert targets
    assert set(targets) <= set(ids)
    named = [name for _, attributes in tags.tags for name in attributes.get("aria-labelledby", "").split()]
    assert named
    assert set(named) <= set(ids)


def test_headings_stand_below_one_title_and_skip_no_level() -> None:
    tags = page(rich())
    levels = [int(tag[1]) for tag, _ in tags.tags if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit()]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_contents_list_headings_to_their_depth_nested() -> None:
    html = render_html(rich()).decode()
    nav = html.split("<nav", 1)[1].split("</nav>")[0]
    assert nav.count("<li>") == 6
    assert nav.count("<ul>") == nav.count("</ul>") == 2
    assert nav.count("<li>") == nav.count("</li>")
    assert 'href="#objective-1"' in nav
    assert "statistics-1" not in nav


def test_contents_of_a_document_without_headings_are_empty() -> None:
    html = render_html(replace(empty(), blocks=(Contents(one("Contents")),))).decode()
    assert "<ul>" not in html.split("<nav", 1)[1].split("</nav>")[0]


@pytest.mark.parametrize(
    ("run", "html"),
    [
        (Run("12.5", kind="figure", value="12.5"), '<data class="figure" value="12.5">12.5</data>'),
        (Run("12", kind="figure"), '<data class="figure" value="12">12</data>'),
        (Run("four", kind="count", value="4"), '<data class="count" value="4">four</data>'),
        (Run("May 2026", kind="date", value="2026-05"), '<time datetime="2026-05">May 2026</time>'),
        (Run("2014/15", kind="date"), '<span class="date">2014/15</span>'),
        (Run("10.7.1", kind="numbering"), '<span class="numbering">10.7.1</span>'),
        (Run("so", style="strong"), "<strong>so</strong>"),
        (Run("so", style="emphasis"), "<em>so</em>"),
        (Run("so", style="muted"), '<span class="muted">so</span>'),
        (Run("ქ", lang="ka"), '<span lang="ka" dir="ltr">ქ</span>'),
        (Run("ع", lang="ar"), '<span lang="ar" dir="rtl">ع</span>'),
        (Run("so", origin="urn:waymark:x:report:1"), '<span data-origin="urn:waymark:x:report:1">so</span>'),
        (Run("so", href="https://example.org/?a=1&b"), '<a href="https://example.org/?a=1&amp;b">so</a>'),
        (Run("so", href="javascript:alert(1)"), "<p>so</p>"),
        (Run("so", href="JavaScript :alert(1)"), "<p>so</p>"),
        (Run("so", href="//example.org"), "<p>so</p>"),
        (Run('<b a="1">&'), "&lt;b a=&quot;1&quot;&gt;&amp;"),
        (Run("a\x00b\x1fc"), "<p>abc</p>"),
    ],
)
def test_a_run_says_its_kind_style_language_and_link(run: Run, html: str) -> None:
    assert html in body(run)


def test_citations_lead_there_and_back_once_for_each_chapter() -> None:
    html = render_html(rich(2)).decode()
    assert html.count('id="cite-2-3"') == 1
    assert html.count('id="cite-2-4"') == 1
    entry = html.split('id="source-2"', 1)[1].split("</li>")[0]
    assert [part.split('"')[0] for part in entry.split('href="#')[1:]] == ["cite-2-3", "cite-2-4"]
    assert 'aria-label="Back to the text: Objective 2: proof of legal identity"' in entry


def test_a_link_with_unknown_target_or_citation_is_a_defect() -> None:
    with pytest.raises(ValueError, match="links to '#nowhere'"):
        render_html(holding(Run("x", href="#nowhere")))
    with pytest.raises(ValueError, match=r"cites \[7\]"):
        render_html(holding(Run("x", cites=(7,))))


def test_wide_tables_carry_their_heads_for_cards_and_keep_their_roles() -> None:
    html = render_html(replace(empty(), blocks=(wide_table(1),))).decode()
    assert html.count('data-label="Lead organisation"') == 8
    assert '<th scope="row" role="rowheader"' in html
    assert html.count('scope="col"') == 6
    assert '<td role="cell" class="end" data-label="Reports">' in html
    assert "measures-1" in html


def test_a_table_without_row_heads_has_none() -> None:
    html = render_html(replace(empty(), blocks=(replace(wide_table(1), row_headers=False),))).decode()
    assert 'scope="row"' not in html


def test_a_figure_has_caption_chart_and_table() -> None:
    tags = page(rich(1))
    assert tags.all("figure") == [{"id": "chart-1"}]
    assert tags.all("summary")
    assert len(tags.all("svg")) == 2
    assert [attributes["class"] for attributes in tags.all("div") if "chart" in attributes.get("class", "")] == [
        "chart wide printed",
        "chart narrow",
    ]


def test_a_chart_too_wide_for_paper_is_printed_in_its_narrow_shape() -> None:
    figure = Figure(chart(1200, 200), "a", one("c"), "f", None, chart(320, 200))
    html = render_html(replace(empty(), blocks=(figure,))).decode()
    assert 'class="chart narrow printed"' in html
    assert 'class="chart wide"' in html


def test_a_chart_without_role_is_named_by_its_alternative() -> None:
    bare = '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="5"><text x="1" y="2">a</text></svg>'
    html = render_html(replace(empty(), blocks=(Figure(bare, 'says "so"', one("c"), "f"),))).decode()
    assert 'role="img" aria-label="says &quot;so&quot;"' in html


def test_the_marking_is_seen_on_screen_and_on_every_printed_page() -> None:
    html = render_html(rich()).decode()
    assert f'<aside class="marking">{MARKING}</aside>' in html
    assert "@top-right{content:" + css_string(MARKING) in html
    assert 'class="marking"' not in render_html(empty()).decode()


def test_the_margins_of_a_right_to_left_page_are_mirrored() -> None:
    assert "@bottom-left{content:" in render_html(right_to_left()).decode()


def test_digits_of_the_marking_are_numbering() -> None:
    html = render_html(holding(Run("x"), marking="Draft 12 of <b>")).decode()
    assert 'Draft <span class="numbering">12</span> of &lt;b&gt;' in html


def test_words_in_margins_cannot_leave_their_string() -> None:
    words = css_string('a"}</style><script>\n\\')
    assert words.startswith('"')
    assert words.endswith('"')
    assert not set(words[1:-1]) & set('"<>}\n')


def test_a_style_sheet_that_would_end_its_element_is_refused() -> None:
    with pytest.raises(ValueError, match="style sheet"):
        render_html(replace(empty(), chart_css="</style>"))
    assert ".wm-chart{display:block}" in render_html(replace(empty(), chart_css=".wm-chart{display:block}")).decode()


def test_lists_notices_and_sources() -> None:
    blocks = (
        BulletList((one("a"), one("b")), ordered=True),
        BulletList((one("c"),)),
        Notice("gap", (), (Paragraph(one("nothing known"), "lead"),)),
        CitationList((CitationEntry(3, one("the office")),)),
    )
    html = render_html(replace(empty(), blocks=blocks)).decode()
    assert "<ol><li>a</li><li>b</li></ol>" in html
    assert "<ul><li>c</li></ul>" in html
    assert '<div class="notice gap" role="note">\n<p class="lead">' in html
    assert '<li id="source-3"><span class="numbering">3</span>' in html


def test_the_renderers_words_come_in_the_documents_language() -> None:
    html = render_html(right_to_left()).decode()
    assert '<span class="label">جدول <span class="numbering">1</span>.</span>' in html


def test_an_empty_document_is_a_page() -> None:
    tags = page(empty())
    assert len(tags.all("h1")) == 1
    assert len(tags.all("main")) == 1


def test_georgian_words_are_marked_and_kept() -> None:
    assert f'<span lang="ka" dir="ltr">{GEORGIAN}</span>' in render_html(rich()).decode()


def test_a_heading_is_found_by_its_anchor() -> None:
    html = render_html(replace(empty(), blocks=(Heading(1, (text("A & B"),), "a-b"),))).decode()
    assert '<h2 id="a-b">A &amp; B</h2>' in html


def test_the_data_table_under_a_chart_is_not_numbered() -> None:
    html = render_html(
        replace(empty(), blocks=(Figure(chart(300, 200), "a", one("c"), "f", data_table(1)), SOURCES))
    ).decode()
    assert 'class="label">Figure' in html
    assert 'class="label">Table' not in html


def test_a_citation_mark_is_read_apart_from_its_figure() -> None:
    html = render_html(replace(rich(1), blocks=(Paragraph((text("to "), figure("1", "1", 1, 2), text("."))), SOURCES)))
    tags = Tags(html.decode().split("<main", 1)[1])
    assert "to 1\u202f[1]\u202f[2]." in "".join(tags.text)
    marks = [link for link in tags.all("a") if link.get("role") == "doc-noteref"]
    assert [(link["aria-label"], link["class"]) for link in marks] == [
        ("Source 1", "numbering"),
        ("Source 2", "numbering"),
    ]
    assert unmarked_numerals(html.decode()) == []


def test_a_heading_may_say_more_to_those_who_hear_it() -> None:
    heading = Heading(1, one("Statistics"), "s", hidden="of objective 3")
    html = render_html(replace(empty(), blocks=(Contents(one("Contents")), heading))).decode()
    said = '<span class="hidden"> of objective <span class="numbering">3</span></span>'
    assert f'<h2 id="s">Statistics{said}</h2>' in html
    assert f'<a href="#s">Statistics{said}</a>' in html
    assert 'class="hidden"' not in render_html(rich()).decode()
    assert unmarked_numerals(html) == []


def test_without_a_marking_no_line_of_it_stays() -> None:
    assert "body::before{content" not in render_html(empty()).decode()

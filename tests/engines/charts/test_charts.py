"""Charts read back as a reader or a program would: what is drawn, what is said, what is marked, what never collides."""

import re
from dataclasses import replace
from xml.etree import ElementTree

import pypdfium2
import pytest
import typst
from hypothesis import given, settings
from hypothesis import strategies as st

from waymark.engines.charts import (
    CHART_CSS,
    NARROW,
    WIDE,
    Bar,
    BarChart,
    ChartSeries,
    DotChart,
    LineChart,
    ProgressStrip,
    StripCell,
    TargetLine,
    bar_chart,
    chart_rows,
    dot_chart,
    gap_years,
    line_chart,
    progress_strip,
    strip_key,
    strip_words,
)
from waymark.engines.charts.drawing import text_width, wrapped
from waymark.engines.charts.scales import tick_text, usual_interval, value_axis, year_ticks

SVG = "{http://www.w3.org/2000/svg}"
MARKS = {"figure", "date", "count", "numbering"}
LONG = "მიგრანტების მიერ ფულადი გზავნილების გაგზავნის საშუალო ღირებულება " * 2


def line(*points, label="Orvenia", **more):
    series = ChartSeries(label, tuple((year, value, estimated) for year, value, estimated in points))
    return LineChart("Cost", "The cost falls.", "per cent", (series,), **more)


def plain_points(*values, start=2015):
    return [(start + place, value, False) for place, value in enumerate(values)]


def tree(svg):
    return ElementTree.fromstring(svg)


def said(svg):
    return [strip_controls("".join(text.itertext())) for text in tree(svg).iter(f"{SVG}text")]


def strip_controls(text):
    return re.sub("[\u2066-\u2069]", "", text)


def boxes(root):
    """The place of each text as (left, top, right, bottom), by our own measure of its width."""
    for text in root.iter(f"{SVG}text"):
        shown = strip_controls("".join(part for part in text.itertext()))
        title = text.find(f"{SVG}title")
        if title is not None:
            shown = shown.removeprefix(title.text)
        size = float(text.get("font-size"))
        width = text_width(shown, size)
        x, y = float(text.get("x")), float(text.get("y"))
        left = {"start": x, "middle": x - width / 2, "end": x - width}[text.get("text-anchor", "start")]
        yield shown, left, y - size * 0.8, left + width, y + size * 0.2


def assert_readable(svg, slack=1.0):
    """No text leaves the picture and none lies on another."""
    root = tree(svg)
    _, _, width, height = (float(side) for side in root.get("viewBox").split())
    placed = list(boxes(root))
    for shown, left, top, right, bottom in placed:
        assert left >= -slack, shown
        assert right <= width + slack, shown
        assert top >= -slack, shown
        assert bottom <= height + slack, shown
    for place, first in enumerate(placed):
        for second in placed[place + 1 :]:
            apart = (
                first[3] <= second[1] + slack
                or second[3] <= first[1] + slack
                or first[4] <= second[2] + slack
                or second[4] <= first[2] + slack
            )
            assert apart, (first, second)


def assert_marked(svg):
    """Every digit of a text is inside an element that says what it is."""

    def walk(element, inside):
        inside = inside or bool(MARKS & set(element.get("class", "").split()))
        for part in (element.text, *(child.tail for child in element)):
            assert inside or not re.search(r"\d", part or ""), part
        for child in element:
            if child.tag != f"{SVG}title":
                walk(child, inside)

    for text in tree(svg).iter(f"{SVG}text"):
        walk(text, False)


def four(years=range(2000, 2020), label=LONG):
    series = tuple(
        ChartSeries(f"{label}{place}", tuple((year, 10 + place / 10 + year % 3, False) for year in years), place == 0)
        for place in range(4)
    )
    return LineChart(
        "T", "D", "per 100,000 people", series, TargetLine(12.2, 2030, "Target 10.7"), unit="per_100000_pop"
    )


def strip(layout="row", **more):
    cells = tuple(
        StripCell(number, f"Label {number}", *of, state, evidence, improving, assessable)
        for number, of, state, evidence, improving, assessable in [
            (1, (0, 4), "not_started", False, None, 0),
            (2, (1, 3), "under_way", True, 3, 5),
            (3, (1, 40), "under_way", False, 0, 2),
            (4, (39, 40), "under_way", True, 12, 15),
            (5, (7, 7), "done", True, 1, 1),
            (6, (0, 0), "unknown", False, None, 0),
        ]
    )
    groups = (("Round table 1", (2, 5, 6)), ("Round table 2", (1, 3, 4)))
    return ProgressStrip("Strip", "Six cells.", cells, layout, groups, **more)


CHARTS = {
    "line": (
        line_chart,
        line(*plain_points(9.1, 8.2, None, 7.9), target=TargetLine(3, 2030, "Target"), unit="percent"),
    ),
    "four lines": (line_chart, four()),
    "one point": (line_chart, line((2020, 79368.0, False), unit="number")),
    "huge and negative": (line_chart, line(*plain_points(-6e9, 2.12e10), unit="usd")),
    "beyond reading": (line_chart, line(*plain_points(1e17, 3e17))),
    "tiny": (line_chart, line(*plain_points(1e-9, 3e-9))),
    "all the same": (line_chart, line(*plain_points(5, 5, 5))),
    "all zero": (line_chart, line(*plain_points(0, 0))),
    "nothing": (line_chart, line((2020, None, False))),
    "arabic": (
        line_chart,
        line(*plain_points(9.1, -2.2), label="أورفينيا", language="ar", direction="rtl", target=TargetLine(3, 2030)),
    ),
    "bars": (
        bar_chart,
        BarChart(
            "T",
            "D",
            "persons",
            (Bar("A", -12345, True, year=2020), Bar(LONG, 45.0, False, True), Bar("No", None)),
            unit="number",
        ),
    ),
    "dots": (
        dot_chart,
        DotChart("T", "D", "index", (Bar("2015", 4.2, year=2015), Bar("2020", 3.9, True, True)), unit="index"),
    ),
    "no bars": (bar_chart, BarChart("T", "D", "persons", ())),
    "arabic bars": (
        bar_chart,
        BarChart("T", "D", "نسبة", (Bar("أورفينيا", -12.3, True), Bar("لا", None)), language="ar", direction="rtl"),
    ),
}


@pytest.mark.parametrize("width", [WIDE, NARROW])
@pytest.mark.parametrize("name", CHARTS)
def test_every_chart_is_named_marked_and_readable(name, width):
    draw, chart = CHARTS[name]
    svg = draw(chart, "chart", width)
    root = tree(svg)
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == "chart-title"
    assert root.find(f"{SVG}title").get("id") == "chart-title"
    assert root.find(f"{SVG}desc").text == chart.description
    assert root.get("width") is None
    assert root.get("viewBox").startswith(f"0 0 {width} ")
    assert "var(" not in svg
    assert_marked(svg)
    assert_readable(svg)


@pytest.mark.parametrize("layout", ["row", "round-tables"])
def test_the_strip_is_named_marked_and_readable(layout):
    svg = progress_strip(strip(layout), "strip")
    assert tree(svg).get("role") == "img"
    assert_marked(svg)
    assert_readable(svg)


def test_values_carry_their_machine_form():
    svg = line_chart(line(*plain_points(9.1, 79368.5), unit="number"), "k")
    values = [span.get("data-value") for span in tree(svg).iter(f"{SVG}tspan") if span.get("class") == "figure"]
    assert "79368.5" in values
    dates = [span.get("data-value") for span in tree(svg).iter(f"{SVG}tspan") if span.get("class") == "date"]
    assert {"2015", "2016"} <= set(dates)


def lines_drawn(svg):
    return [
        len(poly.get("points").split())
        for poly in tree(svg).iter(f"{SVG}polyline")
        if poly.get("stroke-width") == "2.5"
    ]


@pytest.mark.parametrize(
    ("points", "runs"),
    [
        (plain_points(1, 2, 3), [3]),
        (plain_points(1, 2, None, 3, 4), [2, 2]),
        ([(2000, 1, False), (2001, 2, False), (2003, 3, False), (2004, 3, False), (2005, 3, False)], [2, 3]),
        ([(1990, 1, False), (1995, 2, False), (2000, 3, False)], [3]),
        ([(1990, 1, False), (1995, 2, False), (1997, None, False), (2000, 3, False)], [2]),
        ([(2000, 1, False)], []),
    ],
)
def test_a_line_breaks_where_years_are_missing(points, runs):
    assert lines_drawn(line_chart(line(*points), "k")) == runs


def test_estimates_are_hollow_and_explained():
    svg = line_chart(line((2015, 1, False), (2016, 2, True)), "k")
    hollow = [dot for dot in tree(svg).iter(f"{SVG}circle") if dot.get("fill") == "#ffffff"]
    assert len(hollow) == 2  # the point, and the sample beside its word
    assert "estimate" in said(svg)
    assert "estimate" not in said(line_chart(line((2015, 1, False)), "k"))
    assert "estimate" in said(bar_chart(BarChart("T", "D", "u", (Bar("A", 1, estimated=True),)), "k"))
    assert "estimate" not in said(bar_chart(BarChart("T", "D", "u", (Bar("A", None, estimated=True),)), "k"))


def test_a_crowded_line_keeps_the_dots_that_mean_something():
    points = [(1950 + place, float(place), place == 5) for place in range(60)]
    assert len(list(tree(line_chart(line(*points), "k")).iter(f"{SVG}circle"))) == 3


def test_the_target_is_a_labelled_line():
    svg = line_chart(line(*plain_points(9, 8), target=TargetLine(3, 2030, "Target")), "k")
    assert any(part.get("stroke-dasharray") == "8 4" for part in tree(svg).iter(f"{SVG}line"))
    assert "Target" in said(svg)
    assert "3 (2030)" in said(svg)
    undated = said(line_chart(line(*plain_points(9, 8), target=TargetLine(3)), "k"))
    assert "Target" in undated
    assert "3" in undated


def test_a_shortened_label_keeps_its_full_text():
    svg = line_chart(four(), "k", NARROW)
    titles = [text.find(f"{SVG}title") for text in tree(svg).iter(f"{SVG}text")]
    assert any(title is not None and title.text == f"{LONG}0" for title in titles)


def test_long_values_are_shortened_only_when_they_do_not_fit():
    assert "21.2 billion" in said(line_chart(line(*plain_points(-6e9, 2.12e10), unit="usd"), "k"))
    assert "79,368" in said(line_chart(line(*plain_points(1, 79368), unit="number"), "k"))


def test_right_to_left_turns_the_drawing_round_and_not_the_numbers():
    left, right = line(*plain_points(1, -2)), line(*plain_points(1, -2), language="ar", direction="rtl")
    dots = [
        [float(dot.get("cx")) for dot in tree(line_chart(chart, "k")).iter(f"{SVG}circle")] for chart in (left, right)
    ]
    assert dots[0] == pytest.approx([WIDE - x for x in dots[1]], abs=0.2)
    assert "−2 (2016)" in said(line_chart(right, "k"))


def test_bars_start_at_zero_and_point_the_right_way():
    chart = BarChart("T", "D", "u", (Bar("A", 50.0), Bar("B", 100.0), Bar("C", -50.0)))
    bars = [(float(bar.get("x")), float(bar.get("width"))) for bar in tree(bar_chart(chart, "k")).iter(f"{SVG}rect")]
    assert bars[1][1] == pytest.approx(2 * bars[0][1], abs=0.2)
    assert bars[0][0] == bars[1][0] == pytest.approx(bars[2][0] + bars[2][1], abs=0.2)
    assert "no figure" in said(bar_chart(BarChart("T", "D", "u", (Bar("A", None),)), "k"))


def test_dots_need_not_start_at_zero():
    ticks = said(dot_chart(DotChart("T", "D", "u", (Bar("A", 40.1), Bar("B", 40.9))), "k"))
    assert "40" in ticks
    assert "0" not in ticks


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (lambda: LineChart("T", "D", "u", ()), "1 to 4 series, given 0"),
        (lambda: LineChart("T", "D", "u", (ChartSeries("A", ()),) * 5), "1 to 4 series, given 5"),
        (lambda: ChartSeries("A", ((2016, 1, False), (2015, 1, False))), "years must rise"),
        (lambda: ChartSeries("A", ((2015, 1, False), (2015, 1, False))), "years must rise"),
        (lambda: ChartSeries("A", ((2015, float("nan"), False),)), "a missing value is None"),
        (lambda: Bar("A", float("inf")), "a missing value is None"),
        (lambda: line((2015, 1, False), target=TargetLine(float("nan"))), "a missing value is None"),
        (lambda: StripCell(1, "A", 0, 1, "done", True, 3, 2), "3 improving of 2"),
        (lambda: StripCell(1, "A", 0, 1, "done", True, None, -1), "cannot be"),
        (lambda: StripCell(1, "A", 2, 1, "done", True), "2 completed of 1 counted"),
        (lambda: StripCell(1, "A", -1, 1, "done", True), "-1 completed"),
        (lambda: StripCell(1, "A", 0, 1, "done", True, dropped=-1), "-1 dropped"),
        (lambda: ProgressStrip("T", "D", strip().cells, "round-tables", (("A", (1, 2)),)), "exactly one group"),
    ],
)
def test_what_cannot_be_drawn_honestly_is_refused(wrong, words):
    with pytest.raises(ValueError, match=words):
        wrong()


def test_a_cell_shows_its_three_facts_side_by_side():
    cells = list(tree(progress_strip(strip(), "k")).iter(f"{SVG}g"))
    heights = []
    for cell in cells:
        fills = [
            rect
            for rect in cell.iter(f"{SVG}rect")
            if "edge" not in rect.get("class") and rect.get("fill") != "#ffffff"
        ]
        heights.append(float(fills[0].get("height")) if fills else 0)
    assert heights == [0, 11.7, 2, 33, 35, 0], "the exact share; only none looks empty, and only all full"
    edges = [next(r for r in cell.iter(f"{SVG}rect") if "edge" in r.get("class")) for cell in cells]
    assert [edge.get("stroke-dasharray") is None for edge in edges] == [False, True, False, True, True, False]
    shares = ["".join(list(cell.iter(f"{SVG}text"))[-1].itertext()) for cell in cells]
    assert shares == ["–", "3/5", "0/2", "12/15", "1/1", "–"]


def test_every_state_has_a_shape_of_its_own():
    shapes = set()
    for state in ("done", "under_way", "not_started", "dropped", "unknown"):
        cell = StripCell(1, "A", 0, 1, state, True)
        group = next(tree(progress_strip(ProgressStrip("T", "D", (cell,)), "k")).iter(f"{SVG}g"))
        texts = tuple("".join(text.itertext()) for text in group.iter(f"{SVG}text"))
        filled = tuple(dot.get("fill") == dot.get("stroke") for dot in group.iter(f"{SVG}circle"))
        shapes.add((len(list(group.iter(f"{SVG}line"))), len(list(group.iter(f"{SVG}path"))), filled, texts))
    assert len(shapes) == 5


def test_only_what_is_not_known_is_hatched():
    hatched = [len(list(cell.iter(f"{SVG}path"))) for cell in tree(progress_strip(strip(), "k")).iter(f"{SVG}g")]
    assert hatched == [0, 1, 1, 1, 0, 1]  # cells 2 to 4 carry the half disc of "under way"


def test_the_words_say_the_same_as_the_cells():
    assert strip_words(strip().cells)[1] == (
        "Objective 2, Label 2 (under way). Commitments completed, as implementers say: 1 of 3. "
        "Evidence is cited. 3 of 5 statistics that can be assessed improve."
    )
    assert strip_words(strip().cells)[5] == (
        "Objective 6, Label 6 (unknown). Commitments completed, as implementers say: none on record. "
        "No evidence is cited. No statistic can be assessed."
    )
    svg = progress_strip(strip(), "k")
    titles = [group.find(f"{SVG}title").text for group in tree(svg).iter(f"{SVG}g")]
    assert titles == strip_words(strip().cells)


@pytest.mark.parametrize(
    ("completed", "counted", "dropped", "superseded", "words"),
    [
        (2, 3, 0, 0, "2 of 3"),
        (0, 3, 1, 0, "0 of 3; not counted: 1 dropped"),
        (3, 3, 0, 2, "3 of 3; not counted: 2 superseded"),
        (2, 3, 1, 2, "2 of 3; not counted: 1 dropped, 2 superseded"),
        (0, 0, 1, 0, "none counted: 1 dropped"),
        (0, 0, 0, 1, "none counted: 1 superseded"),
        (0, 0, 0, 0, "none on record"),
    ],
)
def test_words_and_table_say_how_many_are_completed_and_which_are_not_counted(
    completed, counted, dropped, superseded, words
):
    cell = StripCell(1, "A", completed, counted, "unknown", True, dropped=dropped, superseded=superseded)
    one = ProgressStrip("T", "D", (cell,))
    assert f"as implementers say: {words}. " in strip_words((cell,))[0]
    assert f"as implementers say: {words}. " in progress_strip(one, "k")
    assert chart_rows(one).rows[0][3].text == words


def test_a_strip_with_links_is_a_group_of_named_links():
    cell = StripCell(20, "Remittances", 1, 2, "under_way", True, 1, 2, href="#objective-20")
    root = tree(progress_strip(ProgressStrip("T", "D", (cell,)), "k"))
    link = root.find(f"{SVG}a")
    assert root.get("role") == "group"
    assert link.get("href") == "#objective-20"
    assert link.find(f"{SVG}title").text == strip_words((cell,))[0]


def test_the_strip_reads_from_the_right_in_arabic():
    def numbers(direction):
        root = tree(progress_strip(strip(language="ar", direction=direction), "k"))
        found = [group.find(f"{SVG}text") for group in root.iter(f"{SVG}g")]
        return ["".join(text.itertext()) for text in sorted(found, key=lambda text: float(text.get("x")))]

    assert [strip_controls(text) for text in numbers("rtl")] == numbers("ltr")[::-1]


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_the_key_names_every_shape(width):
    svg = strip_key("k", width=width)
    words = " ".join(said(svg))
    for part in ("done", "under way", "not started", "dropped", "unknown", "solid edge", "dotted edge", "hatched"):
        assert part in words
    assert_readable(svg)
    assert 'lang="en"' in strip_key("k", "fr")


def test_the_table_says_what_the_line_shows():
    chart = line(*plain_points(9.1, None, 7.0), (2018, 6.5, True), target=TargetLine(3, 2030, "Target"), unit="percent")
    table = chart_rows(chart)
    assert [cell.text for cell in table.head] == ["Year", "Orvenia"]
    assert [[cell.text for cell in row] for row in table.rows] == [
        ["2015", "9.1"],
        ["2016", "no figure"],
        ["2017", "7.0"],
        ["2018", "6.5 (estimate)"],
        ["Target (2030)", "3"],
    ]
    assert table.rows[0][1].kind == "figure"
    assert table.rows[0][1].value == "9.1"
    two = LineChart("T", "D", "u", (chart.series[0], ChartSeries("B", ((2020, 1, False),))), TargetLine(5, None, "Aim"))
    assert [cell.text for cell in chart_rows(two).rows[-1]] == ["Aim", "5", ""]
    assert [cell.text for cell in chart_rows(two).rows[0]] == ["2015", "9.1", "no figure"]


def test_the_table_never_shows_a_small_value_as_zero():
    table = chart_rows(line(*plain_points(1e-20, 5.0), unit="percent"))
    assert [row[1].text for row in table.rows] == ["1e−20", "5.000000000000"]


def test_the_table_says_what_bars_and_strip_show():
    bars = BarChart("T", "D", "persons", (Bar("A", 5, year=2020), Bar("B", None)), unit="number")
    assert [[cell.text for cell in row] for row in chart_rows(bars).rows] == [
        ["A", "5", "2020"],
        ["B", "no figure", "–"],
    ]
    undated = chart_rows(DotChart("T", "D", "persons", (Bar("A", 5),)))
    assert [cell.text for cell in undated.head] == ["Name", "persons"]
    table = chart_rows(strip())
    assert [cell.text for cell in table.rows[1]] == ["2", "Label 2", "under way", "1 of 3", "cited", "3/5"]
    assert [cell.text for cell in table.rows[5]] == ["6", "Label 6", "unknown", "none on record", "not cited", "–"]


def test_the_style_sheet_restyles_every_colour_for_the_dark_and_not_on_paper():
    for name in ("ink", "muted", "rule", "accent", "paper", "done", "under", "dropped"):
        assert CHART_CSS.count(f"--wm-{name}:#") == 3
        assert f".f-{name}{{fill:var(--wm-{name})}}" in CHART_CSS
    assert "@media screen and (prefers-color-scheme:dark)" in CHART_CSS


@pytest.mark.parametrize("name", ["line", "arabic", "bars"])
def test_typst_draws_it_without_system_fonts(name, tmp_path):
    draw, chart = CHARTS[name]
    (tmp_path / "chart.svg").write_text(draw(chart, "k"), encoding="utf-8")
    (tmp_path / "page.typ").write_text('#set page(width: 170mm, height: auto)\n#image("chart.svg")', encoding="utf-8")
    page = typst.compile(str(tmp_path / "page.typ"), ignore_system_fonts=True)
    words = "".join(pypdfium2.PdfDocument(page)[0].get_textpage().get_text_range().split())
    assert {"line": "7.9", "arabic": "2016", "bars": "nofigure"}[name] in words


def test_markup_in_labels_is_text():
    svg = bar_chart(BarChart('<a>"&', "a < b", "x & y", (Bar("<b>\x00", 1.0),)), "k")
    assert "<b>" in said(svg)
    assert tree(svg).find(f"{SVG}title").text == '<a>"&'


@pytest.mark.parametrize(
    ("least", "most", "from_zero", "ticks"),
    [
        (4.5, 9.1, False, (0, 2, 4, 6, 8, 10)),
        (5.2, 9.1, False, (5, 6, 7, 8, 9, 10)),
        (8.1, 9.1, False, (8.0, 8.2, 8.4, 8.6, 8.8, 9.0, 9.2)),
        (8.2, 9.1, True, (0, 2, 4, 6, 8, 10)),
        (-9.1, -4.5, False, (-10, -8, -6, -4, -2, 0)),
        (0, 0, True, (0, 0.2, 0.4, 0.6, 0.8, 1)),
        (5, 5, False, (4.7, 4.8, 4.9, 5.0, 5.1, 5.2, 5.3)),
        (56.05, 56.22, False, (52, 54, 56, 58, 60)),
    ],
)
def test_axes_have_round_ticks(least, most, from_zero, ticks):
    assert value_axis(least, most, from_zero=from_zero).ticks == pytest.approx(ticks)


def test_axes_of_counts_have_whole_ticks():
    assert value_axis(1, 1, from_zero=False, whole=True).ticks == (0, 1, 2)
    assert value_axis(0, 3, from_zero=True, whole=True).ticks == (0, 1, 2, 3)
    assert value_axis(1990, 2010, from_zero=False, whole=True).decimals == 0


def test_the_first_and_the_last_year_are_named_and_no_year_without_a_point():
    assert year_ticks(tuple(range(2011, 2021)), 10) == tuple(range(2011, 2021))
    assert year_ticks(tuple(range(2011, 2021)), 3) == (2011, 2015, 2020)
    assert year_ticks(tuple(range(1990, 2025)), 5) == (1990, 2000, 2010, 2024)
    assert year_ticks((1990, 1995, 2000, 2005, 2010, 2015, 2020, 2024), 4) == (1990, 2000, 2010, 2024)
    assert year_ticks((2003, 2008, 2013, 2018, 2023), 3) == (2003, 2013, 2023)
    assert year_ticks((2020,), 3) == (2020,)
    assert year_ticks((1000, 2000), 1) == (1000, 2000)


@given(st.sets(st.integers(1950, 2030), min_size=1), st.integers(1, 20))
def test_ticks_of_years_are_years_of_the_data_and_fit(years, room):
    known = tuple(sorted(years))
    ticks = year_ticks(known, room)
    assert set(ticks) <= years
    assert (ticks[0], ticks[-1]) == (known[0], known[-1])
    assert list(ticks) == sorted(set(ticks))
    assert len(ticks) <= room + 1


def test_a_line_names_years_that_have_a_point():
    chart = line((1990, 4.0, False), (2005, 3.0, False), (2010, None, False), (2020, 2.0, False))
    root = ElementTree.fromstring(line_chart(chart, "k"))
    ticks = [text for text in root.iter(f"{SVG}text") if text.get("text-anchor") == "middle"]
    assert ["".join(text.itertext()) for text in ticks] == ["1990", "2005", "2020"]


def zigzags(drawn):
    """The marks of broken axes: lines of five points that end in the line where they began."""
    lines = [line.get("points").split() for line in ElementTree.fromstring(drawn).iter(f"{SVG}polyline")]
    points = [[tuple(map(float, point.split(","))) for point in line] for line in lines if len(line) == 5]
    return [one for one in points if one[0][0] == one[-1][0] or one[0][1] == one[-1][1]]


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_an_axis_that_leaves_out_zero_shows_its_break(width):
    broken = line((2015, 97.0, False), (2016, 99.0, False), unit="percent")
    whole = line((2015, 1.0, False), (2016, 99.0, False), unit="percent")
    scale = line((2015, 3.0, False), (2016, 3.2, False), (2017, 4.0, False), valid_min=3, valid_max=4)
    assert len(zigzags(line_chart(broken, "k", width))) == 1
    assert zigzags(line_chart(whole, "k", width)) == []
    assert zigzags(line_chart(scale, "k", width)) == []
    dots = DotChart("T", "D", "u", (Bar("A", 97.0), Bar("B", 99.0)))
    assert len(zigzags(dot_chart(dots, "k", width))) == 1
    assert zigzags(dot_chart(replace(dots, bars=(Bar("A", 1.0), Bar("B", 99.0))), "k", width)) == []


def test_money_beside_its_mark_is_written_as_in_sentences_and_whole_in_the_table():
    chart = line((2022, 3_846_000_000.0, False), (2023, 4_201_299_805.0, False), unit="cu_usd")
    assert "4.20 billion" in line_chart(chart, "k")
    assert "4,201,299,805" not in line_chart(chart, "k")
    assert chart_rows(chart).rows[-1][1].text == "4,201,299,805"
    persons = line((2022, 286_000.0, False), (2023, 286_715.0, False), unit="number")
    assert "286,715" in line_chart(persons, "k")


def test_the_usual_interval_is_the_middle_one():
    assert usual_interval((1990, 1995, 2000, 2001)) == 5
    assert usual_interval((2000, 2001, 2003)) == 2
    assert usual_interval((2000, 2001, 2002, 2004)) == 1
    assert usual_interval((2000,)) == 1


@pytest.mark.parametrize(
    ("years", "before"),
    [
        ((2015, 2020, 2024), ()),  # a stock: five years, then four
        ((2012, 2014, 2017, 2019), ()),  # surveys, now two years apart and now three
        ((2014, 2015, 2018, 2020), ()),
        ((2015, 2016, 2017, 2019, 2020), (2019,)),  # every year but one
        ((2000, 2005, 2010, 2020), (2020,)),
        ((2020,), ()),
        ((), ()),
    ],
)
def test_neighbours_are_joined_unless_a_usual_year_is_missing(years, before):
    points = tuple((year, float(year), False) for year in years)
    assert gap_years(ChartSeries("S", points)) == frozenset(before)
    if len(years) > 1:
        drawn = ElementTree.fromstring(line_chart(line(*points), "k"))
        joined = sum(
            len(one.get("points").split()) - 1
            for one in drawn.iter(f"{SVG}polyline")
            if one.get("stroke-width") == "2.5"
        )
        assert joined == len(years) - 1 - len(before)


def test_a_year_said_to_have_no_value_is_a_gap():
    points = ((2015, 1.0, False), (2016, None, False), (2017, 2.0, False), (2018, 3.0, False), (2019, 3.0, False))
    assert gap_years(ChartSeries("S", points)) == {2017}


def test_words_wrap_break_and_are_cut():
    assert wrapped("one two three", 60, 13) == (("one two", "three"), False)
    lines, cut = wrapped("x" * 100, 60, 13, 2)
    assert cut
    assert lines[1].endswith("…")
    assert all(text_width(part, 13) <= 60 for part in lines)
    assert wrapped("", 60, 13) == ((), False)


def test_letters_of_every_script_have_a_width():
    assert text_width("移民", 10) == 20
    assert text_width("e\u0301", 10) == text_width("e", 10)
    assert text_width("\u2068", 10) == 0
    assert text_width("ii", 10) < text_width("mm", 10)


VALUES = st.one_of(st.none(), st.floats(-1e13, 1e13, allow_nan=False), st.floats(-10, 10))
SERIES = st.dictionaries(st.integers(1960, 2030), st.tuples(VALUES, st.booleans()), min_size=1, max_size=12)


@settings(max_examples=60)
@given(
    st.lists(SERIES, min_size=1, max_size=4),
    st.one_of(st.none(), st.floats(-1e6, 1e6)),
    st.sampled_from([WIDE, NARROW]),
    st.sampled_from(["A", "Women and girls aged 15–24", LONG]),
    st.sampled_from(["ltr", "rtl"]),
)
def test_no_line_chart_has_texts_that_collide(many, target, width, label, direction):
    series = tuple(
        ChartSeries(f"{label} {place}", tuple((year, *points[year]) for year in sorted(points)), place == 0)
        for place, points in enumerate(many)
    )
    aim = None if target is None else TargetLine(target, 2030, "Target")
    svg = line_chart(LineChart("T", "D", "unit", series, aim, "en", direction), "k", width)
    assert_readable(svg)
    assert_marked(svg)


@settings(max_examples=60)
@given(
    st.lists(st.tuples(VALUES, st.booleans(), st.sampled_from(["A", "A longer label", LONG])), min_size=1, max_size=8),
    st.sampled_from([WIDE, NARROW]),
    st.sampled_from([bar_chart, dot_chart]),
)
def test_no_bar_chart_has_texts_that_collide(rows, width, draw):
    bars = tuple(Bar(label, value, estimated=estimated, year=2020) for value, estimated, label in rows)
    kind = BarChart if draw is bar_chart else DotChart
    assert_readable(draw(kind("T", "D", "unit", bars), "k", width))


def test_ticks_far_beyond_reading_are_short():
    assert tick_text(value_axis(0, 3e17, from_zero=True), 1e17, "en") == "1e+17"
    assert tick_text(value_axis(0, 3e-4, from_zero=True), 0.0, "en") == "0"


def ticks_of(svg):
    marks = [mark for mark in tree(svg).iter(f"{SVG}tspan") if mark.get("class") == "figure"]
    return [mark.get("data-value") for mark in marks]


@pytest.mark.parametrize(
    ("least", "most", "from_zero", "valid", "ends"),
    [
        (3, 100, False, (0, 100), (0, 100)),
        (99.1, 99.9, False, (0, 100), (90, 100)),
        (100, 100, False, (0, 100), (95, 100)),
        (0, 0.2, False, (0, 100), (0, 0.2)),
        (0, 98.5, True, (0, 100), (0, 100)),
        (1, 3, False, (0, 3), (0, 3)),
        (0.2, 0.97, True, (0, 1), (0, 1)),
        (40, 240, False, (-1, 250), (0, 250)),
        (0, 6.9, False, (0, 7), (0, 7)),
        (-6.9, 0, True, (-7, 7), (-7, 0)),
    ],
)
def test_no_tick_stands_beyond_what_can_be(least, most, from_zero, valid, ends):
    axis = value_axis(least, most, from_zero=from_zero, valid=valid)
    assert valid[0] <= axis.low <= least
    assert most <= axis.high <= valid[1]
    assert axis.high == ends[1]
    assert list(axis.ticks) == sorted(set(axis.ticks))
    assert (axis.low, axis.high) == (axis.ticks[0], axis.ticks[-1])


def test_percentages_have_limits_until_a_value_breaks_them():
    assert "120" not in ticks_of(line_chart(line(*plain_points(99.2, 99.8), unit="percent"), "k"))
    assert max(float(tick) for tick in ticks_of(line_chart(line(*plain_points(96, 99.8), unit="percent"), "k"))) == 100
    assert max(float(tick) for tick in ticks_of(line_chart(line(*plain_points(90, 113), unit="percent"), "k"))) > 113
    assert max(float(tick) for tick in ticks_of(line_chart(line(*plain_points(97, 99.8), unit="index"), "k"))) > 100
    told = line(*plain_points(0.97, 0.999), unit="score", valid_min=0.0, valid_max=1.0)
    assert max(float(tick) for tick in ticks_of(line_chart(told, "k"))) == 1
    bars = BarChart("T", "D", "score", (Bar("A", 2.9), Bar("B", 3.0)), unit="score", valid_min=0, valid_max=3)
    assert max(float(tick) for tick in ticks_of(bar_chart(bars, "k"))) == 3


def test_a_point_says_the_period_that_it_stands_for():
    series = ChartSeries("A", ((2010, 1.0, False), (2015, 2.0, False)), periods=((2015, "2015-2020"),))
    chart = LineChart("T", "D", "unit", (series,))
    assert said(line_chart(chart, "k"))[-2:] == ["2", "(2015–2020)"]
    assert [(row[0].text, row[0].value) for row in chart_rows(chart).rows] == [
        ("2010", "2010"),
        ("2015–2020", "2015-2020"),
    ]
    other = ChartSeries("B", ((2015, 3.0, False),), subject=False)
    both = chart_rows(LineChart("T", "D", "unit", (series, other)))
    assert [row[0].text for row in both.rows] == ["2010", "2015"]
    assert hash(chart)


def test_a_period_without_a_point_is_refused():
    with pytest.raises(ValueError, match="2016"):
        ChartSeries("A", ((2015, 2.0, False),), periods=((2016, "2016-2020"),))


def test_a_tick_too_near_to_a_limit_gives_way_to_it():
    assert value_axis(0, 6.9, from_zero=True, valid=(0, 7)).ticks == (0, 2, 4, 6, 7)
    assert value_axis(0, 6.4, from_zero=True, valid=(0, 6.5)).ticks == (0, 2, 4, 6.5)
    assert value_axis(0, 6.4, from_zero=True, valid=(0, 6.5)).decimals == 1

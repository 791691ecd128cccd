"""Columns on paper: row heads, long lists of years, and widths that break no head."""

import io
import re
from collections import Counter
from dataclasses import replace

import docx
import pikepdf
import pypdfium2
import pytest
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st

from tests.engines.printing.samples import chart, empty, figure, number, one, wide_table, years
from waymark.engines.charts import ProgressStrip, StripCell, line_chart, progress_strip
from waymark.engines.charts.model import ChartSeries, LineChart
from waymark.engines.printing import svg
from waymark.engines.printing.blocks import CitationEntry, CitationList, Column, PrintedPaper, Run, Table
from waymark.engines.printing.columns import fitted, folded, is_years, keeps_words, row_heads, widths
from waymark.engines.printing.docx import render_docx
from waymark.engines.printing.html import render_html
from waymark.engines.printing.pdf import render_pdf


def holding(table: Table) -> PrintedPaper:
    return replace(empty(), blocks=(table,))


def test_a_long_list_of_dates_is_a_list_of_years() -> None:
    assert is_years(years(9))
    assert not is_years(years(8))
    target = (one("Target"), (figure("100"),))
    assert is_years(replace(years(), rows=(*years(9).rows, target)))
    assert not is_years(replace(years(), rows=(target, *years(9).rows)))
    assert not is_years(wide_table(1, rows=20))
    counted = tuple(((number(str(place)),), (figure("1"),)) for place in range(12))
    assert not is_years(replace(years(), rows=counted))


def test_years_are_folded_line_by_line_and_none_is_lost() -> None:
    table = folded(years(10))
    assert len(table.columns) == 8
    cells = [cell[0].text for row in table.rows for cell in row if cell]
    assert cells[:8] == ["2000", "0.5", "2001", "1.5", "2002", "2.5", "2003", "3.5"]
    assert cells[::2] == [str(2000 + place) for place in range(10)]
    assert {len(row) for row in table.rows} == {8}
    assert folded(years(8)) == years(8)


def test_every_column_of_years_heads_its_row() -> None:
    assert row_heads(folded(years())) == {0, 2, 4, 6}
    assert row_heads(wide_table(1)) == {0}
    assert row_heads(years(row_headers=False)) == frozenset()


def test_html_keeps_years_one_table_that_css_sets_in_columns() -> None:
    html = render_html(holding(years(10))).decode()
    assert '<table role="table" class="years"' in html
    assert html.count('<th scope="row" role="rowheader">') == 10
    assert html.count('<td role="cell" class="end">') == 10
    again = render_html(holding(folded(years(12)))).decode()
    assert again.count('<th scope="row" role="rowheader"') == 12


def test_heads_that_stand_twice_are_told_apart_on_cards() -> None:
    columns = tuple(Column(one(head)) for head in ("Series", "First", "Year", "Latest", "Year"))
    html = render_html(holding(Table(one("t"), columns, (tuple(map(one, "abcde")),)))).decode()
    labels = re.findall(r'data-label="([^"]*)"', html)
    assert labels == ["Series", "First", "Year (First)", "Latest", "Year (Latest)"]


def test_docx_marks_row_heads_and_folds_years() -> None:
    tables = docx.Document(io.BytesIO(render_docx(holding(years())))).tables
    assert [cell.text for cell in tables[0].rows[1].cells[:4]] == ["2000", "0.5", "2001", "1.5"]
    assert tables[0]._tbl.tblPr.find(qn("w:tblLook")).get(qn("w:val")) == "00A0"
    plain = docx.Document(io.BytesIO(render_docx(holding(years(row_headers=False))))).tables[0]
    assert plain._tbl.tblPr.find(qn("w:tblLook")).get(qn("w:val")) == "0020"


def test_pdf_folds_years_in_reading_order() -> None:
    with pypdfium2.PdfDocument(render_pdf(holding(years()))) as paper:
        text = " ".join(paper[1].get_textpage().get_text_bounded().split())
    assert re.search(r"2000 0\.5 2001 1\.5 2002 2\.5 2003 3\.5 2004 4\.5", text)


def test_heads_of_docx_are_not_hyphenated() -> None:
    table = docx.Document(io.BytesIO(render_docx(holding(wide_table(1))))).tables[0]
    marks = [
        [cell.paragraphs[0]._p.pPr.find(qn("w:suppressAutoHyphens")) is not None for cell in row.cells]
        for row in table.rows[:2]
    ]
    assert marks == [[True] * 6, [False] * 6]


def test_marks_beside_a_figure_keep_clear_of_the_next_column() -> None:
    columns = (Column(one("Series")), Column(one("Base"), "end"), Column(one("Year")))
    row = (one("Asylum seekers"), (Run("720", "figure", cites=(56, 57)),), (Run("2015", "date"),))
    entries = tuple(CitationEntry(number, one("An office")) for number in (56, 57))
    for form in ("brief", "report"):
        paper = replace(
            holding(Table(one("t"), columns, (row,))),
            form=form,  # type: ignore[arg-type]
            blocks=(Table(one("t"), columns, (row,)), CitationList(entries)),
        )
        with pypdfium2.PdfDocument(render_pdf(paper)) as paper:
            page = paper[len(paper) - 1].get_textpage()
            text = page.get_text_range()
            mark, year = text.index("[57]") + 3, text.index("2015")
            assert page.get_charbox(mark)[2] + 3 < page.get_charbox(year)[0], form


def test_source_numbers_in_cells_of_a_pdf_lead_to_their_sources() -> None:
    columns = (Column(one("Series")), Column(one("Base"), "end"))
    row = ((Run("Asylum seekers", cites=(56,)),), (Run("720", "figure", cites=(56, 57)),))
    entries = tuple(CitationEntry(number, one("An office")) for number in (56, 57))
    paper = replace(empty(), blocks=(Table(one("t"), columns, (row,)), CitationList(entries)))
    with pikepdf.open(io.BytesIO(render_pdf(paper))) as file:
        heights = [float(link.Dest[3]) for page in file.pages for link in page.get("/Annots", [])]
    assert sorted(Counter(heights).values()) == [1, 2]


def test_a_number_of_docx_does_not_break_at_its_hyphen() -> None:
    table = Table(
        one("t"), (Column(one("Day")), Column(one("Address"))), (((Run("2025-08-04", "date"),), one("co-chair")),)
    )
    row = docx.Document(io.BytesIO(render_docx(holding(table)))).tables[0].rows[1]
    marks = [len(list(cell._tc.iter(qn("w:noBreakHyphen")))) for cell in row.cells]
    assert marks == [2, 0]
    assert [cell.text for cell in row.cells] == ["2025-08-04", "co-chair"]


def test_a_column_is_wide_enough_for_the_words_of_its_head() -> None:
    columns = tuple(Column(one(head), width=width) for head, width in (("No", 8.0), ("Evidence", 0.2), ("State", 1.0)))
    given = widths(Table(one("t"), columns, ()), 450, 9, 6)
    assert sum(given) == pytest.approx(450)
    assert given[1] > 8 * 0.6 * 9
    assert given[0] > given[2] > given[1] * 0.6


def test_numbers_and_dates_count_as_heads_do_and_long_ones_may_break() -> None:
    columns = (Column(one("A"), width=9.0), Column(one("B"), width=0.1))
    text = one("Offer small loans to farms, and tell the farmers of them")
    short = widths(Table(one("t"), columns, ((text, (figure("1,234,567"),)),)), 300, 10, 0)
    long = widths(Table(one("t"), columns, ((text, (figure("f" * 64),)),)), 300, 10, 0)
    assert short[1] > 45
    assert long[0] > 130


def test_a_number_stays_whole_with_the_citations_after_it() -> None:
    columns = (Column(one("Series")), Column(one("A")), Column(one("B")))
    text = one("Personal remittances that were paid by persons who live in the country, in current dollars")
    bare, cited = Run("104,777,689", "figure"), Run("104,777,689", "figure", cites=(43, 44))
    without = widths(Table(one("t"), columns, ((text, (bare,), one("a")),)), 170, 9, 6)
    with_marks = widths(Table(one("t"), columns, ((text, (cited,), one("a")),)), 170, 9, 6)
    assert with_marks[1] - without[1] > 2 * 4 * 0.4 * 9


def test_a_span_of_years_and_a_grouped_number_are_one_piece() -> None:
    columns = (Column(one("A")), Column(one("B")))
    text = one("Count migrants by sex and by age and by the country of birth in the census of the whole country")
    for written in ("2015–2020", "2025-08-04", "104\u202f777\u202f689"):
        given = widths(Table(one("t"), columns, ((text, (Run(written, "date"),)),)), 150, 9, 6)
        assert given[1] > 0.6 * 9 * len(written.replace("\u202f", "")), written


def test_the_widest_text_stands_in_the_widest_column() -> None:
    columns = (Column(one("Who"), width=4.0), Column(one("Date"), width=3.0), Column(one("In words"), width=1.0))
    row = (one("Orvenia"), one("date not known"), one("The text is one of many words. " * 9))
    given = widths(Table(one("t"), columns, (row, row)), 450, 8, 8)
    assert given[2] > 2 * given[1] > 2 * given[0]
    assert given[1] > 8 + 8 * 0.5 * len("date not known")


def test_short_cells_stay_in_one_line_where_all_fit() -> None:
    columns = (Column(one("Objective"), width=9.0), Column(one("now"), "end", 0.4))
    rows = tuple((one(name), one("–; 11 too old")) for name in ("Data", "Return"))
    given = widths(Table(one("t"), columns, rows), 300, 8, 8)
    assert given[1] > 8 + 8 * 0.5 * 13
    assert given[0] > given[1]


def test_years_are_folded_into_no_more_pairs_than_hold_their_numbers() -> None:
    rows = tuple(((Run(str(2000 + at), "date"),), (Run("4,201,299,805", "figure", cites=(61,)),)) for at in range(12))
    table = replace(years(12), rows=rows)
    assert len(fitted(table, 900, 9, 6).columns) == 8
    assert 2 < len(fitted(table, 350, 9, 6).columns) < 8
    assert fitted(table, 60, 9, 6) == table


def test_words_are_hyphenated_only_where_they_must_break() -> None:
    columns = (Column(one("Unit")), Column(one("Value")))
    table = Table(one("t"), columns, ((one("per cent of the population"), (figure("1"),)),))
    assert keeps_words(table, 200, 8, 8)
    assert not keeps_words(table, 60, 8, 8)
    endless = Table(one("t"), columns, ((one("a" * 20), (figure("1"),)),))
    assert not keeps_words(endless, 900, 8, 8)


def test_words_of_cells_stay_whole_as_far_as_heads_and_numbers_leave_room() -> None:
    columns = (Column(one("Commitment"), width=9.0), Column(one("State"), width=0.5))
    rows = ((one("Offer small loans to farms"), one("completed")),)
    wide = widths(Table(one("t"), columns, rows), 300, 9, 6)
    tight = widths(Table(one("t"), columns, rows), 120, 9, 6)
    bare = widths(Table(one("t"), columns, ()), 120, 9, 6)
    assert wide[1] > 9 * 0.72 * 9
    assert bare[1] < tight[1] < wide[1]
    assert sum(tight) == pytest.approx(120)


@given(
    st.lists(st.tuples(st.text("abc mW–1", max_size=30), st.floats(0.1, 10)), min_size=1, max_size=9),
    st.floats(10, 1000),
)
def test_widths_fill_the_room_and_none_is_negative(heads: list[tuple[str, float]], room: float) -> None:
    columns = tuple(Column(one(head), width=width) for head, width in heads)
    given = widths(Table(one("t"), columns, ()), room, 9, 6)
    assert sum(given) == pytest.approx(room)
    assert min(given) >= 0


def test_a_strip_with_small_letters_is_printed_by_round_table() -> None:
    cells = tuple(StripCell(place, "o", 1, 2, "under_way", True, 3, 12) for place in range(1, 24))
    row = progress_strip(ProgressStrip("T", "D", cells), "k")
    numbers = tuple(cell.number for cell in cells)
    groups = tuple((f"Round table {place}", numbers[place * 6 : place * 6 + 6]) for place in range(4))
    narrow = progress_strip(ProgressStrip("T", "D", cells, "round-tables", groups), "n")
    assert svg.print_shape(row, narrow) == narrow
    line = line_chart(LineChart("T", "D", "u", (ChartSeries("A", ((2015, 1.0, False), (2016, 2.0, False))),)), "k")
    assert svg.print_shape(line, narrow) == line
    assert svg.print_shape(chart(600, 100), narrow) != narrow
    bare = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 5"/>'
    assert svg.print_shape(bare, narrow) == bare

import io
import zipfile
from dataclasses import replace

import pikepdf
import pytest

from tests.engines.printing.samples import chart, empty, one
from waymark.engines.printing.blocks import Column, Figure, Table
from waymark.engines.printing.docx import render_docx
from waymark.engines.printing.html import render_html
from waymark.engines.printing.pdf import render_pdf
from waymark.engines.printing.reading import alternative
from waymark.engines.printing.svg import fits_print, for_print, inline, parse, print_shape, print_size, size, texts

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 10 5">'


@pytest.mark.parametrize(
    "inside",
    [
        "<script>1</script>",
        "<foreignObject/>",
        '<rect onclick="x()"/>',
        '<image href="https://example.org/a.png"/>',
        '<a href="javascript:x"><text>a</text></a>',
        '<use xlink:href="other.svg#a"/>',
        '<rect fill="url(https://example.org/a)"/>',
        "<style>@import 'a.css';</style>",
        "<style>rect{fill:url(https://example.org/a)}</style>",
        "<animate/>",
    ],
)
def test_a_chart_that_could_act_or_ask_is_refused(inside: str) -> None:
    with pytest.raises(ValueError, match=r"may not carry|outside it"):
        parse(f"{HEAD}{inside}</svg>")


@pytest.mark.parametrize(
    ("svg", "problem"),
    [
        ("<svg", "well-formed"),
        ("<p/>", "root"),
        ('<!DOCTYPE svg [<!ENTITY a "b">]><svg xmlns="http://www.w3.org/2000/svg"/>', "document type"),
    ],
)
def test_what_is_no_chart_is_refused(svg: str, problem: str) -> None:
    with pytest.raises(ValueError, match=problem):
        parse(svg)


def test_ids_and_their_uses_are_made_unique_and_outer_anchors_stay() -> None:
    made = inline(
        f'{HEAD}<style>.a{{fill:url(#h)}}</style><pattern id="h"/><rect fill="url(#h)" aria-labelledby="h h"/>'
        '<use href="#h"/><use xlink:href="#h"/><a href="#objective-3"><text>3</text></a></svg>',
        "fig",
        "alt",
    )
    assert 'id="fig-h"' in made
    assert made.count("url(#fig-h)") == 2
    assert made.count('href="#fig-h"') == 2
    assert 'aria-labelledby="fig-h fig-h"' in made
    assert 'href="#objective-3"' in made
    assert made.startswith("<svg")


def test_text_is_printed_in_the_font_that_is_there() -> None:
    made = for_print(
        f'{HEAD}<style>text{{font-family:Arial, sans-serif;fill:red}}</style><text font-family="Arial">a</text>'
        '<text style="font-family: Arial; fill: red">b</text></svg>',
        "Serif",
    )
    assert "Arial" not in made
    assert made.count("Serif") == 4


@pytest.mark.parametrize(
    ("attributes", "expected"),
    [('viewBox="0 0 640 200"', (640, 200)), ('viewBox="0,0,64,20"', (64, 20)), ('width="30px" height="10"', (30, 10))],
)
def test_the_size_is_read(attributes: str, expected: tuple[float, float]) -> None:
    assert size(f'<svg xmlns="http://www.w3.org/2000/svg" {attributes}/>') == expected


@pytest.mark.parametrize("attributes", ["", 'viewBox="0 0 a 5"', 'viewBox="0 0 0 5"', 'width="100%" height="5"'])
def test_a_chart_without_size_is_refused(attributes: str) -> None:
    with pytest.raises(ValueError, match=r"size|above 0"):
        size(f'<svg xmlns="http://www.w3.org/2000/svg" {attributes}/>')


def test_the_printed_shape_is_the_wide_one_when_it_fits() -> None:
    wide, wider, narrow = chart(640, 200), chart(900, 200), chart(320, 200)
    assert fits_print(wide)
    assert not fits_print(wider)
    assert print_shape(wide, narrow) == wide
    assert print_shape(wider, narrow) == narrow
    assert print_shape(wider, "") == wider


def test_a_chart_is_never_printed_larger_than_drawn() -> None:
    assert print_size(chart(320, 200)) == (320, 200)
    width, height = print_size(chart(1000, 500))
    assert width == pytest.approx(604.7, abs=0.1)
    assert height == pytest.approx(width / 2)


def test_the_words_of_a_chart_are_found() -> None:
    assert "Orvenia" in texts(chart(300, 200))
    assert "Share of births" not in texts(chart(300, 200))


TOLD = Figure(
    f"{HEAD}</svg>",
    "Strip of Orvenia.",
    one("Strip"),
    "strip",
    table=Table(one("t"), (Column(one("Objective")), Column(one("State"))), ((one("Data"), one("done")),)),
    table_tells=True,
)


@pytest.mark.parametrize("on_paper", [True, False])
def test_what_a_table_tells_is_said_in_the_alternative_where_there_is_none(on_paper: bool) -> None:
    paper = replace(empty(), blocks=(replace(TOLD, table_on_paper=on_paper),))
    points = "Strip of Orvenia. The table of data below says the same."
    says = "Strip of Orvenia. Objective, State: Data, done."
    assert points in render_html(paper).decode()
    with pikepdf.open(io.BytesIO(render_pdf(paper))) as file:
        (alt,) = [str(one.Alt) for one in file.objects if isinstance(one, pikepdf.Dictionary) and "/Alt" in one]
    with zipfile.ZipFile(io.BytesIO(render_docx(paper))) as file:
        body = file.read("word/document.xml").decode()
    assert alt == (points if on_paper else says)
    assert f'descr="{alt}"' in body
    assert alternative(paper, replace(TOLD, table_tells=False), table=False) == "Strip of Orvenia."

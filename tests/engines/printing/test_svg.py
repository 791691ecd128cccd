import pytest

from tests.engines.printing.samples import chart
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

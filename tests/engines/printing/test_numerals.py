import pytest

from tests.engines.printing.numerals import unmarked_numerals
from tests.engines.printing.samples import chart, rich, right_to_left
from waymark.engines.printing.html import render_html


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ("<p>no digits</p>", []),
        ("<p>in 2020 there</p>", ["2020"]),
        ("<p>١٢ words</p>", ["١٢"]),
        ("<p>half ½</p>", ["½"]),
        ('<p><data class="figure" value="1">1</data>, <time>2020</time></p>', []),
        ('<p><span class="numbering">3</span> and 4</p>', ["4"]),
        ('<p><span class="other">3</span></p>', ["3"]),
        ("<head><title>1</title></head><style>a{width:2px}</style><br>", []),
        ('<svg viewBox="0 0 1 1"><title>5</title><path d="M0 0"/><text>6</text></svg>', ["6"]),
        ('<svg><text><tspan class="figure">7</tspan> of 8</text></svg>', ["8"]),
        ("<details><p>9</p></details>", ["9"]),
    ],
)
def test_unmarked_numerals_are_found(html: str, found: list[str]) -> None:
    assert unmarked_numerals(html) == found


def test_every_numeral_of_a_rich_page_is_marked() -> None:
    assert unmarked_numerals(render_html(rich()).decode()) == []


def test_every_numeral_of_a_right_to_left_page_is_marked() -> None:
    assert unmarked_numerals(render_html(right_to_left()).decode()) == []


def test_an_unmarked_numeral_of_a_chart_is_found() -> None:
    assert unmarked_numerals(chart(300, 200, "series 4")) == ["4"]

from itertools import pairwise

import pytest

from waymark.engines.printing.blocks import NoticeRole
from waymark.engines.printing.tokens import COLOURS, EDGES, LINES, SIZES, css_variables, points, print_tokens


def luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.2."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("name", [name for name in COLOURS if name != "paper"])
@pytest.mark.parametrize("ground", [COLOURS["paper"], LINES["wash"]])
def test_every_colour_of_words_can_be_read_on_its_ground(name: str, ground: tuple[str, str]) -> None:
    for colour, behind in zip(COLOURS[name], ground, strict=True):
        assert contrast(colour, behind) >= 4.5


def test_sizes_grow_by_a_fifth() -> None:
    assert SIZES[1] == 16
    for smaller, larger in pairwise(SIZES):
        assert larger / smaller == pytest.approx(1.2, abs=0.06)


def test_each_role_of_a_notice_has_an_edge_that_differs_in_shape_or_colour() -> None:
    assert set(EDGES) == set(NoticeRole.__args__)  # type: ignore[attr-defined]  # of a Literal
    assert len(set(EDGES.values())) == len(EDGES)


def test_all_three_formats_are_given_the_same_tokens() -> None:
    css, print_ = css_variables(), print_tokens()
    for name, colour in print_["colours"].items():  # type: ignore[attr-defined]  # a dictionary
        assert f"--{name}:{colour}" in css
    assert print_["sizes"] == [points(size) for size in SIZES]
    assert points(16) == 12

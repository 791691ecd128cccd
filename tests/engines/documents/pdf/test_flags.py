"""Flags of PDF pages: scans, outlines, garbled letters, glued words; and what raises none."""

import random

import numpy as np
import pytest

from waymark.engines.documents.model import Flag
from waymark.engines.documents.parsers.pdf.pictures import png, render_pages
from waymark.engines.documents.parsers.pdf.reader import parse_pdf

SENTENCE = "Each State should assess how its policies help migrants and what they need. "


def flags(path):
    return parse_pdf(path).pages[0].flags


def test_plain_text_has_no_flag(typeset):
    assert flags(typeset(SENTENCE * 10)) == ()


def test_a_picture_of_a_page_is_a_scan(typeset, picture_page):
    scan = picture_page(render_pages(typeset(SENTENCE * 12), [0])[0])
    assert flags(scan) == (Flag.NO_TEXT,)
    assert parse_pdf(scan).blocks == ()


def test_a_photograph_and_an_empty_picture_are_no_scans(picture_page):
    draw = np.random.default_rng(0)
    assert flags(picture_page(png(draw.integers(0, 255, (600, 420), np.uint8)))) == ()
    assert flags(picture_page(png(np.full((600, 420), 240, np.uint8)))) == ()
    assert flags(picture_page(png(np.full((600, 420), 20, np.uint8)))) == ()


def test_a_line_drawn_as_shapes_is_flagged(written, draw):
    # "Local authorities" of a table was one path of 1,768 lines and curves.
    page = draw.text(50, 100, SENTENCE[:60]) + draw.outlines(50, 150, 17)
    assert flags(written([page])) == (Flag.OUTLINES,)


def test_banners_arrows_and_frames_are_not_flagged(written, draw):
    page = draw.text(50, 100, SENTENCE[:60]) + "0 0.6 0.9 rg " + draw.rule(0, 60, 420) + "0 500 420 60 re f\n"
    page += "60 440 m 200 440 l 210 450 l 200 460 l 60 460 l h f\n" * 30
    page += draw.outlines(300, 300, 1, high=20)
    assert flags(written([page])) == ()


def test_shapes_behind_letters_are_not_flagged(written, draw):
    page = draw.outlines(50, 150, 17) + draw.text(50, 150, "LOCAL AUTHORITIES AND")
    assert flags(written([page])) == ()


def test_letters_drawn_one_by_one_are_flagged(written, draw):
    letters = "".join(draw.outlines(50 + 7 * n, 100 + 14 * row, 1) for row in range(3) for n in range(20))
    logo = "".join(draw.outlines(50 + 7 * n, 100, 1) for n in range(20))
    assert flags(written([letters])) == (Flag.OUTLINES,)
    assert flags(written([logo + draw.text(50, 300, SENTENCE[:60])])) == ()


def test_ligatures_drawn_as_shapes_within_words_are_flagged(written, draw):
    # "objetivos", "políticas": the letters "ti" are shapes, the text layer says "obje vos".
    page = ""
    for row in range(4):
        page += draw.text(50, 100 + 20 * row, "Los obje") + draw.outlines(98, 100 + 20 * row, 1)
        page += draw.text(105, 100 + 20 * row, "vos y la seguridad de las personas")
    assert flags(written([page])) == (Flag.OUTLINES,)


def test_letters_of_private_use_and_unmapped_ones_are_garbled(written, draw):
    words = "Migration is a multidimensional reality"
    private = written([draw.wide(10, 100, words, size=10)], letters=b"<0000> <FFFF> <E000>")
    assert flags(private) == (Flag.GARBLED,)
    assert flags(written([draw.wide(10, 100, words, size=10)], name="b.pdf", letters=b"")) == (Flag.GARBLED,)
    assert flags(written([draw.wide(10, 100, words, size=10)], name="c.pdf")) == ()


@pytest.mark.parametrize(
    "cipher",
    [
        lambda letter: chr(ord(letter) - 29) if letter.isalpha() else letter,  # codes of glyphs taken for letters
        lambda letter: {"a": "t", "e": "s", "i": "r", "o": "n", "u": "l"}.get(letter, letter),
        lambda letter: letter.upper() if letter in "sthrc" else letter,  # fonts that draw Georgian for Latin capitals
    ],
)
def test_letters_in_no_plausible_language_are_garbled(written, draw, cipher):
    lines = [SENTENCE.strip()] * 6
    garbled = ["".join(map(cipher, line)) for line in lines]
    for name, text, expected in (("a.pdf", lines, ()), ("b.pdf", garbled, (Flag.GARBLED,))):
        page = "".join(draw.text(20, 100 + 14 * n, line, size=9) for n, line in enumerate(text))
        assert flags(written([page], name=name)) == expected


def test_words_that_stay_glued_are_flagged(written, draw):
    glued = [
        "stakeholdersandgovernmentsworkinghere in the country",
        "the policyCoherence of a State and migrantsRights",
    ]
    page = "".join(draw.text(20, 100 + 14 * n, line, size=9) for n, line in enumerate(glued))
    assert flags(written([page])) == (Flag.GLUED_WORDS,)
    addresses = "https://example.org/stakeholdersandgovernmentsworkinghere a.b@stakeholdersandgovernmentsworking.org "
    page = "".join(draw.text(20, 100 + 14 * n, addresses, size=6) for n in range(4))
    assert flags(written([page], name="b.pdf")) == ()


def test_flags_are_of_the_page_that_has_them(written, draw, typeset):
    pages = [draw.text(50, 100, SENTENCE[:60]), draw.outlines(50, 150, 17), draw.text(50, 100, SENTENCE[:50])]
    assert [page.flags for page in parse_pdf(written(pages)).pages] == [(), (Flag.OUTLINES,), ()]


def test_pictures_are_png_files_of_the_page(written, draw):
    [picture] = render_pages(written([draw.text(50, 100, "A")]), [0])
    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    assert int.from_bytes(picture[16:20], "big") == pytest.approx(420 * 200 / 72, abs=1)


def test_noise_of_few_letters_says_nothing(written, draw):
    letters = "".join(random.Random(1).choices("bcdfghjkl ", k=60))
    assert flags(written([draw.text(20, 100, letters, size=8)])) == ()

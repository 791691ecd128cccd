"""Words of a PDF: spaces, ligatures, hyphens, accents, scripts, notes."""

import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from waymark.engines.documents.parsers.pdf.reader import parse_pdf
from waymark.engines.documents.parsers.pdf.words import joined, plain


def texts(path):
    return [block.text for block in parse_pdf(path).blocks]


def test_a_space_that_is_only_a_gap_is_repaired(written, draw):
    # 110 thousandths of an em are too narrow for pdfium's own rule, and wider than any gap within a word.
    gaps = "BT /R 12 Tf 1 0 0 1 50 500 Tm [(safe) -110 (and) -110 (orderly) -110 (migration)] TJ ET"
    assert texts(written([gaps])) == ["safe and orderly migration"]


def test_letters_set_apart_a_little_stay_one_word(written, draw):
    tracked = "BT /R 12 Tf 0.4 Tc 1 0 0 1 50 500 Tm (migration governance) Tj ET"
    kerned = "BT /R 12 Tf 0 Tc 1 0 0 1 50 450 Tm [(mig) -30 (ra) 20 (tion)] TJ ET"
    assert texts(written([tracked + "\n" + kerned])) == ["migration governance", "migration"]


def test_ligatures_are_opened_and_accents_composed(written, draw):
    assert texts(written([draw.wide(30, 100, "oﬃce ﬂow e\u0301te\u0301")])) == ["office flow été"]


def test_a_word_broken_at_the_end_of_a_line_is_put_together(written, draw):
    page = draw.text(50, 100, "The States will streng-") + draw.text(50, 114, "then their coop-")
    page += draw.text(50, 128, "eration on non-") + draw.text(50, 142, "discrimination of migrants.")
    assert texts(written([page])) == ["The States will strengthen their cooperation on non-discrimination of migrants."]


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (["migra\xad", "tion"], "migration"),
        (["the Asia-", "Pacific region"], "the Asia-Pacific region"),
        (["follow-", "up"], "follow-up"),
        (["state-of-the-", "art"], "state-of-the-art"),
        (["see https://example.org/", "a"], "see https://example.org/a"),
        (["2018 –", "2020"], "2018 – 2020"),
        (["移民", "政策"], "移民政策"),
        (["移民", "GCM"], "移民 GCM"),
        (["", "a"], "a"),
    ],
)  # fmt: skip
def test_lines_are_joined(lines, text):
    assert joined(lines) == text


def test_plain_text_loses_signs_of_control_only():
    assert plain("a\x02b\u200bc\ufb01 d") == "abcfi d"
    assert plain("ascii stays") == "ascii stays"


def test_the_number_of_a_note_is_set_apart_from_its_word(written):
    page = "BT /R 12 Tf 1 0 0 1 50 500 Tm (the end of the pandemic.) Tj /R 7 Tf 5 Ts (23) Tj "
    page += "/R 12 Tf 0 Ts ( Migrants of 2020) Tj /R 7 Tf 5 Ts (4) Tj ET"
    assert texts(written([page])) == ["the end of the pandemic. 23 Migrants of 20204"]


def test_chinese_lines_are_joined_without_spaces(written, draw):
    page = draw.wide(50, 100, "国家承诺改善移民数据的收集", size=14) + draw.wide(50, 120, "和使用。", size=14)
    assert texts(written([page])) == ["国家承诺改善移民数据的收集和使用。"]


def test_letters_outside_the_basic_plane_are_read(written, draw):
    letters = b"<0041> <0041> <D840DC00>\n<0042> <0042> <0042>"
    assert texts(written([draw.wide(50, 100, "ABAB")], letters=letters)) == ["\U00020000B\U00020000B"]


@pytest.mark.parametrize(
    "words",
    [
        "Государства обязуются собирать и использовать точные данные",
        "სახელმწიფოები იღებენ ვალდებულებას შეაგროვონ ზუსტი მონაცემები",
        "ملتزمون بجمع واستخدام بيانات دقيقة ومصنفة",
        "Les États s’engagent à recueillir des données précises",
    ],
)
def test_other_scripts_are_read_in_their_order(typeset, words):
    lines = typeset(f"#set page(width: 250pt)\n{words}\n\n#v(20pt)\n{words}")
    assert texts(lines) == [words, words]


VOCABULARY = """
migration governance policy coherence stakeholders implementation the and of to in a for with on by from data
collection protection services children rights countries origin transit destination people communities strategy review
"""
WORDS = VOCABULARY.split()


@settings(max_examples=25)
@given(
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=160),
    st.sampled_from([(1, True), (1, False), (2, True), (2, False), (3, False)]),
    st.sampled_from(["Libertinus Serif", "DejaVu Sans"]),
)
def test_what_typst_sets_is_read_back(typeset, words, shape, font):
    columns, justify = shape
    source = f"#set text(font: {font!r}, lang: 'en', hyphenate: true)\n#set par(justify: {str(justify).lower()})\n"
    body = " ".join(words)
    path = typeset((source + f"#columns({columns}, gutter: 20pt)[{body}]").replace("'", '"'))
    read = " ".join(texts(path))
    assert re.sub(r"[\s|]+", "", read) == body.replace(" ", "")
    assert " ".join(read.replace("|", " ").split()) == body


@settings(max_examples=200)
@given(st.lists(st.text(max_size=30), min_size=1, max_size=5))
def test_joined_text_is_clean(lines):
    text = joined([" ".join(line.split()) for line in lines])
    assert text == " ".join(text.split())
    assert unicodedata.is_normalized("NFC", text)

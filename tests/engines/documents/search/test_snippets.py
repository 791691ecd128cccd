"""Snippets: at most 40 words, around the most of what was asked for, the matches marked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waymark.engines.documents.search.compiling import plan
from waymark.engines.documents.search.marks import Marker
from waymark.engines.documents.search.model import SNIPPET_WORDS, Entry, Said
from waymark.engines.documents.search.question import read
from waymark.engines.documents.search.snippets import snippet, title

LANGUAGES = ("en", "fr", "zh", "ka", "ar")


def marker(question):
    return Marker(plan(read(question), LANGUAGES))


def shown(text, question, language="en"):
    found = snippet(Entry("u", "passage", texts=(Said(language, text),)), marker(question))
    return found.text, [found.text[start:end] for start, end in found.marks]


FILL = " ".join(f"filler{n}" for n in range(60))


def test_a_short_text_is_shown_whole():
    assert shown("Fees are\n paid  by employers.", "fee") == ("Fees are paid by employers.", ["Fees"])


@pytest.mark.parametrize(("before", "after"), [(FILL, FILL), ("", FILL), (FILL, "")])
def test_the_middle_is_cut_around_the_match(before, after):
    text, marks = shown(f"{before} migrant workers {after}", "migrant worker")
    assert marks == ["migrant", "workers"]
    assert len([word for word in text.split() if word != "…"]) == SNIPPET_WORDS
    assert text.startswith("… ") is bool(before)
    assert text.endswith(" …") is bool(after)


@pytest.mark.parametrize(("count", "cut"), [(SNIPPET_WORDS, False), (SNIPPET_WORDS + 1, True)])
def test_a_text_of_one_word_too_many_is_cut(count, cut):
    text, _ = shown(" ".join(["fee"] * count), "fee")
    assert text.endswith("…") is cut
    assert text.count("fee") == SNIPPET_WORDS


def test_most_different_words_win_over_most_matches():
    text, marks = shown(f"fee fee fee {FILL} fee paid {FILL} fee", "fee paid")
    assert marks == ["fee", "paid"]
    assert "fee paid" in text


def test_the_earliest_place_wins_among_equals():
    assert shown(f"First fee. {FILL} second fee.", "fee")[0].startswith("First fee.")


def test_a_phrase_is_marked_as_one_and_only_where_it_stands():
    text, marks = shown(f"Work and right. {FILL} The right to work, and work.", '"right to work"')
    assert marks == ["right to work"]
    assert "The right to work" in text


@pytest.mark.parametrize(
    ("question", "text", "language", "marks"),
    [
        ("migr*", "Migrants’ migration, emigrants", "en", ["Migrants", "migration"]),
        ("acces", "L’accès aux soins", "fr", ["accès"]),
        ("Tbilisi", "ცენტრი თბილისში", "ka", ["თბილისში"]),
        ("移民", "保护移民，移民权利", "zh", ["移民", "移民"]),
        ("民", "保护移民", "zh", ["民"]),
        ("الهجرة", "والهجرة الدولية", "ar", ["والهجرة"]),
        ("(fee)", "(fees) “fee”", "en", ["fees", "fee"]),
        ("nothing", "Fees are paid", "en", []),
    ],
)
def test_marks(question, text, language, marks):
    assert shown(text, question, language)[1] == marks


def test_a_text_without_spaces_is_cut_too():
    text, marks = shown(f"{'甲' * 200}移民{'乙' * 200}", "移民", "zh")
    assert marks == ["移民"]
    assert len(text.strip("…")) == 2 * SNIPPET_WORDS
    assert text[0] == text[-1] == "…"


def test_the_text_that_answers_best_is_shown():
    texts = (Said("en", "Nothing here"), Said("fr", "Les frais"), Said("en", "Fees and frais"))
    entry = Entry("u", "finding", titles=(Said("en", "Fees"), Said("fr", "Frais")), texts=texts)
    assert snippet(entry, marker("frais")).text == "Les frais"
    assert snippet(entry, marker("frais fees")).text == "Fees and frais"
    assert title(entry, marker("frais"), "fr").text == "Frais"
    assert title(entry, marker("other"), "fr").text == "Frais"
    assert title(entry, marker("other")).text == "Fees"
    assert title(entry, marker("fees"), "fr").marks == ((0, 4),)
    assert snippet(Entry("u", "organisation"), marker("x1")).text == ""


def test_without_a_question_nothing_is_marked():
    entry = Entry("u", "passage", texts=(Said("en", FILL),))
    found = snippet(entry, Marker(None))
    assert found.marks == ()
    assert found.text.startswith("filler0")


@given(
    st.text(alphabet="fees paid移民—\n.’ა", max_size=400),
    st.sampled_from(["fee", "移民", '"fee s"', "pai*", "fee 移"]),
    st.sampled_from(["en", "zh", ""]),
)
def test_marks_lie_inside_and_apart(text, question, language):
    found = snippet(Entry("u", "passage", texts=(Said(language, text),)), marker(question))
    last = 0
    for start, end in found.marks:
        assert last <= start < end <= len(found.text)
        last = end
    assert len(found.text.replace("…", "").split()) <= SNIPPET_WORDS

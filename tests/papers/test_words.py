"""Words of others are marked for what their numerals are, and nothing is lost or added on the way."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waymark.engines.printing.blocks import Run
from waymark.papers.words import code, count, dated, day, joined, marked, paragraph, phrase, plain

TEXTS = st.text() | st.lists(
    st.sampled_from(
        ["A/RES/73/195", "10.c.1", "2015", "2015–2019", "1,234", "12.5%", "(3)", "−4", "٣", "½", "x²", "COVID-19",
         "5.", "“7”", " ", ", ", "a", "mi2", "2026-05-08", "1\u00a0200", "№ 5", "Ⅳ", "\n"]
    )
).map("".join)  # fmt: skip


@given(TEXTS, st.sampled_from(["", "urn:waymark:local:commitment:x"]))
def test_marked_words_are_the_words(text: str, origin: str) -> None:
    assert plain(marked(text, origin=origin)) == text


@given(TEXTS, st.sampled_from(["", "urn:waymark:local:commitment:x"]))
def test_no_plain_run_holds_a_digit(text: str, origin: str) -> None:
    assert not [run for run in marked(text, origin=origin) if run.kind == "text" and any(map(str.isdigit, run.text))]


@given(TEXTS)
def test_style_language_and_link_reach_every_run(text: str) -> None:
    for run in marked(text, style="muted", lang="ka", href="#x"):
        assert (run.style, run.lang, run.href) == ("muted", "ka", "#x")


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("in 2024 and", [("text", "in "), ("date", "2024"), ("text", " and")]),
        ("2015–2019", [("date", "2015–2019")]),
        ("on 2026-05-08.", [("text", "on "), ("date", "2026-05-08"), ("text", ".")]),
        ("A/RES/73/195", [("numbering", "A/RES/73/195")]),
        ("target 10.c.1,", [("text", "target "), ("numbering", "10.c.1"), ("text", ",")]),
        ("no numeral", [("text", "no numeral")]),
        ("", []),
    ],
)
def test_kinds(text: str, kinds: list[tuple[str, str]]) -> None:
    assert [(run.kind, run.text) for run in marked(text)] == kinds


def test_a_number_alone_is_a_figure_only_when_it_is_quoted_from_somewhere() -> None:
    assert [run.kind for run in marked("open: 1,250", origin="urn:x")] == ["text", "figure"]
    assert marked("open: 1,250", origin="urn:x")[1].value == "1250"
    assert [run.kind for run in marked("open: 1,250")] == ["text", "numbering"]


def test_short_runs() -> None:
    assert count(1250, "en") == Run("1,250", "count", value="1250")
    assert code("7", href="#x") == Run("7", "numbering", href="#x")
    assert day("2026-05-08", "en") == Run("8 May 2026", "date", value="2026-05-08")
    assert day("", "en") == Run("date not known", style="muted")


def test_phrases_keep_their_order() -> None:
    runs = phrase("a", Run("b"), (Run("c"), Run("d")))
    assert plain(runs) == "abcd"
    assert plain(joined([(Run("a"),), (Run("b"),)], "; ")) == "a; b"
    assert joined([]) == ()
    assert paragraph("a", Run("b")).runs == (Run("a"), Run("b"))


def test_an_iso_day_in_a_quotation_is_said_in_words() -> None:
    said = dated("Letter 12/4 of the Ministry, 2018-12-19", "en")
    assert plain(said) == "Letter 12/4 of the Ministry, 19 December 2018"
    assert [(run.kind, run.value) for run in said if run.kind == "date"] == [("date", "2018-12-19")]

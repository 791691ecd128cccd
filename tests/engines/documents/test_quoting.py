import pytest
from hypothesis import given
from hypothesis import strategies as st

from waymark.engines.documents.quoting import LIMIT, count_words, holds, quotation

SHORT = "Prices are compared each month."
LONG = " ".join(f"Sentence {number} tells something about the prices of the month." for number in range(1, 12))


def test_a_short_passage_comes_whole() -> None:
    assert quotation(f"  {SHORT}\n") == SHORT


def test_the_first_sentences_that_fit() -> None:
    found = quotation(LONG)
    assert found.startswith("Sentence 1 tells")
    assert found.endswith("month. …")
    assert count_words(found) <= LIMIT + 1  # the sign for what is left out is no word


def test_the_sentence_about_the_words_looked_for() -> None:
    text = f"{LONG} Migrants send remittances home. {LONG}"
    assert quotation(text, ["remittances"]).startswith("… Migrants send remittances home.")


def test_one_long_sentence_begins_near_the_word() -> None:
    text = " ".join([*["before"] * 60, "remittances", *["after"] * 60])
    found = quotation(text, ["remittances"])
    assert "remittances" in found
    assert found.startswith("… before")
    assert found.endswith("after …")
    assert count_words(found.strip("… ")) == LIMIT


def test_a_sentence_of_exactly_the_limit_is_not_cut() -> None:
    text = " ".join(["word"] * (LIMIT - 1) + ["end."])
    assert quotation(text + " More words follow here.") == f"{text} …"
    assert quotation(text) == text


def test_chinese_counts_two_characters_as_a_word() -> None:
    assert count_words("移民政策") == 2
    text = "移" * 200
    found = quotation(text)
    assert len(found.rstrip("… ")) == 2 * LIMIT


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("Prices are", True),
        ("Prices … each month.", True),
        ("each month … Prices", False),
        ("Prices were", False),
        ("Prices  are\ncompared", True),
    ],
)
def test_words_that_stand_in_the_passage(words: str, answer: bool) -> None:
    assert holds(SHORT, words) is answer


@given(st.text(max_size=600), st.lists(st.text(max_size=8), max_size=3))
def test_every_quotation_is_short_and_stands_in_the_text(text: str, around: list[str]) -> None:
    found = quotation(text.replace("…", ""), around)
    assert count_words(found.strip("… ")) <= LIMIT
    assert holds(text.replace("…", ""), found.strip("… "))

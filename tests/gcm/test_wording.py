"""Refusals and labels in words: slots, plurals, closed lists, and the language that is asked for."""

import pickle
from datetime import date
from enum import StrEnum
from pathlib import Path

import pytest

from waymark.gcm import translations, wording
from waymark.gcm.errors import InputError, NotFoundError, RefusedError
from waymark.gcm.nouns import Noun
from waymark.gcm.translations import read, translation
from waymark.gcm.wording import Label, OneOf, Phrase, label, phrase


class Colour(StrEnum):
    """A closed list without labels of its own."""

    RED = "red"


def test_a_refusal_speaks_english_and_keeps_its_code_and_slots() -> None:
    refusal = RefusedError("report.period_locked", period="2026-h1")
    assert str(refusal) == "The reporting period 2026-h1 is locked. Ask the secretariat to reopen it."
    assert (refusal.code, refusal.slots) == ("report.period_locked", {"period": "2026-h1"})
    assert refusal.exit_code == 3
    assert str(pickle.loads(pickle.dumps(refusal))) == str(refusal)


def test_a_translated_refusal_comes_out_in_georgian_with_its_slots_filled() -> None:
    refusal = RefusedError("report.period_locked", period="2026-h1")
    words = refusal.words("ka")
    assert "2026-h1" in words
    assert "{" not in words
    assert "ჩაკეტილია" in words
    assert refusal.words("ka-GE") == words
    assert str(refusal) == refusal.words("en")


def test_what_fills_a_slot_is_translated_too() -> None:
    inner = phrase("rule.too_long", field="code", length=301, limit=300)
    refusal = RefusedError("store.row_refused", noun=Noun("person"), row="nino", rule=inner)
    words = refusal.words("ka")
    assert Noun("person").words("ka") in words
    assert inner.words("ka") in words
    assert all(part in words for part in ("nino", "301", "300"))


def test_a_refused_value_is_put_together_in_each_language() -> None:
    error = InputError.coded("mark.without_source", mark="verified")
    assert (
        str(error)
        == error.words("en")
        == (
            "mark 'verified': a fact with this mark must name its source. Expected: a source. "
            "Name the source, or mark the fact as a proposal."
        )
    )
    assert (error.given, error.expected) == ("mark 'verified'", "a source")
    assert "verified" in error.words("ka")
    assert "Expected" not in error.words("ka")


def test_words_without_a_code_stay_english() -> None:
    error = NotFoundError("a", "b", expected="c", todo="d")
    assert error.words("ka") == str(error) == "a: b. Expected: c. d."


@pytest.mark.parametrize("language", ["fr", "xx", "../ka", "", "zh-Hans"])
def test_a_language_without_a_file_falls_back_to_english(language: str) -> None:
    assert RefusedError("review.open_already", review="r").words(language) == "The review r is open already."


def test_one_and_many_are_worded_apart() -> None:
    one, many = (RefusedError("post.leaves_drafts", count=count, post="p") for count in (1, 5))
    assert str(one) == "1 draft belongs to the post p. Name the post that takes it."
    assert str(many) == "5 drafts belong to the post p. Name the post that takes them."
    assert [Noun("person", count).words() for count in (0, 1, 2)] == ["persons", "person", "persons"]
    assert "5" in many.words("ka")
    assert one.words("ka").replace("1", "5") == many.words("ka")  # Georgian nouns keep their form after a number


RUSSIAN = """
msgid ""
msgstr ""
"Plural-Forms: nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : "
"n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);\\n"
"Content-Type: text/plain; charset=utf-8\\n"

msgctxt "noun"
msgid "draft"
msgid_plural "drafts"
msgstr[0] "черновик"
msgstr[1] "черновика"
msgstr[2] "черновиков"

#, fuzzy
msgid "The review {review} is open already."
msgstr "Обзор уже закрыт."
"""


def test_a_language_with_three_forms_chooses_by_number(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "ru" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "waymark.po").write_text(RUSSIAN.strip(), encoding="utf-8")
    russian = read(folder / "waymark.po", "ru")
    forms = [russian.npgettext("noun", "draft", "drafts", number) for number in (1, 3, 5, 21)]
    assert forms == ["черновик", "черновика", "черновиков", "черновик"]
    monkeypatch.setattr(translations, "LOCALE", tmp_path)
    translations._translation.cache_clear()
    try:
        assert Noun("draft", 3).words("ru") == "черновика"
        fuzzy = RefusedError("review.open_already", review="r").words("ru")
        assert fuzzy == "The review r is open already."  # what nobody confirmed is not said
    finally:
        translations._translation.cache_clear()


def test_each_kind_of_slot_has_words() -> None:
    slots = {"person": "urn:p", "post": "officer", "on": None}
    assert (
        RefusedError("permission.not_in_office", **slots)
        .words()
        .startswith("urn:p does not hold the post officer on an unknown day.")
    )
    assert "on 2026-05-08." in str(RefusedError("permission.not_in_office", **slots | {"on": date(2026, 5, 8)}))
    assert wording.slot_words((Colour.RED, 3, "x"), "en") == "red, 3, x"
    assert OneOf(["a", "b", "c"]).words() == "a, b or c"
    assert OneOf(["a", "b"]).words("ka") == "a ან b"
    assert label(Colour.RED) == "red"


def test_words_in_a_slot_are_never_read_as_a_slot() -> None:
    text = "{period} {0.__class__} %s"
    assert text in str(RefusedError("report.period_locked", period=text))


def test_equal_words_of_two_lists_are_translated_apart() -> None:
    assert Label("state", "open").words("ka") != "open"
    assert Label("no such list", "open").words("ka") == "open"


def test_georgian_is_marked_as_not_reviewed() -> None:
    head = (translations.LOCALE / "ka" / "LC_MESSAGES" / "waymark.po").read_text("utf-8").partition("msgid")[0]
    assert "Not reviewed by a native speaker" in head
    assert translation("ka") is translation("ka-GE")


def test_a_slot_that_nothing_fills_is_our_defect() -> None:
    with pytest.raises(KeyError):
        Phrase("report.period_locked", {}).words()
    with pytest.raises(KeyError):
        Phrase("no.such.code", {}).words()
    with pytest.raises(TypeError):
        Phrase("mark.unknown", {}).words()
    with pytest.raises(TypeError):
        InputError.coded("report.period_locked", period="x")


def test_a_list_of_nothing_is_said() -> None:
    refused = RefusedError("value.unknown_breakdown", indicator="permits", name="sex", known=())
    assert "permits is not broken down by sex, only by: none." in refused.words()

"""Names in Latin, Georgian and Cyrillic letters meet under one key."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waymark.engines.documents.search.names import keys, keys_wanted
from waymark.engines.documents.words.tokens import fold, words


@pytest.mark.parametrize(
    "names",
    [
        "Tbilisi თბილისი თბილისში თბილისის Тбилиси",
        "Rustavi რუსთავი რუსთავში Рустави",
        "Batumi ბათუმი Батуми",
        "Kutaisi ქუთაისი Кутаиси",
        "Akhaltsikhe Ahaltsikhe ახალციხე ახალციხის Ахалцихе",
        "Mtskheta მცხეთა მცხეთის Мцхета",
        "Javakheti ჯავახეთი ჯავახეთის Джавахети",
        "Samegrelo სამეგრელო სამეგრელოს Самегрело",
        "Zhvania Jvania ჟვანია Жвания",
        "Yulia Iulia Юлия",
        "Giorgi გიორგი Гиорги",
    ],
)
def test_a_name_meets_itself_in_other_scripts(names):
    if names.startswith("Zhvania"):
        names = "Zhvania ჟვანია Жвания"  # "j" stands for another Georgian letter
    kept = {name: {key[1:] for key in keys(name)} for name in names.split()}
    assert len(set(map(frozenset, kept.values()))) == 1, kept
    for asked in names.split():
        wanted = set(keys_wanted(fold(asked)))
        for other in names.split():
            if not (asked.isascii() and other.isascii()):
                assert wanted & set(keys(other)), (asked, other)


def test_a_latin_question_does_not_look_for_latin_words_that_sound_alike():
    assert not set(keys_wanted("tbilisi")) & set(keys("Tbiliso"))


@pytest.mark.parametrize("chunk", ["migration", "migration,", "2022", "GE", "Co-2", "ab", "—", "国"])
def test_what_is_no_name_has_no_key(chunk):
    assert keys(chunk) == []


def test_the_second_reading_of_an_arabic_word_has_a_key():
    assert set(keys("بهجرة")) & set(keys_wanted(fold("الهجرة")))


@given(st.text(max_size=20))
def test_any_text_has_keys_without_spaces(text):
    for chunk in text.split():
        assert all(key and not any(letter.isspace() for letter in key) for key in keys(chunk))
    for word in words(text):
        keys_wanted(word)

"""Words of seven languages: folded, cut and stemmed so that inflected forms meet, always the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waymark.engines.documents.words.stemming_arabic import without_particle
from waymark.engines.documents.words.tokens import fold, spans, tokens, words

LANGUAGES = ["en", "fr", "es", "ru", "ar", "zh", "ka", "pt", "uk", "fa", "", "fr-CA", "zh-Hant", "xx"]

MEET = [
    ("en", "migrant migrants Migrants MIGRANT migrants' migrant's"),
    ("en", "organisation organization organisations Organizations"),
    ("en", "labour labor labours"),
    ("en", "programme program programmes"),
    ("en", "analyse analyze"),
    ("en", "centre center centres"),
    ("fr", "déplacée déplacées deplacees déplacé Déplacés"),
    ("fr", "l'accès d'accès accès acces l’accès"),
    ("fr", "mobilité mobilités mobilite"),
    ("fr", "travailleuse travailleuses travailleur travailleurs"),
    ("fr", "régulière régulières régulier réguliers reguliere"),
    ("fr", "œuvre oeuvre œuvres"),
    ("es", "migración migraciones migracion"),
    ("es", "niña niñas niño niños ninos"),
    ("es", "protección proteccion"),
    ("ru", "миграция миграции миграцией Миграцию"),
    ("ru", "ребёнок ребенок Ребёнок"),
    ("ru", "мигрант мигранты мигрантов мигрантам"),
    ("ar", "هجرة الهجرة والهجرة للهجرة هِجْرَة هجـــرة"),
    ("ar", "مهاجر المهاجرين والمهاجرين للمهاجرين مهاجرون المهاجرات"),
    ("ar", "لاجئ لاجئون اللاجئين لاجئين"),
    ("ar", "منظمة المنظمات ومنظمات للمنظمات"),
    ("ar", "وزارة الوزارة وزارات للوزارة"),
    ("ar", "إقليمي الإقليمية اقليمية"),
    ("ka", "მიგრაცია მიგრაციის მიგრაციას მიგრაციაში მიგრაციიდან მიგრაციისთვის მიგრაციაც ᲛᲘᲒᲠᲐᲪᲘᲐ"),
    ("ka", "მიგრანტი მიგრანტები მიგრანტებს მიგრანტების მიგრანტებისთვის მიგრანტთა მიგრანტმა"),
    ("ka", "უფლება უფლებები უფლებების უფლებათა"),
    ("ka", "თბილისი თბილისში თბილისის თბილისს თბილისიდან თბილისამდე"),
    ("ka", "საქართველო საქართველოს საქართველოში საქართველოდან საქართველოსთვის"),
    ("ka", "ქვეყანა ქვეყნის ქვეყნები ქვეყნებში"),
    ("ka", "რეფორმა რეფორმის რეფორმები"),
    ("ka", "ადამიანი ადამიანმა ადამიანთან ადამიანისგან"),
    ("de", "Länder Lander"),
]

APART = [
    ("en", "migrant migration"),
    ("en", "internal international"),
    ("en", "basis basic"),
    ("fr", "droit adroit"),
    ("ru", "край кран"),
    ("ar", "بلد ولد"),
    ("ar", "وزارة زيارة"),
    ("ka", "სახელი სახლი"),
    ("ka", "მიგრანტი მიგრაცია"),
]


@pytest.mark.parametrize(("language", "forms"), MEET, ids=lambda value: value[:30])
def test_inflected_forms_meet_in_one_token(language, forms):
    found = {form: tokens(form, language) for form in forms.split()}
    assert len(set(map(tuple, found.values()))) == 1, found
    assert all(len(token) == 1 for token in found.values())


@pytest.mark.parametrize(("language", "forms"), APART, ids=lambda value: value[:30])
def test_different_words_stay_apart(language, forms):
    first, second = (tokens(form, language) for form in forms.split())
    assert first != second


def test_words_are_folded_and_not_stemmed():
    assert words("L'Évaluation des ŒUVRES, d’accueil; migrants' rights don't") == [
        "evaluation", "des", "oeuvres", "accueil", "migrants", "rights", "don",
    ]  # fmt: skip
    assert words("A/RES/73/195, COVID-19, ٢٠٢٢") == ["a", "res", "73", "195", "covid", "19", "2022"]


def test_scripts_without_spaces_give_pairs_and_single_characters():
    assert tokens("保护移民 2018年", "zh") == ["保护", "护移", "移民", "2018", "年"]
    assert words("保护移民 2018年") == ["保", "护", "移", "民", "2018", "年"]
    assert spans("在保护移民", "zh") == [("在保", 0, 2), ("保护", 1, 3), ("护移", 2, 4), ("移民", 3, 5)]


def test_a_word_is_stemmed_by_its_own_script():
    assert tokens("offices in თბილისში and Тбилиси", "en") == ["offic", "in", "თბილის", "and", "тбилис"]
    assert tokens("migrants", "ka") == ["migrant"]
    assert tokens("migrants", "") == ["migrants"]
    assert tokens("громадянами", "uk") == ["громадянами"]


def test_a_soft_hyphen_or_a_joiner_does_not_cut_a_word():
    assert words("mi\u00adgration e\u0301tat می\u200cروم") == ["migration", "etat", "ميروم"]


def test_the_second_reading_of_an_arabic_word():
    assert without_particle(fold("بهجرة")) == tokens("هجرة", "ar")[0]
    assert without_particle(fold("وبهجرة")) == tokens("هجرة", "ar")[0]
    assert without_particle(fold("لمهاجرين")) == tokens("مهاجر", "ar")[0]
    assert without_particle(fold("بالهجرة")) == ""
    assert without_particle(fold("هجرة")) == ""
    assert without_particle(fold("بلد")) == ""


def test_a_very_long_word_is_cut():
    assert tokens("x" * 500, "en") == ["x" * 60]


@pytest.mark.parametrize("text", ["", " ", "—", "'", "l'", "...", "\u0301", "ـ"])
def test_what_has_no_word_has_no_token(text):
    assert tokens(text, "fr") in ([], ["l"])
    assert words("ـ") == []


TEXT = st.one_of(
    st.text(max_size=60),
    st.text(alphabet="aàÀœ'’-ss  dlЁёйи\u0306\u0308ءأىةـًაᲐმ移民が\u3099한ﬁ½™İıΣς\u00ad\u200c_9٣", max_size=40),
)


@given(TEXT)
def test_folding_twice_changes_nothing_more(text):
    assert fold(fold(text)) == fold(text)


@given(TEXT, st.sampled_from(LANGUAGES))
def test_spans_are_the_tokens_and_lie_in_the_text(text, language):
    found = spans(text, language)
    assert [token for token, _, _ in found] == tokens(text, language)
    last = 0
    for token, start, end in found:
        assert 0 <= start < end <= len(text)
        assert start >= last or (start, end) == (last, end)
        last = start
        assert token
        assert not any(letter.isspace() for letter in token)
        assert token in tokens(text[start:end], language)


@given(TEXT, st.sampled_from(LANGUAGES))
def test_folding_first_gives_the_same_words(text, language):
    """A question may be folded before it is cut into words."""
    if "'" not in fold(text):  # an article before an apostrophe is told by what follows it
        once = words(text)
        assert [word for known in once for word in words(known)] == once


@given(TEXT, TEXT, st.sampled_from(LANGUAGES))
def test_what_stands_before_changes_nothing(before, text, language):
    assert tokens(f"{before} {text}", language) == tokens(before, language) + tokens(text, language)

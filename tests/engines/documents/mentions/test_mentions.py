"""What a passage mentions, rule by rule, in seven languages; and what is left out because nobody can know."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waymark.engines.documents.mentions.amounts import parse
from waymark.engines.documents.mentions.finding import Kind, Known, Names, mentions


def found(text: str, language: str = "en", **names: Names) -> list[tuple[str, str]]:
    known: dict[Kind, Names] = names  # type: ignore[assignment]  # keyword names are kinds
    return [(one.kind, one.value) for one in mentions(text, language, known)]


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("en", "It met on 8 December 2022.", "2022-12-08"),
        ("en", "It met on December 8, 2022.", "2022-12-08"),
        ("en", "It met on 2022-12-08.", "2022-12-08"),
        ("en", "It met in March 2024.", "2024-03"),
        ("fr", "Réunion du 1er mars 2024.", "2024-03-01"),
        ("fr", "Réunion du 8 décembre 2022.", "2022-12-08"),
        ("es", "Reunión del 8 de diciembre de 2022.", "2022-12-08"),
        ("ru", "Заседание 8 декабря 2022 года.", "2022-12-08"),
        ("zh", "会议于2022年12月8日举行。", "2022-12-08"),
        ("ka", "შეხვედრა 2022 წლის 8 დეკემბერს გაიმართა.", "2022-12-08"),
        ("ar", "اجتماع 8 ديسمبر 2022.", "2022-12-08"),
    ],
)
def test_dates(language: str, text: str, value: str) -> None:
    assert found(text, language) == [("date", value)]


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("en", "Report by 31 December 2027.", "2027-12-31"),
        ("en", "The law is due before the end of 2028.", "2028"),
        ("fr", "Rapport d'ici au 31 décembre 2027.", "2027-12-31"),
        ("es", "Informe a más tardar el 31 de diciembre de 2027.", "2027-12-31"),
        ("ru", "Отчёт не позднее 31 декабря 2027 года.", "2027-12-31"),
        ("zh", "报告应在2027年12月31日之前提交。", "2027-12-31"),
        ("ar", "التقرير بحلول 31 ديسمبر 2027.", "2027-12-31"),
    ],
)
def test_deadlines(language: str, text: str, value: str) -> None:
    assert found(text, language) == [("deadline", value)]


@pytest.mark.parametrize("text", ["On 03/04/2025 they met.", "On 31 February 2025.", "In 2025 they met.", "Room 2024."])
def test_what_nobody_can_know_is_no_date(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("en", "It costs US$ 2.5 million.", "USD 2500000"),
        ("en", "It costs EUR 1,250,000.", "EUR 1250000"),
        ("en", "A grant of 3 million euros", "EUR 3000000"),
        ("fr", "Une enveloppe de 2,5 millions d'euros", "EUR 2500000"),
        ("fr", "1 250 000 €", "EUR 1250000"),
        ("es", "3 mil millones de dólares", "USD 3000000000"),
        ("es", "1.250 euros", "EUR 1250"),
        ("ru", "5 млн долларов США", "USD 5000000"),
        ("zh", "拨款300万美元", "USD 3000000"),
        ("ka", "500 ათასი ლარი", "GEL 500000"),
    ],
)
def test_amounts(language: str, text: str, value: str) -> None:
    assert found(text, language) == [("amount", value)]


@pytest.mark.parametrize(
    ("number", "language", "value"),
    [
        ("2,500", "en", "2500"),
        ("2,500", "fr", "2.500"),
        ("2.500", "es", "2500"),
        ("2.500", "en", "2.500"),
        ("1,250.75", "en", "1250.75"),
        ("1.250,75", "es", "1250.75"),
        ("1.250.000", "en", "1250000"),
        ("1.25.000", "en", None),
        ("1,2.3,4", "en", None),
    ],
)
def test_numbers_as_people_write_them(number: str, language: str, value: str | None) -> None:
    assert parse(number, language) == (None if value is None else Decimal(value))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("as in A/RES/73/195, paragraph 16", "A/RES/73/195"),
        ("CMW/C/GC/5 says", "CMW/C/GC/5"),
        ("General Assembly resolution 76/266", "resolution 76/266"),
        ("ILO Convention No. 189 and", "C189"),
        ("the ILO's C190 too", "C190"),
        ("Directive 2011/36/EU of", "2011/36/EU"),
        ("see CETS No. 197", "CETS No. 197"),
        ("COM(2020) 610 final", "COM(2020) 610"),
        ("under Law No. 45/2019 on", "45/2019"),
    ],
)
def test_legal_symbols(text: str, value: str) -> None:
    assert found(text) == [("symbol", value)]


def test_a_symbol_is_not_also_a_date_or_amount() -> None:
    assert found("Under COM(2020) 610 by 2020") == [("symbol", "COM(2020) 610"), ("deadline", "2020")]


BODIES = [
    Known("Ministry of Labour", "min-labour", "name"),
    Known("Ministry of Labour and Health", "min-both", "former name"),
    Known("IOM", "iom", "acronym"),
    Known("Office", "a", "name"),
    Known("Office", "b", "name"),
]


def test_the_longest_name_of_an_organisation_wins() -> None:
    names = Names(BODIES, "en")
    assert found("The Ministry of Labour and Health met.", organisation=names) == [("organisation", "min-both")]
    assert found("The Ministry of Labour met.", organisation=names) == [("organisation", "min-labour")]


def test_a_name_with_two_meanings_is_left_out() -> None:
    assert found("The Office met.", organisation=Names(BODIES, "en")) == []


def test_an_acronym_stands_in_capitals() -> None:
    names = Names(BODIES, "en")
    assert found("IOM and iom", organisation=names) == [("organisation", "iom")]


def test_inflected_names_are_found() -> None:
    places = {"en": "Georgia", "ru": "Грузия", "ka": "საქართველო"}
    for language, text in (("ru", "Миграция в Грузии растёт"), ("ka", "მიგრაცია საქართველოში"), ("en", "in Georgia")):
        names = Names([Known(places[language], "GEO", "name")], language)
        assert found(text, language, place=names) == [("place", "GEO")]


def test_a_small_letter_is_no_name() -> None:
    names = Names([Known("Chad", "TCD", "name")], "en")
    assert found("a hanging chad", place=names) == []
    assert found("in Chad", place=names) == [("place", "TCD")]


def test_a_country_inside_the_name_of_a_body_is_part_of_it() -> None:
    bodies = Names([Known("Bank of Georgia", "bank", "name")], "en")
    places = Names([Known("Georgia", "GEO", "name")], "en")
    assert found("The Bank of Georgia in Georgia", organisation=bodies, place=places) == [
        ("organisation", "bank"),
        ("place", "GEO"),
    ]


@given(st.text(max_size=300), st.sampled_from(["en", "fr", "es", "ru", "ar", "zh", "ka", "xx", ""]))
def test_any_text_is_read(text: str, language: str) -> None:
    for one in mentions(text, language, {}):
        assert text[one.start : one.end] == one.text
        assert one.value

"""Places: codes, names, publishers' areas, memberships."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docs.places import page as place_page
from waymark.gcm import places
from waymark.gcm.errors import InputError, NotFoundError

ROOT = Path(__file__).parents[2]
COUNTRIES = [known for known in places.places() if known.kind == "country"]


def test_all_of_iso_3166_and_no_more_are_countries():
    assert len(COUNTRIES) == 249
    assert {(len(known.code), len(known.iso2), len(known.m49)) for known in COUNTRIES} == {(3, 2, 3)}
    for field in ("code", "iso2", "m49"):
        values = [getattr(known, field) for known in COUNTRIES]
        assert len(set(values)) == 249, field


def test_kinds_and_marks_are_closed_lists_and_every_row_has_a_source():
    kinds = {"country", "area", "region", "subregion", "commission-area", "group", "fictional"}
    for known in places.places():
        assert known.kind in kinds
        assert known.mark in {"verified", "secondary", "recalled", "proposal"}
        assert known.source
        assert known.locator
        assert bool(known.note) == bool(known.note_source)


def test_every_membership_names_known_places_and_has_a_source():
    codes = {known.code for known in places.places()}
    pairs = [(row.member, row.group) for row in places.memberships()]
    assert len(pairs) == len(set(pairs))
    for row in places.memberships():
        assert {row.member, row.group} <= codes
        assert row.role in {"part", "member", "associate"}
        assert row.source
        assert row.mark


def test_georgia():
    georgia = places.place("GEO")
    assert (georgia.iso2, georgia.m49, georgia.name) == ("GE", "268", "Georgia")
    assert georgia.parents == ("145", "ESCAP", "UNECE")
    assert [known.code for known in places.ancestors("GEO")] == ["145", "142", "747", "001"]
    assert [known.code for known in places.commission_of("GEO")] == ["ESCAP", "UNECE"]


def test_every_country_but_antarctica_lies_in_one_region():
    regions = [known.code for known in places.places() if known.kind == "region" and known.code != "001"]
    above = {known.code: {one.code for one in places.ancestors(known.code)} for known in COUNTRIES}
    assert [code for code, found in above.items() if len(found & set(regions)) != 1] == ["ATA"]
    counts = {code: len(places.members(code)) for code in regions}
    assert counts == {"002": 60, "009": 29, "019": 57, "142": 51, "150": 51}
    assert sum(counts.values()) == 248


@pytest.mark.parametrize(
    ("code", "full", "associate"),
    [("UNECE", 56, 0), ("ESCAP", 53, 9), ("ECLAC", 46, 14), ("ECA", 54, 0), ("ESCWA", 21, 0)],
)
def test_commissions_have_their_published_number_of_members(code, full, associate):
    roles = [row.role for row in places.memberships() if row.group == code]
    assert (roles.count("member"), roles.count("associate")) == (full, associate)
    assert len(places.members(code)) == full + associate


def test_memberships_say_how_well_they_are_known():
    marks = {group: {row.mark for row in places.memberships() if row.group == group} for group in ("ECLAC", "747")}
    assert marks == {"ECLAC": {"secondary"}, "747": {"recalled"}}


def test_the_fictional_country_is_no_country():
    orvenia = places.find("Orvenia")
    assert (orvenia.code, orvenia.kind, orvenia.m49, orvenia.iso2) == ("QOR", "fictional", "", "")
    assert orvenia.parents == ()
    assert orvenia not in COUNTRIES
    assert "Fictional" in orvenia.note


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("geo", "GEO"),
        (" GE ", "GEO"),
        ("268", "GEO"),
        ("საქართველო", "GEO"),
        ("Грузия", "GEO"),
        ("جورجيا", "GEO"),
        ("格鲁吉亚", "GEO"),
        ("cote d'ivoire", "CIV"),
        ("Côte d’Ivoire", "CIV"),
        ("COTE D IVOIRE", "CIV"),
        ("Turkey", "TUR"),
        ("Türkiye", "TUR"),
        ("Turquie", "TUR"),
        ("Czech Republic", "CZE"),
        ("Vietnam", "VNM"),
        ("Moldova", "MDA"),
        ("Korea, Rep.", "KOR"),
        ("United Rep. of Tanzania", "TZA"),
        ("Congo, Dem. Rep.", "COD"),
        ("1", "001"),
        ("World", "001"),
        ("Western Asia", "145"),
        ("unece", "UNECE"),
        ("XK", "XKX"),
        ("KSV", "XKX"),
        ("wb:AFE", "wb:AFE"),
        ("Other non-specified areas in Eastern Asia", "TWN"),
        ("Congo, Republic of", "COG"),
    ],
)
def test_find(text, code):
    assert places.find(text).code == code


def test_unknown_place_names_the_closest():
    with pytest.raises(NotFoundError, match=r"Gorgia.*Georgia \(GEO\)"):
        places.find("Gorgia")
    with pytest.raises(NotFoundError, match="Look it up"):
        places.place("§§")


@pytest.mark.parametrize("language", places.LANGUAGES)
def test_a_country_is_found_by_every_name_it_has(language):
    lost = []
    for known in COUNTRIES:
        for form in ("un", "cldr"):
            called = places.name(known.code, language, form=form)
            assert called.text
            for written in (called.text, called.text.upper()):
                found = places.find(written)
                # A short CLDR name may be what the United Nations call another place, which then has it: Micronesia.
                if found.code != known.code and places.folded(found.name) != places.folded(written):
                    lost.append((known.code, language, written, found.code))
    assert lost == []


def test_the_un_name_of_a_region_wins_over_a_short_name_of_a_country():
    assert places.find("Micronesia").code == "057"
    assert places.find("Micronesia (Federated States of)").code == "FSM"


@given(st.text(max_size=20))
def test_find_finds_or_refuses(text):
    try:
        found = places.find(text)
    except NotFoundError:
        return
    assert found in places.places()


@pytest.mark.parametrize(
    ("code", "un", "cldr"),
    [
        ("TUR", "Türkiye", "Türkiye"),
        ("CIV", "Côte d'Ivoire", "Côte d’Ivoire"),
        ("VNM", "Viet Nam", "Vietnam"),
        ("MDA", "Republic of Moldova", "Moldova"),
        ("CZE", "Czechia", "Czechia"),
        ("PRK", "Democratic People's Republic of Korea", "North Korea"),
        ("PSE", "State of Palestine", "Palestinian Territories"),
        ("FLK", "Falkland Islands (Malvinas)", "Falkland Islands"),
        ("TWN", "Taiwan Province of China", "Taiwan"),
    ],
)
def test_english_names_are_those_of_the_united_nations(code, un, cldr):
    assert places.name(code, "en").text == un
    assert places.name(code, "en").checked
    assert places.name(code, "en", form="cldr").text == cldr
    assert not places.name(code, "en", form="cldr").checked


def test_names_in_other_languages_are_marked_not_checked():
    for language in places.LANGUAGES[1:]:
        for known in COUNTRIES:
            called = places.name(known.code, language)
            assert called.language == language
            assert not called.checked
    assert places.name("GEO", "ka").text == "საქართველო"
    assert places.name("145", "fr").text == "Asie de l’Ouest"
    assert places.name("TWN", "fr").text == "Province chinoise de Taïwan"


def test_a_name_that_no_language_has_is_english_and_says_so():
    called = places.name("wb:AFE", "ka")
    assert (called.text, called.language) == ("Africa Eastern and Southern", "en")
    assert places.name("UNECE", "fr").checked is False


def test_an_unknown_language_is_refused():
    for language in ("xx", "", "not a language"):
        with pytest.raises(InputError, match="Choose another language"):
            places.name("GEO", language)


@pytest.mark.parametrize(
    ("scheme", "code", "expected", "kind"),
    [
        ("m49", "268", "GEO", "country"),
        ("m49", "268.0", "GEO", "country"),
        ("m49", "4", "AFG", "country"),
        ("m49", "004", "AFG", "country"),
        ("m49", "1", "001", "aggregate"),
        ("m49", "412", "XKX", "country"),
        ("m49", "158", "TWN", "country"),
        ("m49", "199", "199", "aggregate"),
        ("m49", "127", "unsd:127", "aggregate"),
        ("m49", "901", "unsd:901", "aggregate"),
        ("m49", "99042", "unsd:99042", "aggregate"),
        ("m49", "827", "unsd:827", "aggregate"),
        ("m49", "736", "736", "aggregate"),
        ("undesa", "268", "GEO", "country"),
        ("undesa", "900", "001", "aggregate"),
        ("undesa", "910", "014", "aggregate"),
        ("undesa", "901", "undesa:901", "aggregate"),
        ("undesa", "830", "830", "aggregate"),
        ("iso3", "GEO", "GEO", "country"),
        ("iso3", "UNK", "unhcr:UKN", "aggregate"),
        ("iso3", "XXA", "unhcr:STA", "aggregate"),
        ("iso3", "AUS", "AUS", "country"),
        ("iso3", "QOR", "QOR", "country"),
        ("iso2", "ge", "GEO", "country"),
        ("iso2", "NA", "NAM", "country"),
        ("name", "   Georgia*", "GEO", "country"),
        ("name", "WORLD", "001", "aggregate"),
        ("worldbank", "WLD", "001", "aggregate"),
        ("worldbank", "AFE", "wb:AFE", "aggregate"),
        ("worldbank", "CHI", "830", "aggregate"),
        ("worldbank", "KSV", "XKX", "country"),
        ("worldbank", "ANT", "530", "aggregate"),
        ("iso3", "EU27", "unsd:97", "aggregate"),
        ("worldbank", "XKX", "XKX", "country"),
        ("unhcr", "AUS", "AUT", "country"),
        ("unhcr", "AUL", "AUS", "country"),
        ("unhcr", "CHI", "CHN", "country"),
        ("unhcr", "TIB", "unhcr:TIB", "aggregate"),
        ("unhcr", "UKN", "unhcr:UKN", "aggregate"),
        ("idmc", "AB9", "AB9", "country"),
        ("idmc", "KOS", "XKX", "country"),
    ],
)
def test_publishers_codes(scheme, code, expected, kind):
    area = places.resolve_area(code, scheme=scheme)
    assert area is not None
    assert (area.code, area.kind) == (expected, kind)
    assert area.name == places.place(expected).name


@pytest.mark.parametrize(
    ("scheme", "code"),
    [("m49", "9999"), ("m49", ""), ("iso3", "ZZZ"), ("unhcr", "DEU"), ("worldbank", "UNECE"), ("name", "nowhere")],
)
def test_unknown_codes_are_none(scheme, code):
    assert places.resolve_area(code, scheme=scheme) is None


def test_a_commission_is_no_area_of_a_table():
    assert places.resolve_area("Region of the Economic Commission for Africa", scheme="name") is None


def test_an_unknown_scheme_is_refused():
    with pytest.raises(InputError, match="m49, iso3"):
        places.resolve_area("GEO", scheme="fips")


@given(st.sampled_from(COUNTRIES))
def test_every_country_resolves_by_every_general_scheme(known):
    written = {
        "m49": str(int(known.m49)),
        "iso3": known.code,
        "iso2": known.iso2,
        "name": known.name,
        "worldbank": known.code,
        "idmc": known.code,
        "undesa": f"{int(known.m49)}.0",
    }
    for scheme, code in written.items():
        area = places.resolve_area(code, scheme=scheme)
        assert area == places.Area(known.code, "country", known.name), scheme


def test_disputed_names_carry_the_footnotes_of_the_united_nations():
    assert "Security Council resolution 1244 (1999)" in places.place("XKX").note
    assert "sovereignty over the Falkland Islands (Malvinas)" in places.place("FLK").note


def test_the_reference_page_is_current():
    page = (ROOT / "docs" / "reference" / "places.md").read_text(encoding="utf-8")
    assert page == place_page(), "write docs/reference/places.md again"

"""Indicator definitions, units, questions, and the written form of disaggregations."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docs.indicators import page as indicator_page
from waymark.gcm import indicators
from waymark.gcm.errors import NotFoundError
from waymark.gcm.files import catalogue_path, read_table

ROOT = Path(__file__).parents[2]
ALL = indicators.indicators()
EACH = pytest.mark.parametrize("item", ALL, ids=lambda item: item.code)

# Copied by hand from the project's list of targets and, for the last five, from the texts that the definitions name:
# a wrong number in the catalogue must fail here.
TARGETS = {
    "SI_RMT_COST": (3, 2030, "secondary", False),
    "SG_REG_BRTH": (100, 2030, "secondary", False),
    "SL_TLF_CHLDEA": (0, 2025, "secondary", False),
    "VC_VAW_MARR": (0, 2030, "secondary", False),
    "SH_ACS_UNHC": (100, 2030, "proposal", False),
    "SE_TOT_CPLR": (100, 2030, "secondary", False),
    "SE_PRE_PARTN": (100, 2030, "secondary", False),
    "SH_STA_MMR": (70, 2030, "secondary", True),
    "SH_DYN_MORT": (25, 2030, "secondary", False),
    "SI_POV_DAY1": (0, 2030, "secondary", False),
    "SI_POV_NAHC": (0.5, 2030, "secondary", False),
    "SG_CPA_MIGRS": (3, 2030, "secondary", False),
    "SG_DSR_LGRGSR": (0.75, 2030, "secondary", False),
    "SG_GEN_PARL": (50, 2030, "secondary", False),
    "wb:EG.ELC.ACCS.ZS": (100, 2030, "secondary", False),
    "SP_ACS_BSRVH2O": (100, 2030, "proposal", False),
    "EN_LND_SLUM": (0, 2030, "proposal", False),
    "VC_VAW_SXVLN": (0, 2030, "proposal", False),
}
BY_HALF = {"SI_POV_NAHC"}
DIRECTIONS = {
    "SI_RMT_COST": "down",
    "SG_REG_BRTH": "up",
    "SL_TLF_CHLDEA": "down",
    "VC_HTF_DETV": "none",
    "VC_VAW_MARR": "down",
    "SH_ACS_UNHC": "up",
    "SE_TOT_CPLR": "up",
    "SE_PRE_PARTN": "up",
    "SI_COV_BENFTS": "up",
    "SL_TLF_UEM": "down",
    "SL_EMP_FTLINJUR": "down",
    "SL_LBR_NTLCPL": "down",
    "SG_CPA_MIGRS": "up",
    "SM_DTH_MIGR": "down",
    "SM_POP_REFG_OR": "none",
    "BX_TRF_PWKR": "none",
    "VC_DSR_DAFF": "down",
    "DC_TOF_SCHIPSL": "up",
    "SH_STA_MMR": "down",
    "SH_DYN_MORT": "down",
}


def test_at_least_forty_series_each_defined_once():
    assert len(ALL) >= 40
    assert len({item.series for item in ALL}) == len(ALL)
    assert [item.code for item in ALL] == sorted(item.code for item in ALL)


@EACH
def test_a_definition_is_complete_and_uses_closed_lists(item):
    publisher, _, code = item.series.partition(":")
    assert publisher in {"unsd", "undesa", "iom", "idmc", "unhcr", "wb"}
    expected = code if publisher == "unsd" else f"{publisher}_{code}"
    assert item.code == expected.lower().replace(".", "_")
    assert code == code.upper()
    for field in (
        "title",
        "short",
        "meaning",
        "unit_label",
        "decision",
        "producer",
        "publisher",
        "licence",
        "source_note",
    ):
        assert getattr(item, field), field
    assert item.direction in {"up", "down", "parity", "none"}
    assert item.context in {"", indicators.OUTSIDE}
    assert item.mark in {"verified", "secondary", "proposal"}
    assert item.traits
    assert set(item.traits) <= set(indicators.TRAITS)
    assert item.caveats
    assert item.unit in indicators.units()
    assert item.baseline == indicators.Baseline(2015, "first year from 2015")


@EACH
def test_ranges_limits_and_targets_agree(item):
    low = item.valid_min if item.valid_min is not None else float("-inf")
    high = item.valid_max if item.valid_max is not None else float("inf")
    assert low < high
    if item.natural_limit is not None:
        assert low <= item.natural_limit <= high
    if item.target is not None:
        assert low <= item.target.value <= high
        assert item.target.year in range(2020, 2031)
        assert item.target.source
        assert item.target.locator
        assert item.direction in {"up", "down", "parity"}
    if item.direction == "parity":
        even = "even_split" in item.traits
        assert item.natural_limit == (50 if even else 1)
        assert even != ("parity" in item.traits)
        assert not even or item.unit == "percent"
    if item.direction == "none":
        assert item.target is None


@EACH
def test_ties_name_objectives_and_say_on_what_basis(item):
    assert item.ties
    assert len(set(item.objectives)) == len(item.ties)
    crosswalk = {(row["from_code"], row["to_code"]) for row in read_table("crosswalks", "gcm-sdg.csv")}
    goal = item.framework_code.rpartition(".")[0]
    for tie in item.ties:
        assert tie.objective in indicators.OBJECTIVES
        assert tie.source
        listed = (str(tie.objective), goal) in crosswalk
        assert tie.basis == ("crosswalk" if listed else "proposal")
        assert tie.mark == ("secondary" if listed else "proposal")


@EACH
def test_headline_names_only_values_that_are_no_totals(item):
    for dimension, value in item.headline.items():
        assert (dimension, value) not in indicators.total_codes()
    assert len(item.headline_disagg.split("|")) == max(len(item.headline), 1)


def test_sdg_codes_are_those_of_the_framework():
    known = {row["code"] for row in read_table("frameworks", "sdg.csv")}
    assert {item.framework_code for item in ALL} - {""} <= known


def test_targets_are_those_a_source_states_and_no_others():
    found = {
        item.series.removeprefix("unsd:"): (
            item.target.value,
            item.target.year,
            item.target.mark,
            item.target.reference,
        )
        for item in ALL
        if item.target
    }
    assert found == TARGETS


def test_a_target_that_is_our_reading_of_words_says_so_and_no_other_does():
    """The others are in a list of a second-hand source, or name the number."""
    ours = {item.code for item in ALL if item.target and item.target.mark == "proposal"}
    assert ours == {item.code for item in ALL if item.target and item.target.locator.endswith(": our reading")}
    assert ours == {"en_lnd_slum", "vc_vaw_sxvln", "sp_acs_bsrvh2o", "sh_acs_unhc"}


ENDING = ("1.1", "5.2", "8.7", "16.2")
"""Targets of the 2030 Agenda that eradicate, eliminate or end something: all are a target of zero."""


@pytest.mark.parametrize("target", ENDING)
def test_eradicate_and_eliminate_are_treated_alike(target):
    found = [item for item in ALL if item.framework_code.rpartition(".")[0] == target and item.direction == "down"]
    assert found
    assert [(item.target.value, item.target.relation) for item in found] == [(0, "value")] * len(found)


UNIVERSAL = ("1.4", "3.8.1", "4.1", "4.2", "7.1", "11.1", "16.9.1")
"""Targets of the 2030 Agenda, or indicators of one, that want something for all: all are a target of 100, or of 0 for
the share that lacks it. 1.3 wants substantial coverage, 8.10 wider access: neither names everybody."""


@pytest.mark.parametrize("code", UNIVERSAL)
def test_for_all_and_universal_are_treated_alike(code):
    found = [item for item in ALL if f"{item.framework_code}.".startswith(f"{code}.")]
    assert found
    due = {"up": 100, "down": 0}
    assert [item.target.value for item in found] == [due[item.direction] for item in found]


def test_a_title_that_speaks_of_the_last_years_names_their_number_for_the_sentence():
    for item in ALL:
        assert ("in the last " in item.title) == bool(item.window), item.code
        assert not item.window or f"in the last {item.window}" in item.title


def test_a_caveat_that_questions_what_a_figure_means_is_a_doubt():
    for item in ALL:
        unsure = {
            words for words in item.caveats if "must be checked" in words or "does not say whether the country" in words
        }
        assert unsure <= set(item.doubts) <= set(item.caveats), item.code
        assert item.direction_checked or item.doubts
        assert item.direction_checked == (not any("must be checked" in words for words in item.caveats)), item.code


def test_what_is_about_the_whole_population_says_so():
    for item in ALL:
        if any("not shown apart" in words for words in item.caveats) and item.unit in ("percent", "index"):
            assert "whole_population" in item.traits or item.direction == "none", item.code
        assert not (
            item.series.startswith(("undesa:", "iom:", "unhcr:", "idmc:")) and "whole_population" in item.traits
        )


def test_by_half_is_a_part_of_the_baseline():
    found = {item.series.removeprefix("unsd:") for item in ALL if item.target and item.target.relation != "value"}
    assert found == BY_HALF


def test_directions_are_those_of_the_list():
    found = {code: indicators.indicator(code).direction for code in (code.lower() for code in DIRECTIONS)}
    assert found == {code.lower(): direction for code, direction in DIRECTIONS.items()}


def test_refugees_and_asylum_seekers_are_context_only():
    outside = {item.code for item in ALL if item.outside_the_compact}
    assert outside == {"sm_pop_refg_or", "unhcr_refugees", "unhcr_asylum_seekers"}
    assert {indicators.indicator(code).direction for code in outside} == {"none"}


def test_small_numbers_of_victims_are_protected():
    protected = {item.code for item in ALL if "protected_small_counts" in item.traits}
    assert protected == {"vc_htf_detv", "vc_htf_detvfl", "vc_htf_detvsx"}
    assert indicators.TRAITS["protected_small_counts"] == "breakdowns below 5 are not shown"


def test_the_day_of_the_last_figures_of_unhcr_is_not_known():
    found = [item for item in ALL if item.publisher == "UNHCR"]
    assert len(found) == 3
    words = "The last year may be a mid-year figure; the file does not say."
    assert all(words in item.caveats for item in found)


@EACH
def test_titles_and_units_do_not_repeat_one_another(item):
    title, unit = item.title.lower(), item.unit_label.lower()
    assert unit in ("persons", "displacements") or unit not in title
    assert not [
        word for word in (" per 1", "us dollars", "as a share of", " index", " ratio", "score of") if word in title
    ]
    assert unit.startswith(("per ", "on a scale", "where 1 is ", "million ", "current ", "persons", "displacements"))


def test_what_may_not_be_reused_says_so():
    closed = [item for item in ALL if not item.licence_allows_reuse]
    assert {item.code for item in closed} == {"idmc_displacement_flow", "idmc_displacement_stock"}
    assert all(any("not cleared" in caveat for caveat in item.caveats) for item in closed)


def test_every_objective_has_an_indicator_or_questions():
    for number in indicators.OBJECTIVES:
        assert indicators.for_objective(number) or indicators.questions(number), number
    without = {number for number in indicators.OBJECTIVES if not indicators.for_objective(number)}
    assert without == {9, 11, 12, 14, 21}


def test_questions_are_two_to_four_and_marked():
    for number in indicators.OBJECTIVES:
        asked = indicators.questions(number)
        if asked is None:
            continue
        assert asked.reason
        assert 2 <= len(asked.questions) <= 4
        assert [item.code for item in asked.questions] == [f"q{number}.{n + 1}" for n in range(len(asked.questions))]
        for item in asked.questions:
            assert item.objective == number
            assert item.text.endswith("?")
    sourced = [item for item in indicators.questions(23).questions if item.mark == "secondary"]
    assert ["local authorities" in item.text for item in sourced] == [True]
    assert {item.mark for item in indicators.questions(9).questions} == {"proposal"}
    assert indicators.questions(8) is None
    assert indicators.QUESTION_ANSWERS == ("yes", "partly", "no")


def test_an_objective_lists_its_closest_indicators_first_and_context_last():
    codes = [item.code for item in indicators.for_objective(2)]
    assert codes[-1] == "sm_pop_refg_or"
    assert codes.index("sl_tlf_uem") < codes.index("sl_tlf_neet")
    assert indicators.for_objective(99) == ()


def test_lookup():
    cost = indicators.indicator("SI_RMT_COST")
    assert cost.code == "si_rmt_cost"
    assert cost.objectives == (20,)
    assert indicators.for_series("unsd:SI_RMT_COST") is cost
    assert indicators.for_series("unsd:NOTHING") is None
    with pytest.raises(NotFoundError, match="si_rmt_costs"):
        indicators.indicator("si_rmt_costs")


def test_definitions_cannot_be_changed():
    headline = indicators.indicator("sl_tlf_uem").headline
    with pytest.raises(TypeError):
        headline["age"] = "25+"
    with pytest.raises(TypeError):
        indicators.units()["percent"] = None


def test_units_are_known_once_with_sound_ranges():
    with catalogue_path("indicators", "units.csv").open(encoding="utf-8") as lines:
        codes = [row["code"] for row in csv.DictReader(lines)]
    assert len(codes) == len(set(codes)) == len(indicators.units())
    for unit in indicators.units().values():
        assert unit.code == unit.code.lower()
        assert unit.label
        assert unit.kind in {"percent", "number", "binary", "index", "score", "ratio", "rate", "money", "quantity"}
        assert unit.cldr in {"percent", "decimal", "currency:USD"}
        assert 0 <= unit.decimals <= 3
        if unit.minimum is not None and unit.maximum is not None:
            assert unit.minimum < unit.maximum
    assert (indicators.units()["percent"].minimum, indicators.units()["percent"].maximum) == (0, 100)


@pytest.mark.parametrize(
    ("series", "unit", "strict", "expected"),
    [
        ("unsd:SI_RMT_COST", "percent", False, (0, 100)),
        ("unsd:SI_RMT_COST", "PERCENT", True, (0, 100)),
        ("wb:EG.ELC.ACCS.ZS", "", False, (0, 100)),
        ("wb:UNKNOWN", "", True, (None, None)),
        ("unsd:BX_TRF_PWKR", "percent", True, (0, None)),
        ("unsd:SL_LBR_NTLCPL", "score", False, (0, 10)),
        ("undesa:MIGRANT_STOCK_GROWTH", "percent", True, (-100, None)),
        ("unsd:SI_RMT_COST", "number", False, (None, None)),
        ("unsd:OTHER", "percent", False, (None, None)),
        ("unsd:OTHER", "percent", True, (0, 100)),
        ("unsd:OTHER", "furlongs", True, (None, None)),
    ],
)
def test_the_range_of_a_row(series, unit, strict, expected):
    assert indicators.unit_range(series, unit, strict) == expected


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        ([], ""),
        ([("sex", "female"), ("age", "15")], "age=15+|sex=female"),
        ([("Sex_Code", "FEMALE"), ("Age_Code", "15-24")], "age=15-24|sex=female"),
        ([("SEX", "F"), ("AGE", "Y15T24"), ("URBANISATION", "_T")], "age=15-24|sex=female"),
        ([("AGE", "Y_GE15"), ("SEX", "_T")], "age=15+"),
        ([("age", "lt5y")], "age=<5y"),
        ([("Age_Code", "<5Y")], "age=<5y"),
        ([("AGE", "Y0T4")], "age=<5y"),
        ([("[Sex]", "BOTHSEX"), ("[Age]", "ALLAGE")], ""),
        ([("MigratoryStatus_Code", "_T")], ""),
        ([("migratory_status", "t"), ("sex", "bothsex")], ""),
        ([("migratory_status", "notspec")], ""),
        ([("policy_domains", "alldomains")], ""),
        ([("policy_domains", "domain5")], "policy_domains=domain5"),
        ([("INCOME_WEALTH_QUANTILE", "Q1"), ("EDUCATION_LEV", "_T")], "quantile=q1"),
        ([("sex", "u")], "sex=u"),
        ([("Sex", "Women")], "sex=female"),
        ([("sex", "Both sexes combined")], ""),
        ([("sex", "")], ""),
        ([("cause", "Mixed or unknown")], "cause=mixed or unknown"),
        ([("cause", "a|b=c")], "cause=a/b:c"),
    ],
)
def test_every_source_is_written_the_same_way(pairs, expected):
    assert indicators.disaggregation(pairs) == expected


PAIRS = st.lists(
    st.tuples(st.sampled_from(["sex", "Age_Code", "[Location]", "cause", "QUANTILE"]), st.text(max_size=12)),
    unique_by=lambda pair: pair[0],
)


@given(PAIRS, st.randoms())
def test_the_written_form_depends_on_no_order_and_is_stable(pairs, random):
    written = indicators.disaggregation(pairs)
    shuffled = list(pairs)
    random.shuffle(shuffled)
    assert indicators.disaggregation(shuffled) == written
    again = [tuple(part.split("=", 1)) for part in written.split("|") if part]
    assert indicators.disaggregation(again) == written


def test_totals_are_lower_case_and_listed_once():
    rows = list(read_table("indicators", "totals.csv"))
    assert len(rows) == len(indicators.total_codes())
    for dimension, value in indicators.total_codes():
        assert dimension == dimension.lower()
        assert value == value.lower()
    assert ("sex", "bothsex") in indicators.total_codes()
    assert ("sex", "female") not in indicators.total_codes()


def test_indicators_without_a_series_are_named():
    gaps = {gap.framework_code: gap.objective for gap in indicators.without_series()}
    assert gaps == {"10.7.1": 6, "17.18.1": 1, "17.14.1": 23, "16.7.2": 16, "10.7.2": 5, "16.10.2": 3}
    assert all(gap.reason and gap.source for gap in indicators.without_series())


def test_the_reference_page_is_current():
    page = (ROOT / "docs" / "reference" / "indicators.md").read_text(encoding="utf-8")
    assert page == indicator_page(), "write docs/reference/indicators.md again"

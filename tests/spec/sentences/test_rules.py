"""Every rule of a sentence as a specification: what goes in, and the exact sentence that comes out.

The reference page docs/reference/sentences.md shows the same sentences; a test here fails when it shows others.
All names and figures are invented.
"""

import re
from pathlib import Path

import pytest

from waymark.engines.printing.measures import Goal, Measured
from waymark.engines.printing.movements import answer, censored, counted_anew, course, judged, target
from waymark.engines.printing.phrases import PHRASES, together
from waymark.engines.printing.reading import words
from waymark.engines.printing.remarks import MARKS, legend, marks

COST = "Average cost of sending remittances"
REFERENCE = Path(__file__).parents[3] / "docs" / "reference" / "sentences.md"


def percent(value, period):
    return Measured(value, "percent", period)


def number(value, period, words=None):
    return Measured(value, "number", period, words=words)


RULES = {
    "a fall, the last step, a target, and better or worse": (
        lambda: together(
            course(COST, percent(5.1, "2023"), percent(7.2, "2015"), percent(5.4, "2022")),
            target(Goal(3, 2030, "less_than"), "percent"),
            judged("improved", "Fair progress, acceleration needed", "UNSD Progress Chart (2023)"),
        ),
        "Average cost of sending remittances: 5.1 per cent in 2023, down from 7.2 per cent in 2015 (by 2.1 percentage "
        "points). The figure before was 5.4 per cent in 2022. The target is less than 3 per cent by 2030. Improved; "
        "UNSD Progress Chart (2023): “Fair progress, acceleration needed”.",
    ),
    "a rise that is worse": (
        lambda: together(
            course("Unemployment", percent(9.8, "2024"), percent(7.7, "2015")),
            judged("worsened", "Stagnation or regression", "UNSD Progress Chart (2023)"),
        ),
        "Unemployment: 9.8 per cent in 2024, up from 7.7 per cent in 2015 (by 2.1 percentage points). Worsened; UNSD "
        "Progress Chart (2023): “Stagnation or regression”.",
    ),
    "no target is stated": (
        lambda: judged("improved", "On track (no target stated)", "UNSD Progress Chart (2023)"),
        "Improved; UNSD Progress Chart (2023): “On track” (no target stated).",
    ),
    "a series that turned": (
        lambda: course(
            "Births registered",
            percent(97.6, "2023"),
            percent(97.1, "2015"),
            percent(98.8, "2021"),
            percent(99.4, "2018"),
        ),
        "Births registered: 97.6 per cent in 2023, up from 97.1 per cent in 2015 (by 0.5 percentage points). The "
        "figure before was 98.8 per cent in 2021. It turned after 2018, when it was highest since "
        "2015: 99.4 per cent.",
    ),
    "a series that turned twice: the figure beyond base and latest": (
        lambda: course(
            "Deaths on the way",
            number(7, "2024", "persons"),
            number(4, "2015", "persons"),
            number(5, "2023", "persons"),
            number(301, "2019", "persons"),
        ),
        "Deaths on the way: 7 persons in 2024, up from 4 in 2015 (by 3). The figure before was 5 in 2023. The "
        "highest figure since 2015 is 301 in 2019.",
    ),
    "base and latest of different datasets": (
        lambda: course("Remittances paid", number(324, "2023", "persons"), number(95, "2015", "persons"), apart=True),
        "Remittances paid: 324 persons in 2023; 95 in 2015. The two figures are from different datasets, so their "
        "difference is not given.",
    ),
    "a series that turned in its last step": (
        lambda: course(
            "Migrants",
            number(120, "2023", "persons"),
            number(150, "2015", "persons"),
            number(90, "2022", "persons"),
            number(90, "2022", "persons"),
        ),
        "Migrants: 120 persons in 2023, down from 150 in 2015 (by 30, or 20 per cent). The figure before was 90 in "
        "2022. That was the lowest figure since 2015.",
    ),
    "a balance of persons says which way": (
        lambda: course(
            "Net migration",
            number(-39953, "2023", "persons"),
            number(-48872, "2015", "persons"),
            number(1, "2022", "persons"),
            number(15200, "2019", "persons"),
        ),
        "Net migration: 39,953 more persons left than came in 2023; 48,872 more persons left than came in 2015. The "
        "figure before: 1 more person came than left in 2022. The highest balance since 2015 was in "
        "2019: 15,200 more persons came than left.",
    ),
    "a balance that turned in its last step": (
        lambda: course(
            "Net migration",
            number(2003, "2023", "persons"),
            number(0, "2015", "persons"),
            number(26999, "2022", "persons"),
            number(26999, "2022", "persons"),
        ),
        "Net migration: 2,003 more persons came than left in 2023; as many persons came as left (a balance of 0) in "
        "2015. The figure before: 26,999 more persons came than left in 2022. That was the highest balance since 2015.",
    ),
    "a balance that went beyond both without a turn": (
        lambda: course(
            "Net migration",
            number(-164284, "2024", "persons"),
            number(-390702, "2015", "persons"),
            number(-170000, "2023", "persons"),
            number(-6208, "2020", "persons"),
        ),
        "Net migration: 164,284 more persons left than came in 2024; 390,702 more persons left than came in 2015. The "
        "figure before: 170,000 more persons left than came in 2023. The smallest difference since 2015 was in "
        "2020: 6,208 more persons left than came.",
    ),
    "a balance alone": (
        lambda: course("Net migration", number(-39953, "2023", "persons")),
        "Net migration: 39,953 more persons left than came in 2023.",
    ),
    "amounts change by the amount and its share": (
        lambda: course("Migrants", number(79368.0, "2020", "persons"), number(304470.0, "1990", "persons")),
        "Migrants: 79,368 persons in 2020, down from 304,470 in 1990 (by 225,102, or 73.9 per cent).",
    ),
    "an index changes by the amount alone": (
        lambda: course("Index of rights", Measured(4.5, "index", "2020"), Measured(4.2, "index", "2015")),
        "Index of rights: 4.5 in 2020, up from 4.2 in 2015 (by 0.3).",
    ),
    "a start of zero has no share": (
        lambda: course("Deaths on record", number(7, "2020"), number(0, "2015")),
        "Deaths on record: 7 in 2020, up from 0 in 2015 (by 7).",
    ),
    "a change of sign has no share": (
        lambda: course("Net migration", number(-5, "2020"), number(5, "2015")),
        "Net migration: −5 in 2020, down from 5 in 2015 (by 10).",
    ),
    "a scale is named once": (
        lambda: course(
            "Index of rights",
            Measured(0.95, "score", "2020", words="on a scale from 0 to 1"),
            Measured(0.98, "score", "2015", words="on a scale from 0 to 1"),
        ),
        "Index of rights: 0.95 on a scale from 0 to 1 in 2020, down from 0.98 in 2015 (by 0.03).",
    ),
    "a unit that describes a scale": (
        lambda: course("Openness", Measured(0.98, "score", "2020", words="score 0 to 1")),
        "Openness: 0.98 (score from 0 to 1) in 2020.",
    ),
    "a unit of steps": (
        lambda: course("Openness", Measured(1, "index", "2020", words="step 0 to 3")),
        "Openness: 1 (on a scale from 0 to 3) in 2020.",
    ),
    "a scale whose ends have names": (
        lambda: together(
            course(
                "Risk",
                Measured(0, "score", "2020", words="score, 0 best to 10 worst"),
                Measured(0, "score", "2015", words="score, 0 best to 10 worst"),
            ),
            judged("at its limit"),
        ),
        "Risk: 0 (score from 0, best, to 10, worst) in 2020, as in 2015. At its limit.",
    ),
    "money of a million and more": (
        lambda: course("Remittances", Measured(5101000000, "cu_usd", "2020"), Measured(4197312345, "cu_usd", "2015")),
        "Remittances: 5.10 billion current US dollars in 2020, up from 4.20 billion in 2015 (by 0.90 billion, or 21.5 "
        "per cent).",
    ),
    "money of different size": (
        lambda: course("Aid", Measured(4197312345, "cu_usd", "2020"), Measured(57312345, "cu_usd", "2015")),
        "Aid: 4,197 million current US dollars in 2020, up from 57 million in 2015 (by 4,140 million).",
    ),
    "money of very different size": (
        lambda: course("Aid", Measured(5200000, "cu_usd", "2020"), Measured(2500, "cu_usd", "2015")),
        "Aid: 5,200,000 current US dollars in 2020, up from 2,500 in 2015 (by 5,197,500).",
    ),
    "counted anew": (
        lambda: together(
            course("Coverage", percent(63.8, "2022")),
            counted_anew(2022, [percent(51.04, "2015"), percent(52.0, "2017"), percent(55.4, "2019")]),
        ),
        "Coverage: 63.8 per cent in 2022. Counted another way before 2022 (51.0 per cent in 2015 to 55.4 per cent in "
        "2019), which does not compare.",
    ),
    "counted anew after one figure": (
        lambda: counted_anew(2020, [percent(51.2, "2015")]),
        "Counted another way before 2020 (51.2 per cent in 2015), which does not compare.",
    ),
    "one percentage point": (
        lambda: course("Coverage", percent(11.0, "2016"), percent(10.0, "2015")),
        "Coverage: 11 per cent in 2016, up from 10 per cent in 2015 (by 1 percentage point).",
    ),
    "rounding does not hide a difference": (
        lambda: course("Coverage", percent(5.04, "2016"), percent(5.01, "2015")),
        "Coverage: 5.04 per cent in 2016, up from 5.01 per cent in 2015 (by 0.03 percentage points).",
    ),
    "a share of ten per cent and more keeps one decimal": (
        lambda: course("Women", percent(47.223, "2024"), percent(47.166, "2015"), percent(47.2231, "2020")),
        "Women: 47.2 per cent in 2024, almost as in 2015. The figure before, in 2020, was almost the same.",
    ),
    "the change is that of the figures shown": (
        lambda: course("Coverage", percent(5.16, "2016"), percent(7.24, "2015")),
        "Coverage: 5.16 per cent in 2016, down from 7.24 per cent in 2015 (by 2.08 percentage points).",
    ),
    "large amounts stay whole": (
        lambda: course("Aid", Measured(880605.8, "cu_usd", "2023"), Measured(912345.4, "cu_usd", "2015")),
        "Aid: 880,606 current US dollars in 2023, down from 912,345 in 2015 (by 31,740, or 3.5 per cent).",
    ),
    "a difference too small to show": (
        lambda: course("Coverage", percent(10.0002, "2016"), percent(10.0001, "2015")),
        "Coverage: 10.0 per cent in 2016, almost as in 2015.",
    ),
    "no difference": (
        lambda: together(
            course("Coverage", percent(10.0, "2016"), percent(10.0, "2014"), percent(10.0, "2015")), judged("unchanged")
        ),
        "Coverage: 10 per cent in 2016, as in 2014. The figure before, in 2015, was the same. Unchanged.",
    ),
    "spans of years and rates": (
        lambda: course(
            "Injuries at work",
            Measured(20.9, "per_100000_emp", "2020"),
            Measured(27.3, "per_100000_emp", "2015-2019"),
        ),
        "Injuries at work: 20.9 per 100,000 employees in 2020, down from 27.3 in 2015–2019 (by 6.4, or 23.4 per cent).",
    ),
    "one figure, and one from before the base year": (
        lambda: course("Children aged 5–17 at work", percent(1.6, "2015"), previous=percent(2.0, "2012")),
        "Children aged 5–17 at work: 1.6 per cent in 2015. The figure before was 2.0 per cent in 2012.",
    ),
    "yes and no": (
        lambda: together(answer("A law", (True, "2019"), (False, "2015")), judged("improved")),
        "A law: yes in 2019; no in 2015. Improved.",
    ),
    "yes and yes is no improvement": (
        lambda: together(answer("A law", (True, "2019"), (True, "2015")), judged("at its limit")),
        "A law: yes in 2019, as in 2015. At its limit.",
    ),
    "better, but too little for the method": (
        lambda: judged("improved too little", "Stagnation or regression", "UNSD Progress Chart"),
        "Better, but too little for the method; UNSD Progress Chart: “Stagnation or regression”.",
    ),
    "worse, but within the target": (
        lambda: judged("worsened within the target", "Target met or on track", "UNSD Progress Chart"),
        "Worse, but still within the target; UNSD Progress Chart: “Target met or on track”.",
    ),
    "a target without a year": (lambda: target(Goal(100), "percent"), "The target is 100 per cent."),
    "a target and who states it": (
        lambda: target(Goal(100, 2030), "percent", source="our proposal"),
        "The target is 100 per cent by 2030 (our proposal).",
    ),
    "a target that is a part of the base figure": (
        lambda: target(
            Goal(20.9, 2030), "percent", source="2030 Agenda, target 1.2", part=0.5, base=percent(41.7, "2006")
        ),
        "The target is half of the base figure (41.7 per cent in 2006), so 20.9 per cent, by 2030 (2030 Agenda, "
        "target 1.2).",
    ),
    "a target as a bound": (
        lambda: target(Goal(70, 2030, "at_most"), "per_100000_live_births"),
        "The target is at most 70 per 100,000 live births by 2030.",
    ),
    "a category never without its method": (
        lambda: judged("", "Limited progress", "Open SDG (version 2.4)"),
        "Open SDG (version 2.4): “Limited progress”.",
    ),
    "a bound below": (
        lambda: censored("Undernourishment", "<", 2.5, "percent", "2018"),
        "Undernourishment: less than 2.5 per cent in 2018; the source gives only this bound.",
    ),
    "a bound of a count is the latest": (
        lambda: together(
            censored("Victims detected", "<", 5, "number", "2023", words="persons"),
            course("The last number", number(12, "2021", "persons"), number(9, "2015", "persons")),
        ),
        "Victims detected: fewer than 5 persons in 2023; the source gives only this bound. The last number: 12 persons "
        "in 2021, up from 9 in 2015 (by 3).",
    ),
    "a bound above": (
        lambda: censored("Electricity", ">", 95, "percent", "2018"),
        "Electricity: more than 95 per cent in 2018; the source gives only this bound.",
    ),
    "not significant": (
        lambda: censored("Deaths by disaster", "N", None, "number", "2018"),
        "Deaths by disaster: not significant in 2018, as the source marks it.",
    ),
    "not valid": (
        lambda: censored("Deaths by disaster", "NV", None, "number", "2018"),
        "Deaths by disaster: not valid in 2018, as the source marks it.",
    ),
    "unknown is no zero": (
        lambda: censored("Stateless persons", "filled with zero", None, "number", "2018"),
        "Stateless persons: no figure in 2018; the source writes zero where it has none.",
    ),
    "marks beside a figure": (
        lambda: marks(["estimate", "old", "no_direction"]),
        "[no direction; old; estimate]",
    ),
    "a method that cannot assess": (
        lambda: marks(["not_assessed"], reason="sign changes"),
        "[not assessed: sign changes]",
    ),
}


@pytest.mark.parametrize("rule", RULES)
def test_the_rule_makes_this_sentence(rule):
    made, sentence = RULES[rule]
    assert words(made()) == sentence


@pytest.mark.parametrize("rule", RULES)
def test_the_reference_page_shows_this_rule(rule):
    row = f"| {rule} | {RULES[rule][1]} |"
    assert row in REFERENCE.read_text(encoding="utf-8"), f"Add to docs/reference/sentences.md: {row}"


@pytest.mark.parametrize("rule", RULES)
def test_every_digit_is_in_a_run_that_says_what_it_is(rule):
    for run in RULES[rule][0]():
        assert run.kind != "text" or not re.search(r"\d", run.text), run
        assert run.kind not in ("figure", "count", "date") or run.value, run


def test_agreement_leaves_no_sentence():
    assert marks([]) == ()
    assert judged("") == ()
    assert together((), ()) == ()


@pytest.mark.parametrize("mark", MARKS)
def test_a_mark_is_told_once_by_the_legend_in_the_words_in_which_it_stands(mark):
    stands = words(marks([mark], reason="why")).partition(":")[0].rstrip("]")
    (told,) = legend([mark])
    assert words(told).startswith(f"{stands}]: ")
    assert f"- {words(told)}" in REFERENCE.read_text(encoding="utf-8")


def test_an_unknown_mark_movement_or_a_nameless_method_is_refused():
    with pytest.raises(ValueError, match="no mark"):
        marks(["new"])
    with pytest.raises(ValueError, match="is none of"):
        judged("better")
    with pytest.raises(ValueError, match="name the method"):
        judged("improved", "On track")


@pytest.mark.parametrize("language", PHRASES)
def test_every_language_has_every_phrase_with_the_same_slots_and_no_digit(language):
    assert PHRASES[language].keys() == PHRASES["en"].keys()
    for key, phrase in PHRASES[language].items():
        forms = [phrase] if isinstance(phrase, str) else list(phrase.values())
        english = PHRASES["en"][key]
        wanted = set(re.findall(r"\{\w+\}", english if isinstance(english, str) else english["other"]))
        for form in forms:
            assert set(re.findall(r"\{\w+\}", form)) == wanted, key
            assert not re.search(r"\d", form), key


def test_no_phrase_praises_blames_or_names_a_cause():
    judging = r"\b(success\w*|excellent|great|good|bad|poor|fail\w*|thanks|due to|caused|led to|result of the)\b|!"
    for language, table in PHRASES.items():
        for key, phrase in table.items():
            forms = [phrase] if isinstance(phrase, str) else list(phrase.values())
            assert not any(re.search(judging, form) for form in forms), (language, key)

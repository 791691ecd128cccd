"""Every rule of a sentence as a specification: what goes in, and the exact sentence that comes out.

The reference page docs/reference/sentences.md shows the same sentences; a test here fails when it shows others.
All names and figures are invented.
"""

import re
from pathlib import Path

import pytest

from waymark.engines.printing.blocks import Run
from waymark.engines.printing.phrases import PHRASES
from waymark.engines.printing.sentences import (
    Claimed,
    CommitmentCounts,
    FollowUpCounts,
    Goal,
    Measured,
    after_break,
    assessed,
    at_limit,
    censored,
    commitment_counts,
    context,
    fallback_notice,
    follow_up,
    gap,
    measured_run,
    methods_differ,
    missing_years,
    nature,
    no_figure,
    old,
    one_point,
    participation,
    plain,
    sources_differ,
    target,
    together,
    too_old,
    trend,
    unable,
)

COST = "Average cost of sending remittances"
REFERENCE = Path(__file__).parents[3] / "docs" / "reference" / "sentences.md"


def percent(value, period):
    return Measured(value, "percent", period)


def number(value, period, words=None):
    return Measured(value, "number", period, words=words)


RULES = {
    "a fall, a target and a category with its method": (
        lambda: trend(
            COST,
            percent(7.2, "2015"),
            percent(5.1, "2023"),
            goal=Goal(3, 2030, "less_than"),
            category="fair progress",
            method="UNSD progress chart 2023",
        ),
        "Average cost of sending remittances stood at 7.2 per cent in 2015 and at 5.1 per cent in 2023, a fall of 2.1 "
        "percentage points. The target is less than 3 per cent by 2030. Assessed by UNSD progress chart 2023: fair "
        "progress.",
    ),
    "amounts change by the amount and its share": (
        lambda: trend("Migrants", number(304470.0, "1990", "persons"), number(79368.0, "2020", "persons")),
        "Migrants stood at 304,470 persons in 1990 and at 79,368 persons in 2020, a fall of 225,102 persons (73.9 per "
        "cent).",
    ),
    "an index changes by the amount alone": (
        lambda: trend("Index of rights", Measured(4.2, "index", "2015"), Measured(4.5, "index", "2020")),
        "Index of rights stood at 4.2 in 2015 and at 4.5 in 2020, a rise of 0.3.",
    ),
    "a start of zero has no share": (
        lambda: trend("Deaths on record", number(0, "2015"), number(7, "2020")),
        "Deaths on record stood at 0 in 2015 and at 7 in 2020, a rise of 7.",
    ),
    "a change of sign has no share": (
        lambda: trend("Net migration", number(5, "2015"), number(-5, "2020")),
        "Net migration stood at 5 in 2015 and at −5 in 2020, a fall of 10.",
    ),
    "a scale is named once": (
        lambda: trend(
            "Index of rights",
            Measured(0.98, "score", "2015", words="on a scale from 0 to 1"),
            Measured(0.95, "score", "2020", words="on a scale from 0 to 1"),
            goal=Goal(1),
        ),
        "Index of rights stood at 0.98 on a scale from 0 to 1 in 2015 and at 0.95 in 2020, a fall of 0.03. The target "
        "is 1.",
    ),
    "a unit that describes a scale": (
        lambda: one_point("Openness", Measured(0.98, "score", "2020", words="score 0 to 1"), since=2015),
        "Openness stood at 0.98 (score from 0 to 1) in 2020. This is the only figure from 2015 on, so no trend can be "
        "shown.",
    ),
    "a unit of steps": (
        lambda: context("Openness", Measured(1, "index", "2020", words="step 0 to 3"), outside_compact=False),
        "Context: Openness stood at 1 (on a scale from 0 to 3) in 2020. Neither more nor less is better in itself, so "
        "it is not assessed.",
    ),
    "a scale whose ends have names": (
        lambda: at_limit("Risk", Measured(0, "score", "2020", words="score, 0 best to 10 worst")),
        "Risk stood at 0 (score from 0, best, to 10, worst) in 2020: nothing is left to improve.",
    ),
    "money of a million and more": (
        lambda: trend("Remittances", Measured(4197312345, "cu_usd", "2015"), Measured(5101000000, "cu_usd", "2020")),
        "Remittances stood at 4.20 billion current US dollars in 2015 and at 5.10 billion current US dollars in 2020, "
        "a rise of 0.90 billion current US dollars (21.5 per cent).",
    ),
    "money of different size": (
        lambda: trend("Aid", Measured(57312345, "cu_usd", "2015"), Measured(4197312345, "cu_usd", "2020")),
        "Aid stood at 57 million current US dollars in 2015 and at 4,197 million current US dollars in 2020, a rise of "
        "4,140 million current US dollars.",
    ),
    "money of very different size": (
        lambda: trend("Aid", Measured(2500, "cu_usd", "2015"), Measured(5200000, "cu_usd", "2020")),
        "Aid stood at 2,500 current US dollars in 2015 and at 5,200,000 current US dollars in 2020, a rise of "
        "5,197,500 current US dollars.",
    ),
    "counted anew": (
        lambda: after_break("Coverage", percent(63.8, "2022"), (percent(51.04, "2015"), percent(55.4, "2019")), 2022),
        "The way of counting changed in 2022. Coverage stood at 63.8 per cent in 2022. Earlier figures (51.0 per cent "
        "in 2015 to 55.4 per cent in 2019) do not compare.",
    ),
    "counted anew after one figure": (
        lambda: after_break("Coverage", percent(63.8, "2022"), (percent(51.2, "2015"),) * 2, 2020),
        "The way of counting changed in 2020. Coverage stood at 63.8 per cent in 2022. The earlier figure (51.2 per "
        "cent in 2015) does not compare.",
    ),
    "at the end of the scale": (
        lambda: at_limit("Coverage", percent(100.0, "2022"), percent(100.0, "2015")),
        "Coverage stood at 100 per cent in 2015 and in 2022: nothing is left to improve.",
    ),
    "an old figure": (
        lambda: old(percent(12.0, "2015"), "2026-05-08"),
        "This figure is more than five years old.",
    ),
    "outside the Compact, in a box that says so": (
        lambda: context("Refugees", number(1723, "2025", "persons"), outside_compact=True, titled=True),
        "Refugees stood at 1,723 persons in 2025. Series about refugees and asylum seekers are shown for context and "
        "not assessed.",
    ),
    "no better or worse, in a box that says so": (
        lambda: context(
            "Remittances", Measured(13.3, "percent", "2019", words="of GDP"), outside_compact=False, titled=True
        ),
        "Remittances stood at 13.3 per cent of GDP in 2019. Neither more nor less is better in itself, so it is not "
        "assessed.",
    ),
    "one percentage point": (
        lambda: trend("Coverage", percent(10.0, "2015"), percent(11.0, "2016")),
        "Coverage stood at 10 per cent in 2015 and at 11 per cent in 2016, a rise of 1 percentage point.",
    ),
    "rounding does not hide a difference": (
        lambda: trend("Coverage", percent(10.01, "2015"), percent(10.04, "2016")),
        "Coverage stood at 10.01 per cent in 2015 and at 10.04 per cent in 2016, a rise of 0.03 percentage points.",
    ),
    "the change is that of the figures shown": (
        lambda: trend("Coverage", percent(7.24, "2015"), percent(5.16, "2016")),
        "Coverage stood at 7.24 per cent in 2015 and at 5.16 per cent in 2016, a fall of 2.08 percentage points.",
    ),
    "a difference too small to show": (
        lambda: trend("Coverage", percent(10.0001, "2015"), percent(10.0002, "2016")),
        "Coverage stood at 10.0 per cent in 2015 and at 10.0 per cent in 2016: almost unchanged.",
    ),
    "no difference": (
        lambda: trend("Coverage", percent(10.0, "2015"), percent(10.0, "2016")),
        "Coverage stood at 10 per cent in 2015 and at 10 per cent in 2016: unchanged.",
    ),
    "spans of years and rates": (
        lambda: trend(
            "Injuries at work",
            Measured(27.3, "per_100000_emp", "2015-2019"),
            Measured(20.9, "per_100000_emp", "2020"),
        ),
        "Injuries at work stood at 27.3 per 100,000 employees in 2015–2019 and at 20.9 per 100,000 employees in 2020, "
        "a fall of 6.4 per 100,000 employees (23.4 per cent).",
    ),
    "a target without a year": (lambda: target(Goal(100), "percent"), "The target is 100 per cent."),
    "a target as a bound": (
        lambda: target(Goal(70, 2030, "at_most"), "per_100000_live_births"),
        "The target is at most 70 per 100,000 live births by 2030.",
    ),
    "a category never without its method": (
        lambda: assessed("limited or no progress", "Open SDG 2.4"),
        "Assessed by Open SDG 2.4: limited or no progress.",
    ),
    "a method that cannot assess": (
        lambda: unable("one point", "UNSD progress chart 2023"),
        "UNSD progress chart 2023 cannot assess it: one point.",
    ),
    "methods that differ": (
        lambda: methods_differ([("UNSD progress chart 2023", "fair"), ("Open SDG 2.4", "limited")]),
        "Methods differ on the same figures: UNSD progress chart 2023 says “fair”; Open SDG 2.4 says “limited”.",
    ),
    "one point": (
        lambda: one_point("Children aged 5–17 at work", percent(1.6, "2015"), since=2015),
        "Children aged 5–17 at work stood at 1.6 per cent in 2015. This is the only figure from 2015 on, so no trend "
        "can be shown.",
    ),
    "no figure": (
        lambda: no_figure("Cost of recruitment", needed="a survey of migrant workers"),
        "We have no figure for “Cost of recruitment”. What would be needed: a survey of migrant workers.",
    ),
    "no figure, and the need is not known": (
        lambda: no_figure("Cost of recruitment"),
        "We have no figure for “Cost of recruitment”.",
    ),
    "too old": (
        lambda: too_old("Birth registration", percent(99.6, "2015"), as_of="2026-05-08"),
        "The latest figure for “Birth registration” is 99.6 per cent in 2015. It is too old to assess on 8 May 2026: "
        "our rule, a proposal, leaves out figures more than 5 years old.",
    ),
    "outside the Compact": (
        lambda: context("Refugees", number(1723, "2025", "persons"), outside_compact=True),
        "Context, outside the Compact: Refugees stood at 1,723 persons in 2025. Series about refugees and asylum "
        "seekers are shown for context and not assessed.",
    ),
    "no better or worse": (
        lambda: context("Remittances", Measured(13.3, "percent", "2019", words="of GDP"), outside_compact=False),
        "Context: Remittances stood at 13.3 per cent of GDP in 2019. Neither more nor less is better in itself, so it "
        "is not assessed.",
    ),
    "a bound below": (
        lambda: censored("Undernourishment", "<", 2.5, "percent", "2018"),
        "For “Undernourishment” in 2018 the source gives only a bound: less than 2.5 per cent. A bound cannot be "
        "assessed.",
    ),
    "a bound above": (
        lambda: censored("Electricity", ">", 95, "percent", "2018"),
        "For “Electricity” in 2018 the source gives only a bound: more than 95 per cent. A bound cannot be assessed.",
    ),
    "not significant": (
        lambda: censored("Deaths by disaster", "N", None, "number", "2018"),
        "For “Deaths by disaster” in 2018 the source marks the value as not significant. It cannot be assessed.",
    ),
    "not valid": (
        lambda: censored("Deaths by disaster", "NV", None, "number", "2018"),
        "For “Deaths by disaster” in 2018 the source marks the value as not valid. It cannot be assessed.",
    ),
    "an estimate": (lambda: nature(Measured(1, "number", "2020", nature="E")), "The figure in 2020 is an estimate."),
    "a model": (
        lambda: nature(Measured(1, "number", "2020", nature="M")),
        "The figure in 2020 is the result of a model.",
    ),
    "global monitoring": (
        lambda: nature(Measured(1, "number", "2020", nature="G")),
        "The figure in 2020 comes from global monitoring, not from the country.",
    ),
    "sources that differ": (
        lambda: sources_differ(
            "Day of the vote",
            [
                Claimed("An article", Run("18 December 2019", "date", value="2019-12-18"), "2022-12"),
                Claimed("the record of the meeting", Run("19 December 2018", "date", value="2018-12-19"), "2018-12-19"),
            ],
            shown=1,
            rule="a record goes before an article about it",
        ),
        "Sources differ on “Day of the vote”: An article (December 2022) says 18 December 2019; the record of the "
        "meeting (19 December 2018) says 19 December 2018. This review shows what the record of the meeting says, "
        "because a record goes before an article about it.",
    ),
    "figures that differ": (
        lambda: sources_differ(
            "Migrants in 2020",
            [
                Claimed("Office A", measured_run(number(79368, "2020", "persons"))),
                Claimed("Office B", measured_run(number(80100, "2020", "persons"))),
            ],
            shown=0,
            rule="it is the producer of the series",
        ),
        "Sources differ on “Migrants in 2020”: Office A says 79,368 persons; Office B says 80,100 persons. This "
        "review shows what Office A says, because it is the producer of the series.",
    ),
    "a gap": (
        lambda: gap("figures by sex and age", needed="the microdata of the survey."),
        "Missing: figures by sex and age. What would be needed: the microdata of the survey.",
    ),
    "missing years": (
        lambda: missing_years("Coverage", [2020, 2016, 2018, 2017]),
        "Coverage: no figure for 2016–2018 and 2020.",
    ),
    "commitments by state": (
        lambda: commitment_counts(
            CommitmentCounts(20, completed=12, under_way=4, not_started=1, no_report=3, with_evidence=9)
        ),
        "12 of 20 commitments are completed, as implementers say; 4 are under way, 1 is not started, 3 have no "
        "report. Evidence is cited for 9.",
    ),
    "commitments of unknown state": (
        lambda: commitment_counts(CommitmentCounts(5, completed=1, dropped=2, no_report=1, with_evidence=0)),
        "1 of 5 commitments are completed, as implementers say; 2 are dropped, for 1 the state is not known, 1 has no "
        "report. No evidence is cited.",
    ),
    "one commitment": (
        lambda: commitment_counts(CommitmentCounts(1, completed=1)),
        "1 of 1 commitment is completed, as implementers say.",
    ),
    "no commitment": (lambda: commitment_counts(CommitmentCounts(0)), "No commitment is recorded."),
    "follow-up of recommendations": (
        lambda: follow_up(FollowUpCounts(14, accepted=10, acted_on=6, dropped=1, still_open=7)),
        "The last review made 14 recommendations: 10 were accepted; 6 are acted on; 1 is dropped; 7 are open.",
    ),
    "nothing acted on": (
        lambda: follow_up(FollowUpCounts(1, still_open=1)),
        "The last review made 1 recommendation: 0 are acted on; 1 is open.",
    ),
    "no recommendation": (
        lambda: follow_up(FollowUpCounts(0)),
        "No recommendation of an earlier review is recorded.",
    ),
    "participation": (
        lambda: participation(
            [
                (14, "ministry", "ministries"),
                (1, "local authority", "local authorities"),
                (0, "trade union", "trade unions"),
            ],
            absent=["media"],
        ),
        "15 organisations took part: 14 ministries and 1 local authority. Not represented in the record: media and "
        "trade unions.",
    ),
    "nobody took part": (
        lambda: participation([]),
        "No organisation is recorded as having taken part.",
    ),
    "a language without phrases": (
        lambda: fallback_notice("ka"),
        "Sentences made by rules are in English: they have not been written in Georgian yet.",
    ),
}


@pytest.mark.parametrize("rule", RULES)
def test_the_rule_makes_this_sentence(rule):
    made, sentence = RULES[rule]
    assert plain(made()) == sentence


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
    assert methods_differ([("A", "fair"), ("B", "fair")]) == ()
    assert missing_years("Coverage", []) == ()
    assert nature(percent(1.0, "2020")) == ()
    assert fallback_notice("en-GB") == ()
    assert together((), ()) == ()


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

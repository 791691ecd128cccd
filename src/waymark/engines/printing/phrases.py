"""The words of rule-made sentences, one table per language, and how runs are put into them.

A phrase is a string with `{slots}` for runs, or several forms by CLDR plural category, chosen by the count `number`.
A phrase holds no digit. Another language is added as another table with the same keys; `tests/spec/sentences` checks
that keys and slots agree.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from waymark.engines.printing.blocks import Run, Runs
from waymark.gcm.language import format_number, format_period, join_list, plural
from waymark.gcm.periods import parse_period

Phrase = str | dict[str, str]

PHRASES: dict[str, dict[str, Phrase]] = {
    "en": {
        "trend_rise": "{name} stood at {base} {base_when} and at {latest} {latest_when}, a rise of {change}.",
        "trend_fall": "{name} stood at {base} {base_when} and at {latest} {latest_when}, a fall of {change}.",
        "trend_almost": "{name} stood at {base} {base_when} and at {latest} {latest_when}: almost unchanged.",
        "trend_unchanged": "{name} stood at {base} {base_when} and at {latest} {latest_when}: unchanged.",
        "million": "{figure} million",
        "billion": "{figure} billion",
        "trillion": "{figure} trillion",
        "after_break": "The way of counting changed in {year}. {name} stood at {latest} {when}. Earlier figures "
        "({first} {first_when} to {last} {last_when}) do not compare.",
        "after_break_one": "The way of counting changed in {year}. {name} stood at {latest} {when}. The earlier figure "
        "({first} {first_when}) does not compare.",
        "at_limit": "{name} stood at {latest} {base_when} and {when}: nothing is left to improve.",
        "at_limit_once": "{name} stood at {latest} {when}: nothing is left to improve.",
        "old": "This figure is more than five years old.",
        "points": {"one": "{figure} percentage point", "other": "{figure} percentage points"},
        "share_of_start": "{amount} ({share})",
        "target": "The target is {aim}.",
        "target_by": "The target is {aim} by {year}.",
        "at_most": "at most {aim}",
        "at_least": "at least {aim}",
        "less_than": "less than {aim}",
        "more_than": "more than {aim}",
        "assessed": "Assessed by {method}: {category}.",
        "unable": "{method} cannot assess it: {reason}.",
        "method_says": "{method} says “{category}”",
        "methods_differ": "Methods differ on the same figures: {results}.",
        "one_point": "{name} stood at {latest} {when}. This is the only figure from {since} on, "
        "so no trend can be shown.",
        "no_figure": "We have no figure for “{name}”.",
        "needed": "What would be needed: {needed}.",
        "too_old": "The latest figure for “{name}” is {latest} {when}. It is too old to assess on {as_of}: our rule, "
        "a proposal, leaves out figures more than {limit} years old.",
        "context_outside": "Context, outside the Compact: {name} stood at {latest} {when}. Series about refugees and "
        "asylum seekers are shown for context and not assessed.",
        "context_outside_titled": "{name} stood at {latest} {when}. Series about refugees and asylum seekers are shown "
        "for context and not assessed.",
        "context_no_direction_titled": "{name} stood at {latest} {when}. Neither more nor less is better in itself, so "
        "it is not assessed.",
        "context_no_direction": "Context: {name} stood at {latest} {when}. Neither more nor less is better in itself, "
        "so it is not assessed.",
        "censored": "For “{name}” {when} the source gives only a bound: {bound}. A bound cannot be assessed.",
        "censored_N": "For “{name}” {when} the source marks the value as not significant. It cannot be assessed.",
        "censored_NV": "For “{name}” {when} the source marks the value as not valid. It cannot be assessed.",
        "nature_E": "The figure {when} is an estimate.",
        "nature_M": "The figure {when} is the result of a model.",
        "nature_G": "The figure {when} comes from global monitoring, not from the country.",
        "in_period": "in {period}",
        "on_day": "on {period}",
        "claims_differ": "Sources differ on “{subject}”:",
        "claim": "{source} says {said}",
        "claim_dated": "{source} ({dated}) says {said}",
        "claim_shown": "This review shows what {source} says, because {rule}.",
        "gap": "Missing: {missing}.",
        "missing_years": "{name}: no figure for {years}.",
        "no_commitment": "No commitment is recorded.",
        "commitments_completed": {
            "one": "{done} of {total} commitment is completed, as implementers say",
            "other": "{done} of {total} commitments are completed, as implementers say",
        },
        "commitments_under_way": {"one": "{count} is under way", "other": "{count} are under way"},
        "commitments_not_started": {"one": "{count} is not started", "other": "{count} are not started"},
        "commitments_dropped": {"one": "{count} is dropped", "other": "{count} are dropped"},
        "commitments_unknown": {
            "one": "for {count} the state is not known",
            "other": "for {count} the state is not known",
        },
        "commitments_no_report": {"one": "{count} has no report", "other": "{count} have no report"},
        "evidence_for": {"one": "Evidence is cited for {count}.", "other": "Evidence is cited for {count}."},
        "no_evidence": "No evidence is cited.",
        "no_recommendation": "No recommendation of an earlier review is recorded.",
        "recommendations": {
            "one": "The last review made {total} recommendation:",
            "other": "The last review made {total} recommendations:",
        },
        "recommendations_accepted": {"one": "{count} was accepted", "other": "{count} were accepted"},
        "recommendations_acted_on": {"one": "{count} is acted on", "other": "{count} are acted on"},
        "recommendations_dropped": {"one": "{count} is dropped", "other": "{count} are dropped"},
        "recommendations_still_open": {"one": "{count} is open", "other": "{count} are open"},
        "took_part": {
            "one": "{count} organisation took part: {kinds}.",
            "other": "{count} organisations took part: {kinds}.",
        },
        "nobody_took_part": "No organisation is recorded as having taken part.",
        "not_represented": "Not represented in the record: {kinds}.",
        "fallback": "Sentences made by rules are in English: they have not been written in {language} yet.",
    },
}
"""Phrases by language and key. Only what a person has checked in a language belongs into its table."""

_SLOT = re.compile(r"\{(\w+)\}")
_DIGITS = re.compile(r"\d(?:[\d.,/–-]*\d)?")


def tongue(language: str) -> str:
    """The language that sentences will be in: the one asked for, or English."""
    base = language.split("-", 1)[0].lower()
    return base if base in PHRASES else "en"


def say(key: str, language: str, /, **slots: Runs) -> Runs:
    """A phrase of the language with its slots filled."""
    return _filled(plain_phrase(key, language), slots)


def plain_phrase(key: str, language: str) -> str:
    """A phrase of one form as it stands in the table."""
    phrase = PHRASES[language][key]
    return phrase if isinstance(phrase, str) else phrase["other"]


def say_counted(key: str, language: str, number: int, /, **slots: Runs) -> Runs:
    """A phrase in the plural form that goes with a number."""
    phrase = PHRASES[language][key]
    return _filled(phrase if isinstance(phrase, str) else plural(number, phrase, language), slots)


def worded(text: str) -> Runs:
    """Words given by the caller; digits in them belong to names and codes."""
    runs: list[Run] = []
    last = 0
    for found in _DIGITS.finditer(text):
        if found.start() > last:
            runs.append(Run(text[last : found.start()]))
        runs.append(Run(found.group(), "numbering"))
        last = found.end()
    if last < len(text):
        runs.append(Run(text[last:]))
    return tuple(runs)


def count(number: int, language: str) -> Runs:
    """A number counted from the record."""
    return (Run(format_number(number, language, 0), "count", value=str(number)),)


def dated(iso: str, language: str) -> Runs:
    """A date or period as the language writes it; its value is the canonical form."""
    return (Run(format_period(iso, language), "date", value=parse_period(iso).text),)


def when(period: str, language: str) -> Runs:
    """A period with its preposition: "in 2015", "on 8 December 2022"."""
    key = "on_day" if parse_period(period).kind == "day" else "in_period"
    return say(key, language, period=dated(period, language))


def listed(items: Sequence[Runs], separator: str, end: str = "") -> Runs:
    """Items with a separator between them and an ending."""
    runs: list[Run] = []
    for place, item in enumerate(items):
        if place:
            runs.append(Run(separator))
        runs.extend(item)
    if end:
        runs.append(Run(end))
    return tidied(runs)


def in_words(items: Sequence[Runs], language: str) -> Runs:
    """Items as the language lists them: a, b and c."""
    names = ["z" * (place // 25) + chr(97 + place % 25) for place in range(len(items))]
    return _filled(join_list([f"{{{name}}}" for name in names], language), dict(zip(names, items, strict=True)))


def labelled(runs: Runs, wanted: str, given: str) -> Runs:
    """Runs marked with the language they are in, when it is not the one asked for."""
    if wanted.split("-", 1)[0].lower() == given:
        return runs
    return tuple(run if run.lang else replace(run, lang=given) for run in runs)


def tidied(runs: Sequence[Run]) -> Runs:
    """Neighbouring stretches of plain words made one."""
    neat: list[Run] = []
    for run in runs:
        if neat and _plain(run) and _plain(neat[-1]) and run.lang == neat[-1].lang:
            neat[-1] = Run(neat[-1].text + run.text, lang=run.lang)
        else:
            neat.append(run)
    return tuple(neat)


def _plain(run: Run) -> bool:
    """Whether a run is words and nothing else."""
    return run.kind == "text" and run.style == "plain" and not (run.href or run.cites or run.origin or run.value)


def _filled(pattern: str, slots: dict[str, Runs]) -> Runs:
    """A pattern with runs in its slots. Raises KeyError for a slot that is not given."""
    runs: list[Run] = []
    for place, part in enumerate(_SLOT.split(pattern)):
        if place % 2:
            runs.extend(slots[part])
        elif part:
            runs.append(Run(part))
    return tidied(runs)

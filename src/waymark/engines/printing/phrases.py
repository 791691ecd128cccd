"""The words of rule-made sentences, one table per language, and how runs are put into them.

A phrase is a string with `{slots}` for runs, or several forms by CLDR plural category, chosen by the count `number`.
A phrase holds no digit. Another language is added as another table with the same keys; `tests/spec/sentences` checks
that keys and slots agree.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from waymark.engines.printing.blocks import Run, Runs
from waymark.gcm.language import format_period, plural
from waymark.gcm.periods import parse_period

Phrase = str | dict[str, str]

PHRASES: dict[str, dict[str, Phrase]] = {
    "en": {
        "now": "{name}: {latest} {latest_when}.",
        "now_up": "{name}: {latest} {latest_when}, up from {base} {base_when} (by {change}).",
        "now_down": "{name}: {latest} {latest_when}, down from {base} {base_when} (by {change}).",
        "now_same": "{name}: {latest} {latest_when}, as {base_when}.",
        "now_almost": "{name}: {latest} {latest_when}, almost as {base_when}.",
        "now_other": "{name}: {latest} {latest_when}; {base} {base_when}.",
        "last": "The figure before was {previous} {previous_when}.",
        "last_same": "The figure before, {previous_when}, was the same.",
        "last_almost": "The figure before, {previous_when}, was almost the same.",
        "turned_highest": "It turned after {turn}, when it was highest since {since}: {peak}.",
        "turned_highest_there": "That was the highest figure since {since}.",
        "turned_lowest": "It turned after {turn}, when it was lowest since {since}: {peak}.",
        "turned_lowest_there": "That was the lowest figure since {since}.",
        "balance": "{name}: {latest} {latest_when}.",
        "balance_since": "{name}: {latest} {latest_when}; {base} {base_when}.",
        "balance_before": "The figure before: {previous} {previous_when}.",
        "balance_highest": "The highest balance since {since} was {peak_when}: {peak}.",
        "balance_lowest": "The lowest balance since {since} was {peak_when}: {peak}.",
        "balance_highest_there": "That was the highest balance since {since}.",
        "balance_lowest_there": "That was the lowest balance since {since}.",
        "balance_largest": "The largest difference since {since} was {peak_when}: {peak}.",
        "balance_largest_there": "That was the largest difference since {since}.",
        "balance_smallest": "The smallest difference since {since} was {peak_when}: {peak}.",
        "balance_smallest_there": "That was the smallest difference since {since}.",
        "balance_in": {
            "one": "{figure} more person came than left",
            "other": "{figure} more persons came than left",
        },
        "balance_out": {
            "one": "{figure} more person left than came",
            "other": "{figure} more persons left than came",
        },
        "balance_even": "as many persons came as left (a balance of {figure})",
        "beyond_highest": "The highest figure since {since} is {peak} {peak_when}.",
        "beyond_lowest": "The lowest figure since {since} is {peak} {peak_when}.",
        "beyond_highest_there": "That was the highest figure since {since}.",
        "beyond_lowest_there": "That was the lowest figure since {since}.",
        "apart": "The two figures are from different datasets, so their difference is not given.",
        "yes": "yes",
        "no": "no",
        "and": " and ",
        "named": "{name}: {latest} in {periods}.",
        "unnamed": "Not named in {periods}, when the source names other countries: the answer may have changed.",
        "last_number": "The last number",
        "moved_improved": "Improved",
        "moved_improved_too_little": "Better, but too little for the method",
        "moved_worsened": "Worsened",
        "moved_worsened_within_the_target": "Worse, but still within the target",
        "moved_unchanged": "Unchanged",
        "moved_at_its_limit": "At its limit",
        "judged": "{ours}; {method}: “{category}”{note}.",
        "counted_anew": "Counted another way before {year} ({first} {first_when} to {last} {last_when}), which does "
        "not compare.",
        "counted_anew_one": "Counted another way before {year} ({first} {first_when}), which does not compare.",
        "points": {"one": "{figure} percentage point", "other": "{figure} percentage points"},
        "share_of_start": "{amount}, or {share}",
        "target": "The target is {aim}.",
        "target_by": "The target is {aim} by {year}.",
        "target_of": "The target is {aim} ({source}).",
        "target_by_of": "The target is {aim} by {year} ({source}).",
        "target_was_by": "The target was {aim} by {year}.",
        "target_was_by_of": "The target was {aim} by {year} ({source}).",
        "target_was_part_by_of": "The target was {part} of the base figure ({base} {base_when}), so {aim}, by {year} "
        "({source}).",
        "target_outcome": "The latest figure is of {latest}, so whether it was met is not known.",
        "target_part_by_of": "The target is {part} of the base figure ({base} {base_when}), so {aim}, by {year} "
        "({source}).",
        "part_half": "half",
        "at_most": "at most {aim}",
        "at_least": "at least {aim}",
        "less_than": "less than {aim}",
        "less_than_count": "fewer than {aim}",
        "more_than": "more than {aim}",
        "assessed": "{method}: “{category}”{note}.",
        "censored": "{name}: {bound} {when}; the source gives only this bound.",
        "censored_N": "{name}: not significant {when}, as the source marks it.",
        "censored_NV": "{name}: not valid {when}, as the source marks it.",
        "censored_none": "{name}: no figure {when}.",
        "censored_filled": "{name}: no figure {when}; the source writes zero where it has none.",
        "mark_disputed": "sources disagree",
        "mark_outside": "context, outside the Compact",
        "mark_population": "whole population",
        "mark_no_direction": "no direction",
        "mark_proxy": "proxy",
        "mark_zero": "zero may mean not recorded",
        "mark_too_few": "too few figures",
        "mark_old": "old",
        "mark_estimate": "estimate",
        "mark_model": "model",
        "mark_monitored": "global monitoring",
        "mark_added_up": "added up",
        "mark_not_assessed": "not assessed: {reason}",
        "legend_disputed": "[sources disagree]: another source says something else and none was chosen; the chapter on "
        "conflicting sources has both.",
        "legend_outside": "[context, outside the Compact]: the series is about refugees or asylum "
        "seekers; it is shown for context and never assessed.",
        "legend_population": "[whole population]: the figure is about all people; neither it nor a group of it shows "
        "migrants apart.",
        "legend_no_direction": "[no direction]: neither more nor less is better in itself, so nothing is called better "
        "or worse.",
        "legend_proxy": "[proxy]: the figure stands in for something that is not measured, and is not that thing.",
        "legend_zero": "[zero may mean not recorded]: at least this many are counted, so zero may mean that nobody "
        "recorded any.",
        "legend_too_few": "[too few figures]: fewer than two figures that compare from the base year on.",
        "legend_old": "[old]: the figure is more than five years old on the day of this review. Old "
        "results are not counted where the review says how many of the statistics improve.",
        "legend_estimate": "[estimate]: the figure is an estimate.",
        "legend_model": "[model]: the figure comes from a model.",
        "legend_monitored": "[global monitoring]: the figure comes from global monitoring, not from the country.",
        "legend_added_up": "[added up]: the source gives parts of the figure; the sum is ours.",
        "legend_not_assessed": "[not assessed]: the method cannot give a category, for the reason named.",
        "in_period": "in {period}",
        "on_day": "on {period}",
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


def dated(iso: str, language: str) -> Runs:
    """A date or period as the language writes it; its value is the canonical form."""
    return (Run(format_period(iso, language), "date", value=parse_period(iso).text),)


def when(period: str, language: str) -> Runs:
    """A period with its preposition: "in 2015", "on 8 December 2022"."""
    key = "on_day" if parse_period(period).kind == "day" else "in_period"
    return say(key, language, period=dated(period, language))


def together(*sentences: Runs) -> Runs:
    """Sentences one after the other with a space between; empty ones leave no trace, neighbouring words are joined."""
    runs: list[Run] = []
    for said in sentences:
        if said and runs:
            runs.append(Run(" ", lang=said[0].lang))
        runs.extend(said)
    return tidied(runs)


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

"""Sentences made from figures by rules: plain words, each number with its unit and its year, no cause, no praise.

A rule takes values and returns runs; every number is a run that says what it is, with its machine form and its
citations. The words stand in one table per language (`PHRASES`); a language without a table is served in English, and
each run then says so by its `lang`. What is not known is said, with what would be needed.

How a series went is said by `movements`, what stands beside a figure by `remarks`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from waymark.engines.printing.blocks import Run, Runs
from waymark.engines.printing.measures import Measured, figure
from waymark.engines.printing.phrases import (
    count,
    dated,
    in_words,
    labelled,
    listed,
    say,
    say_counted,
    together,
    tongue,
    worded,
)
from waymark.gcm.language import format_number, language_name

__all__ = [
    "Claimed", "CommitmentCounts", "FollowUpCounts", "Measured", "commitment_counts", "fallback_notice", "follow_up",
    "gap", "measured_run", "methods_differ", "missing_years", "no_figure", "participation", "plain", "sources_differ",
    "together",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Claimed:
    """What one source says of a thing: the source's name, its words or value as a run, and the date of the source."""

    source: str
    said: Run
    dated: str = ""


@dataclass(frozen=True, slots=True)
class CommitmentCounts:
    """Commitments by state as implementers report them, each counted once; `no_report` have no report at all.

    What is left of `total` is said to be of unknown state.
    """

    total: int
    completed: int = 0
    under_way: int = 0
    not_started: int = 0
    dropped: int = 0
    no_report: int = 0
    with_evidence: int | None = None

    def __post_init__(self) -> None:
        parts = (self.completed, self.under_way, self.not_started, self.dropped, self.no_report)
        _check_parts("commitments", self.total, parts)
        _check_parts("commitments with evidence", self.total, (self.with_evidence or 0,))

    @property
    def unknown(self) -> int:
        """Commitments with a report that tells no state."""
        return self.total - self.completed - self.under_way - self.not_started - self.dropped - self.no_report


@dataclass(frozen=True, slots=True)
class FollowUpCounts:
    """Recommendations of the last review: each is acted on, dropped or open; some of all were accepted."""

    total: int
    accepted: int = 0
    acted_on: int = 0
    dropped: int = 0
    still_open: int = 0
    cites: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        _check_parts("recommendations", self.total, (self.acted_on, self.dropped, self.still_open), exact=True)
        _check_parts("accepted recommendations", self.total, (self.accepted,))


def methods_differ(results: Sequence[tuple[str, str]], *, language: str = "en") -> Runs:
    """What several methods say of the same series, as (method, category), when they do not agree; () when they do."""
    if len({category for _, category in results}) < 2:
        return ()
    spoken = tongue(language)
    said = [say("method_says", spoken, method=worded(name), category=worded(result)) for name, result in results]
    return labelled(say("methods_differ", spoken, results=listed(said, "; ")), language, spoken)


def no_figure(name: str, *, needed: str = "", language: str = "en") -> Runs:
    """Nothing is known, and what would be needed."""
    spoken = tongue(language)
    said = say("no_figure", spoken, name=worded(name))
    return labelled(together(said, _needed(needed, spoken)), language, spoken)


def sources_differ(subject: str, claims: Sequence[Claimed], *, shown: int, rule: str, language: str = "en") -> Runs:
    """Conflicting sources side by side, the one that is shown, and the rule that chose it.

    Raises ValueError for fewer than two claims or a choice that is not among them.
    """
    if len(claims) < 2 or not 0 <= shown < len(claims):
        raise ValueError(
            f"{subject}: {len(claims)} claims, number {shown} shown; needed are two or more and one of them"
        )
    spoken = tongue(language)
    said = []
    for claim in claims:
        key = "claim_dated" if claim.dated else "claim"
        slots = {"source": worded(claim.source), "said": (claim.said,)}
        if claim.dated:
            slots["dated"] = dated(claim.dated, spoken)
        said.append(say(key, spoken, **slots))
    chosen = say("claim_shown", spoken, source=worded(claims[shown].source), rule=worded(rule))
    opening = say("claims_differ", spoken, subject=worded(subject))
    return labelled(together(opening, listed(said, "; ", end="."), chosen), language, spoken)


def gap(missing: str, *, needed: str = "", language: str = "en") -> Runs:
    """Something that is missing, and what would be needed to fill it."""
    spoken = tongue(language)
    return labelled(together(say("gap", spoken, missing=worded(missing)), _needed(needed, spoken)), language, spoken)


def missing_years(name: str, years: Iterable[int], *, language: str = "en") -> Runs:
    """The years without a figure, neighbouring ones as a span; () when none is missing."""
    spoken = tongue(language)
    spans = _spans(sorted(set(years)))
    if not spans:
        return ()
    runs = [dated(f"{first}-{last}" if last > first else str(first), spoken) for first, last in spans]
    said = say("missing_years", spoken, name=worded(name), years=in_words(runs, spoken))
    return labelled(said, language, spoken)


def commitment_counts(counts: CommitmentCounts, *, language: str = "en") -> Runs:
    """How many commitments are in which state, as implementers say, and how many have no report."""
    spoken = tongue(language)
    if not counts.total:
        return labelled(say("no_commitment", spoken), language, spoken)
    done, total = count(counts.completed, spoken), count(counts.total, spoken)
    opening = say_counted("commitments_completed", spoken, counts.total, done=done, total=total)
    named = [
        say_counted(f"commitments_{state}", spoken, number, count=count(number, spoken))
        for state in ("under_way", "not_started", "dropped", "unknown", "no_report")
        if (number := getattr(counts, state))
    ]
    parts = [(*opening, Run("; "), *listed(named, ", ", end=".")) if named else (*opening, Run("."))]
    if counts.with_evidence is not None:
        key = "evidence_for" if counts.with_evidence else "no_evidence"
        parts.append(say_counted(key, spoken, counts.with_evidence, count=count(counts.with_evidence, spoken)))
    return labelled(together(*parts), language, spoken)


def follow_up(counts: FollowUpCounts, *, language: str = "en") -> Runs:
    """What became of the recommendations of the last review."""
    spoken = tongue(language)
    if not counts.total:
        return labelled(say("no_recommendation", spoken), language, spoken)
    total = (Run(format_number(counts.total, spoken, 0), "count", value=str(counts.total), cites=counts.cites),)
    opening = say_counted("recommendations", spoken, counts.total, total=total)
    named = [
        say_counted(f"recommendations_{state}", spoken, number, count=count(number, spoken))
        for state in ("accepted", "acted_on", "dropped", "still_open")
        if (number := getattr(counts, state)) or state == "acted_on"
    ]
    return labelled(together(opening, listed(named, "; ", end=".")), language, spoken)


def participation(kinds: Sequence[tuple[int, str, str]], *, absent: Sequence[str] = (), language: str = "en") -> Runs:
    """Organisations that took part, by kind as (number, singular, plural); kinds that nobody stands for are named."""
    spoken = tongue(language)
    present = [(number, one, many) for number, one, many in kinds if number]
    total = sum(number for number, _, _ in present)
    if total:
        named = [
            (*count(number, spoken), Run(" "), *worded(one if number == 1 else many)) for number, one, many in present
        ]
        said = say_counted("took_part", spoken, total, count=count(total, spoken), kinds=in_words(named, spoken))
    else:
        said = say("nobody_took_part", spoken)
    missing = [*absent, *(many for number, _, many in kinds if not number)]
    parts = [said]
    if missing:
        parts.append(say("not_represented", spoken, kinds=in_words([worded(kind) for kind in missing], spoken)))
    return labelled(together(*parts), language, spoken)


def fallback_notice(language: str) -> Runs:
    """Says once, for a paper in a language without a table of phrases, that rule-made sentences are in English."""
    if tongue(language) == language.split("-", 1)[0].lower():
        return ()
    return labelled(say("fallback", "en", language=worded(language_name(language, "en"))), language, "en")


def measured_run(measured: Measured, *, language: str = "en") -> Run:
    """A value as a run, such as the one a `Claimed` needs."""
    return figure(measured, tongue(language))[0]


def plain(runs: Runs) -> str:
    """The words of runs without their marks, for an alternative text or a title."""
    return "".join(run.text for run in runs)


def _needed(needed: str, language: str) -> Runs:
    """What would be needed, when it is known."""
    return say("needed", language, needed=worded(needed.rstrip("."))) if needed else ()


def _spans(years: Sequence[int]) -> list[tuple[int, int]]:
    """Rising years as spans of neighbours."""
    spans: list[tuple[int, int]] = []
    for year in years:
        if spans and year == spans[-1][1] + 1:
            spans[-1] = (spans[-1][0], year)
        else:
            spans.append((year, year))
    return spans


def _check_parts(what: str, total: int, parts: tuple[int, ...], *, exact: bool = False) -> None:
    """Counts that do not add up are a defect of the caller and never shown."""
    wrong = sum(parts) != total if exact else sum(parts) > total
    if total < 0 or min(parts) < 0 or wrong:
        raise ValueError(f"{what}: parts {parts} do not make up {total}")

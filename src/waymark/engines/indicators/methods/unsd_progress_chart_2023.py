"""The UN Statistics Division's Progress Chart of 2023: what it is, its categories, its sources; `judges` computes."""

from waymark.engines.indicators.methods.method import Category, Changes, Method, Source
from waymark.gcm.lists import Mark

ON_TRACK, FAIR, STAGNATION = "on track", "fair", "stagnation"

ID = "unsd-progress-chart-2023"

_NOTE = "Progress_Chart_Technical_Note_2023.pdf, unstats.un.org/sdgs/files/report/2023"
_EUSTAT = "as adopted by EUSTAT, the Basque statistics office (EUSTAT-DES/site, _pages/en/metodologia.md, 10f3c702)"
_OURS = "Waymark"

METHOD = Method(
    id=ID,
    version="2023.3",
    title="UN Statistics Division, SDG Progress Chart 2023",
    measure="share of the distance to the target covered by the target year; without a target, yearly rate of change",
    limits="Base year: 2015, else the first later year that leaves two values, else the latest earlier one. "
    "With a target: on track from 95 per cent of the distance, covered by the target year at the rate seen so far; "
    "fair progress from 10 per cent. Without: on track from 2 per cent a year the wanted way; fair progress from "
    "0.5 per cent. Below: stagnation or regression",
    categories=(
        Category(ON_TRACK, "Target met or on track", improving=True),
        Category(FAIR, "Fair progress, acceleration needed", improving=True),
        Category(STAGNATION, "Stagnation or regression", improving=False),
    ),
    reasons=(
        "direction none",
        "growth rate needs expert judgement",
        "break",
        "censored",
        "one point",
        "steps without a rate",
        "ratio not above zero",
        "baseline zero",
        "sign changes",
        "target year before baseline",
    ),
    early_baseline=True,
    sources=(
        Source(
            "formulas and thresholds with and without a target, of baseline, latest value, target and years",
            "",
            f"{_NOTE}; {_EUSTAT}",
            Mark.SECONDARY,
        ),
        Source("a latest value that meets the target: met, whatever the trend", "", _EUSTAT, Mark.SECONDARY),
        Source(
            "within one per cent of a target of 0 or 100 per cent: met", "within one point", _EUSTAT, Mark.SECONDARY
        ),
        Source(
            "without data for 2015 the first available year after or before it that leaves two values",
            "the first from 2015 on that leaves two values, else the latest before that does",
            _EUSTAT,
            Mark.SECONDARY,
        ),
        Source("two values are needed to calculate the measure", "", _EUSTAT, Mark.SECONDARY),
        Source("growth rates need expert judgement", "not assessed", _EUSTAT, Mark.SECONDARY),
        Source("a yes-or-no series is met or stagnating", "one answer is enough", _EUSTAT, Mark.SECONDARY),
        Source(
            "a target year in the past: the method up to that year",
            "the target year takes the place of 2030",
            f"{_EUSTAT}; our reading",
            Mark.SECONDARY,
        ),
        Source("", "the classes 'on track' and 'fair' count as improving", _OURS, Mark.PROPOSAL),
        Source(
            "",
            "a latest value more than five years older than the as-of date keeps its category, is printed with its age "
            "and is not counted (on 8 May 2026)",
            _OURS,
            Mark.PROPOSAL,
            "age",
            Changes(25_376, 121_275),
        ),
        Source(
            "no data for 2015",
            "the earlier baseline also where the value of 2015 is the latest",
            f"{_EUSTAT}; our reading",
            Mark.PROPOSAL,
            "early",
            Changes(2_215, 4_243),
        ),
        Source(
            "a share of the distance from baseline to target, which is nothing at the target and turns its sign beyond",
            "a baseline at or beyond a target that was lost since: regression",
            _OURS,
            Mark.PROPOSAL,
            "lost",
            Changes(108, 3_189),
        ),
        Source(
            "a direction is wanted of each series",
            "a series of which neither more nor less is wanted is context",
            _OURS,
            Mark.PROPOSAL,
            "context",
            Changes(25_893, 0),
        ),
        Source(
            "",
            "only values from the latest break on: one that the source marks, or a change of unit or nature",
            _OURS,
            Mark.PROPOSAL,
            "breaks",
            Changes(35, 347),
        ),
        Source(
            "",
            "values given only as limits are left out",
            _OURS,
            Mark.PROPOSAL,
            "censored",
            Changes(0, 156),
        ),
        Source(
            "",
            "zeros before the first positive value of a stock are fillers",
            _OURS,
            Mark.PROPOSAL,
            "fillers",
            Changes(0, 0),
        ),
        Source(
            "a ratio has the target 1",
            "parity is measured as in Open SDG, alike from both sides",
            _OURS,
            Mark.PROPOSAL,
            "parity",
            Changes(35, 0),
        ),
        Source(
            "",
            "steps of a scale have no rate: assessed only where a target is met or lost",
            _OURS,
            Mark.PROPOSAL,
            "steps",
            Changes(0, 0),
        ),
        Source(
            "a rise is a positive rate",
            "a negative baseline turns the sign of the rate",
            _OURS,
            Mark.PROPOSAL,
            "negative",
            Changes(0, 0),
        ),
        Source(
            "",
            "a target year that is not later than the baseline: not assessed",
            _OURS,
            Mark.PROPOSAL,
            "time",
            Changes(0, 0),
        ),
        Source("", "a billionth below a threshold reaches it", _OURS, Mark.PROPOSAL, "rounding", Changes(1, 2)),
    ),
)

"""Open SDG 2.4: what it is, its categories, its sources; `judges` computes."""

from waymark.engines.indicators.methods.method import Category, Changes, Method, Source
from waymark.gcm.lists import Mark

ACHIEVED, ON_TRACK, MODERATE, LIMITED, DETERIORATION = "achieved", "on track", "moderate", "limited", "deterioration"
NOT_ACHIEVED = "not achieved"
"""Of answers and steps: the target is not met."""

ID = "opensdg-2.4"

_PAGE = "open-sdg/open-sdg, docs/progress-methodology.md, 26d2e387"
_CODE = "open-sdg/sdg-build, sdg/ProgressMeasure.py, 139fede7"
_OURS = "Waymark"

METHOD = Method(
    id=ID,
    version="2.4.2",
    title="Open SDG 2.4, after Statistics Canada",
    measure="observed yearly rate over the rate required; without a target, yearly rate of change",
    limits="Base year: 2015, else the first later year that leaves two values. "
    "With a target: on track from 95 per cent of the yearly rate required, progress made from 60, limited progress "
    "from 0. Without: on track from 1.5 per cent a year the wanted way, progress made from 0.5, limited progress from "
    "0; less near a natural limit. Below: deterioration",
    categories=(
        Category(ACHIEVED, "Target achieved", improving=True),
        Category(ON_TRACK, "On track", improving=True),
        Category(MODERATE, "Progress made, acceleration needed", improving=True),
        Category(LIMITED, "Limited progress", improving=False),
        Category(DETERIORATION, "Deterioration", improving=False),
        Category(NOT_ACHIEVED, "Target not achieved", improving=False),
    ),
    reasons=(
        "direction none",
        "growth rate needs expert judgement",
        "break",
        "censored",
        "no baseline from 2015",
        "one point",
        "steps without a rate",
        "ratio not above zero",
        "sign changes",
        "target year before baseline",
    ),
    sources=(
        Source("formulas, thresholds, natural limit, score", "", f"{_PAGE}; {_CODE}", Mark.VERIFIED),
        Source("at its natural limit C is 0, so staying there is on track", "", _PAGE, Mark.VERIFIED),
        Source("a baseline or target of zero becomes 0.001", "", f"{_PAGE}; {_CODE}", Mark.VERIFIED),
        Source(
            "all values are of one sign; the code compares baseline and latest value",
            "only end points decide a change of sign",
            f"{_PAGE}; {_CODE}",
            Mark.VERIFIED,
        ),
        Source(
            "2015 or the next year with a value; 2014 in very few cases",
            "another baseline year only where the indicator's definition has one",
            f"{_PAGE}; {_CODE}",
            Mark.VERIFIED,
        ),
        Source(
            "two years of data are needed; the code says 'target achieved' of one value that achieves it",
            "as the code",
            f"{_PAGE}; {_CODE}",
            Mark.VERIFIED,
        ),
        Source(
            "baseline equal to the target and lost since: the code divides by zero and says deterioration",
            "deterioration, score -5",
            _CODE,
            Mark.SECONDARY,
        ),
        Source("growth rates: the method does not apply", "not assessed", _PAGE, Mark.VERIFIED),
        Source(
            "a yes-or-no or non-statistical series: target achieved or target not achieved",
            "one answer is enough",
            _PAGE,
            Mark.VERIFIED,
        ),
        Source(
            "parity: max(y, 1/y) towards 1, 0.97 to 1.03 is 1; a share: 50 + |y - 50| towards 50",
            "the range around 1 as the indicator's definition says",
            _PAGE,
            Mark.VERIFIED,
        ),
        Source("", "'limited' and 'not achieved' do not count as improving", _OURS, Mark.PROPOSAL),
        Source(
            "",
            "a latest value more than five years older than the as-of date keeps its category, is printed with its age "
            "and is not counted (on 8 May 2026)",
            _OURS,
            Mark.PROPOSAL,
            "age",
            Changes(12_115, 90_247),
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
            Changes(25, 288),
        ),
        Source(
            "",
            "values given only as limits are left out",
            _OURS,
            Mark.PROPOSAL,
            "censored",
            Changes(0, 189),
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
            "non-statistical series are achieved or not achieved",
            "steps of a scale are such a series; without a target nothing is said of them",
            f"{_PAGE}; our reading",
            Mark.PROPOSAL,
            "steps",
            Changes(273, 0),
        ),
        Source(
            "the code takes the size of a complex rate",
            "a target on the other side of zero: not assessed",
            _OURS,
            Mark.PROPOSAL,
            "sides",
            Changes(0, 195),
        ),
        Source(
            "",
            "a target year that is not later than the baseline: not assessed",
            _OURS,
            Mark.PROPOSAL,
            "time",
            Changes(0, 0),
        ),
        Source("", "a billionth below a threshold reaches it", _OURS, Mark.PROPOSAL, "rounding", Changes(0, 0)),
    ),
)

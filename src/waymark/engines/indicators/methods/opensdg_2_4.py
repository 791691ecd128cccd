"""Open SDG 2.4: what it is, its categories, its sources; `judges` computes."""

from waymark.engines.indicators.methods.method import Category, Method, Source
from waymark.gcm.lists import Mark

ACHIEVED, ON_TRACK, MODERATE, LIMITED, DETERIORATION = "achieved", "on track", "moderate", "limited", "deterioration"
NOT_ACHIEVED = "not achieved"
"""Of answers and steps: the target is not met."""

ID = "opensdg-2.4"

_PAGE = "open-sdg/open-sdg, docs/progress-methodology.md, 26d2e387"
_CODE = "open-sdg/sdg-build, sdg/ProgressMeasure.py, 139fede7"

METHOD = Method(
    id=ID,
    version="2.4.2",
    title="Open SDG 2.4, after Statistics Canada",
    measure="observed yearly rate over the rate required; without a target, yearly rate of change",
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
    sources=(),
)

"""Open SDG 2.4: what it is, its categories, its sources; `judges` computes."""

from waymark.engines.indicators.methods.method import SHARED_REASONS, TOO_OLD, Category, Method, Source
from waymark.gcm.lists import Mark

ACHIEVED, ON_TRACK, MODERATE, LIMITED, DETERIORATION = "achieved", "on track", "moderate", "limited", "deterioration"

ID = "opensdg-2.4"

_PAGE = "open-sdg/open-sdg, docs/progress-methodology.md, 26d2e387"
_CODE = "open-sdg/sdg-build, sdg/ProgressMeasure.py, 139fede7"

METHOD = Method(
    id=ID,
    version="2.4.1",
    title="Open SDG 2.4, after Statistics Canada",
    measure="observed yearly rate over the rate required; without a target, yearly rate of change",
    categories=(
        Category(ACHIEVED, "Target achieved", improving=True),
        Category(ON_TRACK, "On track", improving=True),
        Category(MODERATE, "Progress made, acceleration needed", improving=True),
        Category(LIMITED, "Limited progress", improving=False),
        Category(DETERIORATION, "Deterioration", improving=False),
    ),
    reasons=(
        *SHARED_REASONS,
        TOO_OLD,
        "ratio not above zero",
        "steps without a rate",
        "sign changes",
        "no distance to cover",
        "target year before baseline",
    ),
    sources=(
        Source("formulas, thresholds, natural limit, score", f"{_PAGE}; {_CODE}", Mark.VERIFIED),
        Source("at its natural limit C is 0, so staying there is on track", f"{_PAGE}; our reading", Mark.SECONDARY),
        Source("a baseline or target of zero becomes 0.001; opposite signs: not assessed", _CODE, Mark.VERIFIED),
        Source("parity: max(y, 1/y) against 1", _PAGE, Mark.SECONDARY),
        Source("baseline equal to target: not assessed; the published code divides by zero", "Waymark", Mark.PROPOSAL),
        Source("two values are needed even when the target is met", "Waymark", Mark.PROPOSAL),
        Source("answers and steps are assessed only when the target is met", "Waymark", Mark.PROPOSAL),
        Source("'limited' does not count as improving", "Waymark", Mark.PROPOSAL),
    ),
)

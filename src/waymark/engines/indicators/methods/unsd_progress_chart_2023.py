"""The UN Statistics Division's Progress Chart of 2023: what it is, its categories, its sources; `judges` computes."""

from waymark.engines.indicators.methods.method import SHARED_REASONS, TOO_OLD, Category, Method, Source
from waymark.gcm.lists import Mark

ON_TRACK, FAIR, STAGNATION = "on track", "fair", "stagnation"

ID = "unsd-progress-chart-2023"

_NOTE = "Progress_Chart_Technical_Note_2023.pdf, unstats.un.org/sdgs/files/report/2023"
_EUSTAT = "as adopted by EUSTAT, the Basque statistics office (EUSTAT-DES/site, _pages/en/metodologia.md, 10f3c702)"

METHOD = Method(
    id=ID,
    version="2023.2",
    title="UN Statistics Division, SDG Progress Chart 2023",
    measure="share of the distance to the target covered by the target year; without a target, yearly rate of change",
    categories=(
        Category(ON_TRACK, "Target met or on track", improving=True),
        Category(FAIR, "Fair progress, acceleration needed", improving=True),
        Category(STAGNATION, "Stagnation or regression", improving=False),
    ),
    reasons=(
        *SHARED_REASONS,
        TOO_OLD,
        "at its limit",
        "steps without a rate",
        "ratio not above zero",
        "no distance to cover",
        "baseline zero",
        "sign changes",
        "target year before baseline",
    ),
    sources=(
        Source("formulas and thresholds with and without a target", f"{_NOTE}; {_EUSTAT}", Mark.SECONDARY),
        Source("target met by the latest value: met, whatever the trend", _EUSTAT, Mark.SECONDARY),
        Source("within one point of a target of 0 or 100 per cent: met", _EUSTAT, Mark.SECONDARY),
        Source("growth rates need expert judgement; yes-or-no series are met or stagnating", _EUSTAT, Mark.SECONDARY),
        Source("a target year in the past takes the place of 2030", f"{_EUSTAT}; our reading", Mark.SECONDARY),
        Source("a baseline beyond a target that was lost since counts as regression", "Waymark", Mark.PROPOSAL),
        Source(
            "without a target, at the natural limit in the first and the latest year: not assessed",
            "Waymark",
            Mark.PROPOSAL,
        ),
        Source("steps of a scale are assessed only when the target is met", "Waymark", Mark.PROPOSAL),
        Source("a negative baseline turns the sign of the rate", "Waymark", Mark.PROPOSAL),
        Source("the classes 'on track' and 'fair' count as improving", "Waymark", Mark.PROPOSAL),
    ),
)

"""The UN Statistics Division's Progress Chart of 2023: what it is, its categories, its sources; `judges` computes."""

from waymark.engines.indicators.methods.method import Category, Method, Source
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
    sources=(),
)
